"""The page of one document, and the list of documents."""

import re

from fastapi.testclient import TestClient

from tests.web.pages import GOOD_VIBES, Page


def html(client: TestClient, document: str) -> str:
    return client.get(f"/documents/{document}").text


def test_the_whole_text_is_there_with_quotation_cue_and_source_marked(client: TestClient) -> None:
    page = html(client, "docharbour01")
    assert "Talks on the harbour dues went on past midnight." in Page(page).text
    assert "“I'm getting some pretty good vibes coming out of the talks,”" in Page(page).all("mark")
    assert '<span class="source">Minister Ada Quill</span>' in page
    assert '<span class="cue">said</span>' in page


def test_it_says_in_plain_words_what_its_date_rests_on(client: TestClient) -> None:
    assert "14 March 2026, according to the lines at the top of its text" in Page(html(client, "docharbour01")).text


def test_each_quotation_is_a_place_to_link_to_and_links_to_its_quote(client: TestClient) -> None:
    page = Page(html(client, "docharbour01"))
    assert {"q-quotation001", "q-quotation009"} <= page.ids
    assert GOOD_VIBES in page.links
    assert "/quotes/foursigned01/four-of-us-have-signed" in page.links


def test_the_margin_says_who_speaks_and_what_stands_elsewhere(client: TestClient) -> None:
    notes = Page(html(client, "docharbour01")).all("note")
    assert "Ada Quill" in notes[0]
    assert "3 variants elsewhere; another speaker too" in notes[0]
    assert "nobody named" in notes[1]
    assert "only here" in notes[1]


def test_the_margin_says_which_words_differ(client: TestClient) -> None:
    notes = Page(html(client, "docecho00001")).all("note")
    assert any("word replaced here: “resonance” for “vibes”" in note for note in notes)


def test_the_margin_says_why_and_how_sure_in_words_that_need_no_pointer(client: TestClient) -> None:
    page = html(client, "docharbour01")
    assert 'title="The name' not in page
    assert "The name stands beside the cue. Confidence high." in Page(page).all("note")[0]
    assert "No name stands near the quotation." in Page(page).all("note")[1]
    assert "Confidence" not in Page(page).all("note")[1]


def test_every_quotation_in_the_margin_can_be_reported(client: TestClient) -> None:
    page = Page(html(client, "docecho00001"))
    quotations = {place.removeprefix("q-") for place in page.ids if place.startswith("q-")}
    reported = {link.rpartition("=")[2] for link in page.links if link.startswith("/reports/new")}
    assert len(quotations) > 2
    assert quotations == reported


def test_a_report_without_marks_is_marked_apart(client: TestClient) -> None:
    page = html(client, "docnameless1")
    assert '<span id="q-reported0001" class="reported">the mill would stay</span>' in page
    assert "reported in other words" in Page(page).all("note")[-1]
    assert "Something is wrong? With “the mill would stay”" in Page(page).all("note")[-1]


def test_a_title_that_the_text_begins_with_is_shown_once_with_its_quotations(client: TestClient) -> None:
    page = html(client, "docecho00001")
    assert Page(page).all("h1") == ["Speaker of the guild hears “good resonance”"]
    assert re.search(r'<h1>.*<mark id="q-quotation013"', page)
    assert Page(page).text.count("Speaker of the guild hears") == 2  # in the head, in the heading


def test_a_reworded_document_says_so_with_its_evidence(client: TestClient) -> None:
    page = Page(client.get("/documents/doclantern01").text)
    assert "Re-worded: its words are its own in 9 of 10 quotes" in page.text
    assert "31 % of the words" in page.text
    assert "/v/goodvibes001v2" in page.links
    assert "elsewhere “I'm getting some pretty good vibes coming out of the talks”" in page.text


def test_a_copy_says_of_what_and_how_much(client: TestClient) -> None:
    page = Page(html(client, "docwire00001"))
    assert "A copy: 93 % of its wording stands elsewhere" in page.text
    assert "/documents/doctidal0001" in page.links
    assert "/documents/docwire00001" in Page(html(client, "doctidal0001")).links


def test_the_versions_of_a_document_lead_to_each_other(client: TestClient) -> None:
    old, new = Page(html(client, "docledger001")), Page(html(client, "docledger002"))
    assert "An old version" in old.text
    assert "/documents/docledger002" in old.links
    assert "/documents/docledger001" in new.links
    assert "An old version" not in new.text


def test_only_web_addresses_become_links(client: TestClient) -> None:
    assert "https://post.example/harbour/talks" in Page(html(client, "docharbour01")).links
    assert "javascript:" not in html(client, "dochostile01")


def test_an_unknown_document_is_not_found(client: TestClient) -> None:
    assert client.get("/documents/unknown").status_code == 404


def test_the_list_leaves_old_versions_out_and_filters_by_outlet_and_date(client: TestClient) -> None:
    def listed(query: str) -> list[str]:
        return [line["id"] for line in client.get(f"/documents.json{query}").json()["documents"]]

    assert "docledger001" not in listed("")
    assert listed("")[0] == "docecho00001"
    assert listed("?outlet=ledger000001") == ["docledger002"]
    assert listed("?from=2026-03-15&to=2026-03-15") == ["doclantern01", "docwire00001"]


def test_a_document_leads_to_its_story_and_old_ones_to_none(client: TestClient) -> None:
    page = Page(html(client, "docharbour01"))
    assert "Part of a story in 6 documents" in page.text
    assert "/stories/harbourtalks" in page.links
    assert "Part of a story" not in Page(html(client, "docledger001")).text


def test_versions_and_copies_can_be_compared_the_older_one_first(client: TestClient) -> None:
    address = "/compare?a=docledger001&b=docledger002&show=text"
    assert address in Page(html(client, "docledger001")).links
    assert address in Page(html(client, "docledger002")).links
    assert "/compare?a=doctidal0001&b=docwire00001&show=text" in Page(html(client, "docwire00001")).links
    assert "/compare?a=doctidal0001&b=docwire00001" in Page(html(client, "doctidal0001")).links


def test_a_quotation_opens_a_panel_with_the_quote_in_short(client: TestClient) -> None:
    panel = "/panels/goodvibes001?at=quotation001"
    assert f'hx-get="{panel}"' in html(client, "docharbour01")
    page = Page(client.get(panel, headers={"HX-Request": "true"}).text)
    assert "4 variants" in page.text
    assert "[added: resonance]" in page.all("ins")
    assert "Here: Ada Quill. The name stands beside the cue. Confidence high." in page.text
    assert {GOOD_VIBES, "#q-quotation001"} <= set(page.links)


def test_a_panel_that_a_browser_asks_for_by_itself_is_the_page_of_the_quote(client: TestClient) -> None:
    response = client.get("/panels/goodvibes001")
    assert (response.status_code, response.headers["location"]) == (302, GOOD_VIBES)
    assert client.get("/panels/unknown").status_code == 404
    assert client.get("/panels/goodvibes001?at=%22%3E").status_code == 400
