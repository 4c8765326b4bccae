"""What the pages of alerts, of one speaker and of one outlet say."""

from dataclasses import dataclass
from typing import ClassVar

from app.records import LabelKind
from app.store.read_alerts import Alert, AlertKind
from app.store.read_outlet_profile import Agreement, Copies
from app.store.read_speaker_profile import Dispute, OutletShare
from app.store.read_views import Alias, DocumentLine, Found, OutletLine, QuoteLine, Speaker, SpeakerLine
from app.web.chart import Chart
from app.web.contexts import Changed, ListPage, Page, Wording
from app.web.witness_views import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertsPage(ListPage):
    """Quotes of which something differs so that the sense may, newest first."""

    template: ClassVar[str] = "alerts.html"
    fragment: ClassVar[str | None] = "_alerts.html"
    chosen: AlertKind | None
    found: Found
    alerts: tuple[Alert, ...]


@dataclass(frozen=True, slots=True)
class WordLink:
    """A telling word, in how many quotes it stands, and the address of those."""

    word: str
    count: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerPage(Page):
    """One speaker: the forms under which they are named, about what and when they spoke, and who carried it."""

    template: ClassVar[str] = "speaker.html"
    line: SpeakerLine
    aliases: tuple[Alias, ...]
    words: tuple[WordLink, ...]
    chart: Chart | None
    shares: tuple[OutletShare, ...]
    disputes: tuple[Dispute, ...]
    quotes: tuple[QuoteLine, ...]
    reported: tuple[Report, ...]  # without marks, the last taken in first
    all_quotes: str
    compare: str
    search: str  # for the name


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidAboutPage(Page):
    """What one speaker said with a word in it, in order of time, with every wording."""

    template: ClassVar[str] = "said_about.html"
    line: SpeakerLine
    about: str
    said: tuple[Changed, ...]
    more: bool  # than those shown
    words: tuple[WordLink, ...]
    back: str


@dataclass(frozen=True, slots=True)
class SharedLink:
    """A telling word of both, in how many quotes of each it stands, and the address of what each said."""

    word: str
    count: int
    other_count: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakersComparePage(Page):
    """Two speakers side by side; without two, the choice of them."""

    template: ClassVar[str] = "speakers_compare.html"
    options: tuple[Speaker, ...]
    one: SpeakerLine | None
    other: SpeakerLine | None
    about: str
    words: tuple[SharedLink, ...]
    one_said: tuple[QuoteLine, ...]
    other_said: tuple[QuoteLine, ...]
    disputes: tuple[Dispute, ...]


@dataclass(frozen=True, slots=True)
class ChangeLink:
    """How many wordings that an outlet carries have a label, and the address of those."""

    kind: LabelKind
    count: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletPage(Page):
    """One outlet: how its wordings stand to those of others, what is copied, its documents and quotes."""

    template: ClassVar[str] = "outlet.html"
    line: OutletLine
    agreement: Agreement
    changes: tuple[ChangeLink, ...]
    copies: Copies
    documents: tuple[DocumentLine, ...]
    quotes: tuple[QuoteLine, ...]
    all_documents: str
    all_quotes: str


@dataclass(frozen=True, slots=True)
class Changing:
    """A wording that an outlet carries, beside the likely original."""

    text: str
    address: str
    wording: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletChangesPage(ListPage):
    """The wordings under one label that an outlet carries."""

    template: ClassVar[str] = "outlet_changes.html"
    fragment: ClassVar[str | None] = "_outlet_changes.html"
    line: OutletLine
    kind: LabelKind | None
    kinds: tuple[ChangeLink, ...]
    examples: tuple[Changing, ...]
