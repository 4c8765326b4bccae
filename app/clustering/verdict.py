"""How a wording that somebody asks about stands to one that is known: exact, shortened, or altered.

Whether the two are one utterance at all is decided before; this says how the asked one differs.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from app.clustering.collation import word_key, words
from app.clustering.labels import LABEL_ORDER, labels
from app.clustering.normal import normal_form
from app.clustering.vocabulary import carried, negations, stem, stems
from app.records import Label

Verdict = Literal["exact", "shortened", "altered"]

# What changes the sense is never passed over as a mere cut.
_GRAVE = frozenset({"number differs", "negation differs", "name differs"})
_LEFT_OUT = re.compile(r"\[?\(?(?:…|\.\.\.|\. \. \.)\)?\]?")
_MINUS = re.compile(r"(?<![\w.,)])[-−–](?=\d)")  # which the normal form folds away
_PAUSE = re.compile(r"[,;:.!?…—–]\W*$")  # a negation before it denies what stands there, not what follows


def content(text: str) -> float:
    """How much a wording tells: its different words of content, common ones counted in part."""
    return carried(stems(text))


def verdict(known: str, asked: str) -> tuple[Verdict, tuple[Label, ...]]:
    """How `asked` stands to `known`, with the labels of what differs (none where it is exact).

    Exact: equal normal forms and the same signs before numbers. Shortened: `asked` holds whole stretches of `known`
    in their order, each gap shown by an ellipsis, and what was left out changes no number, no negation and no name.
    Altered: all else.
    """
    if _MINUS.findall(known) != _MINUS.findall(asked) and normal_form(known) == normal_form(asked):
        return "altered", (Label("number differs", ((known.strip(), asked.strip()),)),)
    if normal_form(known) == normal_form(asked):
        return "exact", ()
    found = labels(known, asked)
    gaps = _gaps(known, asked)
    if gaps is None:
        return "altered", found
    lost = tuple((gap, "") for gap in gaps)
    if lost and all(label.kind != "negation differs" for label in found):
        found = tuple(sorted((*found, Label("negation differs", lost)), key=lambda label: LABEL_ORDER[label.kind]))
    grave = any(label.kind in _GRAVE for label in found)
    return "altered" if grave else "shortened", found


def _gaps(known: str, asked: str) -> list[str] | None:
    """Words left out of `known` that deny what is kept; None where `asked` is no cut of it."""
    tokens = [(token, key) for token in words(known) if (key := word_key(token))]
    keys = [key for _, key in tokens]
    gaps, place = [], 0
    for number, piece in enumerate(_pieces(asked)):
        start = _find(keys, piece, place)
        if start is None:
            return None
        left_out = tokens[place:start]
        gaps += list(_denials(left_out, inside=number > 0))
        place = start + len(piece)
    return gaps if place else None


def _pieces(asked: str) -> Iterator[list[str]]:
    for piece in _LEFT_OUT.split(asked):
        keys = [key for token in words(piece) if (key := word_key(token))]
        if keys:
            yield keys


def _find(keys: Sequence[str], piece: Sequence[str], start: int) -> int | None:
    last = len(keys) - len(piece)
    return next((i for i in range(start, last + 1) if list(keys[i : i + len(piece)]) == list(piece)), None)


def _denials(left_out: Sequence[tuple[str, str]], inside: bool) -> Iterator[str]:
    """Words left out before what is kept, if one of them denies it: no pause stands between (or they stand inside)."""
    pauses = [i for i, (token, _) in enumerate(left_out) if _PAUSE.search(token)]
    clause = left_out if inside or not pauses else left_out[pauses[-1] + 1 :]
    if negations(stem(key) for _, key in clause):
        yield " ".join(token.strip() for token, _ in clause)
