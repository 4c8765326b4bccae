"""Pages of alerts, speakers and outlets in a browser: on a phone, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.serving import in_a_browser

pytestmark = in_a_browser

PAGES = (
    "/",
    "/alerts",
    "/speakers/adaquill0001",
    "/speakers/adaquill0001?about=vibes",
    "/speakers/compare?a=adaquill0001&b=botarn000001&about=dismissed",
    "/outlets/quayecho0001",
    "/outlets/quayecho0001/changes?kind=word+replaced",
)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_fits_a_phone_and_its_targets_a_thumb(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") <= 0
    small = """() => [...document.querySelectorAll('.words a, .differs a, .plain a, .about button')]
        .filter(it => it.getBoundingClientRect().height < 23.5).map(it => it.textContent)"""
    assert page.evaluate(small) == []


def from_an_alert_to_the_wording(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="All alerts").click()
    page.get_by_label("What differs").select_option("a negation")
    if page.get_by_role("heading", name="1 alert").count() == 0:
        page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"/alerts\?kind=negation$"))
    page.get_by_role("link", name="negation differs").click()
    expect(page).to_have_url(re.compile(r"/quotes/dismissed001/.*#v-dismissed001v1$"))
    expect(page.locator("#v-dismissed001v1")).to_be_in_viewport()


def test_from_an_alert_to_the_wording_that_differs(page: Page) -> None:
    from_an_alert_to_the_wording(page)


def test_the_same_without_javascript(plain: Page) -> None:
    from_an_alert_to_the_wording(plain)


def test_two_speakers_are_chosen_and_set_side_by_side(plain: Page) -> None:
    plain.goto("/speakers/adaquill0001")
    plain.get_by_role("link", name="Set beside another speaker").click()
    plain.get_by_label("The other").select_option("Bo Tarn")
    plain.get_by_role("button", name="Compare").click()
    expect(plain).to_have_url(re.compile(r"/speakers/compare\?a=adaquill0001&b=botarn000001$"))
    expect(plain.get_by_role("heading", name="Quotes for which both are named")).to_be_visible()
