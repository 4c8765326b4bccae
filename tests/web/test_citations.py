"""Citations: what they say, and that no wording can break the form that it is set in."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from html import unescape

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select

from app.main import create_app
from app.settings import settings
from app.store.read_views import When
from app.store.tables import DocumentRow, QuoteRow, RunRow
from app.web import citations
from app.web.citations import Cited, Source
from tests.databases import NewDatabase, opened
from tests.web.corpus import Corpus, Said, write
from tests.web.pages import GOOD_VIBES, Page

SOURCE = Source("Talks | end", "Harbour Post", "https://post.example/a|b", When(datetime(2026, 3, 14), "day"))
CITED = Cited("goodvibes001", "We won", "Ada Quill", False, SOURCE, "https://here.example/quotes/x", date(2026, 4, 1))
TEXTS = st.one_of(st.text(max_size=80), st.text(alphabet="\\{}|[]<>~_'&%$#^@\" \n=*:;-é", max_size=80))
NAMES = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
}


@pytest.fixture(scope="module")
def dated(new_database: NewDatabase) -> Iterator[TestClient]:
    """A site whose last run finished on 2 April 2026."""
    address = new_database()
    with opened(address) as engine:
        write(engine)
    with opened(address) as engine, engine.begin() as connection:
        for finished in (datetime(2026, 4, 2, 8), None):  # the newest one is still running
            connection.execute(
                insert(RunRow).values(
                    command="ingest", started_at=datetime(2026, 4, 2), finished_at=finished, versions={}
                )
            )
    with TestClient(create_app(address), follow_redirects=False) as client:
        yield client


def said(corpus: Corpus, key: int, words: str, day: int, speaker: int | None = None, **values: object) -> Said:
    """A report on a day of March by an outlet of its own, in which the words stand."""
    outlet = corpus.outlet(f"outlet{key}", f"Outlet {key}", f"O{key}")
    document = corpus.document(
        f"document{key}",
        f"“{words}”, somebody said in report {key}.",
        datetime(2026, 3, day),
        title=f"Report {key}",
        outlet_id=outlet,
        url=f"https://outlet{key}.example/",
        **values,
    )
    return corpus.quotation(f"quotation{key}", document, words, speaker)


def cited(address: str, write_into: Callable[[Corpus], None]) -> dict[str, str]:
    """The four forms of the one quote that is written into an empty database."""
    with opened(address) as engine, engine.begin() as connection:
        corpus = Corpus(connection)
        write_into(corpus)
        corpus.count()
    with TestClient(create_app(address)) as client:
        return {form: client.get(f"/quotes/thequote/cite.{form}").text for form in ("txt", "bib", "json", "wiki")}


def one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def bibtex_fields(entry: str) -> dict[str, str]:
    """The fields of one entry, read as BibTeX does: by counting braces."""
    head, fields, at = re.match(r"@misc\{[\w-]+,", entry), {}, 0
    assert head
    at = head.end()
    while match := re.compile(r"\s*(\w+) = \{").match(entry, at):
        depth, end = 1, match.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(entry[end], 0)
            end += 1
        fields[match[1]] = entry[match.end() : end - 1]
        at = end + entry[end:].startswith(",")
    assert entry[at:].strip() == "}"
    return fields


def bibtex_text(value: str) -> str:
    named = re.sub(r"\\(text\w+)\{\}", lambda m: f"\0{list(NAMES).index(m[1])}\0", value)
    plain = re.sub(r"\\([$&#_%])", r"\1", named)
    return re.sub("\0(\\d)\0", lambda m: list(NAMES.values())[int(m[1])], plain)


def test_a_citation_says_who_when_and_of_which_data() -> None:
    assert citations.plain(CITED) == (
        "“We won” Attributed to Ada Quill. Earliest here in these words: 14 March 2026, Harbour Post. "
        "Variorum, data of 1 April 2026: https://here.example/quotes/x"
    )


def test_a_citation_claims_no_more_than_is_known() -> None:
    bare = replace(CITED, speaker=None, source=None, state=None)
    assert citations.plain(bare) == (
        "“We won” Attributed to nobody by name. Variorum, data without a date: https://here.example/quotes/x"
    )
    assert "by some to others" in citations.plain(replace(CITED, disputed=True))
    assert "accessed" not in citations.csl(bare)[0]
    assert "access-date" not in citations.wiki_web(bare)
    assert citations.wiki_news(bare) is None
    assert citations.wiki_news(replace(CITED, source=replace(SOURCE, url=None))) is None


def test_no_document_is_cited_for_words_that_it_has_not(new_database: NewDatabase) -> None:
    def quote(site: Corpus) -> None:
        other, likely = said(site, 1, "We may win", 10), said(site, 2, "we did win", 12)
        site.quote("thequote", ("We did win", [likely]), ("We may win", [other]))

    forms = cited(new_database(), quote)
    assert "| title=Report 2 | work=Outlet 2 | date=12 March 2026 | quote=we did win }}" in forms["wiki"]
    for form in ("txt", "bib", "json"):
        assert "“we did win”" in forms[form]
        assert "Earliest here in these words: 12 March 2026, Outlet 2." in forms[form]


@pytest.mark.once
def test_each_sample_that_is_cited_has_the_words(seeded_client: TestClient, seeded_database: str) -> None:
    with opened(seeded_database) as engine, engine.connect() as connection:
        quotes = connection.scalars(select(QuoteRow.public_id)).all()
        texts = {row.title: row.text for row in connection.execute(select(DocumentRow.title, DocumentRow.text))}
    news = [seeded_client.get(f"/quotes/{quote}/cite.wiki").text.partition("{{cite news")[2] for quote in quotes]
    found = [re.search(r"\| title=(.*?) \| .*\| quote=(.*) }}", one) for one in news if one]
    assert len(found) > 50
    for one in found:
        assert one
        assert unescape(one[2]) in one_line(texts[unescape(one[1])])


def test_a_copy_is_cited_only_where_no_other_document_has_the_words(new_database: NewDatabase) -> None:
    def quote(site: Corpus) -> None:
        other = said(site, 1, "We may win", 10)
        copy = said(site, 2, "We did win", 11, copy_of_id=other.document)
        independent = said(site, 3, "We did win", 12)
        site.quote("thequote", ("We did win", [copy, independent]), ("We may win", [other]))

    forms = cited(new_database(), quote)
    assert "| work=Outlet 3 | date=12 March 2026 |" in forms["wiki"]
    assert "Here in these words: 12 March 2026, Outlet 3." in forms["txt"]
    assert "Earliest" not in forms["txt"]


def test_of_the_earliest_documents_one_that_names_the_speaker_is_cited(new_database: NewDatabase) -> None:
    def quote(site: Corpus) -> None:
        ada = site.speaker("adaquill0001", "Ada Quill")
        named = ((1, 10, None), (2, 10, ada), (3, 11, ada))
        site.quote("thequote", ("We did win", [said(site, key, "We did win", day, who) for key, day, who in named]))

    forms = cited(new_database(), quote)
    assert "| work=Outlet 2 | date=10 March 2026 |" in forms["wiki"]
    assert "Attributed to Ada Quill. Earliest here in these words: 10 March 2026, Outlet 2." in forms["txt"]


@pytest.mark.parametrize(("precision", "words"), [("year", "2026"), ("month", "March 2026"), ("time", "14 March 2026")])
def test_a_date_is_cited_as_exactly_as_it_is_known(precision: str, words: str) -> None:
    source = replace(SOURCE, published=When(datetime(2026, 3, 14), precision))  # type: ignore[arg-type]
    assert f" | date={words} |" in str(citations.wiki_news(replace(CITED, source=source)))


@given(TEXTS, TEXTS)
def test_no_wording_breaks_out_of_a_bibtex_entry(text: str, speaker: str) -> None:
    fields = bibtex_fields(citations.bibtex(replace(CITED, text=text, speaker=speaker)))
    assert set(fields) == {"author", "title", "year", "note", "url", "urldate"}
    assert bibtex_text(fields["title"]) == f"“{one_line(text)}”"


@given(TEXTS, TEXTS)
def test_no_wording_breaks_out_of_a_wikipedia_template(text: str, title: str) -> None:
    source = replace(SOURCE, title=title, url=f"https://harbour.example/~~~~__TOC__/{text}")
    cited = replace(CITED, text=text, source=source)
    for template in (citations.wiki_web(cited), str(citations.wiki_news(cited))):
        inner = template.removeprefix("{{").removesuffix("}}")
        assert not set("{}[]<>~\n") & set(inner)
        assert "''" not in inner
        assert "__" not in inner
        fields = dict(part.strip().split("=", 1) for part in inner.split(" | ")[1:])
        assert inner.count("|") == len(fields)
        assert fields.get("quote", "")[:1] not in set("*#:;")
    assert unescape(fields.get("quote", "")) == one_line(text)


@given(TEXTS, TEXTS)
def test_csl_is_json_and_keeps_the_words(text: str, speaker: str) -> None:
    item = json.loads(citations.csl_text(replace(CITED, text=text, speaker=speaker)))[0]
    assert item["title"] == f"“{one_line(text)}”"
    assert item["accessed"] == {"date-parts": [[2026, 4, 1]]}


@pytest.mark.parametrize(
    ("form", "media", "begins"),
    [
        ("txt", "text/plain", "“I'm getting"),
        ("bib", "application/x-bibtex", "@misc{variorum-goodvibes001,"),
        ("json", "application/vnd.citationstyles.csl+json", "["),
        ("wiki", "text/plain", "{{cite web | url=http://testserver/quotes/goodvibes001/"),
    ],
)
def test_each_form_has_an_address(client: TestClient, form: str, media: str, begins: str) -> None:
    response = client.get(f"/quotes/goodvibes001/cite.{form}")
    assert response.headers["Content-Type"].startswith(media)
    assert response.text.startswith(begins)


def test_the_file_of_a_merged_quote_is_that_of_its_survivor(client: TestClient) -> None:
    response = client.get("/quotes/mergedtwice1/cite.bib")
    assert (response.status_code, response.headers["location"]) == (301, "/quotes/goodvibes001/cite.bib")
    response = client.get("/quotes/splitquote01/cite.bib")
    assert (response.status_code, response.headers["location"]) == (303, "/quotes/splitquote01")
    assert client.get("/quotes/removedquot1/cite.bib").status_code == 410
    assert client.get("/quotes/neverexisted/cite.bib").status_code == 404
    assert client.get("/quotes/goodvibes001/cite.doc").status_code == 400


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true", "HX-Request-Type": "partial"}])
def test_links_citations_and_the_code_of_the_embed_are_offered(dated: TestClient, headers: dict[str, str]) -> None:
    assert "/share/quotes/goodvibes001" in Page(dated.get(GOOD_VIBES).text).links
    response = dated.get("/share/quotes/goodvibes001", headers=headers)
    assert "HX-Push-Url" not in response.headers  # the reader stays on the page of the quote
    assert ("<html" in response.text) == (not headers)
    texts = Page(response.text).all("textarea")
    assert f"http://testserver{GOOD_VIBES}" in texts
    assert f"http://testserver{GOOD_VIBES}?as-of=2026-04-02" in texts
    assert any(text.startswith("@misc{") and "urldate = {2026-04-02}" in text for text in texts)
    assert any(text.startswith("{{cite news | url=https://post.example/harbour/talks") for text in texts)
    assert any(text.startswith('<iframe src="http://testserver/embed/quotes/goodvibes001"') for text in texts)


def test_without_a_finished_run_no_date_is_made_up(client: TestClient) -> None:
    share = client.get("/share/quotes/goodvibes001.json").json()["share"]
    assert share["state"] is share["dated_link"] is None
    assert "data without a date" in share["citations"][0]["text"]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-04-01", "No place where it stands has been taken in since."),
        ("2026-03-31", "6 places where it stands have been taken in since."),
    ],
)
def test_a_dated_link_says_what_has_come_since(dated: TestClient, day: str, said: str) -> None:
    response = dated.get(f"/quotes/goodvibes001?as-of={day}")
    assert response.headers["location"] == f"{GOOD_VIBES}?as-of={day}"
    response = dated.get(response.headers["location"])
    assert said in Page(response.text).text
    assert f'rel="canonical" href="http://testserver{GOOD_VIBES}"' in response.text


def test_a_day_that_is_none_is_refused(client: TestClient) -> None:
    assert client.get(f"{GOOD_VIBES}?as-of=yesterday").status_code == 400


def test_addresses_that_leave_the_site_are_those_that_readers_reach(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "public_url", "https://quotes.example/")
    html = client.get(GOOD_VIBES).text
    assert f'rel="canonical" href="https://quotes.example{GOOD_VIBES}"' in html
    for address in (GOOD_VIBES, "/check", "/opensearch.xml"):
        text = client.get(address).text
        assert "https://quotes.example" in text
        assert "testserver" not in text
