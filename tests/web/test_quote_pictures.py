"""The table and the pictures of a quote, and what stands around it."""

import re
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import insert

from app.main import create_app
from app.store.tables import RunRow
from tests.databases import NewDatabase, opened
from tests.web.corpus import Corpus
from tests.web.pages import GOOD_VIBES, Page

TWICE = "/quotes/dismissed001/no-one-will-be-dismissed"
SINGLE = "/quotes/foursigned01/four-of-us-have-signed"
GATES = "/quotes/gates0000001/the-harbour-gates-stay-open-all-winter"
AROUND = "/around/quotes/gates0000001"


@pytest.fixture(scope="module")
def page(client: TestClient) -> Page:
    return Page(client.get(GOOD_VIBES).text)


def test_the_table_sets_all_wordings_under_each_other_the_base_first(client: TestClient) -> None:
    table = client.get(f"{GOOD_VIBES}.json?base=goodvibes001v1&view=table").json()["table"]
    assert table["rows"][0]["number"] == 2
    for row in table["rows"]:
        assert len(row["cells"]) == len(table["agreeing"])
    words = [cell["words"] for cell in table["rows"][0]["cells"] if cell["words"]]
    assert " ".join(words) == "I'm getting some pretty good resonance coming out of the talks"


def test_the_table_says_how_many_agree_in_words_too(client: TestClient) -> None:
    page = Page(client.get(f"{GOOD_VIBES}?view=table").text)
    assert "The fewest have “I'm”: 2." in page.text
    assert page.all("desc")[0] in page.text
    assert "4 of 4" in page.all("td")


def test_the_table_scrolls_in_a_region_that_the_keyboard_reaches(client: TestClient) -> None:
    html = client.get(f"{GOOD_VIBES}?view=table").text
    assert 'tabindex="0" aria-label="All wordings word by word"' in html


def test_the_other_views_have_no_table(client: TestClient) -> None:
    assert client.get(f"{GOOD_VIBES}.json").json()["table"] is None


def test_the_time_line_has_its_dates_and_the_same_as_a_table(page: Page) -> None:
    assert "4 variants, from 14 Mar 2026 to 16 Mar 2026; 1 undated." in page.text
    assert {"14 Mar 2026", "16 Mar 2026", "undated"} <= set(page.all("text"))
    rows = page.all("tr")
    assert "14 March 2026likely originalHP TT" in rows
    assert "16 March 2026variant 2QE" in rows
    assert "undatedvariant 4α" in rows


def test_a_copy_stands_in_brackets_on_the_time_line(page: Page) -> None:
    assert "15 March 2026likely original(NW)" in page.all("tr")


def test_points_lie_within_the_picture_in_order_of_time(client: TestClient) -> None:
    line = client.get(f"{GOOD_VIBES}.json").json()["timeline"]
    for lane in line["lanes"]:
        places = [point["x"] for point in lane["points"]]
        assert places == sorted(places)
        assert all(0 < x < line["width"] for x in places)
        assert 0 < lane["y"] < line["height"]


def test_a_quote_that_stands_once_has_no_pictures(client: TestClient) -> None:
    twin = client.get(f"{SINGLE}.json").json()
    assert (twin["timeline"], twin["lineage"]) == (None, None)
    assert "<svg" not in client.get(SINGLE).text


def test_the_tree_says_what_changed_on_each_edge_and_why_it_is_drawn(page: Page) -> None:
    assert "How the wording most likely travelled" in page.all("h2")
    edge = next(item for item in page.all("p") if item.startswith("From the likely original (word replaced"))
    assert "“vibes” became “resonance”." in edge
    assert "wordings that may have been out by then" in edge
    assert "It is undated: its words alone decide." in page.text
    assert "This is a guess from words and dates" in page.text


def test_the_tree_starts_at_the_likely_original_and_holds_every_variant_once(client: TestClient) -> None:
    branches = client.get(f"{GOOD_VIBES}.json").json()["lineage"]["branches"]
    assert branches[0]["parent"] is None
    seen: set[int] = set()
    for branch in branches:
        assert branch["parent"] is None or branch["parent"] in seen
        seen.add(branch["number"])
    assert seen == {1, 2, 3, 4}


def test_the_tree_counts_what_derives_from_the_likely_original_in_good_grammar(client: TestClient) -> None:
    told = [client.get(address).json()["lineage"]["description"] for address in (f"{GOOD_VIBES}.json", f"{TWICE}.json")]
    assert "3 most likely derive from the likely original itself" in told[0]
    assert "1 most likely derives from the likely original itself" in told[1]


def test_quotes_of_the_same_documents_are_pointed_to(page: Page, client: TestClient) -> None:
    assert "/around/quotes/goodvibes001" in page.links
    around = Page(client.get("/around/quotes/goodvibes001").text)
    assert "/quotes/dismissed001/no-one-will-be-dismissed" in around.links
    assert "in 2 documents with it" in around.text
    found = client.get("/around/quotes/goodvibes001.json").json()["related"]
    assert "goodvibes001" not in [other["id"] for other in found]


@pytest.mark.parametrize("part", ["share", "around"])
def test_parts_of_a_page_follow_ids_as_the_page_does(part: str, client: TestClient) -> None:
    merged = client.get(f"/{part}/quotes/mergedtwice1", follow_redirects=False)
    assert (merged.status_code, merged.headers["location"]) == (301, f"/{part}/quotes/goodvibes001")
    divided = client.get(f"/{part}/quotes/splitquote01", follow_redirects=False)
    assert (divided.status_code, divided.headers["location"]) == (303, "/quotes/splitquote01")
    assert client.get(f"/{part}/quotes/removedquot1").status_code == 410
    assert client.get(f"/{part}/quotes/neverexisted").status_code == 404


def test_a_date_says_as_of_when_the_page_holds(new_database: NewDatabase) -> None:
    html, twin = served(new_database(), datetime(2026, 3, 14))
    assert "3 May 2026, 10:15 UTC" in Page(html).text
    assert twin["as_of"] == "2026-05-03T10:15:00Z"


def test_without_a_run_no_date_is_made_up(client: TestClient) -> None:
    assert client.get(f"{GOOD_VIBES}.json").json()["as_of"] is None


def test_a_report_without_marks_by_the_same_speaker_in_like_words_is_shown(new_database: NewDatabase) -> None:
    html, twin = served(new_database(), datetime(2026, 3, 14), address=AROUND)
    assert [report["occurrence"]["text"] for report in twin["reports"]] == [
        "the harbour gates would stay open all winter"
    ]
    assert "Quill added that the harbour gates would stay open all winter." in Page(html).text
    assert "/documents/second000001#q-reported0001" in Page(html).links


@pytest.mark.parametrize("days", [(14, 14), (None, None), (14, None)])
def test_one_day_and_no_day_at_all_can_be_drawn(new_database: NewDatabase, days: tuple[int | None, int | None]) -> None:
    first, second = (datetime(2026, 3, day) if day else None for day in days)
    html, twin = served(new_database(), first, second)
    assert "NaN" not in html
    places = [point["x"] for lane in twin["timeline"]["lanes"] for point in lane["points"]]
    assert len(set(places)) == len(set(days))
    assert len(twin["timeline"]["ticks"]) == len(set(days))


def test_dates_do_not_overlap_however_many_there_are(new_database: NewDatabase) -> None:
    address = new_database()
    with opened(address) as engine, engine.begin() as connection:
        corpus = Corpus(connection)
        said = []
        for n in range(40):
            outlet = corpus.outlet(f"outlet{n:06}", f"Outlet {n}", f"O{n}")
            at = datetime(2026, 1, 1) + timedelta(days=n * n)
            document = corpus.document(f"document{n:04}", f"“Gates stay open,” {n} times.", at, outlet_id=outlet)
            said.append(corpus.quotation(f"quotation{n:03}", document, "Gates stay open,"))
        corpus.quote("manyplaces01", ("Gates stay open", said))
    line = answer(address, "/quotes/manyplaces01/gates-stay-open.json")[1]["timeline"]
    ticks = [tick["x"] for tick in line["ticks"]]
    assert all(after - before >= 60 for before, after in pairwise(ticks))
    assert len(line["lanes"]) == 1
    shown = [point for point in line["lanes"][0]["points"] if point["label"]]
    ends = [point["x"] + len(point["label"]) * 7 for point in shown]
    assert all(end <= point["x"] + 9 for end, point in zip(ends, shown[1:], strict=False))
    assert re.search(r"\+\d", "".join(point["label"] for point in shown))


def served(  # type: ignore[type-arg]
    database: str, first: datetime | None, second: datetime | None = None, address: str = GATES
) -> tuple[str, dict]:
    """The page of a quote in two wordings, one document of which reports it without marks, and its JSON."""
    words, short = "The harbour gates stay open all winter", "The harbour gates stay open"
    with opened(database) as engine, engine.begin() as connection:
        corpus = Corpus(connection)
        quill = corpus.speaker("adaquill0001", "Ada Quill")
        one = corpus.document("first0000001", f"“{words},” Quill said.\n", first, title="One")
        text = (
            "“The harbour gates stay open,” Quill said.\n\n"
            "Quill added that the harbour gates would stay open all winter.\n\n"
            "Quill said that tea was served.\n"
        )
        two = corpus.document("second000001", text, second, title="Two")
        corpus.quote(
            "gates0000001",
            (words, [corpus.quotation("quotation001", one, words, quill)]),
            (short, [corpus.quotation("quotation002", two, short, quill)]),
        )
        for number, report in enumerate(("the harbour gates would stay open all winter", "tea was served"), 1):
            corpus.quotation(f"reported000{number}", two, report, quill, kind="indirect")
        ended = datetime(2026, 5, 3, 10, 15)
        connection.execute(insert(RunRow).values(command="ingest", started_at=ended, finished_at=ended, versions={}))
        connection.execute(insert(RunRow).values(command="ingest", started_at=ended, versions={}))
    return answer(database, f"{address}.json")


def answer(database: str, address: str) -> tuple[str, dict]:  # type: ignore[type-arg]
    with TestClient(create_app(database)) as client:
        return client.get(address.removesuffix(".json")).text, client.get(address).json()
