"""What a list shows, as its page, its feed and its files are asked for it."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends

from app.store.quote_filter import QuoteFilter, Sort
from app.store.read_documents import DocumentFilter
from app.web.forms import Id, Since, Until, Words


def _quotes(usual: Sort) -> Callable[..., QuoteFilter]:
    def chosen(
        q: Words = "", speaker: Id = "", outlet: Id = "", since: Since = None, until: Until = None, sort: Sort = usual
    ) -> QuoteFilter:
        return QuoteFilter(q.strip(), speaker, outlet, since, until, sort)

    return chosen


def _documents(outlet: Id = "", since: Since = None, until: Until = None) -> DocumentFilter:
    return DocumentFilter(outlet, since, until)


ChosenQuotes = Annotated[QuoteFilter, Depends(_quotes("changed"))]
NewestQuotes = Annotated[QuoteFilter, Depends(_quotes("newest"))]
ChosenDocuments = Annotated[DocumentFilter, Depends(_documents)]
