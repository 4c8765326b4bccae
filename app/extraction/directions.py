"""Stage directions of a transcript, (APPLAUSE) or [crosstalk], told from words that an editor put into a quotation."""

import re

from app.extraction.words import words
from app.records import Span

_NOISES = frozenset(
    """
    applause applauds cheers cheering laughter laughs laughing laugh chuckles chuckling crosstalk cross-talk inaudible
    unintelligible indiscernible silence pause pauses sighs crying cries music boos booing gavel interruption
    interposing overlapping off-mic off-mike nods smiles shouts shouting whispers coughs coughing videotape
    """.split()
)
_FEW = 4  # words of a noise
_REACH = 70  # characters in which a direction at the end stands
_BRACKET = (
    r"(?:\((?P<round>[^()\n]{1,60})\)|\[(?P<square>[^\[\]\n]{1,60})\]"
    r"|(?P<slant>[*_]{1,2})(?P<italic>[^*_\n]{1,40})(?P=slant))[.!]?"
)
_LEADING = re.compile(r"\s*" + _BRACKET + r"\s*")
_TRAILING = re.compile(r"(?P<before>\S?)\s*" + _BRACKET + "$")
_STOPS = ".?!…,—–-:;\"”'’)]*_"


def without_directions(text: str, span: Span) -> Span:
    """The span without the stage directions at its edges; empty where it holds nothing else."""
    start, end = span
    while (found := _LEADING.match(text, start, end)) and _leads(found, text[found.end() : min(end, found.end() + 1)]):
        start = found.end()
    while found := _TRAILING.search(text, max(start, end - _REACH), end):
        if not _trails(found):
            break
        end = found.end("before")
    return Span(start, end)


def _leads(found: re.Match[str], follows: str) -> bool:
    """At the front: “[laughs] We stay”, but not “[We] will stay”."""
    return _is_noise(found) or (_is_set_apart(found) and not follows.islower() and follows not in set(",;.’'"))


def _trails(found: re.Match[str]) -> bool:
    """At the back: “We stay. [They leave]”, but not “We stay in [the harbour]”."""
    return _is_noise(found) or (_is_set_apart(found) and (not found["before"] or found["before"] in _STOPS))


def _is_set_apart(found: re.Match[str]) -> bool:
    return found["square"] is not None or (found["round"] is not None and found["round"].isupper())


def _is_noise(found: re.Match[str]) -> bool:
    inside = words(found["round"] or found["square"] or found["italic"])
    return len(inside) <= _FEW and not _NOISES.isdisjoint(inside)
