"""The list of quotes: what it finds, in which order, page by page."""

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from fastapi.testclient import TestClient

from app.settings import settings
from tests.web.pages import Page


def found(client: TestClient, **query: str) -> list[str]:
    return [quote["id"] for quote in client.get("/quotes.json", params=query).json()["quotes"]]


def page_by_page(client: TestClient, **query: str) -> list[str]:
    quotes, address = [], f"/quotes?{urlencode(query)}"
    while address:
        page = client.get(address.replace("/quotes", "/quotes.json", 1)).json()
        quotes += [quote["id"] for quote in page["quotes"]]
        address = page["next"]
    return quotes


def test_the_most_changed_quote_comes_first(client: TestClient) -> None:
    assert found(client)[0] == "goodvibes001"


def test_the_newest_quote_comes_first_and_undated_ones_last(client: TestClient) -> None:
    order = found(client, sort="newest")
    assert order[-1] == "hostilequote"
    assert order.index("goodvibes001") < order.index("strong000001")


@pytest.mark.parametrize("words", ["vibrations", "pretty resonance", "“good vibes”", "vib", "Quill vibes"])
def test_words_of_any_variant_and_names_find_a_quote(client: TestClient, words: str) -> None:
    assert "goodvibes001" in found(client, q=words)


@pytest.mark.parametrize("words", ["“vibes good”", "NOT", '"', "* ( ^", "‘’", "vibes AND"])
def test_syntax_of_the_search_engine_is_only_words(client: TestClient, words: str) -> None:
    assert client.get("/quotes", params={"q": words}).status_code == 200
    assert "goodvibes001" not in found(client, q=words)


@pytest.mark.parametrize("words", ["talks", "good vibe", "“good vibe”", "“good vibes”", "tarn", "speaker:tarn", "vib"])
def test_words_find_what_a_search_for_quotes_finds_in_the_order_asked_for(client: TestClient, words: str) -> None:
    search = client.get("/search.json", params={"q": words, "show": "quotes"}, follow_redirects=True).json()
    quotes = [line["quote"]["id"] for line in (search["quotes"] or {"lines": []})["lines"]]
    assert found(client, q=words, sort="carried") == quotes
    assert found(client, q=words) == [quote for quote in found(client) if quote in quotes]
    assert found(client, q=words, sort="newest") == [q for q in found(client, sort="newest") if q in quotes]


@pytest.mark.parametrize("many", [0, 20_000], ids=["walked down", "looked up"])
def test_words_are_narrowed_by_speaker_and_outlet(
    client: TestClient, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.store.narrowing._MANY", many)
    assert found(client, q="tarn", speaker="botarn000001") == ["strong000001"]
    assert found(client, q="vibes", outlet="goldlantern1") == ["goodvibes001"]
    assert found(client, q="vibes", outlet="goldlantern1", speaker="botarn000001") == []


def test_words_sought_are_marked_in_the_wording_that_has_them(client: TestClient) -> None:
    html = client.get("/quotes?q=resonance").text
    assert "also as “I&#39;m getting some pretty good <mark>resonance</mark>" in html
    assert "<mark>vibes</mark>" in client.get("/quotes?q=vibes").text


def test_filters_by_speaker_outlet_and_date_agree(client: TestClient) -> None:
    assert set(found(client, speaker="botarn000001")) == {"strong000001"}
    assert set(found(client, outlet="goldlantern1")) == {"goodvibes001"}
    assert set(found(client, **{"from": "2026-03-12", "to": "2026-03-14"})) == {
        "goodvibes001",
        "dismissed001",
        "foursigned01",
    }
    assert found(client, outlet="goldlantern1", speaker="botarn000001") == []


@pytest.mark.parametrize("sort", ["changed", "carried", "newest"])
@pytest.mark.parametrize(
    "query",
    [
        {},
        {"outlet": "quayecho0001"},
        {"outlet": "ledger000001"},
        {"outlet": "harbourpost1", "from": "2026-03-01"},
        {"outlet": "quayecho0001", "speaker": "adaquill0001"},
        {"speaker": "adaquill0001", "to": "2026-04-01"},
        {"from": "2026-03-12", "to": "2026-03-14"},
    ],
)
def test_a_list_is_the_same_whether_it_is_looked_up_or_walked_past(
    client: TestClient, query: dict[str, str], sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Little is looked up, and so is what stands far apart; the rest of the list is walked."""
    monkeypatch.setattr(settings(), "page_size", 1)
    looked_up = page_by_page(client, sort=sort, **query)
    assert looked_up
    monkeypatch.setattr("app.store.read_paging._COUNT_LIMIT", 0)
    for farthest in (1, 20_000):
        monkeypatch.setattr("app.store.quote_filter._FARTHEST", farthest)
        assert page_by_page(client, sort=sort, **query) == looked_up


def test_the_filter_stands_in_the_form_again(client: TestClient) -> None:
    html = client.get("/quotes?q=vibes&speaker=adaquill0001&from=2026-03-01&sort=newest").text
    assert 'value="vibes"' in html
    assert '<option value="adaquill0001" selected>' in html
    assert 'value="2026-03-01"' in html
    assert '<option value="newest" selected>' in html


def test_an_address_with_empty_fields_leads_to_one_worth_sharing(client: TestClient) -> None:
    response = client.get("/quotes?q=vibes&speaker=&outlet=&from=&to=&sort=changed")
    assert (response.status_code, response.headers["location"]) == (303, "/quotes?q=vibes")


@pytest.mark.parametrize("sort", ["changed", "carried", "newest"])
def test_paging_shows_every_quote_once(client: TestClient, monkeypatch: pytest.MonkeyPatch, sort: str) -> None:
    everything = found(client, sort=sort)
    monkeypatch.setattr(settings(), "page_size", 2)
    address, seen = f"/quotes?sort={sort}", []
    while address:
        page = client.get(address.replace("/quotes", "/quotes.json")).json()
        seen += [quote["id"] for quote in page["quotes"]]
        assert page["found"] == {"count": len(everything), "more": False, "looked_through": None}
        address = page["next"]
    assert seen == everything
    assert len(seen) == 5


def test_the_next_page_keeps_the_filter(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "page_size", 1)
    page = Page(client.get("/quotes?q=talks+OR+dismissed&sort=carried").text)
    assert not [link for link in page.links if "after=" in link]
    page = Page(client.get("/quotes?from=2026-03-14&sort=carried").text)
    following = next(link for link in page.links if "after=" in link)
    assert {"from", "sort", "after"} == set(parse_qs(urlsplit(following).query))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("from=yesterday", "from"),
        ("sort=best", "sort"),
    ],
)
def test_a_parameter_that_is_not_understood_is_named(client: TestClient, query: str, names: str) -> None:
    response = client.get(f"/quotes?{query}")
    assert response.status_code == 400
    assert names in Page(response.text).text


@pytest.mark.parametrize("query", ["after=nonsense", "sort=newest&after=WzQsIDFd"])
def test_a_place_that_the_list_does_not_have_is_not_found(client: TestClient, query: str) -> None:
    response = client.get(f"/quotes?{query}")
    assert response.status_code == 404
    assert "after=" in Page(response.text).text


def test_htmx_gets_the_results_alone_and_the_address_to_show(client: TestClient) -> None:
    headers = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Source": "form"}
    response = client.get("/quotes?q=vibes&speaker=&sort=changed", headers=headers)
    assert "<html" not in response.text
    assert "1 quote" in Page(response.text).text
    assert response.headers["HX-Push-Url"] == "/quotes?q=vibes"
    assert "HX-Request" in response.headers["Vary"]


def test_typing_replaces_the_address_instead_of_filling_the_history(client: TestClient) -> None:
    headers = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Source": "input#q"}
    response = client.get("/quotes?q=vib", headers=headers)
    assert response.headers["HX-Replace-Url"] == "/quotes?q=vib"
    assert "HX-Push-Url" not in response.headers


def test_restoring_history_gets_the_whole_page(client: TestClient) -> None:
    headers = {"HX-Request": "true", "HX-Request-Type": "full", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get("/quotes?q=vibes", headers=headers).text
