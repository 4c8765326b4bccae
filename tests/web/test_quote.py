"""The page of one quote."""

from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient

from tests.web.pages import GOOD_VIBES, Page


@pytest.fixture(scope="module")
def page(client: TestClient) -> Page:
    return Page(client.get(GOOD_VIBES).text)


def test_the_likely_original_is_the_headline_and_says_why(page: Page) -> None:
    assert page.all("h1") == ["“I'm getting some pretty good vibes coming out of the talks”"]
    assert "2 independent outlets carry it word for word." in page.all("details")[0]


def test_words_that_differ_are_marked_and_said_in_words_too(page: Page) -> None:
    assert "[dropped: vibes]" in page.all("del")
    assert "[added: resonance]" in page.all("ins")
    assert "[added: vibrations]" in page.all("ins")
    assert "“vibes” became “resonance”." in page.text


def test_labels_say_what_changed_and_on_which_words_that_rests(page: Page) -> None:
    labels = page.all("li")
    assert "other speaker: Bo Tarn instead of Ada Quill" in labels
    assert "word replaced: “resonance” for “vibes”" in labels
    assert "machine-translated or spun: its words are its own in 9 of 10 quotes" in labels


def test_each_variant_says_why_it_is_the_same_quote(page: Page) -> None:
    why = [found for found in page.all("details") if found.startswith("Why the same quote")]
    assert len(why) == 3
    assert "The words come in the same order." in why[0]
    assert "Both are attributed to Ada Quill." in " ".join(why)
    assert "They are attributed to different speakers." in " ".join(why)


def test_a_dropped_negation_is_stated_neutrally(client: TestClient) -> None:
    page = Page(client.get("/quotes/dismissed001/no-one-will-be-dismissed").text)
    assert "negation differs: without “no”" in page.all("li")


def test_a_negation_that_was_dropped_is_marked(client: TestClient) -> None:
    page = Page(client.get("/quotes/dismissed001/no-one-will-be-dismissed").text)
    assert "[dropped: no]" in page.all("del")


def test_a_copy_stands_in_brackets_and_is_not_counted_as_independent(page: Page) -> None:
    assert "(NW)" in page.all("a")
    assert "(HP)" not in page.all("a")
    assert "6 outlets, 4 of them independent" in page.text
    assert "3 outlets, 1 copy" in page.text


def test_a_document_without_an_outlet_gets_a_greek_letter_explained_in_the_legend(page: Page) -> None:
    assert "α" in page.all("a")
    assert "α‘Pretty good vibes’ at the mill" in page.text.replace("α ", "α")


def test_a_disputed_speaker_is_shown_with_who_says_what(page: Page) -> None:
    assert "disputed" in page.all("a")
    assert "Ada Quill, named as “Minister Ada Quill”, “Ms Quill”, “the minister”" in page.text
    assert "Bo Tarn, named as “Guild chair Bo Tarn”" in page.text
    assert "No name stands near the quotation." in page.text


def test_every_occurrence_is_shown_in_its_sentence_and_linked_to_its_place(page: Page) -> None:
    assert "Guild chair Bo Tarn said: “I'm getting some pretty good resonance coming out of the talks.”" in page.text
    assert "/documents/docecho00001#q-quotation005" in page.links
    assert "/documents/docharbour01#q-quotation001" in page.links


def test_an_outlet_that_carried_the_same_text_is_named(page: Page) -> None:
    assert "Golden Lantern; the same text in Quay Echo" in page.text


def test_the_link_to_the_outlet_keeps_its_address_and_leads_to_the_words(page: Page) -> None:
    link = next(link for link in page.links if link.startswith("https://times.example/"))
    address, _, fragment = link.partition("#:~:text=")
    assert address == "https://times.example/a-b?x=1&y=2"
    assert unquote(fragment) == "I'm getting some pretty good vibes coming out of the talks,"


def test_the_id_alone_and_a_wrong_slug_lead_to_the_canonical_address(client: TestClient) -> None:
    for address in ("/quotes/goodvibes001", "/quotes/goodvibes001/something-else"):
        response = client.get(address)
        assert (response.status_code, response.headers["location"]) == (301, GOOD_VIBES)


def test_a_merged_id_leads_to_its_survivor_through_any_number_of_mergers(client: TestClient) -> None:
    for retired in ("mergedquote1", "mergedtwice1"):
        response = client.get(f"/quotes/{retired}/old-words")
        assert (response.status_code, response.headers["location"]) == (301, GOOD_VIBES)


def test_a_merged_id_leads_to_the_survivors_json_from_its_json(client: TestClient) -> None:
    assert client.get("/quotes/mergedquote1.json").headers["location"] == f"{GOOD_VIBES}.json"


def test_a_divided_id_offers_its_parts(client: TestClient) -> None:
    response = client.get("/quotes/splitquote01")
    assert response.status_code == 300
    assert GOOD_VIBES in Page(response.text).links
    assert "/quotes/dismissed001/no-one-will-be-dismissed" in Page(response.text).links


def test_a_quote_that_lost_words_says_where_they_are(client: TestClient) -> None:
    page = Page(client.get("/quotes/dismissed001/no-one-will-be-dismissed").text)
    assert "now quotes apart: “Four of us have signed" in page.text
    assert "quotes apart" not in client.get(GOOD_VIBES).text


def test_a_removed_id_is_gone(client: TestClient) -> None:
    assert client.get("/quotes/removedquot1").status_code == 410
    assert client.get("/quotes/removedquot1.json").json()["status"] == 410


def test_an_unknown_id_helps_with_quotes_that_share_the_words_of_the_address(client: TestClient) -> None:
    response = client.get("/quotes/neverexisted/some-pretty-good-vibes")
    assert response.status_code == 404
    assert GOOD_VIBES in Page(response.text).links


def test_a_quotation_id_leads_to_its_place_in_the_document(client: TestClient) -> None:
    response = client.get("/q/quotation005")
    assert (response.status_code, response.headers["location"]) == (302, "/documents/docecho00001#q-quotation005")
    assert client.get("/q/unknown").status_code == 404


def test_a_quote_with_a_single_wording_reads_in_the_singular(client: TestClient) -> None:
    page = Page(client.get("/quotes/foursigned01/four-of-us-have-signed").text)
    assert "1 outlet, 1 document" in page.text.replace(";", ",")
    assert "1 variant " in page.text
