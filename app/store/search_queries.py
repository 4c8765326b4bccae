"""What is sought, as queries of SQLite's full-text search: each kind of thing spells words its own way. Pure."""

import re
from collections.abc import Sequence
from functools import cache
from threading import local

import snowballstemmer

from app.store.search_terms import Sought

_MOST_WORDS = 40  # that stand alone, or in one phrase
_BEGUN = 3  # letters from which a word is completed: fewer begin too many words to be looked up while typing
_STEM = 4  # letters of a stem from which longer words are found by it


def quote_query(sought: Sought, endings: Sequence[str], begun: bool = True) -> str:
    """Wordings or speakers with all words (stemmed by the table); `endings` are what a last word `begun` may become."""
    parts = [_phrase(phrase) for phrase in sought.phrases] + [f'"{word}"' for word in sought.loose[:_MOST_WORDS]]
    if parts and begun and unfinished(sought):
        parts[-1] = _any([f"{parts[-1]}*", *(f'"{word}"' for word in endings)])
    said = " AND ".join(part for part in parts if part)
    by = " AND ".join(_begun(sought.speaker))
    return " AND ".join(part for part in (said and f"({said})", by and f"(speaker : ({by}))") if part)


def document_query(sought: Sought, begun: bool = True) -> str:
    """Titles or texts with all phrases, and with all words or others of their stem; a last word may be `begun`."""
    loose = [_stemmed(word) for word in sought.loose[:_MOST_WORDS]]
    if loose and begun and unfinished(sought):
        loose[-1] = f'"{sought.loose[:_MOST_WORDS][-1]}"*' if len(loose[-1]) < _STEM + 2 else loose[-1]
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


def _phrase(phrase: str) -> str:
    words = re.findall(r"\w+", phrase)[:_MOST_WORDS]
    return f'"{" ".join(words)}"' if words else ""


def _begun(words: str) -> list[str]:
    return [f'"{word}"*' for word in re.findall(r"\w+", words)[:_MOST_WORDS]]


def _stemmed(word: str) -> str:
    stem = _stem(word.lower())
    return f'"{stem}"*' if len(stem) >= _STEM and word.lower().startswith(stem) else f'"{word}"'


class _Stemmers(local):
    """A stemmer for each thread: it keeps the word that it is at in itself, so no two may share one."""

    def __init__(self) -> None:
        self.english = snowballstemmer.stemmer("english")


@cache
def _stemmers() -> _Stemmers:
    return _Stemmers()


def _stem(word: str) -> str:
    return str(_stemmers().english.stemWord(word))


def _any(parts: Sequence[str]) -> str:
    return f"({' OR '.join(parts)})"
