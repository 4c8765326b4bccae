"""The site in a browser: what markup alone can't show."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.web.pages import ADDRESSES, GOOD_VIBES
from tests.web.serving import in_a_browser, needs_htmx

pytestmark = in_a_browser


def test_no_page_breaks_the_content_policy_or_logs_an_error(page: Page, site: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith(site) else None)
    for address in ADDRESSES:
        page.goto(address, wait_until="networkidle")
    assert said == []


@pytest.mark.parametrize("width", [320, 390, 1280, 1600])
def test_no_page_scrolls_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for address in (*ADDRESSES, "/nowhere"):
        page.goto(address)
        root = "document.documentElement"
        assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") <= 0, address


def test_targets_are_large_enough_to_hit(page: Page) -> None:
    small = """() => [...document.querySelectorAll('nav a, .facts a, .siglum, button, summary, .pager a, .note a')]
        .filter(it => it.offsetParent && it.getBoundingClientRect().height < 23.5)
        .map(it => it.className + ' ' + it.textContent + ' ' + it.getBoundingClientRect().height)"""
    for address in ADDRESSES:
        page.goto(address)
        assert page.evaluate(small) == [], address


def search_to_place(page: Page) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill("good resonance")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=re.compile("pretty good vibes")).click()
    expect(page).to_have_url(re.compile(GOOD_VIBES))
    page.get_by_role("listitem").filter(has_text="Guild chair Bo Tarn said:").get_by_role(
        "link", name="in the document"
    ).click()
    expect(page).to_have_url(re.compile("/documents/docecho00001#q-quotation005"))
    expect(page.locator("mark:target")).to_have_text(re.compile("pretty good resonance"))
    expect(page.locator("mark:target")).to_be_in_viewport()


def test_from_a_search_to_a_quote_to_its_place_in_a_document(page: Page) -> None:
    search_to_place(page)
    page.go_back()
    expect(page).to_have_url(re.compile(GOOD_VIBES))
    page.go_back()
    expect(page).to_have_url(re.compile(r"/search\?q=good\+resonance"))
    expect(page.get_by_role("heading", name="1 quote")).to_be_visible()


def test_the_same_without_javascript(plain: Page) -> None:
    search_to_place(plain)


def test_a_filter_without_javascript_gives_a_clean_address(plain: Page) -> None:
    plain.goto("/quotes")
    plain.get_by_label("Outlet").select_option("Golden Lantern")
    plain.get_by_role("button", name="Show").click()
    expect(plain).to_have_url(re.compile(r"/quotes\?outlet=goldlantern1$"))
    expect(plain.get_by_role("heading", name="1 quote")).to_be_visible()


@needs_htmx
def test_a_filter_changes_the_list_and_the_address_and_back_restores_both(page: Page) -> None:
    page.goto("/quotes")
    expect(page.get_by_role("heading", name="5 quotes")).to_be_visible()
    page.evaluate("window.kept = true")
    page.get_by_label("Outlet").select_option("Golden Lantern")
    expect(page.get_by_role("heading", name="1 quote")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("1 quote")
    expect(page).to_have_url(re.compile(r"/quotes\?outlet=goldlantern1$"))
    assert page.evaluate("window.kept")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/quotes$"))
    expect(page.get_by_role("heading", name="5 quotes")).to_be_visible()
    expect(page.get_by_label("Outlet")).to_have_value("")
    expect(page.locator("header.masthead")).to_have_count(1)


@needs_htmx
def test_an_address_with_a_filter_can_be_shared_and_reloaded(page: Page, context: BrowserContext) -> None:
    page.goto("/quotes")
    page.get_by_label("Speaker").select_option("Bo Tarn")
    expect(page).to_have_url(re.compile("speaker=botarn000001"))
    page.reload()
    expect(page.get_by_role("heading", name="1 quote")).to_be_visible()
    other = context.new_page()
    other.goto(page.url)
    expect(other.get_by_label("Speaker")).to_have_value("botarn000001")
    expect(other.get_by_role("heading", name="1 quote")).to_be_visible()


@needs_htmx
def test_results_come_while_typing_and_the_cursor_stays(page: Page) -> None:
    page.goto("/quotes")
    field = page.get_by_label("Words or a name")
    field.press_sequentially("vibrat")
    expect(page.get_by_role("heading", name="1 quote")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?q=vibrat$"))
    expect(field).to_be_focused()
    page.go_back()
    expect(page).not_to_have_url(re.compile("q="))


@needs_htmx
def test_a_refused_filter_says_why_in_the_place_of_the_results(page: Page, context: BrowserContext) -> None:
    page.goto("/quotes")
    page.locator("#sort").evaluate("it => it.add(new Option('odd', 'odd'))")
    page.get_by_label("Sort by").select_option("odd")
    expect(page.locator("#results").get_by_text("“sort” must be")).to_be_visible()
    expect(page.get_by_label("Sort by")).to_be_visible()


def test_the_keyboard_reaches_the_content_first(page: Page) -> None:
    page.goto(GOOD_VIBES)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("summary").first).to_be_focused()


def test_a_siglum_is_spelled_out_on_focus(page: Page) -> None:
    page.goto(GOOD_VIBES)
    siglum = page.locator(".apparatus .siglum").first
    siglum.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert siglum.evaluate("it => getComputedStyle(it, '::after').content") == '"Harbour Post"'
