"""Stories, comparisons and the panel of a document in a browser."""

import re

from playwright.sync_api import Page, expect

from tests.web.pages import GOOD_VIBES
from tests.web.serving import in_a_browser, needs_htmx

pytestmark = in_a_browser


def story_to_variant(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Stories").click()
    page.get_by_role("link", name="Minister hopeful").click()
    page.get_by_role("link", name=re.compile("Golden Lantern: altered")).click()
    expect(page).to_have_url(re.compile(f"{GOOD_VIBES}#v-goodvibes001v2"))
    expect(page.locator("li:target")).to_be_in_viewport()
    page.go_back()
    expect(page.get_by_role("heading", name="Who carried what")).to_be_visible()


def test_from_a_story_to_a_wording_and_back(page: Page) -> None:
    story_to_variant(page)


def test_the_same_without_javascript(plain: Page) -> None:
    story_to_variant(plain)


def test_the_matrix_scrolls_in_its_own_region_and_keeps_the_quotes_in_sight(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/stories/harbourtalks")
    region = page.get_by_role("region", name="Table of quotes by outlet")
    region.focus()
    expect(region).to_be_focused()
    assert region.evaluate("it => it.scrollWidth > it.clientWidth")
    region.evaluate("it => it.scrollLeft = 200")
    quote = page.get_by_role("rowheader").first
    assert quote.evaluate("it => Math.round(it.getBoundingClientRect().left)") == region.evaluate(
        "it => Math.round(it.getBoundingClientRect().left)"
    )


def test_every_cell_is_large_enough_to_hit(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/stories/harbourtalks")
    small = """() => [...document.querySelectorAll('.cell')].map(it => it.getBoundingClientRect())
        .filter(it => it.width < 24 || it.height < 24).length"""
    assert page.evaluate(small) == 0


def test_compared_documents_stand_side_by_side_and_on_a_phone_below_each_other(page: Page) -> None:
    page.goto("/compare?a=docharbour01&b=docecho00001")
    tops = "() => [...document.querySelectorAll('.beside .side')].slice(0, 2).map(it => it.getBoundingClientRect().top)"
    left, right = page.evaluate(tops)
    assert left == right
    page.set_viewport_size({"width": 390, "height": 844})
    left, right = page.evaluate(tops)
    assert left < right


def test_two_documents_are_chosen_and_compared_without_javascript(plain: Page) -> None:
    plain.goto("/compare")
    plain.get_by_label("First document").select_option("docharbour01")
    plain.get_by_label("Second document").select_option("docecho00001")
    plain.get_by_role("button", name="Compare").click()
    expect(plain.get_by_role("heading", name="Quoted in both")).to_be_visible()
    plain.get_by_role("link", name="Full text").click()
    expect(plain.get_by_role("heading", name="Sentence by sentence")).to_be_visible()


@needs_htmx
def test_a_quotation_opens_a_panel_and_leaves_the_reader_in_the_text(page: Page) -> None:
    page.goto("/documents/docharbour01")
    page.locator("mark[id]").first.get_by_role("link").click()
    panel = page.get_by_role("region", name="The quotation that was chosen")
    expect(panel.get_by_text("4 variants")).to_be_in_viewport()
    expect(panel.locator("summary")).to_be_focused()
    expect(page).to_have_url(re.compile("/documents/docharbour01$"))
    page.keyboard.press("Enter")
    expect(panel.get_by_text("4 variants")).to_be_hidden()
    page.keyboard.press("Enter")
    panel.get_by_role("link", name="All of this quote").click()
    expect(page).to_have_url(re.compile(GOOD_VIBES))


def test_without_javascript_a_quotation_leads_to_its_quote(plain: Page) -> None:
    plain.goto("/documents/docharbour01")
    plain.locator("mark[id]").first.get_by_role("link").click()
    expect(plain).to_have_url(re.compile(GOOD_VIBES))
