"""The search page: what it finds, how it is narrowed, and what it says where it finds nothing."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, Engine, event, select

from app.store.narrowing import Asked
from app.store.quote_filter import QuoteFilter
from app.store.read_found import find_documents, find_quotes, list_conditions
from app.store.read_quotes import read_quotes_by_id
from app.store.reading import reading
from app.store.search_terms import Sought, parse
from app.store.tables import QuoteRow
from app.store.walking import Listing, Walked, walk
from app.web.fitting import fitting
from app.web.search_contexts import SearchPage
from tests.databases import NewDatabase, opened
from tests.web.corpus import Corpus
from tests.web.pages import Page

GOOD_VIBES = "goodvibes001"


def found(client: TestClient, query: str) -> dict[str, list[str]]:
    """Ids of the quotes, speakers and documents that the twin of the page lists."""
    page = client.get(f"/search.json?{query}", follow_redirects=True).json()
    return {
        "quotes": [line["quote"]["id"] for line in (page["quotes"] or {"lines": []})["lines"]],
        "speakers": [line["speaker"]["id"] for line in (page["speakers"] or {"lines": []})["lines"]],
        "documents": [line["document"]["id"] for line in (page["documents"] or {"lines": []})["lines"]],
    }


def test_one_search_finds_quotes_speakers_and_documents_each_with_its_count(client: TestClient) -> None:
    page = Page(client.get("/search?q=quill").text)
    assert found(client, "q=quill")["quotes"] == [GOOD_VIBES, "dismissed001"]
    assert found(client, "q=quill")["speakers"] == ["adaquill0001"]
    assert page.all("h2") == ["2 quotes", "1 speaker", "4 documents"]


def test_a_quote_is_found_by_any_of_its_wordings_and_shows_the_one_that_fits(client: TestClient) -> None:
    text = Page(client.get("/search?q=resonance").text).text
    assert "also as “I'm getting some pretty good resonance coming out of the talks”" in text
    assert "also as" not in Page(client.get("/search?q=vibes").text).text


@pytest.mark.parametrize("words", ["rain", "RAIN!", '"rain will end"'])
def test_the_wording_that_fits_has_words_that_begin_like_those_sought(new_database: NewDatabase, words: str) -> None:
    wordings = ("The flood will end", "The train will end", "“Rain” will end")
    with opened(new_database()) as engine, engine.begin() as connection:
        corpus = Corpus(connection)
        document = corpus.document("docweather01", f"{'. '.join(wordings)}.\n")
        said = [corpus.quotation(f"quotation{n:03}", document, one) for n, one in enumerate(wordings)]
        corpus.quote("weather00001", *((one, [part]) for one, part in zip(wordings, said, strict=True)))
        quotes = read_quotes_by_id(connection, ["weather00001"])
        assert fitting(connection, quotes, parse(words)) == {"weather00001": wordings[2]}


def test_a_speaker_is_found_by_another_form_of_the_name(client: TestClient) -> None:
    assert found(client, "q=guild+chair+tarn")["speakers"] == ["botarn000001"]


def test_a_document_is_found_by_its_text_and_old_versions_are_left_out(client: TestClient) -> None:
    assert found(client, "q=night+boat")["documents"] == ["docharbour01"]
    assert found(client, "q=guild+counted")["documents"] == ["docledger002"]


def test_a_document_shows_the_place_that_has_the_words(client: TestClient) -> None:
    html = client.get("/search?q=night+boat").text
    assert "before she left for the <mark>night</mark> <mark>boat</mark>" in html


def test_no_excerpt_is_of_front_matter(seeded_client: TestClient) -> None:
    found = seeded_client.get("/search.json?q=good+vibes").json()["documents"]["lines"]
    titled = next(line for line in found if "pretty good vibes" in line["document"]["title"])
    excerpts = ["".join(piece["text"] for piece in line["excerpt"]) for line in found]
    assert all("vibes" in excerpt and "title:" not in excerpt for excerpt in excerpts)
    assert {"good", "vibes"} == {piece["text"] for piece in titled["excerpt"] if piece["hit"]}


def test_other_forms_of_a_word_are_found_but_not_in_quotation_marks(client: TestClient) -> None:
    assert GOOD_VIBES in found(client, "q=good+vibe")["quotes"]
    assert found(client, 'q="good+vibe"') == {"quotes": [], "speakers": [], "documents": []}


@pytest.mark.parametrize("marks", ['""', "“”", "„“", "«»"])
def test_words_in_quotation_marks_stand_side_by_side(client: TestClient, marks: str) -> None:
    assert found(client, f"q={marks[0]}good vibes{marks[1]}")["quotes"] == [GOOD_VIBES]
    assert found(client, f"q={marks[0]}vibes good{marks[1]}")["quotes"] == []


@pytest.mark.parametrize(
    ("query", "quotes"),
    [
        ("q=speaker:tarn", {GOOD_VIBES, "dismissed001", "strong000001"}),
        ("speaker=tarn", {GOOD_VIBES, "dismissed001", "strong000001"}),
        ('q=strong+speaker:"Bo+Tarn"', {"strong000001"}),
        ("q=vibes+outlet:lantern", {GOOD_VIBES}),
        ("q=vibes&outlet=ledger", set()),
        ("outlet=ledger", {"strong000001"}),
        ("q=outlet:LE", {"strong000001"}),
        ("q=before:2026-03-13", {"strong000001"}),
        ("to=2026-03-10", {"strong000001"}),
        ("from=2026-03-14&q=four", {"foursigned01"}),
        ("q=after:2026-04", set()),
    ],
)
@pytest.mark.parametrize("many", [0, 20_000], ids=["walked down", "looked up"])
def test_terms_narrow_in_the_words_and_in_their_fields(
    client: TestClient, query: str, quotes: set[str], many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.store.narrowing._MANY", many)
    assert set(found(client, query)["quotes"]) == quotes


def test_where_more_match_than_are_looked_through_the_page_says_so(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "Of more matches the first 2 were looked through"
    assert said not in Page(client.get("/search?q=talks&to=2026-03-31").text).text
    monkeypatch.setattr("app.store.narrowing._MANY", 0)
    monkeypatch.setattr("app.store.narrowing.MOST", 2)
    assert said in Page(client.get("/search?q=talks&to=2026-03-31").text).text


@pytest.fixture(params=[(16, 64, 256, 1_024), (1, 1, 1), (1,)], ids=["walked", "step by step", "given up"])
def common(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every word is one that half of a corpus has."""

    def of_two(
        store: Connection, listing: Listing, asked: Sequence[Asked], after: str | None, size: int, _most: int
    ) -> Walked | None:
        return walk(store, listing, asked, after, size, most=1)

    monkeypatch.setattr("app.store.walking._READS", request.param)
    monkeypatch.setattr("app.store.walking._DEARER", 0)
    monkeypatch.setattr("app.store.read_found._COMMON", 1)
    monkeypatch.setattr("app.store.read_found.walk", of_two)


WALKED = ["talks", "the talks", "vibes", "talks outlet:post", "talks after:2026-03-11", "the before:2026-03-13"]


@pytest.fixture(params=WALKED)
def listed(request: pytest.FixtureRequest, client: TestClient) -> tuple[Sought, list[list[str]]]:
    """What is sought, and the quotes and documents that have it, found without a walk."""
    sought = parse(request.param)
    return sought, pages(client, sought, size=50)


def pages(client: TestClient, sought: Sought, size: int) -> list[list[str]]:
    """Ids of all quotes by how many carry them, by day, and of all documents, from page to page."""
    with reading(client.app.state.engine) as store:  # type: ignore[attr-defined]
        return [
            [one.id for one in through(lambda after: find_quotes(store, sought, after, size))],
            [one.id for one in through(lambda after: find_quotes(store, sought, after, size, "newest"))],
            [one.document.id for one in through(lambda after: find_documents(store, sought, after, size))],
        ]


def through(read: Callable[[str | None], Any]) -> Iterator[Any]:
    """The rows of all pages of a list."""
    after: str | None = ""
    while after is not None:
        page = read(after or None)
        yield from page.documents if hasattr(page, "documents") else page.quotes
        after = page.after


@pytest.mark.parametrize("size", [1, 2, 50])
def test_common_words_find_the_same_from_page_to_page(
    client: TestClient, listed: tuple[Sought, list[list[str]]], common: None, size: int
) -> None:
    sought, found = listed
    assert any(found)
    assert pages(client, sought, size) == found


@pytest.mark.parametrize("query", WALKED)
def test_common_words_are_looked_for_down_the_list_alone(
    client: TestClient, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gathered(*_given: object) -> None:
        raise AssertionError("all matches were gathered")

    monkeypatch.setattr("app.store.walking._DEARER", 0)
    monkeypatch.setattr("app.store.read_found._COUNTED", 0)
    monkeypatch.setattr("app.store.read_found._COMMON", 1)
    monkeypatch.setattr("app.store.read_found._ranked", gathered)
    with reading(client.app.state.engine) as store:  # type: ignore[attr-defined]
        quotes = find_quotes(store, parse(query), None, 1).quotes
        assert quotes + find_documents(store, parse(query), None, 1).documents


def test_of_common_words_with_other_terms_so_many_are_told_as_were_counted(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.store.read_found._COUNTED", 1)
    monkeypatch.setattr("app.store.read_found._COMMON", 1)
    monkeypatch.setattr("app.store.walking._DEARER", 0)
    monkeypatch.setattr("app.store.walking._TOLD", 1)
    monkeypatch.setattr("app.store.walking._STRETCH", 1)
    assert "More than 1 document" in Page(client.get("/search?q=talks&from=2026-03-01").text).text


def test_terms_typed_move_into_their_fields_and_the_address_is_clean(client: TestClient) -> None:
    response = client.get("/search?q=vibes+speaker:quill+before:2026-03-31&outlet=")
    assert response.status_code == 303
    assert response.headers["location"] == "/search?q=vibes&speaker=quill&to=2026-03-31"


def test_each_term_can_be_taken_away(client: TestClient) -> None:
    page = Page(client.get("/search?q=vibes&speaker=quill&from=2026-03-01").text)
    assert "speaker: quill" in page.text
    assert "/search?q=vibes&from=2026-03-01" in page.links
    assert "/search?q=vibes&speaker=quill" in page.links


def test_a_day_that_is_none_is_left_out_and_named(client: TestClient) -> None:
    page = Page(client.get("/search?q=vibes+before:soon").text)
    assert "before:soon is left out" in page.text
    assert "1 quote" in page.all("h2")


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("q=resonnance", "resonance"), ("q=vbies", "vibes"), ("q=vibratoins+good", "vibrations good")],
)
def test_a_typing_slip_is_forgiven(client: TestClient, slip: str, meant: str) -> None:
    page = client.get(f"/search.json?{slip}").json()
    assert page["instead"] == meant
    assert page["quotes"]["lines"][0]["quote"]["id"] == GOOD_VIBES
    assert f"This was found for {meant}" in Page(client.get(f"/search?{slip}").text).text


def test_a_slip_in_a_name_is_forgiven_too(client: TestClient) -> None:
    assert found(client, "speaker=qiull&q=vibes")["quotes"] == [GOOD_VIBES]


def test_an_exact_phrase_is_not_changed_but_the_nearest_one_is_offered(client: TestClient) -> None:
    page = Page(client.get('/search?q="goud+vibes"').text)
    assert "Nothing found" in page.all("h2")
    assert 'Did you mean "good vibes"?' in page.text
    assert "/search?q=%22good+vibes%22" in page.links


def test_where_nothing_is_found_the_page_says_what_there_is(client: TestClient) -> None:
    text = Page(client.get("/search?q=xyzzy").text).text
    assert "9 texts, dated 10 March 2026 to 16 March 2026" in text
    assert "not in this corpus" in text


def test_an_empty_search_says_how_to_search(client: TestClient) -> None:
    page = Page(client.get("/search").text)
    assert "A few words are enough" in page.text
    assert "/documents" in page.links


def test_all_results_of_one_kind_come_page_by_page(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.search.settings", lambda: type("Two", (), {"page_size": 2}))
    address, seen = "/search.json?q=a&show=documents", []
    while address:
        page = client.get(address).json()
        seen += [line["document"]["id"] for line in page["documents"]["lines"]]
        address = page["next"] and page["next"].replace("/search?", "/search.json?")
    whole = client.get("/search.json?q=a").json()["documents"]["found"]["count"]
    assert len(seen) == len(set(seen)) == whole > 2


def test_the_first_few_of_a_kind_lead_to_all_of_them(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.search._SHOWN", {"quotes": 1, "speakers": 1, "documents": 1})
    page = Page(client.get("/search?q=quill").text)
    assert "/search?q=quill&show=quotes" in page.links
    only = Page(client.get("/search?q=quill&show=quotes").text)
    assert only.all("h2") == ["2 quotes"]
    assert "/search?q=quill" in only.links


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("q=" + "a" * 301, "“q” is too long: it has more than 300 characters."),
        ("speaker=" + "a" * 101, "“speaker” is too long: it has more than 100 characters."),
        ("from=soon", "“from” must be a day such as 2024-05-14."),
    ],
)
def test_a_search_that_makes_no_sense_gets_a_page_that_says_why(client: TestClient, query: str, said: str) -> None:
    response = client.get(f"/search?{query}")
    assert response.status_code == 400
    assert said in Page(response.text).text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("q=...!?", "Signs alone are not searched for"),
        ("q=🚢", "Signs alone are not searched for"),
        ("outlet=nowhere", "No outlet here has a name like “nowhere”."),
        ("q=vibes+speaker:xyzzy", "No speaker here has a name like “xyzzy”."),
        ("q=vibes&from=2026-04-02&to=2026-03-01", "No day lies between 2 April 2026 and 1 March 2026"),
        ("q=переговоры", "Nothing here has all of these words."),
        ("q=harbour+resonance+wages+strong", "Nothing here has all of these words."),
    ],
)
def test_a_search_that_can_find_nothing_says_what_stands_in_the_way(client: TestClient, query: str, said: str) -> None:
    text = Page(client.get(f"/search?{query}", follow_redirects=True).text).text
    assert "Nothing found" in text
    assert said in text
    assert "9 texts, dated" in text


def test_words_past_the_first_forty_are_left_out_and_counted(client: TestClient) -> None:
    assert found(client, "q=" + "+".join(["vibes"] * 45))["quotes"] == [GOOD_VIBES]
    assert "5 words after them are left out" in Page(client.get("/search?q=" + "+".join(["vibes"] * 45)).text).text
    assert client.get("/search.json?q=vibes").json()["left_out"] == 0


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ('"good vibes', "good vibes"),
        ('good" vibes', "good vibes"),
        ("good\x00vibes", "good vibes"),
        ("good 🚢 vibes", "good vibes"),
    ],
)
def test_what_is_no_word_changes_nothing(client: TestClient, typed: str, same: str) -> None:
    response = client.get("/search.json", params={"q": typed}, follow_redirects=True)
    assert response.status_code == 200
    assert "\x00" not in response.text
    assert response.json()["quotes"] == client.get("/search.json", params={"q": same}).json()["quotes"]


def test_a_place_in_another_list_is_refused(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.search.settings", lambda: type("One", (), {"page_size": 1}))
    after = re.findall("after=([^&]+)", client.get("/search.json?q=quill&show=documents").json()["next"])[0]
    assert client.get(f"/search?q=quill&show=quotes&after={after}").status_code == 404
    assert client.get("/search?q=a&show=quotes&after=zzz").status_code == 404


@pytest.mark.parametrize(
    "words", ["*", '"', "AND", "NEAR(a b)", "speaker:", "a:b", "x'; DROP TABLE", "\x00", "ʼ", "%", "^a"]
)
def test_signs_of_the_query_language_are_only_words(client: TestClient, words: str) -> None:
    response = client.get("/search", params={"q": words}, follow_redirects=True)
    assert response.status_code == 200


def test_typing_replaces_the_address_and_submitting_adds_one(client: TestClient) -> None:
    partial = {"HX-Request": "true", "HX-Request-Type": "partial"}
    typing = client.get("/search?q=vibes&speaker=", headers=partial | {"HX-Source": "input#q"})
    assert typing.headers["HX-Replace-Url"] == "/search?q=vibes"
    assert "<html" not in typing.text
    submitted = client.get("/search?q=vibes+speaker:quill", headers=partial | {"HX-Source": "form"})
    assert submitted.headers["HX-Push-Url"] == "/search?q=vibes&speaker=quill"


def test_the_feed_follows_the_search_with_its_terms_and_with_the_words_that_were_meant(client: TestClient) -> None:
    assert "/search.atom?q=vibes&speaker=quill" in Page(client.get("/search?q=vibes&speaker=quill").text).links
    assert client.get("/search.json?q=vbies").json()["feed"] == "/search.atom?q=vibes"
    assert client.get("/search.json").json()["feed"] is None


def test_browsers_learn_how_to_search_here(client: TestClient) -> None:
    assert 'href="/opensearch.xml"' in client.get("/").text
    response = client.get("/opensearch.xml")
    assert response.headers["content-type"].startswith("application/opensearchdescription+xml")
    assert 'template="http://testserver/search?q={searchTerms}"' in response.text


@pytest.mark.once
@pytest.mark.parametrize(
    "query",
    [
        "q=vibes",
        "q=a",
        'q="good vibes" resonanc',
        "q=vibes&speaker=quill&outlet=post&from=2026-01-01&to=2026-12-31",
        "outlet=post",
        "outlet=post&from=2026-03-01",
        "from=2026-03-01",
        "speaker=quill",
        "q=vbies",
        "q=vibratoins",
        "q=xyzzy",
        "q=talks&show=documents",
        "q=talks&outlet=post",
        "q=talks&speaker=quill&from=2026-03-01",
        "q=talks&to=2026-03-31",
    ],
)
@pytest.mark.parametrize(
    ("many", "counted"),
    [(0, 1000), (20_000, 1000), (20_000, 1)],
    ids=["words that many have", "words that few have", "words that half of a corpus has"],
)
def test_no_query_reads_a_table_without_an_index(
    client: TestClient, query: str, many: int, counted: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.store.narrowing._MANY", many)
    monkeypatch.setattr("app.store.walking._DEARER", 0)
    monkeypatch.setattr("app.store.read_found._COUNTED", counted)
    monkeypatch.setattr("app.store.read_found._COMMON", counted)
    engine: Engine = client.app.state.engine  # type: ignore[attr-defined]
    with explained(engine) as plans:
        assert client.get("/search", params=dict(part.split("=") for part in query.split("&"))).status_code == 200
    assert plans
    tables = "quotes|documents|speakers|outlets|quotations|variants|quote_outlets|search_words"
    scans = [step for step in plans if re.match(rf"SCAN ({tables})(_\d+)?(?! USING)\b(?!.* USING )", step)]
    assert scans == []


@pytest.mark.once
@pytest.mark.parametrize("chosen", [QuoteFilter("after:2026-01-02", outlet="goldlantern1"), QuoteFilter("outlet:post")])
def test_a_file_of_what_an_outlet_carries_does_not_look_through_all_quotes(
    client: TestClient, chosen: QuoteFilter
) -> None:
    engine: Engine = client.app.state.engine  # type: ignore[attr-defined]
    with explained(engine) as plans, engine.connect() as connection:
        assert connection.execute(select(QuoteRow.id).where(*list_conditions(connection, chosen))).all()
    assert [step for step in plans if step.startswith("SCAN quotes")] == []


@contextmanager
def explained(engine: Engine) -> Iterator[list[str]]:
    """The steps of the plans of all queries."""
    plans: list[str] = []

    def note(_connection: object, cursor: object, statement: str, values: object, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            raw = engine.raw_connection()
            plans.extend(row[3] for row in raw.cursor().execute(f"EXPLAIN QUERY PLAN {statement}", values))  # type: ignore[arg-type]
            raw.close()

    event.listen(engine, "before_cursor_execute", note)
    yield plans
    event.remove(engine, "before_cursor_execute", note)


def test_the_page_is_one_context(client: TestClient) -> None:
    assert set(client.get("/search.json?q=vibes").json()) == set(SearchPage.__dataclass_fields__) - {
        "template",
        "fragment",
        "inset",
    }


@pytest.mark.parametrize(
    ("query", "marks"),
    [
        ("q=resonance", ["resonance"]),
        ("q=vibe", ["vibes"]),  # another form of the word
        ('q="pretty+good+vibes"', ["pretty good vibes"]),
        ("q=vbies", ["vibes"]),  # the word that was meant
        ("q=vibr", ["vibrations"]),  # still being typed
        ("q=VIBES+quill", ["vibes", "Quill"]),
        ("q=vibes&speaker=ada", ["vibes", "Ada"]),
    ],
)
def test_what_was_sought_is_marked_in_quotes_and_in_who_said_them(
    client: TestClient, query: str, marks: list[str]
) -> None:
    for headers in ({}, {"HX-Request": "true", "HX-Request-Type": "partial"}):
        html = client.get(f"/search?{query}&show=quotes", headers=headers).text
        assert list(dict.fromkeys(Page(html).all("mark"))) == marks


def test_what_was_sought_is_marked_in_names_and_titles(client: TestClient) -> None:
    assert Page(client.get("/search?q=quil&show=speakers").text).all("mark") == ["Quill"]
    assert "<mark>Harbour</mark>" in client.get("/search?q=harbour&show=documents").text


def test_marks_leave_hostile_words_harmless(client: TestClient) -> None:
    html = client.get("/search", params={"q": "script alert boo onerror friends"}).text
    html += client.get("/search", params={"q": "img onerror"}).text + client.get("/search?q=script").text
    assert "<mark>" in html
    assert "<script>alert" not in html
    assert "<img" not in html
