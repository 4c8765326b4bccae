"""Atom feeds: valid, linked from their pages, with ids that stay."""

import re
from datetime import datetime
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import feedparser
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from app.settings import settings
from app.web.atom import Entry, Feed, _feed
from app.web.xml import element, serialise
from tests.web.corpus import HOSTILE
from tests.web.pages import GOOD_VIBES

FEEDS = (
    "/quotes.atom",
    "/quotes.atom?q=vibes",
    "/search.atom?q=vibes",
    "/search.atom?q=talks&speaker=quill&from=2026-03-01&show=documents",
    "/quotes/goodvibes001/feed.atom",
    "/speakers/adaquill0001/feed.atom",
    "/speakers/hostile00001/feed.atom",
    "/outlets/tidaltimes01/feed.atom",
)


def read(client: TestClient, address: str, **query: str) -> Any:
    response = client.get(address, params=query or None)
    assert response.headers["Content-Type"] == "application/atom+xml"
    found = feedparser.parse(response.content)
    assert not found.bozo, found.get("bozo_exception")
    return found


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_is_valid_and_complete(client: TestClient, address: str) -> None:
    found = read(client, address)
    assert found.version == "atom10"
    links = {link.rel: link.href for link in found.feed.links}
    assert links["self"] == f"http://testserver{address}" or "sort=newest" in links["self"]
    assert client.get(links["alternate"].removeprefix("http://testserver")).status_code in (200, 301)
    assert found.feed.id.startswith("urn:uuid:")
    assert found.feed.updated
    assert found.entries
    for entry in found.entries:
        assert entry.id.startswith("urn:uuid:")
        assert entry.title
        assert entry.updated == "2026-04-01T09:30:00Z"
        assert client.get(entry.link.removeprefix("http://testserver"), follow_redirects=True).status_code == 200
    assert len({entry.id for entry in found.entries}) == len(found.entries)
    assert found.feed.updated == max(entry.updated for entry in found.entries)


def test_ids_stay_when_the_site_moves(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [entry.id for entry in read(client, "/quotes.atom").entries]
    monkeypatch.setattr(settings(), "public_url", "https://quotes.example")
    after = read(client, "/quotes.atom")
    assert [entry.id for entry in after.entries] == before
    assert all(entry.link.startswith("https://quotes.example/quotes/") for entry in after.entries)


def test_a_feed_of_a_quote_tells_of_its_variants(client: TestClient) -> None:
    entries = read(client, "/quotes/goodvibes001/feed.atom").entries
    assert len(entries) == 4
    told = {entry.title: entry.summary for entry in entries}
    fresh = "A new variant appeared: “I'm getting some pretty good resonance coming out of the talks”"
    assert told[fresh] == "“vibes” became “resonance”."
    assert entries[-1].title.startswith("Likely original: ")


def test_a_feed_of_a_list_keeps_its_filter(client: TestClient) -> None:
    assert [entry.title for entry in read(client, "/quotes.atom", outlet="goldlantern1").entries] == [
        "“I'm getting some pretty good vibes coming out of the talks”"
    ]
    assert read(client, "/quotes.atom", q="nothing of the kind").entries == []
    assert client.get("/quotes.atom?from=yesterday").status_code == 400


def test_a_feed_of_a_search_tells_of_quotes_and_documents_newest_first(client: TestClient) -> None:
    entries = read(client, "/search.atom", q="quill").entries
    found = client.get("/search.json", params={"q": "quill"}).json()
    assert len(entries) == found["quotes"]["found"]["count"] + found["documents"]["found"]["count"]
    days = [entry.get("published", "") for entry in entries]
    assert days == sorted(days, reverse=True)
    only = read(client, "/search.atom", q="quill", show="documents").entries
    assert [entry.id for entry in only] == [entry.id for entry in entries if "/documents/" in entry.link]


def test_a_search_has_one_feed_however_it_is_written(client: TestClient) -> None:
    typed = read(client, "/search.atom", q="talks speaker:quill outlet:post after:2026-03-01 before:2026-03-31")
    chosen = {"speaker": "quill", "outlet": "post", "from": "2026-03-01", "to": "2026-03-31"}
    fields = read(client, "/search.atom", q="talks", **chosen)
    assert typed.feed.id == fields.feed.id != read(client, "/search.atom", q="talks").feed.id
    assert [entry.id for entry in typed.entries] == [entry.id for entry in fields.entries]
    assert typed.entries


def test_a_quote_is_one_entry_in_whichever_feed(client: TestClient) -> None:
    assert read(client, "/quotes.atom", q="vibes").entries[0].id in {
        entry.id for entry in read(client, "/search.atom", q="vibes").entries
    }


def test_a_search_for_nothing_or_for_speakers_alone_has_no_news(client: TestClient) -> None:
    assert read(client, "/search.atom").entries == []
    assert client.get("/search.atom?q=quill&show=speakers").status_code == 400
    assert "search.atom" not in client.get("/search?q=quill&show=speakers").text


def test_an_entry_says_who_and_how_wide(client: TestClient) -> None:
    entry = read(client, "/quotes.atom", q="vibes").entries[0]
    assert entry.author == "Ada Quill"
    assert entry.summary == "Said by Ada Quill (disputed). 4 variants in 6 outlets."
    assert entry.published == "2026-03-14T00:00:00Z"


@pytest.mark.parametrize(
    "page", ["/quotes?q=vibes", "/search?q=vibes", GOOD_VIBES, "/speakers/adaquill0001", "/outlets/tidaltimes01"]
)
def test_a_page_leads_to_its_feed(client: TestClient, page: str) -> None:
    found = re.search(r'type="application/atom\+xml" href="([^"]+)"', client.get(page).text)
    assert found
    assert read(client, unescape(found[1])).entries


def test_feeds_follow_what_became_of_their_subject(client: TestClient) -> None:
    assert client.get("/quotes/mergedtwice1/feed.atom").headers["location"] == "/quotes/goodvibes001/feed.atom"
    assert client.get("/quotes/removedquot1/feed.atom").status_code == 410
    assert client.get("/speakers/nobody/feed.atom").status_code == 404
    assert client.get("/outlets/nowhere/feed.atom").status_code == 404


def test_hostile_names_stay_names(client: TestClient) -> None:
    assert read(client, "/speakers/hostile00001/feed.atom").entries[0].author == HOSTILE


@given(st.text(), st.text())
def test_no_words_break_a_feed(title: str, summary: str) -> None:
    entry = Entry("key", title, "https://x.example/", datetime(2026, 1, 1), None, summary)
    root = fromstring(serialise(_feed(Feed("key", title, "https://x.example/", "https://x.example/f", [entry]))))
    assert len(root.findall("{*}entry")) == 1


@given(st.text())
def test_xml_says_what_it_was_given_but_for_signs_it_can_not_hold(text: str) -> None:
    root = Element("root")
    element(root, "child", text)
    read = fromstring(serialise(root))[0].text or ""
    allowed = "".join(
        c for c in text if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
    assert read == allowed.replace("\r\n", "\n").replace("\r", "\n")
