"""Which words may say what somebody speaks about."""

from functools import cache

from app.clustering.numerals import is_numeral
from app.clustering.vocabulary import commonness, is_function, stem

_SHORTEST = 3  # letters
# Said of anything: how sure, how much, who in general, on which day.
_OF_ANYTHING = frozenset(
    "absolutely actually almost alone along although among anybody anyone anyway anywhere apart around asking behind "
    "besides beyond certain certainly certainty definitely despite eventually everywhere exactly extremely finally "
    "frankly generally hardly hopefully instead largely likely mainly maybe mostly nearly neither nowhere obviously "
    "often otherwise perhaps possibly pretty probably quickly rather simply slightly slowly somebody somehow someone "
    "something sometimes somewhat somewhere totally toward towards truly twice ultimately unless usually whatever "
    "whenever wherever whoever dozen dozens hundreds thousands millions half couple several "
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september "
    "october november december afternoon evening week month tonight midday minute hour".split()
)


def is_topical(word: str) -> bool:
    """Whether a word (in small letters) may name a topic: no function word, number or word of everyday speech."""
    if len(word) < _SHORTEST or not word.isalpha() or is_numeral(word):
        return False
    stemmed = stem(word)
    everyday = commonness(stemmed) < 1.0 or stemmed in _of_anything()
    return not (everyday or is_function(f"{word}t"))  # "didn" is what is left of "didn't"


@cache
def _of_anything() -> frozenset[str]:
    return frozenset(map(stem, _OF_ANYTHING))
