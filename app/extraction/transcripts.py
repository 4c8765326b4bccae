"""Transcripts and interviews: paragraphs that begin with the name of their speaker, and those that go on."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from app.extraction.directions import without_directions
from app.extraction.labels import Label, label_at
from app.extraction.turns import Page, Turn
from app.extraction.words import CUES, FIRST_PERSON, PERSONAL, words
from app.records import Paragraph, Span

_FEWEST = 3  # labels of a transcript, unless it holds nothing else
_MOSTLY = 0.6  # share of the paragraphs with a label, where no label comes twice
_DENSE = 0.3  # the same, above which every paragraph between two labels goes on with its turn
_ENDED, _VOICED = 0.5, 0.25  # share of the turns that end like a sentence, that speak in person or ask
_AFTER = 60  # characters after a quotation in which its cue stands
_END = re.compile(r"[.!?…—–-][\"'”’»)\]*_\s]*$")
_BOLD = re.compile(r"(?P<mark>\*\*|__)(?P<asked>[^*_\n]{2,400}\?)(?P=mark)\s*$")
_BOLD_KEY = "**"
_CLOSING = {'"': '"”', "“": '"”', "*": "*", "_": "_"}
_EDITOR = re.compile(
    r"\W{0,3}(?:(?-i:[A-Z][A-Z ]{1,30}:)|copyright\b|©|###|-30-|end of transcript|transcri(?:pt|bed|ption) by\b"
    r"|(?:this|the|our) (?:interview|conversation|transcript|discussion|q&a|exchange) (?:has|have|was|is)\b)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Transcript:
    """A page with its labels, by the number of their paragraph in order."""

    page: Page
    labels: Mapping[int, Label]
    names: frozenset[str]  # keys of the labels
    dense: bool
    questions_only: bool  # answers have no label


def transcript(page: Page) -> list[Turn]:
    """The turns of a transcript or interview; none where the document is not one.

    Stage directions stay out at the edges of each part; a paragraph without label goes on with the turn before it,
    unless it is a heading or a narrator speaks in it.
    """
    labels = _labels(page)
    if len(labels) < 2 or not _is_transcript(page, labels):
        return []
    names = frozenset(label.key for label in labels.values())
    dense = len(labels) >= _DENSE * (len(page.paragraphs) - min(labels))
    questions_only = all(label.part == "question" for label in labels.values())
    return list(_turns(_Transcript(page, labels, names, dense, questions_only)))


def _labels(page: Page) -> dict[int, Label]:
    """Labels by the number of their paragraph; a capitalised word that comes only once is none."""
    found = {n: label for n, p in enumerate(page.paragraphs) if (label := label_at(page.text, p.span))}
    bold = {n: label for n, p in enumerate(page.paragraphs) if n not in found and (label := _bold(page, p))}
    if len(bold) > 1:
        return bold
    keys = Counter(label.key for label in found.values())
    kept = {n: label for n, label in found.items() if label.strong or keys[label.key] > 1}
    if 0 in kept and page.paragraphs[0].heading and _is_headline(page, kept):
        del kept[0]
    return kept


def _bold(page: Page, paragraph: Paragraph) -> Label | None:
    """The label of a question set in bold, as Markdown writes it: the mark itself."""
    match = _BOLD.match(page.text, *paragraph.span)
    if match is None:
        return None
    return Label(Span(*match.span("mark")), match.end("mark"), _BOLD_KEY, True, False, "question")


def _is_headline(page: Page, labels: Mapping[int, Label]) -> bool:
    """“Ashby: Norland must come to the table” on top: no other label is written like it."""
    written = page.text[slice(*labels[0].span)]
    return all(number == 0 or page.text[slice(*label.span)] != written for number, label in labels.items())


def _is_transcript(page: Page, labels: Mapping[int, Label]) -> bool:
    parts = {label.part for label in labels.values()}
    if "question" in parts and ("answer" in parts or len(parts) == 1):
        return True
    keys = Counter(label.key for label in labels.values())
    if len(keys) < 2:
        return False
    if len(labels) >= _FEWEST and max(keys.values()) > 1:
        return _sounds_spoken(page, labels, PERSONAL, _VOICED)
    first = min(labels)
    body = [n for n, p in enumerate(page.paragraphs) if n in labels or (n > first and not p.heading)]
    strong = all(label.strong for label in labels.values()) and len(labels) >= _MOSTLY * len(body)
    return strong and _sounds_spoken(page, labels, FIRST_PERSON, _MOSTLY)


def _sounds_spoken(page: Page, labels: Mapping[int, Label], voice: frozenset[str], least: float) -> bool:
    """Lists and notices have their words before colons too, but no sentences of somebody speaking behind them."""
    turns = [page.text[label.end : page.paragraphs[n].span.end] for n, label in labels.items()]
    turns = [turn for turn in turns if turn.strip()]
    ended = sum(_END.search(turn[-8:]) is not None for turn in turns)
    voiced = sum(not voice.isdisjoint(words(turn)) or (voice is PERSONAL and "?" in turn) for turn in turns)
    return ended >= _ENDED * len(turns) and voiced >= least * len(turns)


def _turns(script: _Transcript) -> Iterator[Turn]:
    page, numbers = script.page, sorted(script.labels)
    trusted = len(page.paragraphs) if script.dense else 0
    longest = max(after - number - 1 for number, after in pairwise(numbers))
    for number, after in zip(numbers, [*numbers[1:], len(page.paragraphs)], strict=True):
        label, first = script.labels[number], page.paragraphs[number]
        at_end = after == len(page.paragraphs)
        below = _going_on(script, range(number + 1, after), min(trusted, longest) if at_end else trusted)
        asked = _question_end(page, first) if script.questions_only else None
        speech = (first, _speech(page, first, label))
        if asked is None:
            yield _turn(page, label.span, [speech, *((paragraph, paragraph.span) for paragraph in below)])
        else:
            yield _turn(page, label.span, [speech])
            yield _turn(page, asked, [(paragraph, paragraph.span) for paragraph in below])


def _speech(page: Page, paragraph: Paragraph, label: Label) -> Span:
    """What follows the label, without the end of bold or of marks that were opened before it."""
    end = paragraph.span.end
    before = page.text[paragraph.span.start : label.span.start].strip() or page.text[slice(*label.span)]
    closing = _CLOSING.get(before[-1], "")
    if page.text[label.end - 1] in closing and label.key != _BOLD_KEY:  # bold that ends with the label
        closing = ""
    while end > label.end and page.text[end - 1] in closing:
        end -= 1
    return Span(label.end, end)


def _question_end(page: Page, question: Paragraph) -> Span | None:
    """The stop that parts a question from the answer below it, which has no label of its own."""
    stop = max(page.text.rfind(mark, *question.span) for mark in "?.!:")
    return Span(stop, stop + 1) if stop >= 0 else None


def _turn(page: Page, label: Span, spans: list[tuple[Paragraph, Span]]) -> Turn:
    parts = (page.part(paragraph, without_directions(page.text, span)) for paragraph, span in spans)
    taken = tuple(paragraph.span for paragraph, _ in spans)
    return Turn(label, tuple(part for part in parts if part), taken)


def _going_on(script: _Transcript, numbers: range, trusted: int) -> list[Paragraph]:
    """The paragraphs of these numbers that go on with the turn before them.

    More than the `trusted` ones only as far as somebody speaks in person there: behind the last turn, or between two
    of them in an article, the narrator may be back.
    """
    page = script.page
    own = []
    for number in numbers:
        paragraph = page.paragraphs[number]
        if _EDITOR.match(page.text, *paragraph.span) or _narrates(script, paragraph):
            break
        if not paragraph.heading or _is_direction(page, paragraph):
            own.append(paragraph)
    while len(own) > trusted and not _is_voiced(page, own[-1]):
        own.pop()
    return own


def _is_direction(page: Page, paragraph: Paragraph) -> bool:
    span = without_directions(page.text, paragraph.span)
    return span.start == span.end


def _is_voiced(page: Page, paragraph: Paragraph) -> bool:
    return not PERSONAL.isdisjoint(words(page.outside(paragraph.span, paragraph)))


def _narrates(script: _Transcript, paragraph: Paragraph) -> bool:
    """Whether a narrator reports what is quoted: “…,” he said / Ashby said …, where Ashby is one who has labels."""
    page, end = script.page, paragraph.span.end
    if any(_is_tagged(page.text[p.outer.end : min(end, p.outer.end + _AFTER)]) for p in page.marked(paragraph)):
        return True
    said = words(page.outside(paragraph.span, paragraph))
    return any(word in script.names and after in CUES for word, after in pairwise(said))


def _is_tagged(after: str) -> bool:
    """Whether a quotation is followed by `he said`, `Ashby told` or `said Ashby`."""
    for first, second in pairwise(re.findall(r"[\w’'-]+|[.;:?!]", after)[:4]):
        if first in CUES and (second in {"he", "she", "the"} or second[:1].isupper()):
            return True
        if second in CUES and (first.lower() in {"he", "she", "they"} or first[:1].isupper()):
            return True
    return False
