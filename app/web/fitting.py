"""The wording of a quote that fits a search best, where the likely original doesn't."""

import re
from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from app.store.read_quotes import read_wordings
from app.store.read_views import QuoteLine
from app.store.search_terms import Sought
from app.store.words import fold

_WORDINGS = 12  # of each quote that are looked through
_ALIKE = 5  # first letters by which a word of a wording is taken for one sought


def fitting(store: Connection, quotes: Sequence[QuoteLine], sought: Sought) -> dict[str, str]:
    """By id of the quote, the wording that has most of the words, where it has more than the likely original."""
    asked = " ".join((*sought.loose, *sought.phrases))
    words = [f" {word[:_ALIKE]}" for word in _words(asked)]
    wordings = read_wordings(store, [quote.id for quote in quotes], _WORDINGS) if words else {}
    best = {quote.id: max([quote.text, *wordings.get(quote.id, ())], key=_share(words)) for quote in quotes}
    return {quote.id: best[quote.id] for quote in quotes if best[quote.id] != quote.text}


def _share(words: Sequence[str]) -> Callable[[str], int]:
    def share(wording: str) -> int:
        there = f" {' '.join(_words(wording))}"
        return sum(word in there for word in words)

    return share


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))
