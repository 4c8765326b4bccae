"""What the page says that thanks for a report."""

from dataclasses import dataclass
from typing import ClassVar

from app.web.contexts import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class ThanksPage(Page):
    """A report was filed; `back` is the page that it is about, where that is known."""

    template: ClassVar[str] = "thanks.html"
    back: str | None
