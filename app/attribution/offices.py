"""Roles as evidence of identity: which forms are roles, which of them tell people apart, whose gender is said."""

from collections.abc import Iterable
from functools import lru_cache

from app.attribution import lexicon
from app.attribution.names import fold
from app.attribution.people import KINDS, nations, role_fit, role_head

# Rivals, candidates and sons are so in relation to somebody or for a while: every second person of a story is one.
_RELATIVE = frozenset(
    """
    rival opponent candidate nominee hopeful frontrunner front-runner incumbent star celebrity veteran democrat
    republican socialist conservative guru surrogate mother father son daughter wife husband brother sister widow fellow
    owner founder co-founder cofounder contributor expert firebrand rep whip leader chief
    """.split()
)
_SURNAMES = frozenset(
    """
    king prince bishop pope judge major marshal general captain coach dean chancellor
    singer farmer player fellow teacher nurse priest scholar writer author rapper doctor actor
    """.split()
)
_LONGEST = 10  # words of a role; longer ones are clauses


@lru_cache(maxsize=65536)
def is_role(form: str) -> bool:
    """Whether a form is a role (“British prime minister”) or another description, and no name."""
    words = form.split()
    if not words or not role_head(form):
        return False
    last = words[-1].lower().rstrip(".")
    held = len(words) > 1 and (last in lexicon.OFFICES or last in lexicon.CALLINGS) and last not in _SURNAMES
    described = any(word.islower() and word not in lexicon.PARTICLES for word in words)
    return held or described or all(_role_word(word) for word in words)


def _role_word(word: str) -> bool:
    low = word.lower().rstrip(".")
    listed = low in lexicon.OFFICES or low in lexicon.CALLINGS or low in lexicon.ROLE_MODIFIERS
    return listed or bool(lexicon.demonym(word))


@lru_cache(maxsize=65536)
def telling(form: str) -> bool:
    """Whether a role says something of its holder: an office or a calling, not “rival” or “candidate”."""
    if not is_role(form) or len(form.split()) > _LONGEST:
        return False
    head = role_head(form)
    return head not in _RELATIVE and (head in lexicon.OFFICES or head in lexicon.CALLINGS)


def offices(forms: Iterable[str]) -> set[tuple[str, str]]:
    """Head and nation of each telling role that names its nation: (“president”, “finnish”)."""
    return {(role_head(form), nation) for form in forms if telling(form) for nation in nations(form)}


@lru_cache(maxsize=65536)
def gist(role: str) -> str:
    """What a telling role says, as far as `shared` and `offices` tell it from another of one head."""
    return " ".join([role_head(role), *sorted(KINDS & set(fold(role).split())), *sorted(nations(role))])


def shared(own: Iterable[str], others: Iterable[str]) -> str:
    """The first telling role of `own` that fits one of `others`, else an empty string."""
    known = [role for role in others if telling(role)]
    for role in sorted(filter(telling, own)):
        if any(role_head(role) == role_head(other) and role_fit(role, other) for other in known):
            return role
    return ""


def said_gender(forms: Iterable[str]) -> str:
    """m or f where honorifics say so (“Mr. Ashby”), an empty string where none does or they differ."""
    found = {_title_gender(form) for form in forms} - {""}
    return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=65536)
def _title_gender(form: str) -> str:
    first, _, rest = fold(form).partition(" ")
    return lexicon.HONORIFICS.get(first, "") if rest else ""
