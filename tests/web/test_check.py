"""The page that checks a quote: five outcomes, each with a link of its own."""

from urllib.parse import quote_plus

import pytest
from fastapi.testclient import TestClient

from tests.web.pages import Page

WHOLE = "I'm getting some pretty good vibes coming out of the talks"


def read(client: TestClient, words: str, speaker: str = "") -> Page:
    response = client.get(address(words, speaker))
    assert response.status_code == 200
    return Page(response.text)


def address(words: str, speaker: str = "") -> str:
    return f"/check?q={quote_plus(words)}" + (f"&speaker={quote_plus(speaker)}" if speaker else "")


def test_the_same_words_are_exact_and_lead_to_the_quote(client: TestClient) -> None:
    page = read(client, WHOLE.upper(), "Ada Quill")
    assert page.all("h3") == ["Exact"]
    assert "/v/goodvibes001v0" in page.links


def test_a_cut_is_shortened_and_shows_what_was_left_out(client: TestClient) -> None:
    page = read(client, "some pretty good vibes coming out of the talks")
    assert page.all("h3") == ["Shortened"]
    assert page.all("del") == ["[dropped: I'm getting]"]


def test_changed_words_are_altered_with_a_diff_and_labels(client: TestClient) -> None:
    page = read(client, "five of us have signed")
    assert page.all("h3") == ["Altered"]
    assert page.all("ins") == ["[added: five]"]
    assert "number differs: “five” for “Four”" in page.text


def test_a_short_sentence_with_another_number_is_altered(client: TestClient) -> None:
    page = read(client, "We are 4,100 strong")
    assert page.all("h3") == ["Altered"]
    assert "number differs: “4,100” for “4,000”" in page.text


def test_a_variant_that_turns_the_sense_stands_here_and_says_so(client: TestClient) -> None:
    page = read(client, "one will be dismissed")
    assert page.all("h3") == ["Exact"]
    assert "This is a variant. The likely original here: “no one will be dismissed”" in page.text
    assert "negation differs: without “no”" in page.text


def test_words_that_documents_give_to_another_are_said_by_somebody_else(client: TestClient) -> None:
    page = read(client, "We are 4,000 strong", "Ada Quill")
    assert page.all("h3") == ["Said by somebody else"]
    assert "/speakers/botarn000001" in page.links


def test_the_speaker_may_stand_in_the_passage(client: TestClient) -> None:
    page = read(client, f"“{WHOLE},” Jane Orrin said on the quay.")
    assert page.all("h3") == ["Said by somebody else"]
    assert "Jane Orrin" in page.text


def test_unknown_words_are_not_in_this_corpus_which_says_what_it_covers(client: TestClient) -> None:
    page = read(client, "Zebras prefer jazz on rainy Tuesdays")
    assert page.all("h3") == ["Not in this corpus"]
    assert "This corpus holds 8 documents of 6 outlets, from 10 March 2026 to 16 March 2026" in page.text
    assert "false" not in page.text.lower()


def test_words_outside_of_quotations_lead_to_the_documents_that_have_them(client: TestClient) -> None:
    words = "Talks on the harbour dues went on past midnight."
    page = read(client, words)
    assert page.all("h3") == ["In no quotation here"]
    assert "only that no quotation here has it" in page.text
    assert "These words stand in documents here, though in no quotation that was found: Minister hopeful" in page.text
    assert "/documents/docharbour01" in page.links
    answer = client.get(address(words).replace("/check", "/check.json")).json()["checked"][0]["answer"]
    assert answer["outcome"] == "not here"
    assert [document["id"] for document in answer["documents"]] == ["docharbour01"]


def test_old_versions_are_not_among_those_documents(client: TestClient) -> None:
    page = read(client, "The guild counted its members")
    assert not [link for link in page.links if link == "/documents/docledger001"]
    assert "/documents/docledger002" in page.links


@pytest.mark.parametrize("words", ["went on past", "Zebras prefer jazz on rainy Tuesdays", "zebras " * 280])
def test_words_of_no_quotation_lead_to_a_search_of_all_texts(client: TestClient, words: str) -> None:
    (link,) = [link for link in read(client, words).links if link.startswith("/search?q=%22")]
    assert client.get(link).status_code == 200


def test_the_nearest_quotes_are_offered_with_how_near_they_are(client: TestClient) -> None:
    page = read(client, "no one will be paid for jazz")
    assert page.all("h3") == ["Not in this corpus"]
    assert "“no one will be dismissed”, Ada Quill: 76 % alike" in page.text


def test_a_passage_is_answered_quotation_by_quotation(client: TestClient) -> None:
    page = read(client, f"“{WHOLE},” Ada Quill said.\n\n“Zebras prefer jazz on rainy Tuesdays,” she added.")
    assert page.all("h3") == ["Exact", "Not in this corpus"]


def test_too_few_words_get_no_answer(client: TestClient) -> None:
    assert read(client, "the talks").all("h3") == ["Not enough to go by"]


def test_markup_is_shown_and_not_obeyed(client: TestClient) -> None:
    response = client.get(address("<script>alert(1)</script> and so on", "<b>x</b>"))
    assert "<script>alert" not in response.text
    assert "<b>x" not in response.text


@pytest.mark.parametrize(("words", "speaker"), [("a" * 2001, ""), ("words", "b" * 201)])
def test_too_much_is_refused_with_the_limit(client: TestClient, words: str, speaker: str) -> None:
    response = client.get(address(words, speaker))
    assert response.status_code == 400
    assert "at most" in Page(response.text).text


def test_an_empty_field_is_left_out_of_the_address(client: TestClient) -> None:
    response = client.get("/check?q=the+talks&speaker=")
    assert (response.status_code, response.headers["location"]) == (303, "/check?q=the+talks")


def test_the_bookmark_and_the_link_are_text_to_copy(client: TestClient) -> None:
    response = client.get("/check")
    assert 'value="javascript:void(location.href=&#34;http://testserver/check?q=&#34;' in response.text
    assert not [link for link in Page(response.text).links if link.startswith("javascript:")]


def test_the_twin_holds_the_answers(client: TestClient) -> None:
    (checked,) = client.get(address(WHOLE).replace("/check", "/check.json")).json()["checked"]
    assert checked["answer"]["outcome"] == "exact"
    assert checked["answer"]["found"]["quote"] == "goodvibes001"


def test_htmx_gets_the_answers_alone(client: TestClient) -> None:
    response = client.get(address(WHOLE), headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert "<html" not in response.text
    assert Page(response.text).all("h3") == ["Exact"]
