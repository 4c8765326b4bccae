"""The same pages in a browser: nothing runs, nothing is fetched from elsewhere, nothing sticks out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.hostile.conftest import TakenIn
from tests.hostile.pages import addresses
from tests.web.serving import in_a_browser

pytestmark = in_a_browser
MOST = 12  # pages of a kind
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"


@dataclass
class Heard:
    """What a page did that it should not."""

    dialogs: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def chosen(taken_in: TakenIn) -> list[str]:
    """Some pages of every kind, and those of one document of each family."""
    return [one for one in addresses(taken_in.database, MOST) if not one.endswith((".png", ".txt", ".wiki"))]


@pytest.fixture(params=[1280, 390])
def watched(browser: Browser, hostile_site: str, request: pytest.FixtureRequest) -> Iterator[tuple[Page, Heard]]:
    heard = Heard()
    context = browser.new_context(base_url=hostile_site, viewport={"width": request.param, "height": 900})
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.on("dialog", lambda dialog: (heard.dialogs.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda asked: heard.hosts.add(urlsplit(asked.url).hostname or ""))
    page.on(
        "console",
        lambda message: heard.said.append(message.text) if "Content Security Policy" in message.text else None,
    )
    yield page, heard
    context.close()


def test_nothing_runs_nothing_is_fetched_and_nothing_sticks_out(watched: tuple[Page, Heard], chosen: list[str]) -> None:
    page, heard = watched
    wide, ran = [], []
    for address in chosen:
        page.goto(address, wait_until="load")
        if page.evaluate("typeof window.pwned !== 'undefined' || location.host !== new URL(document.URL).host"):
            ran.append(address)
        if page.evaluate(WIDER):
            wide.append(address)
    assert len(chosen) > 80
    assert not ran
    assert not heard.dialogs
    assert heard.hosts <= {"127.0.0.1"}
    assert not heard.said
    assert not wide
