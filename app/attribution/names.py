"""Names as keys: diacritics folded, transliterations brought together, parts compared."""

import re
import unicodedata
from functools import lru_cache

from app.attribution.lexicon import HONORIFICS, PARTICLES

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "esq"})
_TELLING = 4  # consonants that tell one given name from another
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"})
_SOUNDS = (
    ("sch", "sh"), ("tch", "ch"), ("tsch", "ch"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("zh", "j"), ("ts", "c"),
    ("tz", "c"), ("ck", "k"), ("th", "t"), ("ks", "x"), ("dzh", "j"), ("dj", "j"), ("w", "v"), ("ou", "u"), ("oo", "u"),
    ("iy", "i"), ("ii", "i"), ("yi", "i"), ("y", "i"), ("j", "i"), ("q", "k"), ("ie", "e"), ("ei", "e"),
)  # fmt: skip


def fold(text: str) -> str:
    """Lower case without diacritics and marks; words parted by single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w]+", " ", re.sub(r"[’'.]", "", bare)).split())


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """One key for the spellings of a surname: Zorenskyy, Zorenskiy and Zorensky give the same."""
    key = fold(word).replace(" ", "")
    for old, new in _SOUNDS:
        key = key.replace(old, new)
    key = re.sub(r"(.)\1+", r"\1", key)
    return re.sub(r"(?<=..)[ie]+$", "", key) or key


def parts(name: str) -> tuple[str, ...]:
    """Folded words of a personal name without honorifics, particles and suffixes."""
    words = fold(name.replace("-", "")).split()
    while len(words) > 1 and words[0] in HONORIFICS:
        words = words[1:]
    kept = [word for word in words if word not in _SUFFIXES]
    bare = [word for word in kept if word not in PARTICLES]
    return tuple(bare or kept or words)


def given_names_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names of one surname can be one person: equal, an initial, a short form, or none given."""
    if len(one) < 2 or len(other) < 2:
        return True
    a, b = one[0], other[0]
    short, long = sorted((a, b), key=len)
    begins = long.startswith(short) and (len(short) == 1 or len(short) >= 3) and not _other_gender(short, long)
    return begins or skeleton(a) == skeleton(b) or _transliterated(a, b)


def _other_gender(short: str, long: str) -> bool:
    """Paul and Paula, Martin and Martina; Ann and Anna may be one."""
    return len(short) > 3 and long[len(short) :] in {"a", "e", "ia", "ina", "ne", "ette", "elle", "le"}


def consonants(word: str) -> str:
    """A skeleton without its vowels, but for one that it begins with: what transliterations agree on."""
    key = skeleton(word)
    return key[:1] + re.sub(r"[aeiou]", "", key[1:])


def _transliterated(a: str, b: str) -> bool:
    """Dmytro and Dmitri, Volodymyr and Vladimir; not Martin and Martina, where an ending tells two people apart."""
    key = consonants(a)
    return len(key) >= _TELLING and key == consonants(b) and a.endswith(("a", "e")) == b.endswith(("a", "e"))
