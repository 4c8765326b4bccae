"""A quote with more variants than a page shows."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.store.tables import Table
from tests.databases import NewDatabase, opened
from tests.web.corpus import Corpus
from tests.web.heard import heard
from tests.web.pages import Page

ADDRESS = "/quotes/manyvariants/the-gates-stay-open-for-1-days-of-winter"
MANY = 104


@pytest.fixture(scope="module")
def many(new_database: NewDatabase) -> Iterator[TestClient]:
    database = new_database()
    with opened(database) as engine, engine.begin() as connection:
        corpus = Corpus(connection)
        quill = corpus.speaker("adaquill0001", "Ada Quill")
        post = corpus.outlet("harbourpost1", "Harbour Post", "HP")
        documents, variants = [], []
        for n in range(1, MANY + 1):
            words = f"The gates stay open for {n} days of winter"
            document = corpus.document(
                f"document{n:04}", f"“{words},” Quill said.\n", title=f"Report {n}", outlet_id=post
            )
            documents.append(document)
            variants.append((words, [corpus.quotation(f"quotation{n:03}", document, words, quill)]))
        corpus.quote("manyvariants", *variants)
        for n in (50, 51, 103):
            corpus.label(f"manyvariantsv{n}", "number differs", ("1", str(n + 1)))
        corpus.story("manystory001", "Report 61", documents[60], *documents[60:62], quote_count=1)
        corpus.count()
    with TestClient(create_app(database), follow_redirects=False) as client:
        yield client


def test_a_page_spells_out_the_gravest_variants_and_leads_to_a_hundred(many: TestClient) -> None:
    page = Page(many.get(ADDRESS).text)
    assert len([place for place in page.ids if place.startswith("v-")]) == 12
    assert "92 further variants are not shown. Show more of them" in page.text
    assert "84 further places are not shown. Show more of them" in page.text
    whole = Page(many.get(f"{ADDRESS}?show=all").text)
    assert f"{ADDRESS}?show=all#variants" in page.links
    assert len([place for place in whole.ids if place.startswith("v-")]) == 100
    assert "4 further variants are not shown." in whole.text
    assert "Show more" not in whole.text


def test_what_is_said_of_all_places_holds_on_the_short_page_too(many: TestClient) -> None:
    short, whole = (many.get(f"{ADDRESS}.json{query}").json() for query in ("", "?show=all"))
    assert short["attributions"] == whole["attributions"]
    assert short["timeline"] == whole["timeline"]
    assert short["legend"] == whole["legend"]


def test_no_link_leads_to_a_variant_that_is_not_on_the_page(many: TestClient) -> None:
    page = Page(many.get(ADDRESS).text)
    assert {link[1:] for link in page.links if link.startswith("#v-")} <= page.ids
    assert many.get("/v/manyvariantsv50").headers["location"] == f"{ADDRESS}?show=all#v-manyvariantsv50"


@pytest.mark.parametrize(
    "address",
    [
        "/alerts",
        "/outlets/harbourpost1/changes?kind=number+differs",
        "/stories/manystory001",
        "/check?q=The+gates+stay+open+for+60+days+of+winter",
        "/quotes/manyvariants/feed.atom",
    ],
)
def test_links_from_elsewhere_lead_to_the_variant_wherever_it_is_shown(many: TestClient, address: str) -> None:
    links = re.findall(r'href="(?:http://testserver)?([^"]*(?:/v/|#v-)\w+)"', many.get(address).text)
    assert links
    for link in links:
        page, _, place = many.get(link).headers.get("location", link).partition("#")
        assert place in Page(many.get(page).text).ids, link


def test_a_variant_beyond_those_has_an_address_that_shows_it_as_the_base(many: TestClient) -> None:
    location = many.get("/v/manyvariantsv102").headers["location"]
    assert location == f"{ADDRESS}?base=manyvariantsv102#v-manyvariantsv102"
    page = Page(many.get(location.partition("#")[0]).text)
    assert "v-manyvariantsv102" in page.ids
    assert "92 further variants are not shown." in page.text


def test_pictures_stay_small_and_say_what_they_leave_out(many: TestClient) -> None:
    twin = many.get(f"{ADDRESS}.json").json()
    assert len(twin["timeline"]["lanes"]) == 12
    assert twin["timeline"]["lanes_left"] == 88
    assert len(twin["timeline"]["appearances"]) == 100
    assert len(twin["lineage"]["branches"]) == 12
    assert twin["lineage"]["description"].startswith("The first 12 variants;")
    assert len(many.get(f"{ADDRESS}.json?show=all").json()["lineage"]["branches"]) == 40
    assert "88 further variants are in the table only." in Page(many.get(ADDRESS).text).text


@pytest.mark.once
def test_no_query_of_the_page_reads_a_table_from_end_to_end(many: TestClient) -> None:
    with heard(many) as said:
        for address in (f"{ADDRESS}?base=manyvariantsv102", "/v/manyvariantsv102"):
            many.get(address)
    with many.app.state.engine.connect() as connection:
        for statement, values in [entry for entry in said if entry[0].startswith("SELECT")]:
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
            scans = [step for step in plan if step.startswith("SCAN") and step.split()[1] in Table.metadata.tables]
            assert scans == [], statement
