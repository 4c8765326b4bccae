"""A walk over the whole site with the sample documents in it, from the first page along every link."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from fastapi.testclient import TestClient

pytestmark = pytest.mark.once  # every page is the same over PostgreSQL: tests/test_same_answers.py

MOST = 3000  # addresses
HEAVIEST = 150_000  # bytes of a page with everything that it loads, as sent without compression
HERE = "http://testserver"
FETCHED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "use": "href", "object": "data"}
RELATIONS = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}  # of <link> that browsers fetch
OWN_TYPE = {
    ".json": "json",
    ".atom": "application/atom+xml",
    ".xml": "xml",
    ".csv": "text/csv",
    ".jsonl": "jsonl",
    ".txt": "text/plain",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".css": "text/css",
    ".js": "javascript",
}


class Markup(HTMLParser):
    """What a page links to, what a browser fetches with it, and which ids it has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.fetched: set[str] = set()
        self.ids: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value for name, value in attrs if value is not None}
        self.ids |= {values[name] for name in ("id", "name") if name in values and (name == "id" or tag == "a")}
        if tag in ("a", "area", "link") and "href" in values:
            self.links.add(values["href"])
        if tag == "link" and {*values.get("rel", "").split()} & RELATIONS:
            self.fetched.add(values["href"])
        if tag in FETCHED and FETCHED[tag] in values:
            self.fetched.add(values[FETCHED[tag]])


@dataclass(frozen=True, slots=True)
class Visit:
    """One answer: what it said of itself, and what was in it where it was a page."""

    status: int
    type: str
    size: int
    leads_to: str | None
    markup: Markup | None


@pytest.fixture(scope="module")
def visits(seeded_client: TestClient) -> dict[str, Visit]:
    """Every address of ours that the first page leads to, breadth first."""
    waiting, found = deque(["/"]), {}
    while waiting and len(found) < MOST:
        address = waiting.popleft()
        if address in found:
            continue
        found[address] = visit = visited(seeded_client, address)
        waiting += [target for target in targets(address, visit) if target not in found]
    return found


def visited(client: TestClient, address: str) -> Visit:
    response = client.get(address)
    kind = response.headers.get("content-type", "")
    return Visit(
        response.status_code,
        kind,
        len(response.content),
        response.headers.get("location"),
        Markup(response.text) if kind.startswith("text/html") else None,
    )


def targets(address: str, visit: Visit) -> Iterator[str]:
    """Addresses of ours in an answer, without their fragments."""
    links = visit.markup.links | visit.markup.fetched if visit.markup else set()
    for link in links | ({visit.leads_to} if visit.leads_to else set()):
        whole = urldefrag(urljoin(HERE + address, link)).url
        if is_ours(whole):
            yield whole.removeprefix(HERE) or "/"


def is_ours(address: str) -> bool:
    return urlsplit(address).netloc == urlsplit(HERE).netloc


def pages(visits: dict[str, Visit]) -> dict[str, Markup]:
    return {address: visit.markup for address, visit in visits.items() if visit.markup}


def test_every_link_leads_to_an_answer(visits: dict[str, Visit]) -> None:
    assert len(pages(visits)) > 100
    broken = {address: visit.status for address, visit in visits.items() if visit.status >= 400}
    assert not broken


def test_an_answer_is_of_the_type_that_its_address_says(visits: dict[str, Visit]) -> None:
    wrong = {
        address: visit.type
        for address, visit in visits.items()
        if (ending := re.search(r"\.[a-z]+$", urlsplit(address).path))
        and visit.status == 200
        and OWN_TYPE.get(ending[0], "") not in visit.type
    }
    assert not wrong


def test_every_fragment_is_a_place_on_its_page(visits: dict[str, Visit]) -> None:
    found = pages(visits)
    lost = {
        f"{address} → {link}"
        for address, markup in found.items()
        for link in markup.links
        if (place := urldefrag(urljoin(HERE + address, link))).fragment
        and is_ours(place.url)
        and (there := found.get(settled(visits, place.url.removeprefix(HERE) or "/")))
        and place.fragment not in there.ids
        and not place.fragment.startswith(":~:")
    }
    assert not lost


def settled(visits: dict[str, Visit], address: str) -> str:
    """Where an address leads in the end."""
    seen: set[str] = set()
    while address in visits and visits[address].leads_to and address not in seen:
        seen.add(address)
        address = urldefrag(urljoin(HERE + address, visits[address].leads_to)).url.removeprefix(HERE)
    return address


def test_no_page_fetches_anything_from_another_host(visits: dict[str, Visit]) -> None:
    foreign = {
        f"{address} → {link}"
        for address, markup in pages(visits).items()
        for link in markup.fetched
        if not link.startswith("data:") and not is_ours(urljoin(HERE + address, link))
    }
    assert not foreign


def test_no_page_is_heavy_with_everything_that_it_loads(visits: dict[str, Visit]) -> None:
    weights = {address: weight(visits, address, markup) for address, markup in pages(visits).items()}
    heavy = {address: size for address, size in weights.items() if size > HEAVIEST}
    assert not heavy


def weight(visits: dict[str, Visit], address: str, markup: Markup) -> int:
    """Bytes of a page with its style, scripts and pictures; icons come once for the whole site."""
    parts = {urljoin(HERE + address, link).removeprefix(HERE) for link in markup.fetched}
    return visits[address].size + sum(visits[part].size for part in parts if part in visits)
