"""Setting words in a picture: faces of this machine, lines that fit a measure."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from PIL import ImageFont

Face = Literal["serif", "sans"]
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

# The first of these that the machine has; without any, the face that comes with Pillow.
_FILES: dict[Face, Sequence[str]] = {
    "serif": ("P052-Roman.otf", "NotoSerif-Regular.ttf", "LiberationSerif-Regular.ttf", "DejaVuSerif.ttf"),
    "sans": ("NotoSans-Regular.ttf", "LiberationSans-Regular.ttf", "DejaVuSans.ttf"),
}
_LONGEST_WORD = 40  # characters; longer ones are cut into pieces that can be broken


@lru_cache(maxsize=64)
def font(face: Face, size: int) -> Font:
    """A face of this machine at a size in pixels."""
    for name in _FILES[face]:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def lines(text: str, font: Font, width: float) -> list[str]:
    """`text` broken into lines no wider than `width`."""
    broken: list[str] = []
    for word in _words(text):
        joined = f"{broken[-1]} {word}" if broken else word
        if broken and font.getlength(joined) <= width:
            broken[-1] = joined
        else:
            broken += _pieces(word, font, width)
    return broken


def fitted(text: str, face: Face, sizes: Sequence[int], width: float, height: float) -> tuple[Font, int, list[str]]:
    """The largest of `sizes` (falling) at which `text` fits, with its leading and lines; cut where none does."""
    for size in sizes:
        chosen, leading = font(face, size), round(size * 1.3)
        broken = lines(text, chosen, width)
        if len(broken) * leading <= height:
            return chosen, leading, broken
    room = max(1, int(height // leading))
    last = cut(broken[room - 1] + " …" * (len(broken) > room), chosen, width)
    return chosen, leading, [*broken[: room - 1], last]


def cut(text: str, font: Font, width: float) -> str:
    """`text` on one line, with an ellipsis where it is wider than `width`."""
    text = printable(text)
    if font.getlength(text) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if font.getlength(text[:middle] + "…") <= width else (low, middle - 1)
    return text[:low].rstrip() + "…"


def printable(text: str) -> str:
    """`text` without control and format characters, at which layout fails."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _words(text: str) -> list[str]:
    return [
        word[at : at + _LONGEST_WORD] for word in printable(text).split() for at in range(0, len(word), _LONGEST_WORD)
    ]


def _pieces(word: str, font: Font, width: float) -> list[str]:
    """A word, in pieces where it alone is wider than a line."""
    pieces = [""]
    for sign in word:
        if pieces[-1] and font.getlength(pieces[-1] + sign) > width:
            pieces.append("")
        pieces[-1] += sign
    return pieces
