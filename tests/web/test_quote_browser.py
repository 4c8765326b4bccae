"""The page of a quote in a browser: another base, other views, Back, narrow screens."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.pages import GOOD_VIBES
from tests.web.serving import in_a_browser, needs_htmx

pytestmark = in_a_browser

RESONANCE = re.compile(r"\?base=goodvibes001v1")


def first_reading(page: Page) -> str:
    return page.locator(".apparatus > li").first.get_attribute("id") or ""


def choose(page: Page) -> None:
    page.get_by_label("Compare with").focus()
    page.get_by_label("Compare with").select_option(value="goodvibes001v1")


@needs_htmx
def test_another_base_is_compared_without_a_new_page_and_back_restores_the_first(page: Page) -> None:
    page.goto(GOOD_VIBES)
    page.evaluate("window.kept = true")
    choose(page)
    expect(page).to_have_url(RESONANCE)
    expect(page.locator("#compared")).to_contain_text("Compared with variant 2")
    expect(page.get_by_role("status")).to_have_text("Compared with variant 2: 3 other wordings.")
    expect(page.get_by_label("Compare with")).to_be_focused()
    assert first_reading(page) == "v-goodvibes001v1"
    assert page.evaluate("window.kept")
    page.go_back()
    expect(page).not_to_have_url(RESONANCE)
    expect(page.locator("#compared")).to_contain_text("Compared with the likely original")
    expect(page.get_by_label("Compare with")).to_have_value("")
    expect(page.locator("header.masthead")).to_have_count(1)


@needs_htmx
def test_a_view_is_changed_by_keyboard_and_its_address_can_be_opened_again(page: Page) -> None:
    page.goto(GOOD_VIBES)
    page.get_by_label("inline").focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("view=sides"))
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("view=table"))
    expect(page.get_by_role("region", name="All wordings word by word")).to_be_visible()
    page.reload()
    expect(page.get_by_label("as a table")).to_be_checked()
    expect(page.get_by_role("img", name="How many wordings have each word of the base")).to_be_visible()


def test_another_base_without_javascript(plain: Page) -> None:
    plain.goto(GOOD_VIBES)
    choose(plain)
    plain.get_by_label("side by side").check()
    plain.get_by_role("button", name="Compare").click()
    expect(plain).to_have_url(re.compile(r"\?base=goodvibes001v1&view=sides$"))
    assert first_reading(plain) == "v-goodvibes001v1"
    plain.go_back()
    assert first_reading(plain) == "v-goodvibes001v0"


def test_a_variant_can_be_taken_as_the_base_where_it_stands(plain: Page) -> None:
    plain.goto(GOOD_VIBES)
    plain.locator("#v-goodvibes001v1").get_by_role("link", name="compare with this").click()
    expect(plain).to_have_url(RESONANCE)
    assert first_reading(plain) == "v-goodvibes001v1"


def test_the_address_of_a_variant_leads_to_its_place(page: Page) -> None:
    page.goto("/v/goodvibes001v2")
    expect(page).to_have_url(re.compile("#v-goodvibes001v2$"))
    expect(page.locator("#v-goodvibes001v2")).to_be_in_viewport()


@pytest.mark.parametrize("view", ["inline", "sides", "table"])
def test_on_a_phone_only_the_table_scrolls_sideways(page: Page, view: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{GOOD_VIBES}?view={view}")
    page.evaluate("document.querySelectorAll('details').forEach(it => it.open = true)")
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") <= 0
    if view == "table":
        region = page.get_by_role("region", name="All wordings word by word")
        assert region.evaluate("it => it.scrollWidth > it.clientWidth")
        region.focus()
        page.keyboard.press("ArrowRight")
        expect(region).not_to_have_js_property("scrollLeft", 0)


def test_letters_in_the_pictures_can_be_read_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(GOOD_VIBES)
    heights = page.evaluate(
        "[...document.querySelectorAll('.picture text')].map(it => it.getBoundingClientRect().height)"
    )
    assert min(heights) >= 11
    inside = """() => [...document.querySelectorAll('.picture')].every(svg => [...svg.querySelectorAll('text')].every(
        it => it.getBoundingClientRect().right <= svg.getBoundingClientRect().right + 1))"""
    assert page.evaluate(inside)
