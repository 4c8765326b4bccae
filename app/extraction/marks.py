"""Quotation marks of a paragraph, each with what its surroundings say: opening, closing or no mark at all.

A cost of 0 means that a role fits; about 2 that it would need a repair, 4 that all evidence is against it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from app.extraction.words import CLIPPED, CUES, DANGLING, LINKING, PRONOUNS
from app.records import Span

Family = Literal["double", "low", "angle", "single", "low single", "single angle"]
Shape = Literal["open", "close", "straight"]

_CHARACTERS = "“”„‟\"＂«»〝〞‘’‚‛'`‹›"
# Five marks in a row, spaced or not, are decoration. One mark repeated is one mark; two single ones make a double.
_MARK = re.compile(
    rf"(?=[{_CHARACTERS}])(?:"  # one test where most characters fail
    rf"(?P<junk>[{_CHARACTERS}](?: ?[{_CHARACTERS}]){{4,}})|(?P<n>['‘’][nN]['’])|(?P<pair>``|''|‘‘|’’)"
    r"|(?P<mark>[“”„‟\"＂«»〝〞])(?P=mark)*|(?P<single>[‘’‚‛'`‹›]))"
)
_KINDS: dict[str, tuple[Family, Shape]] = {
    "“": ("double", "open"),
    "”": ("double", "close"),
    "‟": ("double", "open"),
    "〝": ("double", "open"),
    "〞": ("double", "close"),
    '"': ("double", "straight"),
    "＂": ("double", "straight"),
    "``": ("double", "open"),
    "''": ("double", "straight"),
    "‘‘": ("double", "open"),
    "’’": ("double", "close"),
    "„": ("low", "open"),
    "«": ("angle", "open"),
    "»": ("angle", "close"),
    "‘": ("single", "open"),
    "‛": ("single", "open"),
    "’": ("single", "close"),
    "'": ("single", "straight"),
    "`": ("single", "open"),
    "‚": ("low single", "open"),
    "‹": ("single angle", "open"),
    "›": ("single angle", "close"),
}

_OPEN_LEFT = {"edge": 0.0, "space": 0.0, "open": 0.0, "dash": 0.3, "stop": 1.2, "word": 2.5}
_OPEN_RIGHT = {"word": 0.0, "open": 0.0, "dash": 0.4, "stop": 0.8, "space": 1.2, "edge": 3.0}
_CLOSE_LEFT = {"word": 0.0, "stop": 0.0, "dash": 0.3, "open": 1.5, "space": 1.2, "edge": 3.0}
_CLOSE_RIGHT = {"edge": -0.5, "space": 0.0, "stop": 0.0, "dash": 0.3, "open": 0.5, "word": 2.5}
_WRONG_SHAPE = 2.2
_WRONG_SHAPE_ANGLE = 0.8  # »so« is the custom in places
_WRONG_SHAPE_CLOSING = 1.2  # of an opening mark where only a closing one can stand
_STRAY, _STRAY_OPENING = 2.0, 3.0
_REACH = 40  # characters looked at on either side for whole words

_NEXT_WORD = re.compile(r"[^\w]{0,6}([^\W_]+)(?:\s+([^\W_]+)\s*([,.:;]?))?")
_LAST_WORD = re.compile(r"([^\W_]+)$")


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark, with the cost of each role. `slipped` says that its space stands on the wrong side."""

    start: int
    end: int
    family: Family
    shape: Shape
    text: str
    opening: float
    closing: float
    stray: float
    slipped: bool
    cue_follows: bool
    after_stop: bool
    at_start: bool  # of the paragraph


@dataclass(frozen=True, slots=True)
class _Context:
    left: str  # class of the nearest character that is no mark
    right: str
    before: str  # up to _REACH characters
    after: str

    @property
    def last_word(self) -> str:
        match = _LAST_WORD.search(self.before)
        return match.group(1).lower() if match else ""

    @property
    def next_word(self) -> str:
        match = _NEXT_WORD.match(self.after)
        return match.group(1).lower() if match else ""


def scan(text: str, span: Span) -> list[Mark]:
    """The marks of text[span.start:span.end] in order; apostrophes inside words are left out."""
    return [mark for match in _MARK.finditer(text, span.start, span.end) for mark in _mark(text, span, match)]


def _mark(text: str, span: Span, match: re.Match[str]) -> Iterator[Mark]:
    if match["junk"] or match["n"]:
        return
    context = _context(text, span, match)
    if match["single"] and context.left == context.right == "word" and text[match.start()] not in "‹›":
        return
    kind = match["pair"] or match["mark"] or match["single"]
    family, shape = _KINDS[kind]
    cue = _cue_follows(context)
    closing = _closing(context) + (_misshapen(family, context) if shape == "open" else 0.0)
    yield Mark(
        match.start(),
        match.end(),
        family,
        shape,
        match.group(),
        _opening(context) + (_misshapen(family) if shape == "close" else 0.0),
        min(closing, 0.6) if cue else closing,
        _apostrophe(context, shape) if match["single"] else _loose(context),
        context.left == "word" and context.right == "space",
        cue,
        context.left == "stop",
        context.left == "edge",
    )


def _context(text: str, span: Span, match: re.Match[str]) -> _Context:
    start, end = match.start(), match.end()
    while start > span.start and text[start - 1] in _CHARACTERS:
        start -= 1
    while end < span.end and text[end] in _CHARACTERS:
        end += 1
    before = text[max(span.start, start - _REACH) : start]
    after = text[end : min(span.end, end + _REACH)]
    return _Context(_side(before[-1:], "([{<>|*_=/"), _side(after[:1], "([{<$€£#@"), before, after)


def _side(character: str, opening: str) -> str:
    """The class of a neighbouring character; nothing there is the edge of the paragraph."""
    if not character:
        return "edge"
    if character.isspace():
        return "space"
    if character in opening:
        return "open"
    if character in "—–-―":
        return "dash"
    return "word" if character.isalnum() else "stop"


def _opening(context: _Context) -> float:
    return _OPEN_LEFT[context.left] + _OPEN_RIGHT[context.right]


def _closing(context: _Context) -> float:
    cost = _CLOSE_LEFT[context.left] + _CLOSE_RIGHT[context.right]
    if context.left == "word" and context.last_word in DANGLING:
        cost += 3.0
    if context.left == "space" and context.right == "edge":
        cost -= 0.7
    return cost


def _misshapen(family: Family, closing: _Context | None = None) -> float:
    """What a mark costs in the role that its shape is not made for; `closing`: where it is to close."""
    if family in ("angle", "single angle"):
        return _WRONG_SHAPE_ANGLE
    placed = closing and closing.left in ("word", "stop") and closing.right in ("space", "stop", "edge")
    return _WRONG_SHAPE_CLOSING if placed else _WRONG_SHAPE


def _loose(context: _Context) -> float:
    """Cost of a double mark that pairs with nothing: little after a figure, where it stands for inches."""
    if context.before[-1:].isdigit():
        return 0.7
    return _STRAY if _opening(context) else _STRAY_OPENING


def _apostrophe(context: _Context, shape: Shape) -> float:
    cost = _apostrophe_left(context) if context.left in ("word", "stop") else _apostrophe_right(context, shape)
    return cost + (1.0 if shape == "open" else 0.0)


def _apostrophe_left(context: _Context) -> float:
    """Cost of an apostrophe at the end of a word: plural possessives, clipped -ing, feet and minutes."""
    if context.before[-1:].isdigit():
        return 0.3
    if not context.last_word.endswith(("s", "in", "z", "x", "o")):
        return _STRAY
    return 1.3 if context.next_word in LINKING or context.right != "space" else 0.5


def _apostrophe_right(context: _Context, shape: Shape) -> float:
    """Cost of an apostrophe at the front of a word: ’tis, ’90s."""
    if context.right != "word":
        return 1.5
    if context.next_word in CLIPPED or context.after[:1].isdigit():
        return 0.3
    return 3.0 if shape == "straight" else 1.8


def _cue_follows(context: _Context) -> bool:
    """Whether `, said Jones` or `, he said.` comes next: then the mark closes, whatever it looks like."""
    if not context.before.rstrip().endswith((",", "?", "!", ".", "—", "…")):
        return False
    match = _NEXT_WORD.match(context.after)
    if not match or match.group(1)[0].isupper():
        return False
    first, second, stop = match.group(1), (match.group(2) or "").lower(), match.group(3)
    return first in CUES or (first in PRONOUNS and second in CUES and bool(stop))
