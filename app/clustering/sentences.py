"""Sentences of one quoted passage: the units that clustering compares."""

import re
from collections.abc import Iterator

from app.records import Span

_MIN_WORDS = 4  # a shorter fragment ("I really do.") says too little to stand alone
_BREAK = re.compile(r"""[.!?…]+["”’'»)\]]*\s+(?=["“‘'«(\[]*[A-Z0-9À-Þ])|\n\s*\n\s*""")
_LAST_WORD = re.compile(r"[^\s“”‘’\"'(\[]+\Z")
_ABBREVIATIONS = frozenset(
    "mr mrs ms mx dr prof rev hon gen col lt sgt capt cpl maj adm cmdr sen rep gov pres sec st mt ft jr sr vs "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun "
    "e.g i.e cf al approx dept est inc corp co ltd bros no nos vol fig pp".split()
)
_NUMBERED = frozenset({"no", "nos", "vol", "fig", "pp"})  # abbreviations only before a number


def parts(text: str, span: Span) -> tuple[Span, ...]:
    """The sentences of `text[span.start:span.end]`, as offsets into `text`, in order, without outer white space.

    Together they cover every character of the span that is not white space. A fragment of fewer than four words
    belongs to the sentence before it (the first one: to the sentence after it).
    """
    return tuple(_joined(text, list(_sentences(text, span))))


def _sentences(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for found in _BREAK.finditer(text, span.start, span.end):
        if _ends_sentence(text, start, found):
            yield from _stripped(text, start, found.end())
            start = found.end()
    yield from _stripped(text, start, span.end)


def _ends_sentence(text: str, start: int, found: re.Match[str]) -> bool:
    if not found[0].startswith(".") or found[0].startswith(".."):
        return True
    last = _LAST_WORD.search(text[start : found.start()])
    word = last[0].casefold() if last else ""
    following = text[found.end() : found.end() + 1]
    if word in _NUMBERED:
        return not following.isdigit()
    initial = len(word) == 1 and word.isalpha() and word != "i"
    return not (initial or word in _ABBREVIATIONS or re.fullmatch(r"(?:[a-z]\.)+[a-z]", word))


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if piece.strip():
        start += len(piece) - len(piece.lstrip())
        yield Span(start, start + len(piece.strip()))


def _joined(text: str, sentences: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for sentence in sentences:
        if joined and (_is_short(text, sentence) or (len(joined) == 1 and _is_short(text, joined[0]))):
            joined[-1] = Span(joined[-1].start, sentence.end)
        else:
            joined.append(sentence)
    return joined


def _is_short(text: str, span: Span) -> bool:
    return len(text[span.start : span.end].split()) < _MIN_WORDS
