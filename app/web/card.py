"""The picture of a quote for those who share it: 1200 × 630 pixels, drawn from what its page says."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from PIL import Image, ImageDraw

from app.records import Change
from app.store.read_views import Occurrence, QuoteLine
from app.web.citations import shown
from app.web.contexts import Wording
from app.web.filters import headline, plural, shorten
from app.web.typeset import Font, Run, cut, fitted, font, printable

SIZE = (1200, 630)
_EDITION = "1"  # rises when the drawing changes, so that nobody keeps the old picture
_MOST_LETTERS = 420  # of the quote; what is drawn stays bounded
_READINGS = 2
_MARGIN, _WIDTH = 84, 1200 - 2 * 84
_RUN_LETTERS = 48
_PAPER, _INK, _QUIET, _RULE, _ACCENT = "#fcfaf5", "#1f1c17", "#645d51", "#dcd5c7", "#8a2c19"
_IN, _IN_INK, _OUT, _OUT_INK = "#dcecdc", "#17482a", "#f6e0d8", "#7a2b1a"


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


@lru_cache(maxsize=64)
def draw(card: Card) -> bytes:
    """The picture as PNG."""
    image = Image.new("RGB", SIZE, _PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 14, SIZE[1]), fill=_ACCENT)
    pen.text((_MARGIN, 48), "Variorum", font=font("serif", 32), fill=_ACCENT)
    foot = SIZE[1] - 56 - 52 * len(card.readings) - 96
    _quote(pen, card.text, 112, foot - 20)
    _facts(pen, card, foot)
    for number, reading in enumerate(card.readings):
        _apparatus(pen, reading, foot + 104 + 52 * number)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _quote(pen: ImageDraw.ImageDraw, text: str, top: int, bottom: int) -> None:
    chosen, leading, broken = fitted(f"{text}”", "serif", (64, 56, 48, 42, 36, 30, 26), _WIDTH, bottom - top)
    hang = chosen.getlength("“")
    pen.text((_MARGIN - hang, top), "“", font=chosen, fill=_ACCENT)
    for number, line in enumerate(broken):
        pen.text((_MARGIN, top + number * leading), line, font=chosen, fill=_INK)


def _facts(pen: ImageDraw.ImageDraw, card: Card, top: int) -> None:
    large, small = font("sans", 28), font("sans", 24)
    pen.text((_MARGIN, top), cut(card.said_by, large, _WIDTH), font=large, fill=_INK)
    pen.line((_MARGIN, top + 46, _MARGIN + _WIDTH, top + 46), fill=_RULE, width=2)
    pen.text((_MARGIN, top + 58), cut(card.extent, small, _WIDTH), font=small, fill=_QUIET)


def _apparatus(pen: ImageDraw.ImageDraw, reading: Reading, top: int) -> None:
    """The sigla, then the words dropped (struck through) and added (underlined), as many as fit."""
    small, serif = font("sans", 24), font("serif", 30)
    pen.text((_MARGIN, top + 4), cut(reading.sigla, small, 150), font=small, fill=_ACCENT)
    at = _MARGIN + 170.0
    for run in reading.runs:
        width = serif.getlength(printable(run.text))
        if at + width > _MARGIN + _WIDTH - 40:
            pen.text((at, top), "…", font=serif, fill=_QUIET)
            return
        _run(pen, run, at, top, width, serif)
        at += width + (14 if run.style == "dropped" else 34)


def _run(pen: ImageDraw.ImageDraw, run: Run, left: float, top: int, width: float, face: Font) -> None:
    ground, ink, line = (_OUT, _OUT_INK, top + 21) if run.style == "dropped" else (_IN, _IN_INK, top + 37)
    pen.rectangle((left - 4, top, left + width + 4, top + 40), fill=ground)
    pen.text((left, top), printable(run.text), font=face, fill=ink)
    pen.line((left - 4, line, left + width + 4, line), fill=ink, width=2)
