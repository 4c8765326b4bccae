"""Searches near to one that found little: words that the corpus doesn't have, for the nearest ones that it has."""

import re

from sqlalchemy import Connection

from app.store.search_queries import unfinished
from app.store.search_terms import Sought, spelt
from app.store.words import fold, near_words, unknown_words

_MISSPELT = 4  # words that are looked at


def read_nearest(connection: Connection, sought: Sought, most: int) -> tuple[Sought, ...]:
    """Up to `most` searches in which every word is one of the corpus, the likeliest first."""
    asked = re.findall(r"\w+", f"{sought.speaker} {sought.outlet} {sought.words}")
    unknown = set(unknown_words(connection, asked, unfinished(sought)))
    misspelt = [word for word in dict.fromkeys(map(str.lower, asked)) if fold(word) in unknown][:_MISSPELT]
    near: dict[str, list[str]] = {}
    for word in misspelt:
        near[word] = near_words(connection, word, most)
        if not near[word]:
            return ()
    best = {word: found[0] for word, found in near.items()}
    others = ({**best, word: other} for word, found in near.items() for other in found[1:])
    spellings = [best, *others] if best else []
    return tuple(dict.fromkeys(spelt(sought, spelling) for spelling in spellings))[:most]
