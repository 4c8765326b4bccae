"""What axe-core finds on every page, in both themes, wide and narrow: nothing against WCAG 2.2 AA."""

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.web.pages import ADDRESSES
from tests.web.serving import in_a_browser

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
BINDING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
WIDTHS = (1280, 390)
THEMES = ("light", "dark")
RUN = """async tags => {
    const found = await axe.run(document, {runOnly: tags, resultTypes: ['violations']})
    const places = it => it.nodes.map(node => node.target.join(' ')).slice(0, 3)
    return found.violations.map(it => ({id: it.id, tags: it.tags, help: it.help, where: places(it)}))
}"""

pytestmark = [
    *in_a_browser,
    pytest.mark.skipif(not AXE.exists(), reason="needs axe-core (make test fetches it by npm)"),
]


@pytest.fixture(scope="module")
def reader(browser: Browser, site: str) -> Iterator[Page]:
    """A page with axe in it; the content policy, which forbids that, is tested elsewhere."""
    context = browser.new_context(base_url=site, bypass_csp=True)
    context.add_init_script(path=AXE)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", [*ADDRESSES, "/nowhere"])
def test_a_page_holds_nothing_against_wcag(reader: Page, address: str) -> None:
    reader.goto(address)
    found = [(width, theme, fault) for width in WIDTHS for theme in THEMES for fault in faults(reader, width, theme)]
    for advice in {fault["id"]: fault for *_, fault in found if not binding(fault)}.values():
        warnings.warn(f"{address}: {advice['id']}, {advice['help']}: {advice['where']}", stacklevel=1)
    against = {
        f"{width} {theme} {fault['id']}, {fault['help']}: {fault['where']}"
        for width, theme, fault in found
        if binding(fault)
    }
    assert not against, "\n".join(sorted(against))


def faults(reader: Page, width: int, theme: Any) -> list[dict[str, Any]]:
    reader.set_viewport_size({"width": width, "height": 900})
    reader.emulate_media(color_scheme=theme)
    found: list[dict[str, Any]] = reader.evaluate(RUN, [*BINDING, "best-practice"])
    return found


def binding(fault: dict[str, Any]) -> bool:
    return bool({*fault["tags"]} & {*BINDING})
