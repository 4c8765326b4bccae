"""Pages of one speaker: who they are, what they said about something, and two of them side by side."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated

from fastapi import Query, Request
from sqlalchemy import Connection

from app.errors import NotFound
from app.settings import settings
from app.store.read_quotes import read_most_carried, read_quotes_by_id, read_variants
from app.store.read_speaker_profile import (
    IsTopical,
    read_days,
    read_disputes,
    read_reported,
    read_said_about,
    read_shared_words,
    read_shares,
    read_words,
)
from app.store.read_speakers import read_aliases, read_speaker, read_speaker_options, read_successor
from app.store.read_views import QuoteLine, Speaker, SpeakerLine, Variant
from app.web.addresses import quote_address, with_query
from app.web.chart import chart
from app.web.contexts import Changed
from app.web.differences import compare
from app.web.forms import Id, has_blanks
from app.web.pages import Moved, Reading, page
from app.web.profile_contexts import SaidAboutPage, SharedLink, SpeakerPage, SpeakersComparePage, WordLink
from app.web.related import as_reports
from app.web.routing import new_router
from app.web.tools import Collate

router = new_router()
_ALIASES = 100
_WORDS = 30
_OUTLETS = 50
_DISPUTES = 20
_REPORTED = 20
_SAID = 50  # quotes about a word
_WORDINGS = 6  # of each
_OPTIONS = 200  # speakers to choose from

About = Annotated[str, Query(max_length=60, description="A word: only the quotes that have it, in order of time.")]


@page(router, "/speakers/compare", SpeakersComparePage)
def side_by_side(
    request: Request, store: Reading, a: Id = "", b: Id = "", about: About = ""
) -> SpeakersComparePage | Moved:
    """Two speakers: the words that both use, what each said with one of them, quotes that both are named for."""
    address = with_query("/speakers/compare", {"a": a, "b": b, "about": about})
    if has_blanks(request):
        return Moved(address, 303)
    one = _find(store, a) if a else None
    other = _find(store, b) if b and b != a else None
    both = one is not None and other is not None
    return SpeakersComparePage(
        title=f"{one.speaker.name} and {other.speaker.name}" if one and other else "Two speakers side by side",
        address=address,
        options=_options(store, one, other),
        one=one,
        other=other,
        about=about,
        words=_shared(store, a, b, request.app.state.is_topical) if both else (),
        one_said=_about(store, a, about) if both and about else (),
        other_said=_about(store, b, about) if both and about else (),
        disputes=read_disputes(store, a, _DISPUTES, other=b) if both else (),
    )


@page(router, "/speakers/{public_id}", SpeakerPage | SaidAboutPage, quick=True)
def speaker(request: Request, store: Reading, public_id: str, about: About = "") -> SpeakerPage | SaidAboutPage | Moved:
    """One speaker; one who turned out to be another leads there. Raises NotFound."""
    own = f"/speakers/{public_id}"
    if has_blanks(request):
        return Moved(with_query(own, {"about": about}), 303)
    successor = read_successor(store, public_id)
    if successor is not None:
        return Moved(with_query(f"/speakers/{successor}", {"about": about}))
    line = _find(store, public_id)
    words = tuple(
        WordLink(found.word, found.count, with_query(own, {"about": found.word}))
        for found in read_words(store, public_id, _WORDS, request.app.state.is_topical)
    )
    if about:
        return _said_about(store, line, about, words, request.app.state.collate)
    return SpeakerPage(
        title=line.speaker.name,
        address=own,
        line=line,
        aliases=read_aliases(store, public_id, _ALIASES),
        words=words,
        chart=chart(read_days(store, public_id)),
        shares=read_shares(store, public_id, _OUTLETS),
        disputes=read_disputes(store, public_id, _DISPUTES),
        quotes=read_most_carried(store, public_id, settings().page_size),
        reported=as_reports(read_reported(store, public_id, _REPORTED)),
        all_quotes=with_query("/quotes", {"speaker": public_id, "sort": "carried"}),
        compare=with_query("/speakers/compare", {"a": public_id}),
        search=with_query("/search", {"q": line.speaker.name}),
    )


def _find(store: Connection, public_id: str) -> SpeakerLine:
    line = read_speaker(store, public_id)
    if line is None:
        raise NotFound("There is no speaker with this id here.", "Look for them among the speakers, or search.")
    return line


def _said_about(
    store: Connection, line: SpeakerLine, about: str, words: tuple[WordLink, ...], collate: Collate
) -> SaidAboutPage:
    own = f"/speakers/{line.speaker.id}"
    quotes = _about(store, line.speaker.id, about, _SAID + 1)
    shown = quotes[:_SAID]
    variants = read_variants(store, [quote.id for quote in shown], _WORDINGS)
    return SaidAboutPage(
        title=f"{line.speaker.name} about “{about}”",
        address=with_query(own, {"about": about}),
        line=line,
        about=about,
        said=tuple(_in_time(quote, variants[quote.id], collate) for quote in shown),
        more=len(quotes) > _SAID,
        words=words,
        back=own,
    )


def _about(store: Connection, public_id: str, about: str, most: int = _SAID) -> tuple[QuoteLine, ...]:
    ids = read_said_about(store, public_id, about, most)
    found = {line.id: line for line in read_quotes_by_id(store, ids)} if ids else {}
    return tuple(found[quote] for quote in ids)


def _in_time(quote: QuoteLine, variants: Sequence[Variant], collate: Collate) -> Changed:
    """A quote with its wordings, the earliest first."""
    ordered = sorted((replace(variant, labels=()) for variant in variants), key=_age)
    return Changed(
        quote,
        quote_address(quote.id, quote.text),
        tuple(compare(quote.text, variant, collate) for variant in ordered),
    )


def _age(variant: Variant) -> tuple[datetime, int]:
    return (variant.first_published.at if variant.first_published else datetime.max), variant.rank


def _shared(store: Connection, a: str, b: str, is_topical: IsTopical) -> tuple[SharedLink, ...]:
    return tuple(
        SharedLink(
            found.word,
            found.count,
            found.other_count,
            with_query("/speakers/compare", {"a": a, "b": b, "about": found.word}),
        )
        for found in read_shared_words(store, a, b, _WORDS, is_topical)
    )


def _options(store: Connection, *chosen: SpeakerLine | None) -> tuple[Speaker, ...]:
    """Speakers to choose from, those chosen always among them."""
    named = {found.id: found for found in read_speaker_options(store, "", _OPTIONS)}
    named |= {line.speaker.id: line.speaker for line in chosen if line}
    return tuple(sorted(named.values(), key=lambda found: found.name.casefold()))
