"""Names behind a dash, with or without an account and a date: `— Ann Ashby`, `— Ann Ashby (@ashby) March 3, 2025`."""

import re
from typing import NamedTuple

from app.extraction.labels import PARTICLES, is_name
from app.extraction.words import has_cue, words
from app.records import Span

_DASH = re.compile(r"\s*(?:[—–―]|--?)\s?(?=[^\W\d_])")
_WORD = re.compile(r"(?P<word>[^\W\d_][\w.’'/-]*)(?P<pause>[,:]?)\s*")
_ACCOUNT = re.compile(r"\(?@\w{2,30}\)?")
_MONTHS = frozenset(
    "january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_LONGEST, _ROLE = 160, 14  # characters of a signature, words behind its name


class Signature(NamedTuple):
    """The name behind a dash; `account` stands beside it in a post."""

    name: Span
    account: bool


def signature_at(text: str, start: int, end: int) -> Signature | None:
    """The signature that text[start:end] is from its dash to its end, None where it is something else."""
    dash = _DASH.match(text, start, end) if end - start <= _LONGEST else None
    return name_at(text, dash.end(), end) if dash else None


def name_at(text: str, start: int, end: int) -> Signature | None:
    """The name that text[start:end] begins with, where only a role, an account or a date stands behind it."""
    stop = _name_end(text, start, end)
    named, rest = text[start:stop].rstrip(), text[stop:end].strip()
    name = named.rstrip(",.")
    closed = named.endswith(",") or not rest or rest[0] in "(@·•|.,-–—" or is_date(rest)
    if not closed or not is_name(name.split()) or has_cue(rest) or rest.endswith(("?", "!")):
        return None
    if len(words(rest)) > _ROLE:
        return None
    return Signature(Span(start, start + len(name)), _ACCOUNT.match(rest) is not None)


def is_date(rest: str) -> bool:
    """Whether words begin like a date: a figure, or the name of a month."""
    return rest[:1].isdigit() or rest.partition(" ")[0].lower().rstrip(".,") in _MONTHS


def _name_end(text: str, start: int, end: int) -> int:
    """Where the run of capitals that begins here ends, at a pause or a month at the latest."""
    at = start
    while found := _WORD.match(text, at, end):
        word = found["word"]
        capital = word[0].isupper() and word.lower().rstrip(".") not in _MONTHS
        if found["pause"] == ":" or not (capital or (at > start and word in PARTICLES)):
            break
        at = found.end()
        if found["pause"]:
            break
    return at
