"""Which wording is the likely original: the evidence in order, each step with its reason.

The earliest printed wording can still be wrong (Liberman, Language Log), so reasons say "earliest here".
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.clustering.normal import normal_form
from app.records import Choice, Precision, Witness

_UNDECIDED = 1.1  # log-likelihood: about three to one decides nothing
_CONTRADICTED = 7.0  # about a thousand to one outweighs a date


def likely_original(witnesses: Sequence[Witness]) -> Choice:
    """The wording that the evidence favours.

    What stands in a transcript or release comes first; what stands only in headings or in re-worded documents comes
    last, and no date helps what all documents contradict. Then the earliest (a date without a time ties with everything
    on that day; what has no date counts only where it agrees better), then what agrees best with all documents, then
    most independent outlets, then the most complete. `tied` are the others that the evidence favours as much; among
    them the choice falls on the first in the order of their text. Raises ValueError without witnesses.
    """
    if not witnesses:
        raise ValueError("a likely original needs at least one wording")
    everyone = list(range(len(witnesses)))
    primary = _preferred(everyone, [w.primary for w in witnesses])
    body = _preferred(primary, [not w.heading for w in witnesses])
    faithful = _preferred(body, [not w.reworded for w in witnesses])
    first = _earliest(witnesses, faithful)
    early = _earliest(witnesses, _agreeing(faithful, witnesses, _CONTRADICTED))
    agreed = _agreeing(early, witnesses, _UNDECIDED)
    carried = _most(agreed, [w.independent_outlets for w in witnesses])
    longest = _most(carried, _lengths(witnesses) if len(carried) > 1 else [0] * len(witnesses))
    index, *tied = sorted(longest, key=lambda i: (witnesses[i].text, i))
    reasons = [
        "A transcript, a release or a full text among the documents has it so." if len(primary) < len(everyone) else "",
        _passed_over(len(body) - len(faithful)),
        "The earliest wording is one that all other documents contradict." if set(first).isdisjoint(early) else "",
        _when(witnesses, index),
        "Its words agree best with those of all documents." if len(agreed) < len({*first, *early}) else "",
        _carried(witnesses[index]),
        _complete(len(carried), len(longest)),
        _ties(len(tied)),
    ]
    return Choice(index, tuple(reason for reason in reasons if reason), tuple(sorted(tied)))


def _lengths(witnesses: Sequence[Witness]) -> list[int]:
    return [len(normal_form(witness.text).split()) for witness in witnesses]


def _preferred(among: Sequence[int], marked: Sequence[bool]) -> list[int]:
    """Those that are marked; all where none is."""
    return [i for i in among if marked[i]] or list(among)


def _agreeing(among: Sequence[int], witnesses: Sequence[Witness], margin: float) -> list[int]:
    best = max(witnesses[i].support for i in among)
    return [i for i in among if witnesses[i].support >= best - margin]


def _passed_over(count: int) -> str:
    stand = "stands" if count == 1 else "stand"
    return f"{_counted(count, 'other wording')} {stand} only in re-worded documents." if count else ""


def _earliest(witnesses: Sequence[Witness], among: Sequence[int]) -> list[int]:
    dated = [(i, witness) for i, witness in enumerate(witnesses) if i in among and witness.published]
    ranges = {i: _range(w.published, w.precision, w.reliable) for i, w in dated if w.published}
    if not ranges:
        return list(among)
    first_end = min(end for _, end in ranges.values())
    possible = [i for i, (start, _) in ranges.items() if start <= first_end]
    exact = [i for i in possible if witnesses[i].precision in ("day", "time") and witnesses[i].reliable] or possible
    best = max(witnesses[i].support for i in exact)
    undated = (i for i in among if i not in ranges and witnesses[i].support > best + _UNDECIDED)
    return sorted([*exact, *undated])


def _range(at: datetime, precision: Precision | None, reliable: bool) -> tuple[datetime, datetime]:
    """First and last moment at which a text so dated can have come out."""
    if not reliable:
        return datetime.min.replace(tzinfo=at.tzinfo), _range(at, precision, True)[1]
    if precision == "time":
        return at, at
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    first = day.replace(day=1) if precision == "month" else day.replace(month=1, day=1) if precision == "year" else day
    try:
        return first, _following(first, precision) - timedelta(microseconds=1)
    except (OverflowError, ValueError):  # the calendar ends with the year 9999
        return first, datetime.max.replace(tzinfo=at.tzinfo)


def _following(first: datetime, precision: Precision | None) -> datetime:
    """When the next year, month or day begins."""
    if precision == "year":
        return first.replace(year=first.year + 1)
    return (first + timedelta(days=32)).replace(day=1) if precision == "month" else first + timedelta(days=1)


def _most(among: Sequence[int], amounts: Sequence[int]) -> list[int]:
    most = max(amounts[i] for i in among)
    return [i for i in among if amounts[i] == most]


def _when(witnesses: Sequence[Witness], index: int) -> str:
    """What the dates of all wordings say of the chosen one, also of those that were passed over for other reasons."""
    witness = witnesses[index]
    if len(witnesses) == 1:
        return "The only wording here."
    ranges = {i: _range(w.published, w.precision, True) for i, w in enumerate(witnesses) if w.published and w.reliable}
    if witness.published is None:
        return "It has no date itself." if any(w.published for w in witnesses) else "No wording here has a known date."
    date = _date(witness.published, witness.precision)
    if not witness.reliable:
        return f"Known to be out by {date}."
    earlier = sum(end < ranges[index][0] for _, end in ranges.values())
    if earlier:
        return f"Dated {date}; {_counted(earlier, 'other wording')} {'is' if earlier == 1 else 'are'} dated earlier."
    first_end = min(end for _, end in ranges.values())
    level = sum(start <= first_end for i, (start, _) in ranges.items() if i != index)
    if level:
        return f"Among the earliest here: {date}; {_counted(level, 'other wording')} may be as early."
    return f"Earliest here: {date}."


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
