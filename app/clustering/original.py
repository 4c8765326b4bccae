"""Which wording is the likely original: the evidence in order, each step with its reason.

The earliest printed wording can still be wrong (Liberman, Language Log), so reasons say "earliest here".
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.clustering.normal import normal_form
from app.records import Choice, Precision, Witness


def likely_original(witnesses: Sequence[Witness]) -> Choice:
    """The wording that the evidence favours: earliest, then most independent outlets, then most complete.

    A date without a time ties with everything on that day. `tied` are the others that the evidence favours as
    much; among them the choice falls on the first in the order of their text. Raises ValueError without witnesses.
    """
    if not witnesses:
        raise ValueError("a likely original needs at least one wording")
    early = _earliest(witnesses)
    carried = _most(early, [w.independent_outlets for w in witnesses])
    longest = _most(carried, [len(normal_form(w.text).split()) for w in witnesses])
    index, *tied = sorted(longest, key=lambda i: (witnesses[i].text, i))
    reasons = [
        _when(witnesses, index, early),
        _carried(witnesses[index]),
        _complete(len(carried), len(longest)),
        _ties(len(tied)),
    ]
    return Choice(index, tuple(reason for reason in reasons if reason), tuple(sorted(tied)))


def _earliest(witnesses: Sequence[Witness]) -> list[int]:
    ranges = {i: _range(w.published, w.precision) for i, w in enumerate(witnesses) if w.published}
    if not ranges:
        return list(range(len(witnesses)))
    first_end = min(end for _, end in ranges.values())
    possible = [i for i, (start, _) in ranges.items() if start <= first_end]
    exact = [i for i in possible if witnesses[i].precision in ("day", "time")]
    return exact or possible


def _range(at: datetime, precision: Precision | None) -> tuple[datetime, datetime]:
    """First and last moment at which a text so dated can have come out."""
    if precision == "time":
        return at, at
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    if precision == "month":
        first = day.replace(day=1)
        following = (first + timedelta(days=32)).replace(day=1)
    elif precision == "year":
        first = day.replace(month=1, day=1)
        following = first.replace(year=first.year + 1)
    else:
        first, following = day, day + timedelta(days=1)
    return first, following - timedelta(microseconds=1)


def _most(among: Sequence[int], amounts: Sequence[int]) -> list[int]:
    most = max(amounts[i] for i in among)
    return [i for i in among if amounts[i] == most]


def _when(witnesses: Sequence[Witness], index: int, early: Sequence[int]) -> str:
    witness = witnesses[index]
    if len(witnesses) == 1:
        return "The only wording here."
    if witness.published is None:
        return "No wording here has a known date."
    others = len(early) - 1
    shared = f", as {_counted(others, 'other wording')}" if others else ""
    return f"Earliest here: {_date(witness.published, witness.precision)}{shared}."


def _date(at: datetime, precision: Precision | None) -> str:
    if precision == "year":
        return f"{at.year}"
    if precision == "month":
        return f"{at:%B} {at.year}"
    day = f"{at.day} {at:%B} {at.year}"
    return f"{day}, {at:%H:%M} UTC" if precision == "time" else day


def _carried(witness: Witness) -> str:
    count = witness.independent_outlets
    return f"Carried by {_counted(count, 'independent outlet')}." if count else ""


def _complete(candidates: int, longest: int) -> str:
    return "The most complete of the wordings that tie." if longest < candidates else ""


def _ties(count: int) -> str:
    fit = "fits" if count == 1 else "fit"
    return f"{_counted(count, 'other wording')} {fit} the evidence as well." if count else ""


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
