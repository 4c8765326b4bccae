from datetime import datetime
from pathlib import Path

import pytest

from app.records import Document, Published
from tests.documents.helpers import ARTICLE, page, read_one, refused

HEAD = """<meta name="author" content="Jane Roe"><link rel="canonical" href="https://courier.example/bridge">
<meta property="article:published_time" content="2025-03-15T14:30:00+01:00">"""


@pytest.fixture
def document(tmp_path: Path) -> Document:
    return read_one(tmp_path, "saved.html", page(head=HEAD).encode())


def test_a_page_gives_its_title_and_article_a_paragraph_a_line(document: Document) -> None:
    assert document.text.split("\n") == ["Bridge to close for a year", *ARTICLE]
    assert document.media == "html"


def test_a_page_says_who_published_it_where_and_who_wrote_it(document: Document) -> None:
    assert document.title == "Bridge to close for a year"
    assert document.outlet == "The Courier"
    assert document.url == "https://courier.example/bridge"
    assert document.authors == ("Jane Roe",)


def test_a_stated_time_is_kept_in_utc(document: Document) -> None:
    assert document.published == Published(datetime(2025, 3, 15, 13, 30), "time", "page metadata")


def test_a_date_in_linked_data_is_found(tmp_path: Path) -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-03-15"}</script>'
    found = read_one(tmp_path, "a.html", page(head=head).encode())
    assert found.published == Published(datetime(2025, 3, 15), "day", "page metadata")


def test_html_is_known_by_its_content_whatever_the_name_says(tmp_path: Path) -> None:
    assert read_one(tmp_path, "a.txt", b"\n<!-- saved -->\n" + page().encode()).media == "html"


def test_the_charset_that_a_page_states_is_used(tmp_path: Path) -> None:
    raw = page("Café closes").replace("charset='utf-8'", "charset='iso-8859-15'")
    raw = raw.replace("“", '"').replace("”", '"')
    assert read_one(tmp_path, "a.html", raw.encode("iso-8859-15")).title == "Café closes"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<nav><a href='/'>Home</a><a href='/sport'>Sport</a></nav>",
        "<p>Please accept our cookies.</p>",
        "<script>render()</script><noscript>Switch JavaScript on.</noscript>",
        "<div>" * 5000,
    ],
)
def test_a_page_without_an_article_is_refused(tmp_path: Path, body: str) -> None:
    rejected = refused(tmp_path, "a.html", f"<!doctype html><html><body>{body}</body></html>".encode())
    assert "No article" in rejected.reason
