"""Drawing the picture of a quote. Pillow takes longer to load than a page to make, so only a picture loads this."""

import io
from functools import lru_cache

from PIL import Image, ImageDraw

from app.web.card import SIZE, Card, Reading, Run
from app.web.typeset import Font, cut, fitted, font, printable

_MARGIN, _WIDTH = 84, 1200 - 2 * 84
_PAPER, _INK, _QUIET, _RULE, _ACCENT = "#fcfaf5", "#1f1c17", "#645d51", "#dcd5c7", "#8a2c19"
_IN, _IN_INK, _OUT, _OUT_INK = "#dcecdc", "#17482a", "#f6e0d8", "#7a2b1a"


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
