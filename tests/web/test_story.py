"""The list of stories, and the page of one: who carried which quote in which wording."""

from fastapi.testclient import TestClient

from tests.web.pages import Page

STORY = "/stories/harbourtalks"


def cells(client: TestClient) -> dict[str, list[str]]:
    """What the cells of each row of the matrix say, by the beginning of the quote; "" is a blank one."""
    rows = client.get(f"{STORY}.json").json()["matrix"]["rows"]
    return {row["text"][:12]: [cell["words"] if cell else "" for cell in row["cells"]] for row in rows}


def test_the_list_has_the_newest_story_first_and_undated_ones_last(client: TestClient) -> None:
    page = Page(client.get("/stories").text)
    assert page.all("h3") == ["Minister hopeful on the steps of the old mill", "We are 4,000 strong"]
    assert "14 March 2026 to 16 March 2026" in page.text
    assert STORY in page.links


def test_a_story_says_whose_headline_it_goes_under(client: TestClient) -> None:
    page = Page(client.get(STORY).text)
    assert page.all("h1") == ["Minister hopeful on the steps of the old mill"]
    assert "The headline of the earliest independent document here" in page.text
    assert "/documents/docharbour01" in page.links
    assert "The quote that most of its documents carry" in Page(client.get("/stories/guildcounts1").text).text


def test_the_matrix_has_a_column_an_outlet_with_copies_in_brackets(client: TestClient) -> None:
    columns = client.get(f"{STORY}.json").json()["matrix"]["columns"]
    assert [(mark["siglum"], mark["copied"]) for mark in columns] == [
        ("HP", False),
        ("TT", False),
        ("NW", True),
        ("GL", False),
        ("QE", False),
        ("α", False),
    ]
    assert "(NW)" in Page(client.get(STORY).text).all("th")


def test_each_cell_says_how_the_outlet_has_the_quote(client: TestClient) -> None:
    assert cells(client)["I'm getting "] == [
        "Harbour Post: the same words",
        "Tidal Times: the same words",
        "Northern Wire: the same words",
        "Golden Lantern: altered: machine-translated or spun",
        "Quay Echo: said by Bo Tarn, altered: word replaced",
        "‘Pretty good vibes’ at the mill: the same words",
    ]


def test_an_outlet_that_does_not_carry_a_quote_has_a_blank_cell(client: TestClient) -> None:
    assert cells(client)["no one will "] == [
        "",
        "Tidal Times: the same words",
        "",
        "",
        "Quay Echo: said by Bo Tarn, altered: negation differs",
        "",
    ]
    assert "not carried" in Page(client.get(STORY).text).all("td")


def test_a_cell_leads_to_the_wording_on_the_page_of_the_quote(client: TestClient) -> None:
    assert "/v/goodvibes001v2" in Page(client.get(STORY).text).links


def test_the_documents_come_in_order_of_time_with_copies_and_rewordings_said(client: TestClient) -> None:
    page = Page(client.get(STORY).text)
    entries = [text for name, text in page.elements if name == "li" and "quotation" in text]
    assert [entry.split(" ", 1)[0] for entry in entries] == ["HP", "TT", "(NW)", "GL", "QE", "α"]
    assert "earliest independent here" in entries[0]
    assert "a copy of Harbour talks near their end" in entries[2]
    assert "re-worded" in entries[3]
    assert "/compare?a=docharbour01&b=doctidal0001" in page.links


def test_a_retired_story_leads_to_the_one_that_has_its_documents(client: TestClient) -> None:
    response = client.get("/stories/mergedstory1")
    assert (response.status_code, response.headers["location"]) == (301, STORY)


def test_a_divided_story_offers_those_that_have_its_documents(client: TestClient) -> None:
    response = client.get("/stories/splitstory01")
    assert response.status_code == 300
    assert {STORY, "/stories/guildcounts1"} <= set(Page(response.text).links)


def test_a_story_that_lost_documents_says_where_they_are(client: TestClient) -> None:
    assert "told apart, in Minister hopeful" in Page(client.get("/stories/guildcounts1").text).text
    assert "told apart" not in client.get(STORY).text


def test_a_removed_story_is_gone(client: TestClient) -> None:
    assert client.get("/stories/removedstory").status_code == 410


def test_an_unknown_story_helps_with_others(client: TestClient) -> None:
    response = client.get("/stories/unknown")
    assert response.status_code == 404
    assert STORY in Page(response.text).links


def test_stories_come_first_among_the_ways_in(client: TestClient) -> None:
    links = Page(client.get("/").text).links
    assert links.index("/stories") < links.index("/quotes")
