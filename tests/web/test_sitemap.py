"""What search engines read: robots.txt, the sitemap, one absolute address a page."""

import re
from urllib.robotparser import RobotFileParser
from xml.etree.ElementTree import fromstring

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import insert

from app.main import create_app
from app.store import read_sitemap
from app.store.tables import OutletRow
from tests.databases import NewDatabase, opened
from tests.web.heard import heard, selects
from tests.web.pages import ADDRESSES, GOOD_VIBES

SITE = "http://testserver"


def locations(client: TestClient, address: str) -> list[str]:
    response = client.get(address)
    assert response.headers["Content-Type"] == "application/xml"
    return [
        str(it.text) for it in fromstring(response.content).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    ]


def pages(client: TestClient) -> list[str]:
    return [
        page.removeprefix(SITE)
        for piece in locations(client, "/sitemap.xml")
        for page in locations(client, piece.removeprefix(SITE))
    ]


def test_the_sitemap_holds_every_page_once_under_its_own_address(client: TestClient) -> None:
    found = pages(client)
    unlisted = {"/documents/docledger001", "/reports/thanks"}  # an old version, and a page that only a form leads to
    unlisted |= {address for address in ADDRESSES if address.startswith(("/share/", "/around/"))}  # parts of pages
    assert len(found) == len(set(found))
    assert {address for address in ADDRESSES if "?" not in address} - unlisted <= set(found)
    assert not unlisted & set(found)
    assert all(client.get(address).status_code == 200 for address in found)


def test_documents_say_when_they_were_taken_in(client: TestClient) -> None:
    assert "<lastmod>2026-04-01</lastmod>" in client.get("/sitemaps/documents-1.xml").text


@pytest.mark.parametrize("size", [1, 2, 4])
def test_pieces_of_any_size_hold_the_same_pages(client: TestClient, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    whole = pages(client)
    monkeypatch.setattr(read_sitemap, "PIECE", size)
    assert sorted(pages(client)) == sorted(whole)
    for piece in locations(client, "/sitemap.xml"):
        if "pages.xml" not in piece:
            assert 1 <= len(locations(client, piece.removeprefix(SITE))) <= size


def test_gaps_in_the_keys_cost_neither_pieces_nor_queries(new_database: NewDatabase) -> None:
    address = new_database()
    with opened(address) as engine, engine.begin() as connection:
        for key in (3, 30_001, 900_000_000):
            name = f"outlet{key}"
            connection.execute(insert(OutletRow).values(id=key, public_id=name, key=name, name=name, siglum="X"))
    with TestClient(create_app(address)) as client:
        with heard(client) as said:
            names = [piece.rpartition("/")[2] for piece in locations(client, "/sitemap.xml")]
        assert names == ["pages.xml", "outlets-1.xml", "outlets-4.xml", "outlets-90000.xml"]
        assert len(selects(said)) <= 8


@pytest.mark.parametrize(
    ("name", "status"), [("quotes-99", 404), ("nothing-1", 404), ("quotes-0", 400), ("quotes-x", 400)]
)
def test_a_piece_that_is_not_there_is_an_error(client: TestClient, name: str, status: int) -> None:
    assert client.get(f"/sitemaps/{name}.xml").status_code == status


def test_robots_may_read_pages_and_find_the_sitemap(client: TestClient) -> None:
    text = client.get("/robots.txt").text
    robots = RobotFileParser()
    robots.parse(text.splitlines())
    assert robots.site_maps() == [f"{SITE}/sitemap.xml"]
    assert all(robots.can_fetch("any", SITE + address) for address in (*ADDRESSES, "/embed/quotes/goodvibes001"))
    assert not robots.can_fetch("any", f"{SITE}/quotes.csv?q=x")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_names_its_one_address_in_full(client: TestClient, address: str) -> None:
    found = re.findall(r'<link rel="canonical" href="([^"]+)">', client.get(address).text)
    own = GOOD_VIBES if address.startswith(GOOD_VIBES) else address  # however its variants are compared
    assert found == [SITE + own.replace("&", "&amp;")]


def test_pages_that_are_no_pages_are_in_no_index(client: TestClient) -> None:
    for address in ("/quotes/splitquote01", "/quotes/removedquot1", "/quotes/neverexisted/pretty-good-vibes"):
        html = client.get(address).text
        assert '<meta name="robots" content="noindex">' in html
        assert "canonical" not in html


def test_what_became_of_a_quote_is_told_in_json_too(client: TestClient) -> None:
    merged = client.get("/quotes/mergedtwice1/old-words.json?as-of=2026-04-01")
    assert (merged.status_code, merged.headers["location"]) == (301, f"{GOOD_VIBES}.json")
    divided = client.get("/quotes/splitquote01.json")
    assert (divided.status_code, {part["id"] for part in divided.json()["quotes"]}) == (
        300,
        {"goodvibes001", "dismissed001"},
    )
    place = client.get("/q/quotation005.json")
    assert (place.status_code, place.headers["location"]) == (302, "/documents/docecho00001.json#q-quotation005")
    gone = client.get("/quotes/removedquot1/any-words.json")
    assert (gone.status_code, gone.json()["status"]) == (410, 410)
    unknown = client.get("/quotes/neverexisted/some-pretty-good-vibes.json")
    assert (unknown.status_code, unknown.json()["quotes"][0]["id"]) == (404, "goodvibes001")
