"""What the documents of a story share: quotes down, outlets across, and in each cell how the outlet has the quote."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.records import LabelKind
from app.store.read_stories import SharedSentence, StoryDocument
from app.store.read_views import Speaker
from app.web.addresses import quote_address, variant_address
from app.web.filters import plural
from app.web.sigla import Mark, Sigla, of_copy

State = Literal["verbatim", "shortened", "altered", "other"]
_ROWS = 40
_COLUMNS = 40
_SIGNS: dict[State, str] = {"verbatim": "●", "shortened": "◐", "altered": "○", "other": "◇"}
_ORDER: tuple[State, ...] = ("verbatim", "shortened", "altered", "other")
_SAME: frozenset[LabelKind] = frozenset({"same words"})
_CUT: frozenset[LabelKind] = frozenset({"cut inside", "cut at start", "cut at end", "longer", "same words"})


@dataclass(frozen=True, slots=True)
class Cell:
    """How an outlet has a quote: a sign, the same in words, and the address of the wording."""

    state: State
    sign: str
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    """A quote with one cell a column, None where the outlet does not carry it."""

    text: str
    address: str
    speaker: Speaker | None
    document_count: int  # of this story
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The quotes that most documents carry by the outlets that come first, and how many of each are left out."""

    columns: tuple[Mark, ...]
    rows: tuple[Row, ...]
    columns_left: int
    rows_left: int


def matrix(documents: Sequence[StoryDocument], sentences: Sequence[SharedSentence], sigla: Sigla) -> Matrix:
    """The matrix of a story; a quote counts as shared where two of its documents have it."""
    marks = {one.document.id: sigla.of(one.document) for one in documents}
    columns = list(dict.fromkeys(marks.values()))
    shown = columns[:_COLUMNS]
    shared = _shared(sentences)
    return Matrix(
        columns=tuple(of_copy(mark) if _only_copies(mark, documents, marks) else mark for mark in shown),
        rows=tuple(_row(found, shown, marks) for found in shared[:_ROWS]),
        columns_left=len(columns) - len(shown),
        rows_left=max(len(shared) - _ROWS, 0),
    )


def _shared(sentences: Sequence[SharedSentence]) -> list[list[SharedSentence]]:
    """The sentences by quote, those that most documents have first."""
    quotes: dict[str, list[SharedSentence]] = {}
    for sentence in sentences:
        quotes.setdefault(sentence.quote, []).append(sentence)
    counted = ((len({one.document for one in found}), found) for found in quotes.values())
    ranked = sorted(((count, found) for count, found in counted if count > 1), key=lambda it: (-it[0], it[1][0].text))
    return [found for _, found in ranked]


def _only_copies(mark: Mark, documents: Sequence[StoryDocument], marks: dict[str, Mark]) -> bool:
    return all(one.document.copy_of is not None for one in documents if marks[one.document.id] == mark)


def _row(found: Sequence[SharedSentence], columns: Sequence[Mark], marks: dict[str, Mark]) -> Row:
    first = found[0]
    by_mark: dict[Mark, list[SharedSentence]] = {}
    for sentence in found:
        by_mark.setdefault(marks[sentence.document], []).append(sentence)
    return Row(
        text=first.text,
        address=quote_address(first.quote, first.text),
        speaker=first.quote_speaker,
        document_count=len({sentence.document for sentence in found}),
        cells=tuple(_cell(by_mark[mark], mark) if mark in by_mark else None for mark in columns),
    )


def _cell(sentences: Sequence[SharedSentence], mark: Mark) -> Cell:
    """The most faithful of what an outlet has; how many other wordings it has is said."""
    best = min(sentences, key=lambda sentence: _ORDER.index(_state(sentence)))
    state, others = _state(best), len({sentence.variant for sentence in sentences}) - 1
    more = f"; {plural(others, 'other wording')} too" if others else ""
    words = f"{mark.name}: {_words(best, state)}{more}"
    return Cell(state, _SIGNS[state], words, variant_address(best.variant))


def _state(sentence: SharedSentence) -> State:
    if sentence.speaker and sentence.quote_speaker and sentence.speaker != sentence.quote_speaker.name:
        return "other"
    return _wording(sentence)


def _wording(sentence: SharedSentence) -> State:
    kinds = {label.kind for label in sentence.labels} - {"other speaker"}
    if kinds <= _SAME:
        return "verbatim"
    return "shortened" if kinds <= _CUT else "altered"


def _words(sentence: SharedSentence, state: State) -> str:
    if state == "other":
        return f"said by {sentence.speaker}, {_changed(sentence)}"
    return _changed(sentence)


def _changed(sentence: SharedSentence) -> str:
    state = _wording(sentence)
    if state == "verbatim":
        return "the same words"
    kinds = ", ".join(label.kind for label in sentence.labels if label.kind != "other speaker")
    return kinds if state == "shortened" else f"altered: {kinds}"
