"""Stems of words, by Snowball's stemmers (https://snowballstem.org)."""

from functools import cache
from threading import local

import snowballstemmer


class _Stemmers(local):
    """Stemmers for each thread: one keeps the word that it is at in itself, so no two threads may share it."""

    def __init__(self) -> None:
        self.english = snowballstemmer.stemmer("english")
        self.porter = snowballstemmer.stemmer("porter")


@cache
def _stemmers() -> _Stemmers:
    return _Stemmers()


def english(word: str) -> str:
    """Stem of a word in small letters by Porter's second English stemmer."""
    return str(_stemmers().english.stemWord(word))


def porter(word: str) -> str:
    """Stem of a word in small letters by Porter's first stemmer, as full-text search has it."""
    return str(_stemmers().porter.stemWord(word))
