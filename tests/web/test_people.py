"""Pages of speakers, of outlets, and the way in."""

from fastapi.testclient import TestClient

from tests.web.pages import GOOD_VIBES, Page


def test_a_speaker_is_shown_with_aliases_evidence_and_quotes(client: TestClient) -> None:
    page = Page(client.get("/speakers/adaquill0001").text)
    assert "5 quotations in 4 documents, gathered into 2 quotes." in page.text
    assert "Ms QuillJoined to Ada Quill: the surname is the same." in page.text
    assert GOOD_VIBES in page.links


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


def test_health_says_that_the_database_is_read(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "documents": 8}
