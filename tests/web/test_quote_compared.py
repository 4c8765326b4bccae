"""The variants of a quote against any one of them."""

import pytest
from fastapi.testclient import TestClient

from tests.web.pages import GOOD_VIBES, Page

DISMISSED = "/quotes/dismissed001/no-one-will-be-dismissed"
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Source": "form"}


def page(client: TestClient, address: str) -> Page:
    return Page(client.get(address).text)


def order(client: TestClient, address: str) -> list[str]:
    path, _, query = address.partition("?")
    return [wording["variant"]["id"] for wording in client.get(f"{path}.json?{query}").json()["wordings"]]


def test_the_base_comes_first_then_what_changes_its_sense_most(client: TestClient) -> None:
    assert order(client, GOOD_VIBES)[:3] == ["goodvibes001v0", "goodvibes001v1", "goodvibes001v2"]
    assert order(client, f"{GOOD_VIBES}?base=goodvibes001v2")[0] == "goodvibes001v2"


def test_what_changed_of_the_sense_stands_beside_the_headline(client: TestClient) -> None:
    assert "other speaker in 1" in page(client, GOOD_VIBES).all("a")
    assert "negation differs in 1" in page(client, DISMISSED).all("a")
    assert client.get(f"{GOOD_VIBES}.json").json()["differs"] == [{"kind": "other speaker", "variant_count": 1}]


def test_another_base_changes_differences_and_labels(client: TestClient) -> None:
    compared = page(client, f"{GOOD_VIBES}?base=goodvibes001v1")
    assert "[dropped: resonance]" in compared.all("del")
    assert "word replaced: “vibes” for “resonance”" in compared.all("li")
    assert "other speaker: Ada Quill instead of Bo Tarn" in compared.all("li")
    assert "Compared with variant 2" in compared.text


def test_the_reason_why_a_document_is_reworded_stays_with_another_base(client: TestClient) -> None:
    compared = page(client, f"{GOOD_VIBES}?base=goodvibes001v1")
    assert "machine-translated or spun: its words are its own in 9 of 10 quotes" in compared.all("li")


def test_the_headline_stays_the_likely_original(client: TestClient) -> None:
    assert page(client, f"{GOOD_VIBES}?base=goodvibes001v1").all("h1") == page(client, GOOD_VIBES).all("h1")


def test_search_engines_are_told_the_plain_address(client: TestClient) -> None:
    assert (
        f'<link rel="canonical" href="http://testserver{GOOD_VIBES}">'
        in client.get(f"{GOOD_VIBES}?base=goodvibes001v1").text
    )


def test_the_chosen_base_and_view_stand_in_the_form_again(client: TestClient) -> None:
    html = client.get(f"{GOOD_VIBES}?base=goodvibes001v1&view=sides").text
    assert '<option value="goodvibes001v1" selected>' in html
    assert 'value="sides" checked' in html


def test_what_is_usual_is_left_out_of_the_address(client: TestClient) -> None:
    response = client.get(f"{GOOD_VIBES}?base=&view=sides")
    assert (response.status_code, response.headers["location"]) == (303, f"{GOOD_VIBES}?view=sides")


def test_a_base_of_another_quote_leads_to_the_quote_itself(client: TestClient) -> None:
    response = client.get(f"{GOOD_VIBES}?base=dismissed001v1")
    assert (response.status_code, response.headers["location"]) == (303, GOOD_VIBES)


def test_the_base_is_kept_where_the_words_of_the_address_are_wrong(client: TestClient) -> None:
    response = client.get("/quotes/goodvibes001?base=goodvibes001v1")
    assert response.headers["location"] == f"{GOOD_VIBES}?base=goodvibes001v1"


def test_a_view_that_is_not_known_is_refused(client: TestClient) -> None:
    assert client.get(f"{GOOD_VIBES}?view=upside-down").status_code == 400


def test_side_by_side_each_wording_is_whole(client: TestClient) -> None:
    compared = page(client, f"{GOOD_VIBES}?view=sides")
    assert "Base: I'm getting some pretty good [dropped: vibes] coming out of the talks" in compared.text
    assert "Here: I'm getting some pretty good [added: resonance] coming out of the talks" in compared.text


@pytest.mark.parametrize("view", ["inline", "sides"])
def test_a_word_that_changed_the_sense_is_boxed_and_named(client: TestClient, view: str) -> None:
    address = DISMISSED if view == "inline" else f"{DISMISSED}?view={view}"
    assert '<span class="sensed"><b>negation</b> <del>' in client.get(address).text
    assert "negation [dropped: no]" in page(client, address).text


def test_a_word_that_did_not_change_the_sense_is_not_boxed(client: TestClient) -> None:
    assert "sensed" not in client.get(GOOD_VIBES).text.partition('class="apparatus"')[2]


def test_htmx_gets_the_comparison_alone_and_the_address_to_show(client: TestClient) -> None:
    response = client.get(f"{GOOD_VIBES}?base=goodvibes001v1&view=inline", headers=PARTIAL)
    assert "<html" not in response.text
    assert "Compared with variant 2: 3 other wordings." in Page(response.text).text
    assert response.headers["HX-Push-Url"] == f"{GOOD_VIBES}?base=goodvibes001v1"


def test_a_variant_has_an_address_of_its_own(client: TestClient) -> None:
    assert "/v/goodvibes001v1" in page(client, GOOD_VIBES).links
    response = client.get("/v/goodvibes001v1")
    assert (response.status_code, response.headers["location"]) == (302, f"{GOOD_VIBES}#v-goodvibes001v1")
    assert client.get("/v/goodvibes001v1.json").headers["location"] == f"{GOOD_VIBES}.json#v-goodvibes001v1"
    assert client.get("/v/unknown").status_code == 404
