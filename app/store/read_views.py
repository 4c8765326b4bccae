"""What pages show of the store: frozen rows, joined and counted, without internal ids."""

from datetime import datetime

from app.frozen import record
from app.records import Kind, Label, Precision, Reworded, SpeakerKind


@record
class When:
    """A date as exact as it is known: `at` is UTC."""

    at: datetime
    precision: Precision


@record
class Outlet:
    """An outlet with its siglum."""

    id: str
    name: str
    siglum: str


@record
class OutletLine:
    """An outlet in a list, with what it published here."""

    outlet: Outlet
    document_count: int
    copy_count: int
    quotation_count: int


@record
class Speaker:
    """Who is named as having spoken."""

    id: str
    name: str
    kind: SpeakerKind


@record
class SpeakerLine:
    """A speaker in a list, with how often they are quoted."""

    speaker: Speaker
    quotation_count: int
    quote_count: int
    document_count: int


@record
class DocumentRef:
    """A document as others refer to it; `title` falls back to its name."""

    id: str
    title: str


@record
class Alias:
    """A form under which documents name a speaker, why it is taken to be them, and the first that uses it."""

    alias: str
    evidence: str
    document: DocumentRef | None


@record
class QuoteLine:
    """A quote in a list. `speaker_count` over 1 means that documents disagree on who said it."""

    id: str
    text: str  # wording of the likely original
    speaker: Speaker | None
    speaker_count: int
    variant_count: int
    quotation_count: int
    document_count: int
    outlet_count: int
    independent_count: int
    first_published: When | None
    outlets: tuple[Outlet, ...]  # the first few


@record
class Variant:
    """One wording of a quote; rank 0 is the likely original."""

    id: str
    rank: int
    text: str
    likely_original: bool
    quotation_count: int
    outlet_count: int
    independent_count: int
    first_published: When | None
    labels: tuple[Label, ...] = ()  # what it changed against the likely original, or another base of comparison


@record
class DocumentLine:
    """A document in a list."""

    id: str
    title: str
    name: str
    url: str | None
    outlet: Outlet | None
    published: When | None
    quotation_count: int
    copy_of: DocumentRef | None
    copy_share: float | None  # of its own wording, found in the other
    version: int
    superseded: bool


@record
class Document:
    """A whole document: its line, its metadata and its text from `body_start` on."""

    line: DocumentLine
    authors: tuple[str, ...]
    language: str | None
    published_found_in: str | None
    reworded: Reworded | None  # why it is taken for re-worded, where it is
    sha256: str
    ingested_at: datetime
    body_start: int
    body: str


@record
class Occurrence:
    """One sentence of one quotation where it stands: `before` and `after` complete its sentence there."""

    quotation: str
    variant: str
    document: DocumentLine
    also_in: tuple[Outlet, ...]  # other outlets that carried the very same text
    text: str
    before: str
    after: str
    heading: bool
    kind: Kind
    source: str | None  # the words that name the speaker there
    speaker: Speaker | None
    confidence: float
    reason: str


@record
class QuoteRef:
    """A quote as a document page refers to it, from one sentence of a quotation (offsets of the text)."""

    start: int
    end: int
    quote: str
    text: str
    variant_count: int
    quotation_count: int
    speaker_count: int
    variant: str
    variant_rank: int
    labels: tuple[Label, ...]  # what the words here changed against the likely original


@record
class Quotation:
    """A quotation in its document; all offsets are characters of the document's text."""

    id: str
    start: int
    end: int
    outer_start: int
    outer_end: int
    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    kind: Kind
    heading: bool
    fault: str | None
    speaker: Speaker | None
    confidence: float
    reason: str
    quotes: tuple[QuoteRef, ...]


@record
class Found:
    """How many rows a filter finds: counted up to a limit, `more` where there are more than `count`.

    `looked_through` is the number of matches that were looked through, where there are more of them.
    """

    count: int
    more: bool
    looked_through: int | None = None


@record
class Counts:
    """What the corpus holds."""

    documents: int
    outlets: int
    quotations: int
    quotes: int
    speakers: int
