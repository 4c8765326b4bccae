"""Marks on the words of a result that were searched for, found as the search itself finds them."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from markupsafe import Markup

from app.stemming import porter
from app.store.search_queries import beginning, unfinished
from app.store.search_terms import Sought
from app.store.words import fold

_WORD = re.compile(r"[^\W_]+")

Hit = Callable[[str], bool]


def mark_words(wording: str, sought: Sought) -> Markup:
    """A wording of a quote with what was sought marked: phrases as they are, other words in any of their forms."""
    return _marked(wording, _any_form(sought), sought.phrases)


def mark_title(title: str, sought: Sought) -> Markup:
    """A title with phrases marked, and words that begin with the stem of one sought."""
    words = [*_folded(sought.loose)]
    stems = tuple(stem for word in words if (stem := beginning(word)))
    begun = tuple(words[-1:]) if unfinished(sought) else ()
    return _marked(title, lambda word: word in words or word.startswith((*stems, *begun)), sought.phrases)


def mark_name(name: str, sought: Sought) -> Markup:
    """A speaker's name with phrases marked, and words that begin like one sought."""
    begun = tuple(_folded([*sought.loose, sought.speaker]))
    return _marked(name, lambda word: word.startswith(begun), sought.phrases)


@lru_cache(16)  # it is asked again for each line of a list
def _any_form(sought: Sought) -> Hit:
    stems = {porter(word) for word in _folded(sought.loose)}
    start = fold(sought.loose[-1]) if sought.loose and unfinished(sought) else None
    return lambda word: porter(word) in stems or (start is not None and word.startswith(start))


def _marked(text: str, hit: Hit, phrases: Sequence[str]) -> Markup:
    words = [(found.start(), found.end(), fold(found.group())) for found in _WORD.finditer(text)]
    spans = {(start, end) for start, end, word in words if hit(word)}
    spans |= {span for phrase in phrases for span in _phrase(words, [*_folded([phrase])])}
    parts, done = [Markup()], 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= done:
            parts += [Markup.escape(text[done:start]), Markup("<mark>{}</mark>").format(text[start:end])]
            done = end
    return Markup().join([*parts, Markup.escape(text[done:])])


def _phrase(words: Sequence[tuple[int, int, str]], phrase: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where all words of a phrase stand side by side."""
    for first in range(len(words) - len(phrase) + 1):
        run = words[first : first + len(phrase)]
        if run and [word for *_, word in run] == phrase:
            yield run[0][0], run[-1][1]


def _folded(texts: Sequence[str]) -> Iterator[str]:
    return (fold(word) for text in texts for word in _WORD.findall(text))
