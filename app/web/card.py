"""The picture of a quote for those who share it: what it shows of the quote's page. `drawing` draws it."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from app.records import Change
from app.store.read_views import Occurrence, QuoteLine
from app.web.citations import shown
from app.web.contexts import Wording
from app.web.filters import headline, plural, shorten

SIZE = (1200, 630)  # pixels
_EDITION = "1"  # rises when the drawing changes, so that nobody keeps the old picture
_MOST_LETTERS = 420  # of the quote; what is drawn stays bounded
_READINGS = 2
_RUN_LETTERS = 48

Style = Literal["dropped", "added"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one style."""

    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Reading:
    """One other wording: the sigla that carry it, and its words that differ."""

    sigla: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """All that the picture shows."""

    text: str
    said_by: str
    extent: str
    readings: tuple[Reading, ...]

    @property
    def version(self) -> str:
        """Changes exactly when the picture does."""
        return sha256(f"{_EDITION}{self!r}".encode("utf-8", "replace")).hexdigest()[:20]


def card(line: QuoteLine, wordings: Sequence[Wording], first: Occurrence | None) -> Card:
    """What the picture of a quote shows; `first` is its earliest occurrence."""
    others = [wording for wording in wordings if not wording.variant.likely_original]
    return Card(
        text=shorten(headline(line.text), _MOST_LETTERS),
        said_by=_said_by(line),
        extent=f"{plural(line.variant_count, 'variant')} in {plural(line.outlet_count, 'outlet')}{_earliest(first)}",
        readings=tuple(map(_reading, others[:_READINGS])),
    )


def _said_by(line: QuoteLine) -> str:
    if line.speaker is None:
        return "nobody named"
    return shorten(line.speaker.name, 60) + (" · disputed" if line.speaker_count > 1 else "")


def _earliest(first: Occurrence | None) -> str:
    if first is None or first.document.published is None:
        return ""
    outlet = first.document.outlet
    return f" · earliest here {shown(first.document.published)}{f', {outlet.name}' if outlet else ''}"


def _reading(wording: Wording) -> Reading:
    sigla = " ".join(mark.siglum for mark in wording.carriers[:3])
    runs = tuple(run for change in wording.changes[:40] for run in _runs(change))
    return Reading(sigla, runs[:8])


def _runs(change: Change) -> list[Run]:
    """Only words that differ; the quote above them has the rest."""
    if change.kind == "same":
        return []
    dropped, added = (shorten(words, _RUN_LETTERS) for words in (change.base, change.other))
    return [*([Run(dropped, "dropped")] if dropped else []), *([Run(added, "added")] if added else [])]
