"""Sharing in a browser: copying, frames, and that the content policy lets all of it be."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.web.pages import GOOD_VIBES
from tests.web.serving import in_a_browser

pytestmark = in_a_browser


@pytest.fixture
def panel(page: Page, context: BrowserContext, site: str) -> Page:
    """A quote's page with its panel open, where the reader lets pages use the clipboard."""
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    page.goto(GOOD_VIBES)
    page.get_by_text("Share, cite, embed, print").click()
    return page


@contextmanager
def elsewhere(html: str) -> Iterator[str]:
    """Address of a page of another site."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.parametrize(
    ("label", "begins"),
    [
        ("Link", "http://127.0.0.1"),
        ("Citation", "“I'm getting some pretty good vibes"),
        ("BibTeX", "@misc{variorum-goodvibes001,"),
        ("CSL-JSON", "["),
        ("Wikipedia, this page", "{{cite web"),
        ("Wikipedia, a document with these words", "{{cite news"),
        ("Embed in another page", "<iframe "),
    ],
)
def test_each_field_is_copied_by_its_button(panel: Page, label: str, begins: str) -> None:
    panel.get_by_role("button", name=f"Copy {label}", exact=True).click()
    expect(panel.locator("#share").get_by_role("status")).to_have_text(f"Copied: {label}")
    copied = panel.evaluate("navigator.clipboard.readText()")
    assert copied == panel.get_by_label(label, exact=True).input_value()
    assert copied.startswith(begins)


def test_copying_works_by_keyboard_alone(panel: Page) -> None:
    panel.get_by_label("Link", exact=True).focus()
    panel.keyboard.press("Tab")
    panel.keyboard.press("Enter")
    expect(panel.locator("#share").get_by_role("status")).to_have_text("Copied: Link")


def test_where_copying_is_refused_the_text_is_selected_and_says_so(page: Page) -> None:
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))")
    page.goto(GOOD_VIBES)
    page.get_by_text("Share, cite, embed, print").click()
    page.locator(".copy button").first.click()
    expect(page.locator("[data-copied]")).to_be_visible()
    expect(page.locator("[data-copied]")).to_contain_text("copy it yourself")
    selected = "(it => it.value.slice(it.selectionStart, it.selectionEnd))(document.querySelector('#share-link'))"
    assert page.evaluate(selected).endswith(GOOD_VIBES)


def test_without_javascript_the_fields_are_there_and_no_button_is(plain: Page) -> None:
    plain.goto(GOOD_VIBES)
    plain.get_by_text("Share, cite, embed, print").click()
    plain.get_by_role("link", name="Links, citations and code to copy").click()
    expect(plain).to_have_url(re.compile("/share/quotes/goodvibes001$"))
    expect(plain.get_by_label("BibTeX")).to_be_visible()
    expect(plain.locator(".copy button")).to_have_count(0)
    expect(plain.get_by_role("button", name="Print now")).to_be_hidden()


def test_opening_the_panel_leaves_the_reader_on_the_page_of_the_quote(panel: Page) -> None:
    expect(panel.get_by_label("BibTeX")).to_be_visible()
    expect(panel).to_have_url(re.compile(f"{GOOD_VIBES}$"))
    expect(panel.locator("#share > summary")).to_be_focused()


def test_other_quotes_come_where_a_reader_scrolls_to_them(page: Page) -> None:
    page.goto(GOOD_VIBES)
    other = page.get_by_role("link", name="No one will be dismissed")
    expect(other).to_have_count(0)
    page.get_by_role("heading", name="Reports and other quotes around it").scroll_into_view_if_needed()
    expect(other).to_be_visible()
    expect(page).to_have_url(re.compile(f"{GOOD_VIBES}$"))


def test_without_javascript_other_quotes_have_a_page(plain: Page) -> None:
    plain.goto(GOOD_VIBES)
    plain.get_by_role("link", name="Reports and other quotes around it").click()
    expect(plain.get_by_role("link", name="No one will be dismissed")).to_be_visible()


def test_the_print_button_prints(panel: Page) -> None:
    panel.evaluate("window.print = () => { window.printed = true }")
    panel.get_by_role("button", name="Print now").click()
    assert panel.evaluate("window.printed")


def test_the_panel_is_not_printed(panel: Page) -> None:
    panel.emulate_media(media="print")
    expect(panel.locator(".share")).to_be_hidden()


def test_another_page_can_frame_a_quote_and_nothing_else(page: Page, site: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    frames = "".join(f'<iframe src="{site}{path}"></iframe>' for path in ("/embed/quotes/goodvibes001", "/quotes"))
    with elsewhere(f'<!doctype html><link rel="icon" href="data:,">{frames}') as other:
        page.goto(other, wait_until="networkidle")
    expect(page.frame_locator("iframe").first.get_by_role("heading", level=1)).to_contain_text("good vibes")
    refused = [text for text in said if "frame-ancestors" in text]
    assert len(refused) == len(said) == 1


def test_no_frame_or_panel_breaks_the_content_policy(page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for address in ("/embed/quotes/goodvibes001", "/embed/quotes/hostilequote", "/documents/dochostile01", GOOD_VIBES):
        page.goto(address, wait_until="networkidle")
    assert said == []
    assert page.locator('script[type="application/ld+json"]').count() == 1


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_an_open_panel_and_a_frame_fit_their_width(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for address in (GOOD_VIBES, "/embed/quotes/goodvibes001", "/api"):
        page.goto(address)
        for summary in page.locator(".share > summary").all():
            summary.click()
        root = "document.documentElement"
        assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") <= 0, address


def test_a_citation_is_dated_by_the_page_it_stands_on(panel: Page) -> None:
    expect(panel.get_by_label("Citation", exact=True)).to_have_value(re.compile("data without a date"))
