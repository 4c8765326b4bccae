"""Checking a quote and reporting one, in a browser, over the sample documents."""

import json
import re
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.clustering import telling_words, verdict
from app.recluster import cluster_new
from app.store.engine import connect
from app.store.migrate import migrate
from tests.conftest import take_in
from tests.web import conftest
from tests.web.serving import in_a_browser
from tests.web.test_journeys import tab_to

SEEDS = Path(__file__).parents[2] / "seeds"

pytestmark = in_a_browser
# Its own, as the database is: what lasts for a session is made once, over the database that came first.
site, browser, context = conftest.site, conftest.browser, conftest.context
page, plain = conftest.page, conftest.plain


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample documents, in a file of this module's own: its tests write."""
    address = f"sqlite:///{tmp_path_factory.mktemp('seeds') / 'seeds.db'}"
    engine = connect(address)
    migrate(engine)
    take_in(engine, SEEDS)
    cluster_new(engine)
    engine.dispose()
    return address


@pytest.fixture(scope="module")
def known(database: str) -> str:
    """The words of a quote here that has one wording, one speaker, and can be cut at its end."""
    connection = sqlite3.connect(database.removeprefix("sqlite:///"))
    query = "SELECT text FROM quotes WHERE variant_count = 1 AND speaker_count = 1 ORDER BY id"
    texts = [" ".join(text.rstrip(",. ").split()) for (text,) in connection.execute(query)]
    connection.close()
    return next(text for text in texts if len(text.split()) >= 9 and verdict(text, cut(text))[0] == "shortened")


def cut(text: str) -> str:
    return " ".join(text.split()[:-2])


def altered(text: str) -> str:
    return re.sub(re.escape(telling_words(text)[0]), "xylophones", text, count=1, flags=re.IGNORECASE)


def answers(page: Page, words: str, outcome: str, speaker: str = "") -> None:
    page.get_by_label("Words", exact=True).fill(words)
    page.get_by_label("Said by").fill(speaker)
    page.get_by_role("button", name="Check").click()
    expect(page.locator("#results h3")).to_have_text([outcome])
    expect(page.get_by_text(words.split(maxsplit=1)[0]).first).to_be_visible()


def check_in_all_outcomes(page: Page, known: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Check", exact=True).click()
    answers(page, known, "Exact")
    answers(page, cut(known), "Shortened")
    expect(page.locator("#results del")).to_be_visible()
    answers(page, altered(known), "Altered")
    expect(page.locator("#results ins")).to_contain_text("xylophones")
    answers(page, known, "Said by somebody else", "Zebulon Quux")
    answers(page, "Zebras prefer jazz on rainy Tuesdays", "Not in this corpus")
    expect(page.locator("#results")).to_contain_text("This corpus holds 18 documents")
    expect(page).to_have_url(re.compile(r"/check\?q=Zebras"))
    page.reload()
    expect(page.locator("#results h3")).to_have_text(["Not in this corpus"])
    page.go_back()
    expect(page.locator("#results h3")).to_have_text(["Said by somebody else"])
    expect(page.get_by_label("Said by")).to_have_value("Zebulon Quux")


def report_a_quote(page: Page, known: str, said: str) -> None:
    page.goto("/check")
    answers(page, known, "Exact")
    page.get_by_role("link", name=known.split(",")[0]).first.click()
    form = page.locator(".quote > .report")
    form.get_by_text("Something is wrong?").click()
    form.get_by_label("What is wrong").select_option("wrong speaker")
    form.get_by_label("Say more").fill(said)
    form.get_by_role("button", name="Report").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    page.get_by_role("link", name="Back to where you were").click()
    expect(page).to_have_url(re.compile("/quotes/"))


def reported(database: str) -> list[str]:
    connection = sqlite3.connect(database.removeprefix("sqlite:///"))
    found = [text for (text,) in connection.execute("SELECT text FROM reports ORDER BY id")]
    connection.close()
    return found


def test_a_quote_is_checked_in_all_five_outcomes(page: Page, known: str) -> None:
    check_in_all_outcomes(page, known)


def test_the_same_without_javascript(plain: Page, known: str) -> None:
    check_in_all_outcomes(plain, known)


def test_the_same_on_a_phone(page: Page, known: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    check_in_all_outcomes(page, known)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_a_report_is_filed(page: Page, known: str, database: str) -> None:
    report_a_quote(page, known, "with scripts")
    assert "with scripts" in reported(database)


def test_a_report_is_filed_without_javascript(plain: Page, known: str, database: str) -> None:
    report_a_quote(plain, known, "without scripts")
    assert "without scripts" in reported(database)


def test_a_report_is_filed_on_a_phone(page: Page, known: str, database: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    report_a_quote(page, known, "on a phone")
    assert "on a phone" in reported(database)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def report_a_quotation(page: Page, said: str) -> None:
    """From its sentence on the page of its quote, by the form of its own."""
    page.goto("/quotes")
    page.locator(".entry .said a").first.click()
    page.locator(".places .wrong").first.click()
    expect(page).to_have_url(re.compile(r"/reports/new\?kind=quotation&id=\w+$"))
    expect(page.locator("blockquote")).not_to_be_empty()
    page.get_by_label("What is wrong").select_option("bad boundaries")
    page.get_by_label("Say more").fill(said)
    page.get_by_role("button", name="Report").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    page.get_by_role("link", name="Back to where you were").click()
    expect(page).to_have_url(re.compile(r"/documents/\w+#q-\w+$"))


def test_a_quotation_is_reported(page: Page, database: str) -> None:
    report_a_quotation(page, "a quotation, with scripts")
    assert "a quotation, with scripts" in reported(database)


def test_a_quotation_is_reported_without_javascript(plain: Page, database: str) -> None:
    report_a_quotation(plain, "a quotation, without scripts")
    assert "a quotation, without scripts" in reported(database)


def test_a_quotation_is_reported_on_a_phone(page: Page, database: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    report_a_quotation(page, "a quotation, on a phone")
    assert "a quotation, on a phone" in reported(database)


def test_a_quote_is_checked_and_reported_with_the_keyboard_alone(page: Page, known: str, database: str) -> None:
    page.goto("/check")
    for words, speaker, outcome in (
        (known, "", "Exact"),
        (cut(known), "", "Shortened"),
        (altered(known), "", "Altered"),
        ("Zebras prefer jazz on rainy Tuesdays", "", "Not in this corpus"),
        (known, "Zebulon Quux", "Said by somebody else"),
    ):
        for field, typed in ((page.get_by_label("Words", exact=True), words), (page.get_by_label("Said by"), speaker)):
            tab_to(page, field)
            page.keyboard.press("Control+a")
            page.keyboard.press("Delete")
            page.keyboard.insert_text(typed)
        page.keyboard.press("Enter")
        expect(page.locator("#results h3")).to_have_text([outcome])
    tab_to(page, page.locator("#results .reading a").first)
    page.keyboard.press("Enter")
    form = page.locator(".quote > .report")
    tab_to(page, form.get_by_text("Something is wrong?"))
    page.keyboard.press("Enter")
    tab_to(page, form.get_by_label("What is wrong"))
    page.keyboard.type("not a")
    page.keyboard.press("Tab")
    page.keyboard.type("a quote, by keyboard")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert "a quote, by keyboard" in reported(database)


def test_the_bookmark_checks_what_is_selected(page: Page, known: str) -> None:
    page.goto("/check")
    script = page.get_by_label("Bookmark that checks").input_value().removeprefix("javascript:")
    page.goto("/quotes")
    page.evaluate("document.querySelector('h1').textContent = " + json.dumps(known))
    page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
    page.evaluate(script)
    expect(page).to_have_url(re.compile(r"/check\?q="))
    expect(page.locator("#results h3")).to_have_text(["Exact"])


def test_a_quotation_is_reported_by_keyboard_from_the_margin_of_its_document(page: Page, database: str) -> None:
    page.goto("/documents")
    page.locator(".entry h3 a").first.click()
    page.locator(".margin .wrong").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Something is wrong?")).to_be_visible()
    page.get_by_label("What is wrong").focus()
    page.keyboard.type("bad")
    page.keyboard.press("Tab")
    page.keyboard.type("by keyboard")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    page.get_by_role("link", name="Back to where you were").click()
    expect(page).to_have_url(re.compile("/documents/.*#q-"))
    assert "by keyboard" in reported(database)
