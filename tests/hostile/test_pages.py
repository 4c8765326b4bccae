"""Pages over the hostile documents: whatever these held is text there, and nothing else."""

import csv
import io
import json
import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

from tests.hostile.conftest import TakenIn
from tests.hostile.pages import Inert, Shape, addresses
from tests.web.pages import ADDRESSES

MOST = 120  # pages of a kind
# What only rare pages of ours have.
RARE = {
    ("a", "hx-get"),
    ("a", "hx-target"),
    ("a", "hx-swap"),
    ("a", "hx-indicator"),
    ("blockquote", ""),
    ("blockquote", "class"),
    ("br", ""),
    ("details", "open"),
    ("option", "selected"),
}


@pytest.fixture(scope="module")
def known(client: TestClient, seeded_client: TestClient) -> set[tuple[str, str]]:
    """Elements and attributes that pages of harmless documents have."""
    pages = [client.get(address).text for address in ADDRESSES]
    pages += [
        seeded_client.get(address).text
        for address in ("/", "/quotes", "/documents", "/speakers", "/stories", "/search?q=ferry")
    ]
    pages += [client.get(address).text for address in ("/embed/quotes/goodvibes001", "/panels/goodvibes001")]
    return RARE.union(*(Shape(page).seen for page in pages))


@pytest.fixture(scope="module")
def pages(hostile_client: TestClient, taken_in: TakenIn) -> dict[str, str]:
    """Answers to all addresses that are HTML."""
    return dict(_answers(hostile_client, taken_in))


def _answers(client: TestClient, taken_in: TakenIn) -> Iterator[tuple[str, str]]:
    for address in addresses(taken_in.database, MOST):
        response = client.get(address, follow_redirects=True)
        assert response.status_code < 500, address
        assert response.headers["Content-Security-Policy"].startswith("default-src 'none'"), address
        assert response.headers["X-Content-Type-Options"] == "nosniff", address
        if response.headers["content-type"].startswith("text/html"):
            yield address, response.text


def test_no_element_and_no_attribute_of_a_document_survives(pages: dict[str, str], known: set[tuple[str, str]]) -> None:
    assert len(pages) > 250
    wrong = {address: found[:5] for address, page in pages.items() if (found := Inert(page, known).wrong)}
    assert not wrong


def test_what_was_written_is_there_as_text(pages: dict[str, str]) -> None:
    everything = "".join(pages.values())
    assert "&lt;script&gt;window.pwned=1&lt;/script&gt;" in everything
    assert "{{7*7}}" in everything.replace("&#39;", "'")
    assert "{{ self" not in everything


def test_data_blocks_stay_data(pages: dict[str, str]) -> None:
    blocks = [
        block
        for page in pages.values()
        for block in re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL)
        if block
    ]
    assert len(blocks) > 50
    for block in blocks:
        assert json.loads(block)["@context"] == "https://schema.org"


def test_twins_for_programs_are_json_and_feeds_are_xml(hostile_client: TestClient, pages: dict[str, str]) -> None:
    for address in [
        address for address in pages if re.match(r"/(quotes|documents|speakers|outlets|stories)/", address)
    ][::15]:
        twin = re.search(r'<link rel="alternate" type="application/json" href="([^"]+)"', pages[address])
        if twin:
            response = hostile_client.get(twin[1].replace("&amp;", "&"), follow_redirects=True)
            assert response.headers["content-type"].startswith("application/json"), address
            response.json()
    for address in ("/quotes.atom", "/sitemap.xml", "/opensearch.xml"):
        response = hostile_client.get(address, follow_redirects=True)
        if response.status_code == 200:
            ElementTree.fromstring(response.content)


@pytest.mark.parametrize("name", ["quotes", "documents"])
def test_no_cell_of_a_downloaded_table_begins_a_formula(name: str, hostile_client: TestClient) -> None:
    csv.field_size_limit(10**8)
    rows = list(csv.reader(io.StringIO(hostile_client.get(f"/{name}.csv").text)))
    assert len(rows) > 100
    assert not [cell[:40] for row in rows for cell in row if re.match(r"[=+@\t\r＝＋－＠]|-(?!\d+(\.\d+)?$)", cell)]
