"""A quote in a frame on other pages, and oEmbed."""

import re
from html import unescape
from xml.etree.ElementTree import fromstring

import pytest
from fastapi.testclient import TestClient

from tests.web.pages import ADDRESSES, GOOD_VIBES, Page

HERE = "http://testserver"
FRAME = "/embed/quotes/goodvibes001"


def oembed(client: TestClient, url: str, **values: object) -> dict[str, object]:
    response = client.get("/oembed", params={"url": url, **values})
    assert response.status_code == 200
    return dict(response.json())


def test_the_frame_shows_the_quote_its_speaker_and_its_first_variants(client: TestClient) -> None:
    page = Page(client.get(FRAME).text)
    assert page.all("h1") == ["“I'm getting some pretty good vibes coming out of the talks”"]
    assert "Ada Quill, disputed" in page.text
    assert len(page.all("li")) == 3
    assert page.links == [f"{HERE}{GOOD_VIBES}"]


def test_only_the_frame_may_stand_in_other_pages_and_it_runs_nothing(client: TestClient) -> None:
    response = client.get(FRAME)
    policy = response.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert "<script" not in response.text
    for address in ADDRESSES:
        assert "frame-ancestors 'none'" in client.get(address).headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in client.get("/embed/quotes/neverexisted").headers["Content-Security-Policy"]


def test_the_frame_is_small_and_left_out_of_indexes(client: TestClient) -> None:
    response = client.get(FRAME)
    assert len(response.content) < 6_000
    assert '<meta name="robots" content="noindex">' in response.text
    assert f'<link rel="canonical" href="{HERE}{GOOD_VIBES}">' in response.text


def test_the_frame_of_a_merged_quote_is_that_of_its_survivor(client: TestClient) -> None:
    assert client.get("/embed/quotes/mergedtwice1").headers["location"] == FRAME
    assert client.get("/embed/quotes/splitquote01").headers["location"] == "/quotes/splitquote01"
    assert client.get("/embed/quotes/removedquot1").status_code == 410


@pytest.mark.parametrize(
    "path",
    [GOOD_VIBES, f"{GOOD_VIBES}?as-of=2026-04-01#variants", "/quotes/goodvibes001", "/quotes/mergedtwice1", FRAME],
)
def test_oembed_answers_for_every_address_of_a_quote(client: TestClient, path: str) -> None:
    answer = oembed(client, HERE + path)
    assert answer["version"] == "1.0"
    assert answer["type"] == "rich"
    assert f'src="{HERE}{FRAME}"' in str(answer["html"])
    assert answer["thumbnail_url"] == f"{HERE}/quotes/goodvibes001/card.png"
    assert {"title", "width", "height", "provider_name", "provider_url"} <= set(answer)


def test_the_page_leads_to_its_oembed(client: TestClient) -> None:
    html = client.get(GOOD_VIBES).text
    for form in ("json", "xml"):
        found = re.search(rf'type="(?:application|text)/{form}\+oembed" href="([^"]+)"', html)
        assert found
        assert client.get(unescape(found[1])).status_code == 200


def test_oembed_speaks_xml_too(client: TestClient) -> None:
    response = client.get("/oembed", params={"url": HERE + GOOD_VIBES, "format": "xml"})
    assert response.headers["Content-Type"].startswith("text/xml")
    root = fromstring(response.content)
    assert {child.tag: child.text for child in root} == {
        key: str(value) for key, value in oembed(client, HERE + GOOD_VIBES).items()
    }


def test_a_frame_keeps_to_the_room_that_there_is(client: TestClient) -> None:
    answer = oembed(client, HERE + GOOD_VIBES, maxwidth=400, maxheight=2000)
    assert (answer["width"], answer["height"]) == (400, 320)
    assert 'width="400" height="320"' in str(answer["html"])


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/quotes/goodvibes001",
        f"{HERE}.evil.example/quotes/goodvibes001",
        f"{HERE}/documents/docharbour01",
        f"{HERE}/quotes/neverexisted",
        f"{HERE}/quotes/splitquote01",
        f"javascript://testserver{GOOD_VIBES}",
        "goodvibes001",
    ],
)
def test_oembed_has_nothing_for_other_addresses(client: TestClient, url: str) -> None:
    assert client.get("/oembed", params={"url": url}).status_code == 404


def test_oembed_refuses_what_it_can_not_do(client: TestClient) -> None:
    assert client.get("/oembed", params={"url": HERE + GOOD_VIBES, "format": "yaml"}).status_code == 400
    assert client.get("/oembed").status_code == 400
    assert client.get("/oembed", params={"url": "http://[bad/quotes/x"}).status_code == 404
    assert client.get("/oembed", params={"url": f"{HERE}/quotes/removedquot1"}).status_code == 410


def test_hostile_words_stay_words(client: TestClient) -> None:
    assert "<img" not in client.get("/embed/quotes/hostilequote").text
    code = str(oembed(client, f"{HERE}/quotes/hostilequote")["html"])
    assert code.count("<") == 2
    assert "&lt;img src=x" in code
