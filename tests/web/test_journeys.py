"""Journeys through the sample documents: as a reader goes, by mouse, without scripts, on a phone, by keyboard alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, Route, expect

from app.settings import settings
from tests.web.serving import in_a_browser, needs_htmx

pytestmark = in_a_browser

READERS: dict[str, dict[str, Any]] = {
    "wide": {"viewport": {"width": 1280, "height": 900}},
    "without scripts": {"viewport": {"width": 1280, "height": 900}, "java_script_enabled": False},
    "narrow": {"viewport": {"width": 390, "height": 844}, "has_touch": True},
}
COVERED = """it => {
    const box = it.getClientRects()[0]
    const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 8), 0), innerWidth - 1)
    const y = Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1)
    const top = document.elementFromPoint(x, y)
    return !top || it.contains(top) || top.contains(it) ? '' : 'under ' + top.outerHTML.slice(0, 80)
}"""
RING = """it => {
    const style = getComputedStyle(it)
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none'
}"""


STANDS_OUT = """it => {
    const other = [...document.querySelectorAll('mark')].find(mark => mark !== it)
    const look = mark => { const s = getComputedStyle(mark); return s.backgroundColor + s.outline + s.boxShadow }
    return look(it) !== look(other)
}"""


@dataclass(frozen=True, slots=True)
class Sought:
    """The most changed quote of the sample documents, and words that find it."""

    words: str
    address: str
    headline: re.Pattern[str]


@pytest.fixture(scope="module")
def sought(seeded_client: TestClient) -> Sought:
    quote = seeded_client.get("/quotes.json").json()["quotes"][0]
    moved = seeded_client.get(f"/quotes/{quote['id']}")
    words = re.findall(r"[A-Za-z]{4,}", quote["text"])[:4]
    return Sought(" ".join(words), moved.headers.get("location", f"/quotes/{quote['id']}"), re.compile(words[0]))


@pytest.fixture(params=READERS)
def reader(request: pytest.FixtureRequest, browser: Browser, seeded_site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=seeded_site, **READERS[request.param])
    yield context.new_page()
    context.close()


@pytest.fixture
def typist(browser: Browser, seeded_site: str) -> Iterator[Page]:
    """Somebody with a keyboard and nothing else."""
    context = browser.new_context(base_url=seeded_site, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.twice
def test_from_the_search_box_to_another_base_to_the_place_in_a_document_and_back(reader: Page, sought: Sought) -> None:
    reader.goto("/")
    reader.get_by_role("searchbox").first.fill(sought.words)
    reader.get_by_role("button", name="Search").first.click()
    results = reader.url
    assert "q=" in results
    reader.locator(f'main a[href*="{sought.address}"]').first.click()
    expect(reader).to_have_url(re.compile(re.escape(sought.address) + "$"))
    expect(reader.get_by_role("heading", level=1)).to_have_text(sought.headline)
    first = first_wording(reader)
    base = compare_with_another(reader)
    expect(reader).to_have_url(re.compile(rf"\?base={base}$"))
    expect(reader.locator(".apparatus > li").first).to_have_attribute("id", f"v-{base}")
    assert reader.locator(".apparatus del, .apparatus ins").count()
    reader.get_by_role("link", name="in the document").first.click()
    expect(reader).to_have_url(re.compile(r"/documents/\w+#q-\w+"))
    expect(reader.locator(":target")).to_be_in_viewport()
    assert reader.locator(":target").evaluate(STANDS_OUT)
    reader.go_back()
    expect(reader).to_have_url(re.compile(rf"\?base={base}$"))
    expect(reader.locator(".apparatus > li").first).to_have_attribute("id", f"v-{base}")
    reader.go_back()
    expect(reader).to_have_url(re.compile(re.escape(sought.address) + "$"))
    expect(reader.locator(".apparatus > li").first).to_have_attribute("id", first)
    reader.go_back()
    expect(reader).to_have_url(results)
    expect(reader.locator(f'main a[href*="{sought.address}"]').first).to_be_visible()


def test_a_filtered_list_goes_on_to_page_two_which_can_be_reloaded_and_shared(
    reader: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "page_size", 3)
    reader.goto("/quotes")
    reader.get_by_label("Sort by").select_option("carried")
    reader.get_by_role("button", name="Show").click()
    expect(reader).to_have_url(re.compile("sort=carried"))
    first = entries(reader)
    reader.get_by_role("link", name="Next page").click()
    expect(reader).to_have_url(re.compile("sort=carried.*after="))
    expect(reader.locator("#results .entry a").first).not_to_have_attribute("href", first[0])
    second = entries(reader)
    assert not {*first} & {*second}
    reader.reload()
    assert entries(reader) == second
    shared = reader.context.new_page()
    shared.goto(reader.url)
    assert entries(shared) == second
    reader.go_back()
    expect(reader.locator("#results .entry a").first).to_have_attribute("href", first[0])
    assert entries(reader) == first


def test_a_narrowed_search_goes_on_to_page_two_which_can_be_reloaded_and_shared(
    reader: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "page_size", 3)
    reader.goto("/search")
    reader.locator("#q").fill("the")
    reader.get_by_label("From").fill("2001-01-01")
    reader.get_by_role("button", name="Search").click()
    expect(reader).to_have_url(re.compile(r"q=the&from=2001-01-01$"))
    settled(reader)
    reader.get_by_role("link", name="All documents found").click()
    expect(reader).to_have_url(re.compile("from=2001-01-01&show=documents$"))
    expect(reader.locator("#results .entry")).to_have_count(3)
    settled(reader)
    first = documents(reader)
    reader.get_by_role("link", name="Next page").click()
    expect(reader).to_have_url(re.compile("show=documents&after="))
    expect(reader.locator("#results .entry h3 a").first).not_to_have_attribute("href", first[0])
    second = documents(reader)
    assert not {*first} & {*second}
    reader.reload()
    assert documents(reader) == second
    expect(reader.get_by_label("From")).to_have_value("2001-01-01")
    shared = reader.context.new_page()
    shared.goto(reader.url)
    assert documents(shared) == second
    reader.go_back()
    expect(reader.locator("#results .entry h3 a").first).to_have_attribute("href", first[0])
    assert documents(reader) == first


def settled(reader: Page) -> None:
    """Wait for what was typed a moment ago: its results replace those that are there."""
    reader.wait_for_timeout(400)
    reader.wait_for_load_state("networkidle")


def first_wording(reader: Page) -> str:
    return reader.locator(".apparatus > li").first.get_attribute("id") or ""


def compare_with_another(reader: Page) -> str:
    """Choose the second variant as the base of comparison; its id."""
    field = reader.get_by_label("Compare with")
    base = field.locator("option").nth(1).get_attribute("value") or ""
    field.select_option(base)
    if not reader.evaluate("'htmx' in window"):
        reader.get_by_role("button", name="Compare").click()
    return base


def documents(reader: Page) -> list[str]:
    """Where the documents found lead, in order."""
    links = reader.locator("#results .entry h3 a")
    expect(links).not_to_have_count(0)
    return [link.get_attribute("href") or "" for link in links.all()]


def entries(reader: Page) -> list[str]:
    """Where the entries of a list lead, in order."""
    links = reader.locator("#results .entry .said a")
    expect(links).not_to_have_count(0)
    return [urlsplit(link.get_attribute("href") or "").path for link in links.all()]


def test_nothing_but_the_keyboard_is_needed(typist: Page, sought: Sought) -> None:
    typist.goto("/")
    tab_to(typist, typist.get_by_role("searchbox").first)
    typist.keyboard.type(sought.words)
    typist.keyboard.press("Enter")
    expect(typist).to_have_url(re.compile("q="))
    tab_to(typist, typist.locator(f'main a[href*="{sought.address}"]').first)
    typist.keyboard.press("Enter")
    expect(typist).to_have_url(re.compile(re.escape(sought.address) + "$"))
    first = first_wording(typist)
    tab_to(typist, typist.get_by_label("Compare with"))
    typist.keyboard.press("ArrowDown")
    expect(typist).to_have_url(re.compile(r"\?base=\w+$"))
    expect(typist.locator(".apparatus > li").first).not_to_have_attribute("id", first)
    tab_to(typist, typist.get_by_role("link", name="in the document").first)
    typist.keyboard.press("Enter")
    expect(typist.locator(":target")).to_be_in_viewport()
    typist.go_back()
    expect(typist).to_have_url(re.compile(r"\?base=\w+$"))


def test_a_filtered_list_is_paged_and_shared_with_the_keyboard_alone(
    typist: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "page_size", 3)
    typist.goto("/quotes")
    tab_to(typist, typist.get_by_label("Sort by"))
    typist.keyboard.type("most ca")
    expect(typist.get_by_label("Sort by")).to_have_value("carried")
    tab_to(typist, typist.get_by_role("button", name="Show"))
    typist.keyboard.press("Enter")
    expect(typist).to_have_url(re.compile("sort=carried$"))
    first = entries(typist)
    tab_to(typist, typist.get_by_role("link", name="Next page"))
    typist.keyboard.press("Enter")
    expect(typist).to_have_url(re.compile("sort=carried.*after="))
    expect(typist.locator("#results .entry a").first).not_to_have_attribute("href", first[0])
    second = entries(typist)
    typist.reload()
    assert entries(typist) == second
    typist.go_back()
    expect(typist.locator("#results .entry a").first).to_have_attribute("href", first[0])


def test_a_citation_is_copied_with_the_keyboard_alone(typist: Page, sought: Sought) -> None:
    typist.context.grant_permissions(["clipboard-read", "clipboard-write"])
    typist.goto(sought.address)
    tab_to(typist, typist.get_by_text("Share, cite, embed, print"))
    typist.keyboard.press("Enter")
    expect(typist.get_by_label("Citation", exact=True)).to_be_visible()
    tab_to(typist, typist.get_by_role("button", name="Copy Citation", exact=True))
    typist.keyboard.press("Enter")
    expect(typist.locator("#share").get_by_role("status")).to_have_text("Copied: Citation")
    assert (
        typist.evaluate("navigator.clipboard.readText()") == typist.get_by_label("Citation", exact=True).input_value()
    )


@needs_htmx
def test_who_tabs_on_before_the_ways_to_share_have_come_keeps_the_focus(typist: Page, sought: Sought) -> None:
    held: list[Route] = []
    typist.route("**/share/quotes/*", lambda route: held.append(route))
    typist.goto(sought.address)
    tab_to(typist, typist.get_by_text("Share, cite, embed, print"))
    with typist.expect_request("**/share/quotes/*"):
        typist.keyboard.press("Enter")
    link = typist.get_by_role("link", name="Links, citations and code to copy")
    tab_to(typist, link)
    held[0].continue_()
    expect(typist.get_by_label("Citation", exact=True)).to_be_visible()
    expect(link).to_be_focused()
    typist.keyboard.press("Tab")
    expect(typist.get_by_label("Link", exact=True)).to_be_focused()


@needs_htmx
def test_results_come_as_they_are_typed_and_the_focus_stays(typist: Page, sought: Sought) -> None:
    typist.goto("/quotes")
    field = typist.get_by_role("searchbox").first
    tab_to(typist, field)
    typist.keyboard.type(sought.words)
    expect(typist.locator(f'#results a[href*="{sought.address}"]').first).to_be_visible()
    expect(field).to_be_focused()


@needs_htmx
def test_from_results_that_came_while_typing_to_a_quote_and_back(typist: Page, sought: Sought) -> None:
    typist.goto("/search")
    tab_to(typist, typist.locator("#q"))
    typist.keyboard.type(sought.words)
    found = typist.locator(f'#results a[href*="{sought.address}"]').first
    expect(found).to_be_visible()
    expect(found.locator("mark").first).to_be_visible()
    expect(typist).to_have_url(re.compile("q="))
    results = typist.url
    tab_to(typist, found)
    typist.keyboard.press("Enter")
    expect(typist.get_by_role("heading", level=1)).to_have_text(sought.headline)
    typist.go_back()
    expect(typist).to_have_url(results)
    expect(typist.locator("#q")).to_have_value(sought.words)
    expect(found).to_be_visible()


def test_a_search_is_narrowed_and_widened_with_the_keyboard_alone(typist: Page, sought: Sought) -> None:
    typist.goto(f"/search?q={sought.words.split()[0]}")
    tab_to(typist, typist.get_by_label("Outlet"))
    typist.keyboard.type("nowhere at all")
    typist.keyboard.press("Enter")
    expect(typist.get_by_text("No outlet here has a name like “nowhere at all”")).to_be_visible()
    term = typist.get_by_role("link", name="outlet: nowhere at all")
    tab_to(typist, term)
    typist.keyboard.press("Enter")
    expect(typist).to_have_url(re.compile(r"/search\?q=\w+$"))
    expect(typist.locator(f'#results a[href*="{sought.address}"]').first).to_be_visible()


def tab_to(typist: Page, wanted: Any, most: int = 150) -> None:
    """Press Tab until `wanted` has the focus; all that has it on the way can be seen, and shows that it has it."""
    for _ in range(most):
        typist.keyboard.press("Tab")
        focused = typist.locator(":focus")
        if focused.count() == 0:
            continue
        expect(focused).to_be_in_viewport()
        assert focused.evaluate(COVERED) == ""
        assert focused.evaluate(RING), focused.evaluate("it => it.outerHTML")
        if wanted.evaluate("it => it === document.activeElement"):
            return
    raise AssertionError(f"{wanted} was not reached with {most} tabs")
