"""Two documents side by side."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.beside import beside
from tests.web.pages import GOOD_VIBES, Page


def rows(client: TestClient, query: str) -> dict[str, list[Any]]:
    groups = client.get(f"/compare.json?{query}").json()["groups"]
    return {group["heading"]: [(words(row["left"]), words(row["right"])) for row in group["rows"]] for group in groups}


def words(said: dict[str, str] | None) -> str | None:
    return said["words"] if said else None


def test_the_quotations_of_both_stand_beside_each_other(client: TestClient) -> None:
    assert rows(client, "a=docharbour01&b=docecho00001") == {
        "Quoted in both": [
            (
                "I'm getting some pretty good vibes coming out of the talks,",
                "I'm getting some pretty good resonance coming out of the talks.",
            )
        ],
        "Only in the first": [("Four of us have signed,", None)],
        "Only in the second": [(None, "one will be dismissed")],
    }


def test_what_differs_is_marked_and_said(client: TestClient) -> None:
    page = Page(client.get("/compare?a=docharbour01&b=docecho00001").text)
    assert "[dropped: vibes]" in page.all("del")
    assert "[added: resonance]" in page.all("ins")
    assert "Said by Ada Quill there, by Bo Tarn here. “vibes” became “resonance”." in page.text
    assert "0 rows with the same words, 1 that differs" in page.text
    assert GOOD_VIBES in page.links


def test_the_full_text_is_compared_sentence_by_sentence(client: TestClient) -> None:
    page = client.get("/compare?a=doctidal0001&b=docwire00001&show=text")
    [found] = rows(client, "a=doctidal0001&b=docwire00001&show=text").values()
    assert found[0] == ("Harbour talks near their end", "Harbour talks near their end")
    assert "[added: on Saturday.]" in Page(page.text).all("ins")
    assert found[-1][0].startswith("She added that “no one will be dismissed”")
    assert found[-1][1] is None
    assert "not here" in Page(page.text).text


def test_what_both_quote_stands_together_in_the_full_text_or_leads_to_where_it_stands() -> None:
    left = "“We will not offer a fifth.” Gulls came. “The tide turns at nine tonight.”"
    right = (
        "“The tide turns at nine tonight.” Snow fell. "
        "“We will not offer a fifth,” he said, when someone in the hall had asked him about a bonus."
    )
    fifth = left.index("We will"), right.index("We will")
    found = beside(left, right, [fifth])
    assert ("“We will not offer a fifth.”", right[right.index("“We will") :]) in found.pairs
    tide = "“The tide turns at nine tonight.”"
    alone = [number for number, pair in enumerate(found.pairs) if tide in pair]
    assert [found.elsewhere[number] for number in alone] == alone[::-1]
    assert [found.elsewhere[number] for number, pair in enumerate(found.pairs) if "Gulls came." in pair] == [None]


def test_a_sentence_out_of_order_links_to_the_row_that_has_it(seeded_client: TestClient) -> None:
    ids = {line["title"]: line["id"] for line in seeded_client.get("/documents.json").json()["documents"]}
    one = next(ids[title] for title in ids if title.startswith("Skarrow ferry talks run late"))
    other = next(ids[title] for title in ids if title.startswith("Fourteen ferries"))
    address = f"/compare?a={one}&b={other}&show=text"
    [found] = rows(seeded_client, address.removeprefix("/compare?")).values()
    assert ["We will not offer a fifth" in (pair[0] or "") for pair in found].count(True) == 1
    assert all(pair[1] for pair in found if "We will not offer a fifth" in (pair[0] or ""))
    page = Page(seeded_client.get(address).text)
    vibes = [number for number, pair in enumerate(found, 1) if "good vibes" in f"{pair[0]}{pair[1]}"][:2]
    assert {f"row-{number}" for number in vibes} <= page.ids
    assert {f"#row-{number}" for number in vibes} <= set(page.links)


def test_two_versions_of_a_document_show_what_was_changed(client: TestClient) -> None:
    page = Page(client.get("/compare?a=docledger001&b=docledger002&show=text").text)
    assert "[added: 4,000]" in page.all("ins")
    assert "version 2" in page.text


def test_a_document_beside_itself_has_nothing_that_differs(client: TestClient) -> None:
    page = Page(client.get("/compare?a=docharbour01&b=docharbour01&show=text").text)
    assert "0 that differ;" in page.text
    assert len(page.all("ins")) == 1  # in the key


def test_only_the_beginning_of_very_long_documents_is_compared_and_it_says_so() -> None:
    found = beside("The boats sail again on Monday. " * 4_000, "The boats sail.")
    assert found.cut
    assert not beside("The boats sail.", "").cut
    assert len(found.pairs) <= 401


def test_where_a_document_is_missing_a_form_offers_those_of_its_story_first(client: TestClient) -> None:
    page = client.get("/compare.json?a=docnameless1").json()
    offered = [line["id"] for line in page["options"]]
    assert offered[0] == "docnameless1"
    assert set(offered[1:6]) == {"docharbour01", "doctidal0001", "docwire00001", "doclantern01", "docecho00001"}
    assert page["a"] == "docnameless1"
    html = client.get("/compare?a=docnameless1").text
    assert '<option value="docnameless1" selected>' in html


@pytest.mark.parametrize(
    ("query", "which"),
    [
        ("a=unknown&b=docharbour01", "The first (a) of the documents to compare, “unknown”"),
        ("a=docharbour01&b=nowhere", "The second (b) of the documents to compare, “nowhere”"),
        ("b=nowhere", "The second (b)"),
    ],
)
def test_an_unknown_document_is_not_found_and_named(client: TestClient, query: str, which: str) -> None:
    response = client.get(f"/compare?{query}")
    assert response.status_code == 404
    assert which in Page(response.text).text
