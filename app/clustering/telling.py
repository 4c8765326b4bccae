"""The words by which a wording is looked up in an index."""

import re

from app.clustering.vocabulary import commonness, is_function

_WORD = re.compile(r"\w+")
_SHORTEST = 3  # letters


def telling_words(text: str) -> list[str]:
    """The different words that carry content, as they stand, those that tell most first."""
    found = dict.fromkeys(word.casefold() for word in _WORD.findall(text))
    kept = [word for word in found if len(word) >= _SHORTEST and not is_function(word)]
    return sorted(kept, key=lambda word: (-commonness(word), -len(word), word))
