"""What each page says: one frozen dataclass a page, for its template and for its JSON alike."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from app.frozen import record
from app.records import Change, LabelKind
from app.store.quote_filter import QuoteFilter
from app.store.read_alerts import Alert
from app.store.read_alike import Alike
from app.store.read_documents import DocumentFilter
from app.store.read_related import Neighbour
from app.store.read_stories import StoryLine
from app.store.read_views import (
    Counts,
    Document,
    DocumentLine,
    Found,
    Occurrence,
    Outlet,
    OutletLine,
    Quotation,
    QuoteLine,
    Speaker,
    SpeakerLine,
    Variant,
)
from app.web.marking import Paragraph
from app.web.sharing import AsOf, Share
from app.web.sigla import Mark
from app.web.witness_views import Lineage, Report, Timeline, WitnessTable

Look = Literal["inline", "sides", "table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What all pages have: a title, their canonical address and the HTTP status that they answer with."""

    template: ClassVar[str]
    fragment: ClassVar[str | None] = None  # the part that htmx asks for
    inset: ClassVar[bool] = False  # the part opens in another page, whose address the reader keeps
    title: str
    address: str
    status: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage(Page):
    """A page of a list: the addresses of its first page (on all others) and of the next one."""

    first: str | None
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePage(Page):
    """Why what was asked for is not there, and what to do."""

    message: str
    hint: str


@record
class Step(Change):
    """A step of a comparison; `sense` names what of the sense it changed: "number", "negation" or "name"."""

    sense: str = ""


@record
class Wording:
    """A variant with its difference from the base of comparison (none for the base itself)."""

    variant: Variant
    changes: tuple[Change, ...]
    summary: str
    carriers: tuple[Mark, ...] = ()
    copy_count: int = 0  # quotations that stand in copies
    clues: tuple[str, ...] = ()  # why it is taken for the same utterance
    same: bool = False  # the words are those of the base


@record
class SenseChange:
    """A change of sense, and in how many variants it is found."""

    kind: LabelKind
    variant_count: int


@record
class Attribution:
    """One answer to "who said it": by whom, named in which words, and why it was understood so."""

    speaker: Speaker | None
    quotation_count: int
    carriers: tuple[Mark, ...]
    named_as: tuple[str, ...]
    confidence: float
    reason: str


@record
class Place:
    """An occurrence with its links: into our document, and to the outlet's own page where it has one."""

    occurrence: Occurrence
    mark: Mark
    rank: int  # of its variant
    address: str
    elsewhere: str | None


@record
class Changed:
    """A quote with some of its other wordings."""

    quote: QuoteLine
    address: str
    wordings: tuple[Wording, ...]


@record
class NoteItem:
    """A quotation in the margin of its document: the quote that it belongs to, and what stands elsewhere."""

    quotation: str
    words: str
    address: str | None
    remark: str
    shown: bool = True  # the words; where one stands alone the text beside it has them


@record
class Note:
    """The quotations of one speaker that begin in a paragraph."""

    speaker: Speaker | None
    reason: str
    confidence: float
    items: tuple[NoteItem, ...]


@record
class Rewording:
    """Words of a document that is taken for re-worded, and those that others agree on."""

    words: str
    agreed: str
    address: str


@record
class AnnotatedParagraph:
    """A paragraph with its marks and the notes beside it."""

    paragraph: Paragraph
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage(Page):
    """The way in: what the corpus holds, and what moved most."""

    template: ClassVar[str] = "home.html"
    counts: Counts
    changed: tuple[Changed, ...]
    alerts: tuple[Alert, ...]
    documents: tuple[DocumentLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotesPage(ListPage):
    """A list of quotes with its filter; `next` leads on."""

    template: ClassVar[str] = "quotes.html"
    fragment: ClassVar[str | None] = "_quotes.html"
    chosen: QuoteFilter
    speakers: tuple[Speaker, ...]
    outlets: tuple[Outlet, ...]
    found: Found
    quotes: tuple[QuoteLine, ...]
    wordings: dict[str, str]  # by id, those that fit the words better than the likely original


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotePage(Page):
    """One quote: its likely original, who said it, its variants, where each stands."""

    template: ClassVar[str] = "quote.html"
    fragment: ClassVar[str | None] = "_variants.html"
    as_of: datetime | None  # when the documents were last taken in or compared
    differs: tuple[SenseChange, ...]
    base: str  # id of the variant that the others are compared with
    view: Look
    choices: tuple[Variant, ...]  # of a base
    quote: QuoteLine
    reasons: tuple[str, ...]
    tied: bool
    attributions: tuple[Attribution, ...]
    wordings: tuple[Wording, ...]
    places: tuple[Place, ...]
    legend: tuple[Mark, ...]
    table: WitnessTable | None  # where `view` asks for it
    divided: tuple[QuoteLine, ...]  # quotes that have what once stood under this address too
    timeline: Timeline | None
    lineage: Lineage | None
    variants_left: int  # beyond those shown
    places_left: int
    whole: str | None  # address of the page with more of both
    cited: AsOf | None  # where the reader's link cites the data of a day


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPage(Page):
    """A part of a quote's page that opens there, and has a page of its own."""

    inset: ClassVar[bool] = True
    quote: str  # id
    text: str
    speaker: Speaker | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharePage(PartPage):
    """How to take a quote elsewhere: links, citations, the code of the embed."""

    template: ClassVar[str] = "share.html"
    fragment: ClassVar[str | None] = "_share.html"
    share: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class AroundPage(PartPage):
    """Reports of a quote without marks, and other quotes that a reader of it may look for."""

    template: ClassVar[str] = "around.html"
    fragment: ClassVar[str | None] = "_around.html"
    reports: tuple[Report, ...]  # of the same words, without marks
    related: tuple[Neighbour, ...]  # in the same documents
    alike: tuple[Alike, ...]  # of the same speaker, in words near to these


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteChoicePage(Page):
    """A quote that was divided: its parts, to choose from."""

    template: ClassVar[str] = "quote_choice.html"
    quotes: tuple[QuoteLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingQuotePage(NoticePage):
    """No such quote: others that share the words of the address."""

    template: ClassVar[str] = "quote_missing.html"
    quotes: tuple[QuoteLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsPage(ListPage):
    """A list of documents with its filter."""

    template: ClassVar[str] = "documents.html"
    fragment: ClassVar[str | None] = "_documents.html"
    chosen: DocumentFilter
    outlets: tuple[Outlet, ...]
    found: Found
    documents: tuple[DocumentLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage(Page):
    """One document: its text with quotations marked, its metadata, copies and versions."""

    template: ClassVar[str] = "document.html"
    document: Document
    elsewhere: str | None  # its address at the outlet
    heading: AnnotatedParagraph | None  # the title, where the text itself begins with it
    paragraphs: tuple[AnnotatedParagraph, ...]
    quotations: tuple[Quotation, ...]
    versions: tuple[DocumentLine, ...]
    copies: tuple[DocumentLine, ...]
    story: StoryLine | None  # that it belongs to
    rewordings: tuple[Rewording, ...]  # examples, where it is taken for re-worded
    names: tuple[str, ...]  # under which the text was handed in


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakersPage(ListPage):
    """Speakers, the most quoted first."""

    template: ClassVar[str] = "speakers.html"
    fragment: ClassVar[str | None] = "_speakers.html"
    speakers: tuple[SpeakerLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletsPage(ListPage):
    """Outlets, those with the most documents first."""

    template: ClassVar[str] = "outlets.html"
    fragment: ClassVar[str | None] = "_outlets.html"
    outlets: tuple[OutletLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage(NoticePage):
    """Why there is nothing here, and what to do."""

    template: ClassVar[str] = "error.html"
    fragment: ClassVar[str | None] = "_error.html"
