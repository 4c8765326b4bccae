"""Which known quotes are near to given words: candidates from full-text search, ranked by likeness."""

from dataclasses import dataclass

from rapidfuzz import fuzz
from sqlalchemy import Engine

from app.clustering import normal_form
from app.store.read_search import Candidate, read_candidates

_CANDIDATES = 400  # variants compared
_LEAST = 0.6  # likeness below which a quote is not shown


@dataclass(frozen=True, slots=True)
class Match:
    """A known quote; `wording` is its variant nearest to what was asked, `likeness` is 0 to 1."""

    quote: str
    wording: str
    original: str
    speaker: str | None
    variants: int
    likeness: float


def check(engine: Engine, asked: str, limit: int) -> list[Match]:
    """At most `limit` quotes near to `asked`, nearest first, each by its nearest variant."""
    form = normal_form(asked)
    with engine.connect() as connection:
        candidates = read_candidates(connection, asked, _CANDIDATES)
    nearest: dict[str, Match] = {}
    for candidate in candidates:
        match = _match(form, candidate)
        best = nearest.get(match.quote)
        if match.likeness >= _LEAST and (best is None or match.likeness > best.likeness):
            nearest[match.quote] = match
    return sorted(nearest.values(), key=lambda m: (-m.likeness, m.quote))[:limit]


def _match(form: str, candidate: Candidate) -> Match:
    likeness = _likeness(form, normal_form(candidate.wording))
    return Match(
        candidate.quote,
        candidate.wording,
        candidate.original,
        candidate.speaker,
        candidate.variants,
        likeness,
    )


def _likeness(asked: str, known: str) -> float:
    """Whole against whole; a cut against the place it was cut from counts nearly as much."""
    whole = fuzz.ratio(asked, known)
    words = min(len(asked.split()), len(known.split()))
    cut = fuzz.partial_ratio(asked, known) if words >= 3 else 0.0
    return max(whole, 0.8 * cut + 0.2 * whole) / 100
