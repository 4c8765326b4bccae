"""What the search page says."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from app.store.read_found import FoundDocument
from app.store.read_views import Found, QuoteLine, SpeakerLine, When
from app.store.search_terms import Sought
from app.web.contexts import ListPage

Show = Literal["all", "quotes", "speakers", "documents"]


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the search that can be taken away: `address` is that of the search without it."""

    key: str
    value: str
    address: str


@dataclass(frozen=True, slots=True)
class Nearest:
    """A search for words that the corpus has, near to those that it doesn't have."""

    typed: str
    address: str


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """A quote, with the wording that has more of the words sought than the likely original, where one has."""

    quote: QuoteLine
    wording: str | None


@dataclass(frozen=True, slots=True)
class QuotesFound:
    """Quotes found; `more` is the address of all of them."""

    found: Found
    lines: tuple[FoundQuote, ...]
    more: str | None


@dataclass(frozen=True, slots=True)
class SpeakersFound:
    """Speakers found."""

    found: Found
    lines: tuple[SpeakerLine, ...]
    more: str | None


@dataclass(frozen=True, slots=True)
class DocumentsFound:
    """Documents found."""

    found: Found
    lines: tuple[FoundDocument, ...]
    more: str | None


@dataclass(frozen=True, slots=True)
class Extent:
    """What the corpus covers."""

    documents: int
    since: When | None
    until: When | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(ListPage):
    """Quotes, speakers and documents for one search; `instead` are the words searched where those asked found nothing.

    `next` leads on where `show` is one of the three alone.
    """

    template: ClassVar[str] = "search.html"
    fragment: ClassVar[str | None] = "_search.html"
    asked: Sought
    sought: Sought  # what the results are of: what was asked, or what is found `instead`
    typed: str  # as it stands in the field: words and terms that make no sense
    terms: tuple[Term, ...]
    show: Show
    quotes: QuotesFound | None
    speakers: SpeakersFound | None
    documents: DocumentsFound | None
    instead: str | None
    nearest: tuple[Nearest, ...]
    left_out: int  # words past those that are looked for
    reasons: tuple[str, ...]  # why nothing can be found, where what was asked tells
    extent: Extent | None  # where nothing was found
    everything: str  # address of the search for all three
    feed: str | None  # address of its feed; speakers alone have none
