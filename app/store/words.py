"""The words of the corpus: which there are, and which are near to one with a typing slip."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from string import ascii_lowercase
from typing import Any

from rapidfuzz.distance import OSA
from sqlalchemy import Connection, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.store.prepared import Prepared, prepared
from app.store.search import WORD_SEARCH, matching
from app.store.tables import Table
from app.store.upsert import insert_into

_WORD = re.compile(r"[^\W\d_]{3,30}")
_LONG = 9  # letters from which two slips are forgiven: each of three pieces can still be looked up
_BEGUN = 4  # letters from which the beginning of a word is completed
_CANDIDATES = 3_000


class SearchWordRow(Table):
    """A word of the documents, folded, and how many documents have it."""

    __tablename__ = "search_words"
    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(String(30), unique=True)
    document_count: Mapped[int]


def fold(word: str) -> str:
    """A word without case and diacritics, as search compares it."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def count_words(connection: Connection, words: Iterable[str]) -> None:
    """Count words of which a new document has each; they come in one order, so that two writers don't block each
    other."""
    _counting(connection.dialect.name).write(connection, [{"word": word, "document_count": 1} for word in words])


@cache
def _counting(dialect: str) -> Prepared:
    count = {"document_count": SearchWordRow.document_count + 1}
    upsert = insert_into(SearchWordRow, dialect).on_conflict_do_update(index_elements=["word"], set_=count)
    return prepared(lambda: upsert)


def words_of(texts: Iterable[str | None]) -> set[str]:
    """The words of a document's texts that are worth looking up, folded."""
    words = {fold(word) for one in texts if one for word in _WORD.findall(one)}
    return {word for word in words if 3 <= len(word) <= 30}


def common_words(connection: Connection, words: Sequence[str], documents: int) -> list[str]:
    """Those of these very words that at least so many documents have."""
    folded = {word: fold(word) for word in words}
    rows = select(SearchWordRow.word).where(SearchWordRow.word.in_(folded.values()))
    common = set(connection.scalars(rows.where(SearchWordRow.document_count >= documents)))
    return [word for word in words if folded[word] in common]


def unknown_words(connection: Connection, words: Sequence[str], unfinished: bool) -> list[str]:
    """Which of these words no document has; the last one may be `unfinished`, and known by its beginning."""
    asked = [word for word in dict.fromkeys(map(fold, words)) if _WORD.fullmatch(word)]
    known = set(connection.scalars(select(SearchWordRow.word).where(SearchWordRow.word.in_(asked))))
    if unfinished and asked and asked[-1] not in known and connection.scalar(_beginning(asked[-1]).limit(1)):
        known.add(asked[-1])
    return [word for word in asked if word not in known]


def near_words(connection: Connection, word: str, most: int) -> list[str]:
    """Words of the corpus that differ from `word` by a slip (by two where it is long), the nearest first."""
    folded = fold(word)
    found = _with_piece(connection, folded) if len(folded) >= _LONG else _with_slip(connection, folded)
    allowed = 2 if len(folded) >= _LONG else 1
    ranked = sorted(
        (distance, known[0] != folded[:1], -count, known)
        for known, count in found
        if 0 < (distance := OSA.distance(folded, known)) <= allowed
    )
    return [known for *_, known in ranked[:most]]


def endings(connection: Connection, start: str, most: int = 8) -> tuple[str, ...]:
    """The most common words that begin with what was typed so far; none for a beginning of few letters."""
    folded = fold(start)
    if len(folded) < _BEGUN:
        return ()
    rows = _beginning(folded).order_by(SearchWordRow.document_count.desc(), SearchWordRow.word).limit(most)
    return tuple(connection.scalars(rows.with_only_columns(SearchWordRow.word)))


def slips(word: str) -> set[str]:
    """All that `word` may have been before one letter was left out, added, changed or two were swapped."""
    letters = sorted({*ascii_lowercase, *word})
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    one_less = {head + tail[1:] for head, tail in cuts if tail}
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    changed = {head + letter + tail[1:] for head, tail in cuts if tail for letter in letters}
    one_more = {head + letter + tail for head, tail in cuts for letter in letters}
    return (one_less | swapped | changed | one_more) - {word}


def _beginning(start: str) -> Select[Any]:
    after = start + "\U0010ffff"
    return select(SearchWordRow.id).where(SearchWordRow.word >= start, SearchWordRow.word < after)


def _with_slip(connection: Connection, word: str) -> Collection[tuple[str, int]]:
    rows = select(SearchWordRow.word, SearchWordRow.document_count).where(SearchWordRow.word.in_(sorted(slips(word))))
    return [(known, count) for known, count in connection.execute(rows)]


def _with_piece(connection: Connection, word: str) -> Collection[tuple[str, int]]:
    third = len(word) // 3
    pieces = (word[:third], word[third : -third or None], word[-third:])
    ids = matching(WORD_SEARCH, " OR ".join(f'"{piece}"' for piece in pieces)).limit(_CANDIDATES)
    rows = select(SearchWordRow.word, SearchWordRow.document_count).where(SearchWordRow.id.in_(ids))
    return [(known, count) for known, count in connection.execute(rows)]
