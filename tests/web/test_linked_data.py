"""JSON-LD: what it says of quotes and documents, and that no words break out of it."""

import json
import re
from typing import Any

from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from app.web.linked_data import data_block
from tests.web.corpus import HOSTILE
from tests.web.pages import GOOD_VIBES

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


def data(client: TestClient, address: str) -> Any:
    found = BLOCK.findall(client.get(address).text)
    assert len(found) == 1
    return json.loads(found[0])


def test_a_quote_is_a_quotation_in_its_documents(client: TestClient) -> None:
    said = data(client, "/quotes/foursigned01/four-of-us-have-signed")
    assert (said["@type"], said["text"]) == ("Quotation", "Four of us have signed")
    assert said["url"] == "http://testserver/quotes/foursigned01/four-of-us-have-signed"
    assert "spokenByCharacter" not in said
    assert said["subjectOf"] == [
        {
            "@type": "NewsArticle",
            "@id": "http://testserver/documents/docharbour01",
            "headline": "Minister hopeful on the steps of the old mill",
            "url": "https://post.example/harbour/talks",
            "datePublished": "2026-03-14",
            "publisher": {"@type": "NewsMediaOrganization", "name": "Harbour Post"},
        }
    ]


def test_a_speaker_is_named_only_where_nobody_disputes_it(client: TestClient) -> None:
    assert "spokenByCharacter" not in data(client, GOOD_VIBES)
    speaker = data(client, "/quotes/strong000001/we-are-4-000-strong")["spokenByCharacter"]
    assert speaker == {"@type": "Person", "name": "Bo Tarn", "url": "http://testserver/speakers/botarn000001"}


def test_a_document_is_an_article(client: TestClient) -> None:
    article = data(client, "/documents/docharbour01")
    assert article["@type"] == "NewsArticle"
    assert article["author"] == [{"@type": "Person", "name": "Ivo Marsh"}]
    assert article["inLanguage"] == "en"
    hostile = data(client, "/documents/dochostile01")
    assert hostile["headline"] == HOSTILE
    assert hostile["url"] == "http://testserver/documents/dochostile01"


@given(st.text())
def test_no_words_break_out_of_the_block(words: str) -> None:
    html = str(data_block({"text": words}))
    inner = html.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&") & set(inner)
    assert json.loads(inner) == ({"text": words} if words else {})
