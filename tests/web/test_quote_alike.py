"""What the same speaker said in words near to those of a quote."""

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.web.pages import Page


@pytest.fixture(scope="module")
def quotes(seeded_client: TestClient) -> list[Any]:
    ids = [line["id"] for line in seeded_client.get("/quotes.json?sort=carried").json()["quotes"]]
    return [seeded_client.get(f"/around/quotes/{one}.json").json() for one in ids]


def test_they_are_of_the_same_speaker_and_share_a_word(seeded_client: TestClient, quotes: list[Any]) -> None:
    pairs = [(quote, other) for quote in quotes for other in quote["alike"]]
    assert pairs
    for quote, other in pairs:
        assert other["id"] != quote["quote"]
        assert other["id"] not in {beside["id"] for beside in quote["related"]}
        assert words(other["text"]) & words(quote["text"])
        found = seeded_client.get(f"/quotes/{other['id']}.json", follow_redirects=True).json()
        assert found["quote"]["speaker"]["id"] == quote["speaker"]["id"]


def test_the_page_leads_to_them(seeded_client: TestClient, quotes: list[Any]) -> None:
    quote = next(quote for quote in quotes if quote["alike"])
    page = Page(seeded_client.get(quote["address"]).text)
    assert "By the same speaker, in words near to these" in page.all("h2")
    assert [link for link in page.links if quote["alike"][0]["id"] in link]


def test_a_quote_with_nothing_near_to_it_says_nothing_of_it(client: TestClient) -> None:
    assert client.get("/around/quotes/goodvibes001.json").json()["alike"] == []
    assert "By the same speaker" not in client.get("/around/quotes/goodvibes001").text


def words(text: str) -> set[str]:
    return {word[:4] for word in re.findall(r"[a-z]{3,}", text.casefold())}
