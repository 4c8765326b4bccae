"""Suggestions for a browser's own search field: names and quotes that have what is being typed."""

from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

NAMES = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


def test_the_description_leads_to_suggestions(client: TestClient) -> None:
    described = ElementTree.fromstring(client.get("/opensearch.xml").text)
    urls = {url.get("type"): url.get("template") for url in described.findall("o:Url", NAMES)}
    assert urls["application/x-suggestions+json"] == "http://testserver/suggest?q={searchTerms}"


def test_names_and_quotes_are_suggested_with_their_addresses(client: TestClient) -> None:
    response = client.get("/suggest?q=quil")
    typed, completions, descriptions, addresses = response.json()
    assert response.headers["content-type"].startswith("application/x-suggestions+json")
    assert typed == "quil"
    assert completions[0] == "Ada Quill"
    assert "I'm getting some pretty good vibes coming out of the talks" in completions
    assert len(completions) == len(descriptions) == len(addresses)
    assert all(client.get(address, follow_redirects=True).status_code == 200 for address in addresses)


def test_what_is_suggested_is_found_when_it_is_searched_for(client: TestClient) -> None:
    for text in client.get("/suggest?q=talks").json()[1]:
        assert client.get("/search.json", params={"q": text}).json()["quotes"]["found"]["count"]


@pytest.mark.parametrize("typed", ["", '"', "xyzzy", "before:"])
def test_nothing_is_suggested_for_what_nothing_has(client: TestClient, typed: str) -> None:
    assert client.get("/suggest", params={"q": typed}).json() == [typed, [], [], []]
