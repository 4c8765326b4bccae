"""Frozen dataclasses that cross stages. Offsets are characters of `Document.text`, half-open, from 0."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from hashlib import sha256
from typing import Literal, NamedTuple

from app.frozen import record

Kind = Literal["direct", "mixed", "indirect"]
SpeakerKind = Literal["person", "body", "unnamed"]
DecisionKind = Literal["same", "different", "speaker"]
Precision = Literal["year", "month", "day", "time"]
Outcome = Literal["added", "unchanged", "updated", "skipped", "failed"]


class Span(NamedTuple):
    """A half-open range of characters: text[start:end]."""

    start: int
    end: int


@record
class Published:
    """When a document came out: `at` is UTC (midnight where only a day is known)."""

    at: datetime
    precision: Precision
    found_in: str  # "front matter", "page metadata", "feed", "record", "crawl", "file name"


@record
class Document:
    """One text as it was published, as a reader hands it over."""

    name: str  # file name or id given at ingest
    text: str  # never changed after this point
    media: str  # "text", "html", "jsonl", "csv", "feed", "warc"
    body_start: int = 0  # where front matter ends; extraction and pages begin here
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    published: Published | None = None
    language: str | None = None  # ISO 639-1

    @property
    def sha256(self) -> str:
        """Hex digest of the text in UTF-8: the identity of the document."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@record
class Rejected:
    """An input, or one record of it, that gave no document."""

    name: str
    outcome: Literal["failed", "skipped"]
    reason: str  # what is wrong, a sentence
    hint: str  # what to do about it, a sentence


@record
class Paragraph:
    """A block of text between line breaks, with its sentences (spans of the document's text)."""

    span: Span
    sentences: tuple[Span, ...]
    heading: bool = False


@record
class Layout:
    """The paragraphs of a document's body in order; blank lines belong to none."""

    paragraphs: tuple[Paragraph, ...]


@record
class Passage:
    """One passage that extraction found; `attribution` numbers those that belong together."""

    span: Span  # marks left out
    outer: Span  # marks included
    kind: Kind
    attribution: int
    heading: bool = False
    fault: str | None = None  # damage of the marks that was mended: "unclosed", "inverted", ...
    label: Span | None = None  # the words that name its speaker where the layout says so, as in a transcript


@record
class Speaker:
    """Who spoke, as one document names them. `forms` are all names and roles that it uses for them."""

    name: str  # the fullest name in the document
    kind: SpeakerKind
    forms: tuple[str, ...] = ()


@record
class Quotation:
    """A passage with its attribution. Without a speaker, `reason` says why; with one, how it was found."""

    span: Span
    outer: Span
    kind: Kind
    attribution: int
    heading: bool
    fault: str | None
    source: Span | None  # the words that name the speaker
    cue: Span | None  # "said"
    speaker: Speaker | None
    confidence: float  # 0 to 1
    reason: str

    @property
    def quoted(self) -> bool:
        """Whether it stands in marks, or its layout says that these are the speaker's words."""
        return self.kind != "indirect"


@record
class Keys:
    """Under what a speaker of one document is kept and looked up across documents.

    Two speakers that may be one have a key in common: one of those that the one is kept under (`own`) is among those
    that the other looks under (`sought`). A key that is new to a speaker is news for those who are named less fully:
    they are kept under `looser`.
    """

    fullness: int  # how fully the document names them: 0 a role alone to 3 a full name
    aliases: tuple[str, ...]  # the forms that are worth keeping, names first
    own: frozenset[str] = frozenset()  # none where the name alone joins nobody: one document, one speaker
    sought: frozenset[str] = frozenset()
    looser: frozenset[str] = frozenset()


@record
class KnownSpeaker:
    """A speaker that the corpus has already, with the aliases that count as evidence."""

    id: int  # a number that the asking side chooses
    name: str
    kind: SpeakerKind
    aliases: frozenset[str]
    fullness: int = 3  # of its fullest naming, as in `Keys`
    keys: frozenset[str] = frozenset()  # that it is kept under
    full_names: frozenset[str] = frozenset()  # those of the aliases that documents give as the full name
    documents: int = 1  # that give a full name


@record
class Identity:
    """Answer to "is this speaker one that we know?": `id` of a `KnownSpeaker`, or None, with the evidence."""

    id: int | None
    evidence: str


@record
class Unit:
    """What clustering compares: one sentence of one quotation."""

    id: str
    text: str
    document: str | None = None
    speaker: str | None = None
    start: int | None = None
    end: int | None = None


@record
class Ruling:
    """A person's word on two sets of units (ids): one utterance, or not."""

    same: bool
    one: tuple[str, ...]
    other: tuple[str, ...]


@record
class Witness:
    """One variant as a candidate for the likely original."""

    text: str
    published: datetime | None  # earliest, copies included
    precision: Precision | None
    independent_outlets: int
    occurrences: int
    reliable: bool = True  # False: the date is that of a crawl or a file, and says only that it was out by then
    primary: bool = False  # stands in a transcript, a release or the full text
    heading: bool = False  # stands in headings only
    reworded: bool = False  # stands only in documents that are re-worded
    support: float = 0.0  # log-likelihood given what all documents say, 0 for the best


@record
class Reworded:
    """Why a document is taken for re-worded by machine: quotes that two or more others carry, where they agree."""

    quotes: int  # in which words stand here that no other has
    of: int
    share: float  # of their words, 0 to 1


@record
class Choice:
    """Which witness is the likely original (`index`), why, and which others tie with it."""

    index: int
    reasons: tuple[str, ...]
    tied: tuple[int, ...] = ()


ChangeKind = Literal["same", "added", "dropped", "replaced"]


@record
class Change:
    """One step of a word-level comparison: `base` and `other` are the exact slices of the two wordings."""

    kind: ChangeKind
    base: str
    other: str


@record
class Beside:
    """Sentences of two texts in pairs, None beside what has no counterpart there. `cut`: a text was too long for all.

    `elsewhere` has for each pair the number of another, where that has what corresponds out of order.
    """

    pairs: tuple[tuple[str | None, str | None], ...]
    elsewhere: tuple[int | None, ...]
    cut: bool


LabelKind = Literal[
    "number differs",
    "negation differs",
    "name differs",
    "other speaker",
    "machine-translated or spun",
    "spliced",
    "re-worded",
    "word replaced",
    "cut inside",
    "inserted in brackets",
    "longer",
    "cut at start",
    "cut at end",
    "tense or person",
    "small words only",
    "same words",
]  # by how much each changes the sense


@record
class Label:
    """What a variant changed against the likely original, stated neutrally.

    `evidence` are the words it rests on: those of the likely original, and those that stand here instead.
    """

    kind: LabelKind
    evidence: tuple[tuple[str, str], ...] = ()


@record
class Column:
    """One place of several wordings set under each other: a cell each, empty where one has nothing there.

    `readings` are equal where cells have the same words; 0 is the reading of the first wording.
    """

    cells: tuple[str, ...]
    readings: tuple[int, ...]


@record
class Reading:
    """One variant as a link in the descent of a quote."""

    text: str
    published: datetime | None  # earliest
    documents: frozenset[str] = frozenset()  # that carry it
    copied: frozenset[str] = frozenset()  # documents that those are copies of


@record
class Descended:
    """From which reading another most likely derives (`parent`, None for the first of all), and why."""

    parent: int | None
    reasons: tuple[str, ...] = ()


@record
class Versions:
    """What produced a result, recorded with every run."""

    variorum: str
    schema: str
    models: Mapping[str, str] = field(default_factory=dict)
