"""What is sought, as queries of SQLite's full-text search: each kind of thing spells words its own way. Pure."""

import re
from collections.abc import Mapping, Sequence

from app.stemming import english
from app.store.search_terms import Sought

_MOST_WORDS = 40  # that stand alone, or in one phrase
_BEGUN = 3  # letters from which a word is completed: fewer begin too many words to be looked up while typing
_STEM = 4  # letters of a stem from which longer words are found by it


def quote_query(sought: Sought, endings: Sequence[str], begun: bool = True) -> str:
    """Wordings or speakers with all words (stemmed by the table); a last word may be `begun`, or one of `endings`."""
    parts = [_phrase(phrase) for phrase in sought.phrases] + [f'"{word}"' for word in sought.loose[:_MOST_WORDS]]
    if parts and unfinished(sought):
        parts[-1] = _any(list(dict.fromkeys([f"{parts[-1]}*" if begun else parts[-1], *map(_word, endings)])))
    said = " AND ".join(part for part in parts if part)
    by = " AND ".join(_begun(sought.speaker))
    return " AND ".join(part for part in (said and f"({said})", by and f"(speaker : ({by}))") if part)


def document_query(sought: Sought, common: Mapping[str, Sequence[str]]) -> str:
    """Titles or texts with all phrases, and with all words or others of their stem; a last word may be unfinished.

    A `common` word stands for itself and for those that are given with it.
    """
    words = looked_for(sought)
    loose = [_any([*map(_word, common[word])]) if word in common else _stemmed(word) for word in words]
    if loose and words[-1] not in common and unfinished(sought) and len(loose[-1]) < _STEM + 2:
        loose[-1] = f"{_word(words[-1])}*"
    return " AND ".join(part for part in (*map(_phrase, sought.phrases), *loose) if part)


def speaker_query(sought: Sought) -> str:
    """Names or other forms with all phrases, and with words that begin like those asked for."""
    asked = (*map(_phrase, sought.phrases), *_begun(" ".join(sought.loose)), *_begun(sought.speaker))
    return " AND ".join(part for part in asked if part)


def name_query(name: str) -> str:
    """Names with words that begin like those of `name`."""
    return " AND ".join(_begun(name))


def unfinished(sought: Sought) -> bool:
    """Whether somebody may still be typing the last word."""
    return sought.words[-1:].isalnum() and len((sought.loose or ("",))[-1]) >= _BEGUN


def left_out(sought: Sought) -> int:
    """How many words are past those that are looked for."""
    lengths = [len(sought.loose), *(len(re.findall(r"\w+", phrase)) for phrase in sought.phrases)]
    return sum(max(0, length - _MOST_WORDS) for length in lengths)


def looked_for(sought: Sought) -> tuple[str, ...]:
    """The words that stand alone, as many as are looked for."""
    return sought.loose[:_MOST_WORDS]


def beginning(word: str) -> str | None:
    """The stem with which others that are found for this word begin; None where it is too short."""
    found = english(word.lower())
    return found if len(found) >= _STEM and word.lower().startswith(found) else None


def is_whole(query: str) -> bool:
    """Whether a query has whole words only: of words that are begun all must be gathered for any one row."""
    return "*" not in query


def _word(word: str) -> str:
    return f'"{word}"'


def _phrase(phrase: str) -> str:
    words = re.findall(r"\w+", phrase)[:_MOST_WORDS]
    return f'"{" ".join(words)}"' if words else ""


def _begun(words: str) -> list[str]:
    return [f'"{word}"*' for word in re.findall(r"\w+", words)[:_MOST_WORDS]]


def _stemmed(word: str) -> str:
    found = beginning(word)
    return f'"{found}"*' if found else _word(word)


def _any(parts: Sequence[str]) -> str:
    return f"({' OR '.join(parts)})"
