"""What the pages of reports say: the form, and the thanks."""

from dataclasses import dataclass
from typing import ClassVar

from app.store.read_views import DocumentLine, Speaker
from app.store.reports import TargetKind
from app.web.contexts import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage(Page):
    """The form that reports a quote or quotation; `back` is where its words stand here."""

    template: ClassVar[str] = "report.html"
    kind: TargetKind
    id: str
    words: str
    speaker: Speaker | None
    document: DocumentLine | None  # of a quotation
    back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThanksPage(Page):
    """A report was filed; `back` is the page that it is about, where that is known."""

    template: ClassVar[str] = "thanks.html"
    back: str | None
