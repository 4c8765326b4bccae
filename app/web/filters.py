"""How numbers, dates and names are written on pages."""

import re
from collections.abc import Collection, Iterable
from datetime import date as calendar_day
from datetime import datetime
from functools import lru_cache

from markupsafe import Markup, escape

from app.records import Label, LabelKind, Precision
from app.store.read_views import QuoteLine, Speaker, When
from app.store.search_terms import Sought
from app.web.addresses import report_address, variant_address
from app.web.highlighting import mark_name

_SHOWN = {"year": "{0:%Y}", "month": "{0:%B} {0.year}", "day": "{0.day} {0:%B} {0.year}"}
_ELIDED = 8  # words
_PIECE = 60  # characters of a piece of evidence
_MOST_SHOWN = 4000  # characters of one wording, title or name on a page
_ACTIVE = re.compile("[&<>'\"]").search  # signs that mean something in HTML
_MACHINE = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d", "time": "%Y-%m-%dT%H:%MZ"}
_WRONG = '<a class="wrong" href="{}" rel="nofollow">Something is wrong?<span class="unseen"> With “{}”</span></a>'


def number(value: int) -> str:
    """A whole number in groups of three."""
    return f"{value:,}"


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun: "1 outlet", "2 outlets", "1,200 copies"."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def noun(count: int, one: str, many: str = "") -> str:
    """The noun alone, as `plural` would write it."""
    return one if count == 1 else many or one + "s"


def percentage(share: float) -> str:
    """A share as whole percent, rounded as in reasons and labels, but never up to all of it."""
    return f"{min(round(share * 100), 99) if share < 1 else 100} %"


def short_day(at: datetime) -> str:
    """A day in words, as short as pictures need it."""
    return f"{at.day} {at:%b} {at.year}"


def machine(when: When) -> str:
    """A date for programs, as exact as it is known."""
    return when.at.strftime(_MACHINE[when.precision])


def level_first(whens: Iterable[When | None]) -> int:
    """How many of these dates, in order of time, may be the first: of a day and an hour of it, either may be."""
    finest, count = "", 0
    for when in whens:
        text = machine(when) if when else "undated"
        if not (text.startswith(finest) or finest.startswith(text)):
            break
        finest, count = max(finest, text, key=len), count + 1
    return count


def date(when: When | None) -> Markup:
    """A date as exact as it is known, in a <time> element."""
    return _time(when.at, when.precision) if when else Markup('<span class="undated">undated</span>')


@lru_cache(maxsize=10_000)
def _time(at: datetime, precision: Precision) -> Markup:
    when = When(at, precision)
    shown = _SHOWN.get(precision, _SHOWN["day"]).format(at)
    return Markup(f'<time datetime="{machine(when)}" title="{_exact(when)}">{shown}</time>')  # noqa: S704 - of figures


def day(at: calendar_day) -> Markup:
    """A day, in a <time> element."""
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(), f"{at.day} {at:%B} {at.year}")


def moment(at: datetime) -> Markup:
    """A point in time to the minute, UTC."""
    shown = f"{at.day} {at:%B} {at.year}, {at:%H:%M} UTC"
    return Markup('<time datetime="{}">{}</time>').format(at.strftime(_MACHINE["time"]), shown)


def shorten(text: str, length: int) -> str:
    """A text cut at a word where it is longer than `length`, with an ellipsis."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    return (
        flat[: length + 1].rpartition(" ")[0].rstrip(" ,.;:—–-") + " …" if " " in flat[:length] else flat[:length] + "…"
    )


def bounded(value: object) -> object:
    """What a page writes of a value: a text of more than 4,000 characters is cut, and says so.

    Markup stays whole: `| e` makes it of a text that has to, as that of a document has, or what stands in a form.
    """
    if not isinstance(value, str) or len(value) <= _MOST_SHOWN or isinstance(value, Markup):
        return value
    return f"{value[:_MOST_SHOWN]} … ({plural(len(value) - _MOST_SHOWN, 'further character')} in the document)"


def written(value: object) -> str:
    """A value as it stands in a page's HTML: bounded, and escaped unless it is markup."""
    if type(value) is Markup:
        return value
    shown = bounded(value)
    if type(shown) is str and not _ACTIVE(shown):
        return shown
    return escape(shown)


def elide(words: str) -> str:
    """A long run of dropped words by its ends: the whole of it stands in the likely original."""
    parts = words.split()
    return words if len(parts) <= _ELIDED else " ".join((*parts[:3], "…", *parts[-2:]))


def evidence(label: Label) -> tuple[str, ...]:
    """What a label rests on, each piece in a few words."""
    if label.kind == "machine-translated or spun":
        return tuple(other for _, other in label.evidence)  # a sentence, not words of a text
    return tuple(_contrast(label.kind, shorten(base, _PIECE), shorten(other, _PIECE)) for base, other in label.evidence)


def _contrast(kind: LabelKind, base: str, other: str) -> str:
    if kind == "other speaker":
        return f"{other} instead of {base}"
    if base and other:
        return f"“{other}” for “{base}”"
    return f"“{other}”" if other else f"without “{base}”"


def headline(wording: str) -> str:
    """A wording set by itself, without the comma that led on to "he said"."""
    return wording.rstrip(" ,;")


def rows(text: str) -> int:
    """The height of a field that shows a text, in lines of 64 characters: nine at most."""
    return min(9, text.count("\n") + 1 + len(text) // 64)


def carried(line: QuoteLine) -> str:
    """By how many outlets a quote is carried, and how many of them are independent of each other."""
    count, independent = line.outlet_count, line.independent_count
    if count <= 1:
        return plural(count, "outlet")
    share = f"{number(independent)} of them" if independent < count else "all"
    return f"{plural(count, 'outlet')}, {share} independent"


def anchor(variant: str, shown: Collection[str]) -> str:
    """Where a link to a variant (its id) leads: to its place where that is on this page."""
    return f"#v-{variant}" if variant in shown else variant_address(variant)


def wrong(quotation: str, words: str) -> Markup:
    """The link by which a quotation (its id) is reported as wrong."""
    address = written(report_address("quotation", quotation))
    return Markup(_WRONG.format(address, written(shorten(words, 40))))  # noqa: S704 - both are written


def speaker(who: Speaker | None, sought: Sought | None = None) -> Markup:
    """A speaker's name as a link to their page, what was sought marked in it."""
    if who is None:
        return Markup('<span class="nobody">nobody named</span>')
    return _link(who.id, mark_name(who.name, sought)) if sought else _speaker(who.id, who.name)


@lru_cache(maxsize=10_000)  # of plain names alone: to the cache, markup of the same characters would be the same
def _speaker(public_id: str, name: str) -> Markup:
    return _link(public_id, name)


def _link(public_id: str, name: str) -> Markup:
    return Markup('<a class="who" href="/speakers/{}">{}</a>').format(public_id, bounded(name))


def code(text: str) -> Markup:
    """A text of a docstring; what stands between backticks is code."""
    parts = (f"<code>{escape(part)}</code>" if n % 2 else str(escape(part)) for n, part in enumerate(text.split("`")))
    return Markup("".join(parts))  # noqa: S704 - every part is escaped above


def certainty(confidence: float) -> str:
    """A confidence between 0 and 1 in words."""
    return "high" if confidence >= 0.8 else "fair" if confidence >= 0.5 else "low"


def _exact(when: When) -> str:
    return f"{when.at:%H:%M} UTC" if when.precision == "time" else f"known to the {when.precision}"
