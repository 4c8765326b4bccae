"""Near-copies: MinHash bands to find candidates, shingle containment to judge them."""

import re
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

_WORDS_IN_SHINGLE = 5
_BANDS = 16
_ROWS = 3
_BLOCK = 4096  # shingles hashed at once, so that memory does not grow with the text
_KEPT = 512  # texts whose shingles are kept
_KEPT_TEXT = 30_000  # characters of these at most, so that all of them stay under some 50 MB
_WORD = re.compile(r"\w+")
_Hashes = NDArray[np.uint64]


def signature(text: str) -> tuple[int, ...]:
    """MinHash bands of the text's word 5-shingles: 16 signed 64-bit values, () for a text without words.

    Two texts with the same value in the same place are candidates for copies. With Jaccard similarity s of
    their shingles that happens with probability 1 - (1 - s³)¹⁶: 0.999 at 0.7 (one text is the other with
    30 % cut), 0.93 at 0.54 (two texts of one length, 70 % of each in the other), 0.65 at 0.4, 0.016 at 0.1.
    Broder, "On the resemblance and containment of documents" (1997); bands as in Leskovec, Rajaraman,
    Ullman, "Mining of Massive Datasets", 3.4. The same text gives the same values in every process.
    """
    shingles = _shingles(text)
    if not shingles.size:
        return ()
    seeds = _mix(np.arange(1, _BANDS * _ROWS + 1, dtype=np.uint64))
    minima = np.full(_BANDS * _ROWS, np.iinfo(np.uint64).max, dtype=np.uint64)
    for start in range(0, shingles.size, _BLOCK):
        block = shingles[start : start + _BLOCK]
        minima = np.minimum(minima, _mix(block[None, :] ^ seeds[:, None]).min(axis=1))
    bands = np.zeros(_BANDS, dtype=np.uint64)
    for row in minima.reshape(_BANDS, _ROWS).T:
        bands = _mix(bands ^ row)
    return tuple(int(value) for value in bands.view(np.int64))


def containment(text: str, other: str) -> float:
    """Share (0 to 1) of the distinct word 5-shingles of `text` that `other` has too; 0 without words."""
    ours, theirs = _kept_shingles(text), _kept_shingles(other)
    if not ours.size or not theirs.size:
        return 0.0
    places = theirs.searchsorted(ours).clip(max=theirs.size - 1)
    return float((theirs[places] == ours).mean())


def _kept_shingles(text: str) -> _Hashes:
    return _shingles_again(text) if len(text) <= _KEPT_TEXT else _shingles(text)


@lru_cache(_KEPT)
def _shingles_again(text: str) -> _Hashes:
    """Kept, because one text is compared with many, and candidates for one document are those for the next."""
    return _shingles(text)


def _shingles(text: str) -> _Hashes:
    """Hashes of the distinct shingles, sorted; a text with fewer than 5 words is one shingle."""
    words = _WORD.findall(text.casefold())
    if not words:
        return np.empty(0, dtype=np.uint64)
    codes = {word: _word_code(word) for word in set(words)}
    row = np.array([codes[word] for word in words], dtype=np.uint64)
    size = min(_WORDS_IN_SHINGLE, len(row))
    count = len(row) - size + 1
    hashes = np.full(count, size, dtype=np.uint64)
    for offset in range(size):
        hashes = _mix(hashes ^ row[offset : offset + count])
    return np.unique(hashes)


@lru_cache(1 << 15)
def _word_code(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _mix(values: _Hashes) -> _Hashes:
    """The finaliser of splitmix64 (Steele, Lea, Flood 2014): spreads every bit over all others."""
    values = values + np.uint64(0x9E3779B97F4A7C15)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
