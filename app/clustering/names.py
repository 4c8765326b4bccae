"""Names that differ between two wordings, as far as capitals tell."""

from collections.abc import Iterator, Sequence

from app.clustering.collation import Window, word_key
from app.clustering.inflection import same_word
from app.clustering.numerals import is_numeral
from app.clustering.vocabulary import commonness

_ENDS = (".", "!", "?", ":", ".”", "!”", "?”", '."', '!"', '?"')
_TITLED = 0.6  # share of capitalised words from which capitals tell nothing, as in a headline
_SUFFIXES = tuple("ed ing ly tion ment ness ous ful ive able ible".split())
_SHARED = 4  # letters: "Norway" and "Norwegian"


def differing_names(base: Sequence[str], other: Sequence[str], window: Window) -> Iterator[tuple[str, str]]:
    """The capitalised words on either side of a window, where each side has some that the other has not.

    A word at the start of a sentence is capitalised in any case: it counts only where it does not look like an
    ordinary word.
    """
    ours, theirs = _names(base, window.base), _names(other, window.other)
    only_ours = [name for name in ours if not any(_same(name, against) for against in theirs)]
    only_theirs = [name for name in theirs if not any(_same(name, against) for against in ours)]
    if only_ours and only_theirs:
        yield " ".join(only_ours), " ".join(only_theirs)


def _names(tokens: Sequence[str], span: range) -> list[str]:
    if _is_titled(tokens):
        return []
    return [tokens[i].strip(" ,.;:!?…—–“”‘’'\"[]()") for i in span if _is_name(tokens, i)]


def _is_name(tokens: Sequence[str], place: int) -> bool:
    key = word_key(tokens[place])
    if not _is_capitalised(tokens[place]) or commonness(key) < 1.0 or len(key) < 2 or is_numeral(key):
        return False
    return not _starts_sentence(tokens, place) or not key.endswith(_SUFFIXES)


def _is_capitalised(token: str) -> bool:
    letters = [sign for sign in token if sign.isalpha()]
    return bool(letters) and letters[0].isupper()


def _starts_sentence(tokens: Sequence[str], place: int) -> bool:
    return place == 0 or tokens[place - 1].rstrip().endswith(_ENDS)


def _is_titled(tokens: Sequence[str]) -> bool:
    return len(tokens) >= 4 and sum(map(_is_capitalised, tokens)) >= _TITLED * len(tokens)


def _same(name: str, other: str) -> bool:
    one, another = word_key(name), word_key(other)
    return same_word(one, another) or one[:_SHARED] == another[:_SHARED]
