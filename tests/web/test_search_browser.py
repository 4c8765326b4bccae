"""The search page in a browser: typing, the address, Back, and all of it without JavaScript."""

import re

from playwright.sync_api import Page, expect

from tests.web.serving import in_a_browser, needs_htmx

pytestmark = in_a_browser


@needs_htmx
def test_typing_updates_the_results_and_the_address(page: Page) -> None:
    page.goto("/search")
    page.evaluate("window.kept = true")
    field = page.locator("#q")
    field.press_sequentially("resonanc")
    expect(page.get_by_role("heading", name="1 quote")).to_be_visible()
    expect(page.get_by_text("also as “I'm getting some pretty good resonance")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/search\?q=resonanc$"))
    expect(page.get_by_role("status")).to_have_text("1 quote 1 document")
    expect(field).to_be_focused()
    assert page.evaluate("window.kept")


@needs_htmx
def test_submitting_adds_to_the_history_and_back_restores(page: Page) -> None:
    page.goto("/search?q=vibes")
    page.get_by_label("Said by").fill("tarn")
    page.get_by_label("Said by").press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=vibes&speaker=tarn$"))
    expect(page.get_by_role("link", name="speaker: tarn")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile(r"/search\?q=vibes$"))
    expect(page.get_by_label("Said by")).to_have_value("")
    expect(page.get_by_role("link", name="speaker: tarn")).to_have_count(0)
    page.go_forward()
    expect(page).to_have_url(re.compile(r"speaker=tarn$"))
    expect(page.get_by_label("Said by")).to_have_value("tarn")
    page.wait_for_load_state()
    page.reload()
    expect(page.get_by_label("Said by")).to_have_value("tarn")


@needs_htmx
def test_a_term_typed_becomes_a_filter_that_can_be_taken_away(page: Page) -> None:
    page.goto("/search")
    page.locator("#q").press_sequentially("good outlet:lantern")
    term = page.get_by_role("link", name="outlet: lantern")
    expect(term).to_be_visible()
    term.click()
    expect(page).to_have_url(re.compile(r"/search\?q=good$"))
    expect(page.locator("#q")).to_have_value("good")
    expect(page.get_by_label("Outlet")).to_have_value("")


@needs_htmx
def test_a_slip_is_forgiven_while_typing(page: Page) -> None:
    page.goto("/search")
    page.locator("#q").press_sequentially("resonnance ")
    expect(page.get_by_text("This was found for resonance")).to_be_visible()


def test_the_masthead_leads_to_a_search_and_on_to_a_quote_and_back(page: Page) -> None:
    page.goto("/speakers")
    page.get_by_role("searchbox").fill("quill vibes")
    page.get_by_role("searchbox").press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=quill\+vibes$"))
    page.get_by_role("link", name=re.compile("pretty good vibes")).click()
    page.go_back()
    expect(page.get_by_role("heading", name="1 quote")).to_be_visible()


def test_without_javascript_terms_become_fields_and_all_works(plain: Page) -> None:
    plain.goto("/search")
    plain.locator("#q").fill('vibes speaker:"Ada Quill"')
    plain.get_by_role("button", name="Search").click()
    expect(plain).to_have_url(re.compile(r"/search\?q=vibes&speaker=Ada\+Quill$"))
    expect(plain.get_by_label("Said by")).to_have_value("Ada Quill")
    expect(plain.get_by_role("heading", name="1 quote")).to_be_visible()
    plain.get_by_role("link", name="speaker: Ada Quill").click()
    expect(plain).to_have_url(re.compile(r"/search\?q=vibes$"))


def test_on_a_phone_nothing_hides_the_field_or_scrolls_sideways(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/search?q=talks&speaker=quill&from=2026-03-01")
    expect(page.locator("#q")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    low = "() => [...document.querySelectorAll('.terms a, .onward a')].filter(it => it.offsetHeight < 24).length"
    assert page.evaluate(low) == 0
