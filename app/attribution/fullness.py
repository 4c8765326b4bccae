"""How fully a document names a speaker: the fuller name decides who the others are."""

import re
from functools import lru_cache

from app.attribution import lexicon
from app.attribution.names import fold, parts
from app.attribution.offices import is_role
from app.attribution.people import body_key
from app.records import SpeakerKind

ROLE, BARE, INITIAL, FULL = range(4)
_INITIALS = re.compile(r"(?:[^\W\d_]\.?){1,2}")
_ACRONYM = 6  # letters of the longest


@lru_cache(maxsize=65536)
def fullness(name: str, kind: SpeakerKind) -> int:
    """FULL for a given name with a surname and for a body's name, INITIAL for “A. Ashby”, BARE for one word and for
    an acronym, ROLE for “Norlandic president”."""
    if kind != "person":
        return BARE if acronym(name) else FULL
    if is_role(name):
        return ROLE
    words = parts(name)
    if len(words) < 2:
        return BARE
    given = words[0]
    written = next((word for word in name.split() if fold(word).startswith(given)), given)
    initials = len(given) == 1 or (written[:2].isupper() and not name.isupper() and bool(_INITIALS.fullmatch(written)))
    return INITIAL if initials else FULL


def acronym(name: str) -> bool:
    """Whether a body's name is one word in capitals (“NFA”), and no country's."""
    letters = name.replace(".", "")
    return letters.isalpha() and letters.isupper() and len(letters) <= _ACRONYM and not lexicon.demonym(name)


def generic(name: str) -> bool:
    """Whether a body's name is a word for bodies and nothing more: “Board”, “the Committee”."""
    key = body_key(name)
    return key in lexicon.BODY_SUFFIXES | lexicon.BODY_HEADS_LOWER and key not in lexicon.BODY_NAMES
