"""What a quote is taken elsewhere by: links, citations, the code of the embed."""

from dataclasses import dataclass
from datetime import date, datetime, time
from html import escape

from sqlalchemy import Connection

from app.store.read_occurrences import CitedPlace
from app.store.read_state import count_since
from app.store.read_views import QuoteLine
from app.web import citations
from app.web.addresses import quote_address, web_link, with_query
from app.web.citations import Cited, Source
from app.web.filters import bounded, headline, shorten

EMBED_SIZE = (600, 320)  # of the frame, in CSS pixels


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation to copy; `address` serves it as a file."""

    form: str
    label: str
    text: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class AsOf:
    """The reader followed a link that cites the data of a day; `added` occurrences came since."""

    day: date
    added: int


@dataclass(frozen=True, slots=True)
class Share:
    """Links and texts that carry a quote elsewhere; `state` is the day that the data are of."""

    link: str
    dated_link: str | None
    state: date | None
    citations: tuple[Citation, ...]
    embed: str
    card: str
    feed: str


def share(base: str, line: QuoteLine, place: CitedPlace | None, state: datetime | None) -> Share:
    """How to take a quote elsewhere; `base` is where the site is reached, `state` when the data last changed."""
    cited = cite(base, line, place, state)
    address = base + quote_address(line.id, line.text)
    return Share(
        link=address,
        dated_link=cited.link if cited.state else None,
        state=cited.state,
        citations=_citations(cited),
        embed=embed_code(base, line),
        card=f"{base}/quotes/{line.id}/card.png",
        feed=f"/quotes/{line.id}/feed.atom",
    )


def cite(base: str, line: QuoteLine, place: CitedPlace | None, state: datetime | None) -> Cited:
    """What a citation of this quote says; `place` is where its words are taken from, if they stand anywhere."""
    address = base + quote_address(line.id, line.text)
    day = state.date() if state else None
    return Cited(
        id=line.id,
        text=str(bounded(headline(place.occurrence.text if place else line.text))),
        speaker=line.speaker.name if line.speaker else None,
        disputed=line.speaker_count > 1,
        source=_source(place) if place else None,
        link=with_query(address, {"as-of": day}),
        state=day,
    )


def embed_code(base: str, line: QuoteLine, width: int = EMBED_SIZE[0], height: int = EMBED_SIZE[1]) -> str:
    """HTML that shows the quote in a frame on another page."""
    title = escape(f"Variorum: “{shorten(headline(line.text), 80)}”", quote=True)
    return (
        f'<iframe src="{escape(base, quote=True)}/embed/quotes/{line.id}" title="{title}" '
        f'width="{width}" height="{height}" loading="lazy" frameborder="0"></iframe>'
    )


def as_of(connection: Connection, quote: str, day: date | None) -> AsOf | None:
    """What came to a quote (public id) since the day that the reader's link cites, where it cites one."""
    return AsOf(day, count_since(connection, quote, datetime.combine(day, time.max))) if day else None


def _source(place: CitedPlace) -> Source | None:
    document = place.occurrence.document
    if document.published is None:
        return None
    outlet = document.outlet.name if document.outlet else None
    return Source(document.title, outlet, web_link(document.url), document.published, place.earliest)


def _citations(cited: Cited) -> tuple[Citation, ...]:
    path = f"/quotes/{cited.id}/cite"
    news = citations.wiki_news(cited)
    return (
        Citation("plain", "Citation", citations.plain(cited), f"{path}.txt"),
        Citation("bibtex", "BibTeX", citations.bibtex(cited), f"{path}.bib"),
        Citation("csl", "CSL-JSON", citations.csl_text(cited), f"{path}.json"),
        Citation("wiki", "Wikipedia, this page", citations.wiki_web(cited), f"{path}.wiki"),
        *([Citation("wiki-news", "Wikipedia, a document with these words", news)] if news else []),
    )
