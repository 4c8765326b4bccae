"""Dates as outlets write them, with the precision that they really have."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from app.records import Precision, Published

_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_TIME = (
    r"(?:(?:\s*,?\s*(?:at\s+)?|[tT])(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>z|utc|gmt|bst|cet|cest|e[sd]?t|c[sd]t|m[sd]t|p[sd]?t"
    r"|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?"
)
_DAYNAME = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
_PATTERNS = tuple(
    re.compile(pattern + r"\s*", re.I | re.A)  # re.A: else “ſ” counts as an s, and no month is named so
    for pattern in (
        r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2})" + _TIME + r")?)?",
        r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?:[tT]?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})"
        r"(?P<zone>z)?)?",
        _DAYNAME + r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+" + _MONTH + r",?[\s-]+(?P<year>\d{4})" + _TIME,
        _DAYNAME + _MONTH + r"\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})" + _TIME,
        _MONTH + r",?\s+(?P<year>\d{4})",
    )
)
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})\s*")
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_](\d{2})[-_](\d{2})(?!\d)")
_ZONES = {
    "bst": 1, "cet": 1, "cest": 2, "et": -5, "est": -5, "edt": -4, "cst": -6, "cdt": -5,
    "mst": -7, "mdt": -6, "pt": -8, "pst": -8, "pdt": -7,
}  # fmt: skip
_YEARS = range(1400, 2200)  # "9999-12-31" and the like say that somebody knew no date


def published(value: object, found_in: str) -> Published | None:
    """The date that a metadata value states: ISO 8601, RFC 822, "15 March 2025", "March 2025"; else None.

    `at` is UTC without tzinfo; a time without a zone counts as UTC. A slashed date that can be read two
    ways ("03/04/2025") keeps its year only.
    """
    text = " ".join(str(value).split())[:80]
    for pattern in _PATTERNS:
        if match := pattern.fullmatch(text):
            return _from_fields(match.groupdict(), found_in)
    if slashed := _SLASHED.fullmatch(text):
        return _from_slashed(*(int(part) for part in slashed.groups()), found_in=found_in)
    return None


def published_from_name(name: str) -> Published | None:
    """The day that a file name holds as YYYY-MM-DD."""
    match = _IN_NAME.search(name)
    return published("-".join(match.groups()), "file name") if match else None


def may_be_a_date(at: datetime) -> bool:
    """Whether a document can have come out then."""
    return at.year in _YEARS


def _from_fields(fields: Mapping[str, str | None], found_in: str) -> Published | None:
    month, day, hour = fields.get("month"), fields.get("day"), fields.get("hour")
    precision: Precision = "time" if hour else "day" if day else "month" if month else "year"
    try:
        at = datetime(int(fields["year"] or 0), _month(month), int(day or 1), tzinfo=UTC)
        at += _clock(fields)
    except (ValueError, OverflowError):
        return None
    return Published(at.replace(tzinfo=None), precision, found_in) if may_be_a_date(at) else None


def _month(name: str | None) -> int:
    if name is None:
        return 1
    return int(name) if name.isdecimal() else _MONTHS[name.lower()[:3]]


def _clock(fields: Mapping[str, str | None]) -> timedelta:
    """Time of day, moved to UTC."""
    if not fields.get("hour"):
        return timedelta()
    hour, minute, second = (int(fields.get(key) or 0) for key in ("hour", "minute", "second"))
    if half := (fields.get("half") or "").lower()[:1]:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 24 or minute > 59 or second > 60:
        raise ValueError("no such time of day")
    return timedelta(hours=hour, minutes=minute, seconds=second) - _offset(fields.get("zone") or "")


def _offset(zone: str) -> timedelta:
    if zone[:1] in "+-" and zone:
        digits = zone[1:].replace(":", "").ljust(4, "0")
        ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return ahead if zone[0] == "+" else -ahead
    return timedelta(hours=_ZONES.get(zone.lower(), 0))


def _from_slashed(first: int, second: int, year: int, *, found_in: str) -> Published | None:
    if first > 12 or second == first:
        return published(f"{year}-{second}-{first}", found_in)
    if second > 12:
        return published(f"{year}-{first}-{second}", found_in)
    return published(str(year), found_in)
