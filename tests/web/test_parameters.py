"""A page reads its address as its twin in JSON does, which FastAPI reads."""

import json
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.web.addresses import json_twin
from tests.web.pages import GOOD_VIBES, Page

PAGES = (GOOD_VIBES, "/quotes", "/search", "/documents", "/alerts", "/compare", "/reports/new", "/speakers")
NAMES = (
    "q",
    "speaker",
    "outlet",
    "from",
    "to",
    "since",
    "sort",
    "show",
    "view",
    "base",
    "as-of",
    "as_of",
    "kind",
    "id",
)
VALUES = ("", "all", "newest", "table", "quote", "goodvibes001", "2026-04-01", "2026-02-30", "5", "vibes", "x" * 301)
QUERIES = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(VALUES)), max_size=4)


@given(page=st.sampled_from(PAGES), query=QUERIES)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_page_understands_an_address_as_its_twin_does(
    page: str, query: list[tuple[str, str]], client: TestClient
) -> None:
    asked = f"?{urlencode(query)}"
    html, twin = (client.get(path + asked, follow_redirects=False) for path in (page, json_twin(page)))
    assert html.status_code == twin.status_code
    if twin.status_code >= 400:
        assert json.loads(twin.text)["message"] in Page(html.text).text


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("/quotes?sort=best", "“sort” must be “changed”, “carried” or “newest”."),
        ("/quotes?from=2026-02-30", "“from” must be a day such as 2024-05-14."),
        ("/documents?to=hello", "“to” must be a day such as 2024-05-14."),
        (f"{GOOD_VIBES}?as-of=yesterday", "“as-of” must be a day such as 2024-05-14."),
        (f"{GOOD_VIBES}?show=some", "“show” must be empty or “all”."),
        (f"/quotes?speaker={'x' * 17}", "“speaker” is too long: it has more than 16 characters."),
        ("/reports/new?kind=quote", "“id” is missing."),
        ("/reports/new?kind=quote&id=a-b", "“id” must be an id: letters and figures alone."),
        ("/oembed?url=x&maxwidth=wide", "“maxwidth” must be a whole number."),
        ("/oembed?url=x&maxwidth=0", "“maxwidth” must be a number of at least 1."),
    ],
)
def test_what_is_not_understood_is_named_as_the_address_names_it_with_what_is_wanted(
    client: TestClient, address: str, message: str
) -> None:
    response = client.get(address)
    assert response.status_code == 400
    assert message in Page(response.text).text
