"""Names as keys: diacritics folded, transliterations brought together, parts compared.

`nameparser` was tried here: on the names that documents give it splits no better, is 25 times slower, and tells neither
“Ben Ashby” from “ben Ashby” nor a spelling from another.
"""

import re
import unicodedata
from functools import lru_cache

from app.attribution.lexicon import HONORIFICS, PARTICLES
from app.attribution.nicknames import full_forms

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "esq"})
_GENERATIONS = _SUFFIXES - {"phd", "md", "esq"}
_SONS = frozenset({"jr", "sr"})
_GIVEN_TOO = frozenset({"ben", "al"})  # particles that are given names where a capital begins them
_TELLING = 4  # consonants that tell one given name from another
_INITIAL = re.compile(r"\b([^\W\d_])\.(?=\w)")
_ARTICLE = re.compile(r"(?<!\w)(?:al|el)-(?=\w)", re.IGNORECASE)
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"})
_SOUNDS = (
    ("sch", "sh"), ("tch", "ch"), ("tsch", "ch"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("zh", "j"), ("ts", "c"),
    ("tz", "c"), ("ck", "k"), ("th", "t"), ("ks", "x"), ("dzh", "j"), ("dj", "j"), ("w", "v"), ("ou", "u"), ("oo", "u"),
    ("iy", "i"), ("ii", "i"), ("yi", "i"), ("y", "i"), ("j", "i"), ("q", "k"), ("ie", "e"), ("ei", "e"),
)  # fmt: skip


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without diacritics, marks and what can't be seen; words parted by single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    bare = "".join(char for char in plain if not unicodedata.combining(char) and unicodedata.category(char) != "Cf")
    return " ".join(re.sub(r"[^\w]+", " ", re.sub(r"[’'.]", "", bare)).split())


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """One key for the spellings of a surname: Zorenskyy, Zorenskiy and Zorensky give the same."""
    key = fold(word).replace(" ", "")
    for old, new in _SOUNDS:
        key = key.replace(old, new)
    key = re.sub(r"(.)\1+", r"\1", key)
    return re.sub(r"(?<=..)[ie]+$", "", key) or key


@lru_cache(maxsize=65536)
def parts(name: str) -> tuple[str, ...]:
    """Folded words of a personal name without honorifics, particles and suffixes; “Ashby, Ann” as “Ann Ashby”."""
    family, comma, given = name.partition(",")
    if comma and fold(given) and fold(given) not in _SUFFIXES:
        name = f"{given} {family}"
    first = name.split(maxsplit=1)[:1]
    words = fold(_ARTICLE.sub("", _INITIAL.sub(r"\1. ", name)).replace("-", "")).split()
    while len(words) > 1 and words[0] in HONORIFICS:
        words = words[1:]
    kept = [word for word in words if word not in _SUFFIXES]
    opens = kept[:1] if first and first[0][:1].isupper() and kept[:1] and kept[0] in _GIVEN_TOO else []
    bare = opens + [word for word in kept[len(opens) :] if word not in PARTICLES]
    return tuple(bare or kept or words)


def generation(name: str) -> str:
    """“jr”, “iii” and the like where a name ends in it, else an empty string."""
    last = fold(name).rsplit(maxsplit=1)[-1:]
    return last[0] if last and last[0] in _GENERATIONS else ""


def father_and_son(one: str, other: str) -> bool:
    """Whether the generation tells two full names apart.

    “Owen Ashby Jr.” is not Owen Ashby; “Owen T. Ashby Jr.” is how some papers write him, and “III” is often left out.
    """
    first, second = generation(one), generation(other)
    if first == second or (first and second):
        return first != second
    marked = one if first else other
    return is_son(marked) and len(parts(marked)) < 3


def is_son(name: str) -> bool:
    """Whether a name ends in “Jr.” or “Sr.”."""
    return generation(name) in _SONS


def given_names_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names of one surname can be one person: equal, an initial, a short form, or none given."""
    if len(one) < 2 or len(other) < 2 or is_tail(one, other):
        return True
    return _agree(one[0], other[0]) and _middles_agree(one[1:-1], other[1:-1])


def is_tail(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the shorter name ends the longer one: both words of a double surname, or a given name left out."""
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and long[-len(short) :] == short


def _middles_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """“George W.” and “George H. W.” are two; a middle name that one of them leaves out tells nothing."""
    if not one or not other:
        return True
    short, long = sorted((one[0], other[0]), key=len)
    return long.startswith(short) or skeleton(short) == skeleton(long)


def _agree(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    begins = long.startswith(short) and (len(short) == 1 or len(short) >= 3) and not _other_gender(short, long)
    return begins or skeleton(a) == skeleton(b) or bool(full_forms(a) & full_forms(b)) or _transliterated(a, b)


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
