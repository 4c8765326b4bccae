"""Narrator sentences: the text around quotations, where each quotation is one slot."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from app.attribution.lexicon import CONJUNCTIONS, DETERMINERS, NOUN_LIKE, PREPOSITIONS, REMEMBERED, lemma
from app.attribution.persons import is_person
from app.records import Layout, Paragraph, Passage, Span

_ABBREVIATIONS = "Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Rev|Hon|St|Prof|Jr|Sr|Adm|Maj|Pres"
_TOKEN = re.compile(
    r"(?!\s)(?:[’'][sS]\b|(?:[^\W\d_]\.){2,}"
    rf"|(?=[A-Z])\b(?:{_ABBREVIATIONS}|[A-Z](?=\.\s?[A-Z]))\."
    r"|\w+(?:(?:[-&]|[’'](?![sS]\b))\w+)*|[^\w\s])"
)
_ENDS = re.compile(r"[.?!…][\s\"'’”)\]]*$")
_DATELINE = re.compile(
    r"(?:[A-Z][\w.’'-]{0,20}[ ,]{1,2}){1,5}[\w.,’' -]{0,20}\([A-Z][\w./ ]{1,20}\)\s{0,2}(?:--?|[–—])\s"
    r"|[A-Z][A-Z .,]{2,25}\s(?:--|[–—])\s"
)
_OPENING = frozenset("([")
_TITLE = 5  # words of a line in Title Case, small ones aside
_SMALL = PREPOSITIONS | CONJUNCTIONS | DETERMINERS
_REACH = 12  # tokens after a quotation among which its cue stands


class Token(NamedTuple):
    """A word or mark of the narrator; `slot` is the index of a passage that stands here, else -1.

    `person`: the word names a person by job, rank or station, in this document if not everywhere.
    """

    start: int
    end: int
    text: str
    slot: int = -1
    person: bool = False


@dataclass(frozen=True)
class Frame:
    """One narrator sentence of a paragraph."""

    paragraph: int
    heading: bool
    tokens: tuple[Token, ...]

    @cached_property
    def slots(self) -> list[int]:
        """The passages that stand in it, in order."""
        return [token.slot for token in self.tokens if token.slot >= 0]


def enclosing(passages: Sequence[Passage]) -> dict[int, int]:
    """For each passage that begins inside an earlier one: the index of that one."""
    order = sorted(range(len(passages)), key=lambda i: (passages[i].outer.start, -passages[i].outer.end))
    inside: dict[int, int] = {}
    top = -1
    for i in order:
        if top >= 0 and passages[i].outer.start < passages[top].outer.end:
            inside[i] = top
        else:
            top = i
    return inside


def frames(text: str, layout: Layout, passages: Sequence[Passage]) -> list[Frame]:
    """Every narrator sentence in order; what is reported without marks stays among the narrator's words."""
    inside = enclosing(passages)
    marked = (i for i, passage in enumerate(passages) if i not in inside and passage.kind != "indirect")
    tops = sorted(marked, key=lambda i: passages[i].outer.start)
    result: list[Frame] = []
    first = 0
    for number, paragraph in enumerate(layout.paragraphs):
        while first < len(tops) and passages[tops[first]].outer.end <= paragraph.span.start:
            first += 1
        tokens = list(_tokens(text, paragraph.span, passages, tops, first))
        pieces = _split(text, tokens, paragraph, passages)
        heading = paragraph.heading or _title_case(tokens)
        result.extend(Frame(number, heading, tuple(piece)) for piece in pieces)
    return result


def _title_case(tokens: Sequence[Token]) -> bool:
    """A line in Title Case, whose capitals say nothing about names; a signature beside a quotation is none."""
    words = 0
    for token in tokens:
        if token.text.isalpha() and token.text.lower() not in _SMALL:
            if not token.text[0].isupper():
                return False
            words += 1
    return words >= _TITLE and not any(token.slot >= 0 for token in tokens)


def _tokens(text: str, span: Span, passages: Sequence[Passage], tops: Sequence[int], first: int) -> Iterator[Token]:
    dateline = _DATELINE.match(text, span.start, span.end)
    at = dateline.end() if dateline else span.start
    for rank in range(first, len(tops)):
        i, outer = tops[rank], passages[tops[rank]].outer
        if outer.start >= span.end:
            break
        yield from _words(text, at, max(at, outer.start))
        yield Token(max(at, outer.start), min(outer.end, span.end), "", i)
        at = max(at, min(outer.end, span.end))
    yield from _words(text, at, span.end)


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        yield Token(match.start(), match.end(), word, -1, _names_person(word))


@lru_cache(maxsize=REMEMBERED)
def _names_person(word: str) -> bool:
    return is_person(word.lower().rstrip("."))


def _split(
    text: str, tokens: Sequence[Token], paragraph: Paragraph, passages: Sequence[Passage]
) -> Iterator[list[Token]]:
    starts = {sentence.start for sentence in paragraph.sentences}
    piece: list[Token] = []
    for number, token in enumerate(tokens):
        if piece and _begins(text, tokens, number, starts, passages):
            yield piece
            piece = []
        piece.append(token)
    if piece:
        yield piece


def _begins(text: str, tokens: Sequence[Token], number: int, starts: set[int], passages: Sequence[Passage]) -> bool:
    """Whether a new narrator sentence begins with this token."""
    token, before = tokens[number], tokens[number - 1]
    if before.slot < 0:
        ended = before.text in {".", "?", "!"} and (token.slot >= 0 or token.text in '“"‘')
        return ended or (token.start in starts and before.text not in {":", ","})
    if token.slot >= 0 or not _ENDS.search(text[passages[before.slot].span.start : before.end][-6:]):
        return False
    return not _goes_on(text, tokens, number, before)


def _goes_on(text: str, tokens: Sequence[Token], number: int, slot: Token) -> bool:
    """After a quotation that ends like a sentence: whether what follows still speaks of it."""
    token = tokens[number]
    if not token.text[0].isalnum():
        return token.text not in _OPENING and token.text not in '“"‘'
    if token.text[0].islower() or (lemma(token.text) and token.text.lower() not in NOUN_LIKE):
        return True
    return _short_tag(tokens[number : number + _REACH], text[slot.start : slot.end])


def _short_tag(tokens: Sequence[Token], quoted: str) -> bool:
    """“A?” Ashby asked. / “A.” Ashby said."""
    asked = re.search(r"[?!][\s\"'’”]*$", quoted) is not None
    for number, token in enumerate(tokens if asked else tokens[:5]):
        if token.slot >= 0 or not (token.text[0].isalnum() or (asked and token.text == ",")):
            return False
        if number and lemma(token.text) and token.text.lower() not in NOUN_LIKE:
            rest = tokens[number + 1 : number + 4]
            return asked or not rest or any(one.text in {".", ","} for one in rest[:3])
    return False
