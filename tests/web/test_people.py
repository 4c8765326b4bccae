"""Pages of speakers, of outlets, and the way in."""

import re

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from tests.web.pages import ADDRESSES, GOOD_VIBES, Page


def test_a_speaker_is_shown_with_aliases_evidence_and_quotes(client: TestClient) -> None:
    page = Page(client.get("/speakers/adaquill0001").text)
    assert "5 quotations in 4 documents; 2 quotes, counted by the sentence." in page.text
    assert "Ms QuillJoined to Ada Quill: the surname is the same." in page.text
    assert GOOD_VIBES in page.links


def test_what_is_counted_by_the_sentence_is_not_called_a_quotation(client: TestClient) -> None:
    speaker = Page(client.get("/speakers/adaquill0001").text)
    assert "Quoted sentences" in speaker.all("th")
    assert "Quotations" not in speaker.all("th")
    outlet = Page(client.get("/outlets/quayecho0001").text)
    assert "quoted sentences, words differ" in outlet.text
    assert "counted by the sentence" in Page(client.get("/speakers").text).text


def test_a_speaker_s_quotes_as_a_list_are_named_without_a_number_where_all_stand_above(client: TestClient) -> None:
    assert "As a list to filter and sort" in Page(client.get("/speakers/botarn000001").text).all("a")


def test_speakers_are_listed_by_how_often_they_are_quoted(client: TestClient) -> None:
    names = [line["speaker"]["name"] for line in client.get("/speakers.json").json()["speakers"]]
    assert names[:2] == ["Ada Quill", "Bo Tarn"]


def test_an_outlet_is_shown_with_its_documents_copies_and_quotes(client: TestClient) -> None:
    page = Page(client.get("/outlets/northwire001").text)
    assert "1 document, 1 of them a copy of another document; 1 quotation." in page.text
    assert "/documents/docwire00001" in page.links
    assert GOOD_VIBES in page.links


def test_outlets_are_listed_with_their_sigla(client: TestClient) -> None:
    page = Page(client.get("/outlets").text)
    assert "Harbour Post" in page.all("a")
    assert "HP" in page.all("td")


def test_unknown_speakers_and_outlets_are_not_found(client: TestClient) -> None:
    assert client.get("/speakers/unknown").status_code == 404
    assert client.get("/outlets/unknown.json").status_code == 404


def test_the_start_page_shows_what_changed_what_is_new_and_how_much_there_is(client: TestClient) -> None:
    page = Page(client.get("/").text)
    assert "8 documents from 6 outlets. 13 quotations of 3 speakers" in page.text
    assert "[added: vibrations]" in page.all("ins")
    assert "/documents/docecho00001" in page.links
    assert "/quotes/foursigned01/four-of-us-have-signed" not in page.links


def test_a_speaker_has_words_that_lead_to_what_they_said(client: TestClient) -> None:
    page = Page(client.get("/speakers/adaquill0001").text)
    assert "/speakers/adaquill0001?about=vibes" in page.links
    said = Page(client.get("/speakers/adaquill0001?about=vibes").text)
    assert "1 quote, in order of time" in said.text
    assert "The words above." in said.text
    assert "[added: vibrations]" in said.all("ins")


def test_a_word_of_another_wording_finds_the_quote_too(client: TestClient) -> None:
    said = client.get("/speakers/adaquill0001.json?about=Vibrations").json()["said"]
    assert [one["quote"]["id"] for one in said] == ["goodvibes001"]


@pytest.mark.parametrize("word", ["gulls", '"', "* OR vibes", "speaker : quill", "-"])
def test_what_was_not_said_is_not_in_this_corpus(client: TestClient, word: str) -> None:
    response = client.get("/speakers/adaquill0001", params={"about": word})
    assert response.status_code == 200
    assert "in this corpus has" in Page(response.text).text


def test_a_speaker_is_shown_by_outlet_with_what_was_altered(client: TestClient) -> None:
    shares = client.get("/speakers/adaquill0001.json").json()["shares"]
    found = {share["outlet"]["name"]: (share["quotation_count"], share["altered"]) for share in shares}
    assert found["Tidal Times"] == (2, 0)
    assert found["Quay Echo"] == (3, 3)  # it carried the translation too


def test_quotes_over_time_stand_in_a_table_too(client: TestClient) -> None:
    page = Page(client.get("/speakers/botarn000001").text)
    assert "All on record on 10 March 2026: 1 quote." in page.text


def test_disputed_quotes_of_a_speaker_are_listed_with_their_share(client: TestClient) -> None:
    page = Page(client.get("/speakers/botarn000001").text)
    assert "named in 1 of 6 places" in page.text


def test_what_is_reported_of_a_speaker_stands_on_their_page_with_links_to_the_places(client: TestClient) -> None:
    page = Page(client.get("/speakers/adaquill0001").text)
    assert "Reported in other words" in page.all("h2")
    assert "/documents/docnameless1#q-reported0001" in page.links
    assert "Reported in other words" not in Page(client.get("/speakers/botarn000001").text).all("h2")


def test_a_name_in_a_margin_that_nobody_quotes_leads_to_what_is_reported(seeded_client: TestClient) -> None:
    documents = [line["id"] for line in seeded_client.get("/documents.json").json()["documents"]]
    quotations = [q for one in documents for q in seeded_client.get(f"/documents/{one}.json").json()["quotations"]]
    quoted = {q["speaker"]["id"] for q in quotations if q["speaker"] and q["kind"] != "indirect"}
    reported = [q for q in quotations if q["speaker"] and q["speaker"]["id"] not in quoted]
    named = [q["speaker"]["kind"] != "unnamed" for q in reported]
    assert {*named} == {True, False}
    for quotation, has_name in zip(reported, named, strict=True):
        page = Page(seeded_client.get(f"/speakers/{quotation['speaker']['id']}").text)
        assert "No document here quotes" in page.text
        assert "0 quot" not in page.text
        assert any(link.endswith(f"#q-{quotation['id']}") for link in page.links)
        assert has_name == any(link.startswith("/search?q=") for link in page.links)


def test_two_speakers_stand_side_by_side(client: TestClient) -> None:
    page = Page(client.get("/speakers/compare?a=adaquill0001&b=botarn000001&about=dismissed").text)
    assert "Ada Quill: 1 quote" in page.all("h2")
    assert "Bo Tarn: 0 quotes" in page.all("h2")
    assert "named in 4 of 6 places" in page.text


@pytest.mark.parametrize("query", ["", "?a=adaquill0001", "?a=adaquill0001&b=adaquill0001"])
def test_without_two_speakers_the_page_asks_for_them(client: TestClient, query: str) -> None:
    page = Page(client.get(f"/speakers/compare{query}").text)
    assert "Two different speakers are needed." in page.text
    assert "Bo Tarn" in page.all("option")


def test_comparing_with_somebody_unknown_is_not_found(client: TestClient) -> None:
    assert client.get("/speakers/compare?a=adaquill0001&b=nobody").status_code == 404


def test_an_outlet_says_how_often_it_agrees_and_out_of_how_many(client: TestClient) -> None:
    page = Page(client.get("/outlets/tidaltimes01").text)
    assert "Of 2 quoted sentences that an independent outlet carries too, 2 have" in page.text


def test_an_outlet_that_stands_alone_has_nothing_to_compare(client: TestClient) -> None:
    assert "so there is nothing to compare" in Page(client.get("/outlets/ledger000001").text).text


def test_what_an_outlet_changes_leads_to_examples(client: TestClient) -> None:
    page = Page(client.get("/outlets/quayecho0001").text)
    address = "/outlets/quayecho0001/changes?kind=word+replaced"
    assert address in page.links
    examples = Page(client.get(address).text)
    assert "word replaced: “resonance” for “vibes”" in examples.text
    assert "/v/goodvibes001v1" in examples.links


def test_a_label_that_an_outlet_has_not_gives_no_examples(client: TestClient) -> None:
    page = Page(client.get("/outlets/tidaltimes01/changes?kind=number+differs").text)
    assert "It carries no wording with this label." in page.text
    assert client.get("/outlets/tidaltimes01/changes?kind=odd").status_code == 400


def test_an_outlet_says_what_it_copies_and_who_copies_it(client: TestClient) -> None:
    assert "Tidal Times, 1 document of 1" in Page(client.get("/outlets/northwire001").text).text
    assert "Northern Wire, 1 document there" in Page(client.get("/outlets/tidaltimes01").text).text


PROFILES = [address for address in ADDRESSES if re.match("/$|/alerts|/speakers/|/outlets/", address)]


@pytest.mark.once
@pytest.mark.parametrize("address", PROFILES)
def test_profiles_are_read_by_indexes_alone(client: TestClient, address: str) -> None:
    engine = client.app.state.engine  # type: ignore[attr-defined]
    said: list[tuple[str, object]] = []

    def note(*arguments: object) -> None:
        said.append((str(arguments[2]), arguments[3]))

    event.listen(engine, "before_cursor_execute", note)
    client.get(address)
    event.remove(engine, "before_cursor_execute", note)
    with engine.connect() as connection:
        for statement, values in said:
            if statement.startswith("SELECT") and not statement.startswith("SELECT count(*)"):  # ends at 1,000
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
                scans = [row.detail for row in plan if row.detail.startswith("SCAN")]
                assert not [scan for scan in scans if not HELD.search(scan)], statement


# A scan in order of an index ends at its limit; the rest are rows that are held already, or the one row of counts.
HELD = re.compile(r"USING|VIRTUAL TABLE|anon_|SUBQUERY|subquery|CONSTANT|corpus_counts")


def test_plain_words_are_no_topics_and_telling_ones_come_first(seeded_client: TestClient) -> None:
    quote = seeded_client.get("/search.json?q=%22good+vibes%22").json()["quotes"]["lines"][0]["quote"]
    words = [one["word"] for one in seeded_client.get(f"/speakers/{quote['speaker']['id']}.json").json()["words"]]
    assert words[0] == "vibes"
    assert not {"good", "getting", "pretty", "ask"} & {*words}


def test_words_that_only_a_translation_has_are_no_topics(client: TestClient) -> None:
    words = [one["word"] for one in client.get("/speakers/adaquill0001.json").json()["words"]]
    assert "resonance" in words
    assert "vibrations" not in words


def test_among_words_as_frequent_the_rarer_one_of_the_corpus_tells_more(client: TestClient) -> None:
    words = client.get("/speakers/adaquill0001.json").json()["words"]
    order = [one["word"] for one in words if one["count"] == 1]
    assert order.index("resonance") < order.index("vibes")
