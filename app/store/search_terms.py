"""What somebody typed into the search field: words, exact phrases, and terms such as `speaker:` or `before:`. Pure."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

_QUOTES = '"“”„«»'
_PHRASE = rf"[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]"
_VALUE = rf"(?:[{_QUOTES}](?P<long>[^{_QUOTES}]*)(?:[{_QUOTES}]|$)|(?P<short>[^\s{_QUOTES}]*))"
_TERM = rf"(?P<key>(?i:speaker|outlet|before|after)):{_VALUE}"
_TOKEN = re.compile(rf"{_TERM}|{_PHRASE}|(?P<word>[^\s{_QUOTES}]+)|[{_QUOTES}]")
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160)), " ")  # no sign that can be typed or shown
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for. Days are inclusive, and compared with a quote's earliest document, or with a document's day.

    `words` holds exact phrases in straight quotation marks; `unread` are terms that make no sense, as typed.
    """

    words: str = ""
    speaker: str = ""
    outlet: str = ""
    since: date | None = None
    until: date | None = None
    unread: tuple[str, ...] = ()

    @property
    def phrases(self) -> tuple[str, ...]:
        """The exact phrases among the words."""
        return tuple(found["phrase"] for found in _TOKEN.finditer(self.words) if found["phrase"])

    @property
    def loose(self) -> tuple[str, ...]:
        """The words that stand in no phrase."""
        found = (token["word"] for token in _TOKEN.finditer(self.words))
        return tuple(part for word in found if word for part in re.findall(r"\w+", word))

    def __bool__(self) -> bool:
        return any((self.words, self.speaker, self.outlet, self.since, self.until))


def parse(typed: str) -> Sought:
    """Read what was typed, without what can't be seen; of two terms of one kind the later one holds. Never raises."""
    sought, words = Sought(), []
    for token in _TOKEN.finditer(_visible(typed).translate(_CONTROLS)):
        if token["key"]:
            sought = _with_term(sought, token["key"].lower(), plain(token["long"] or token["short"] or ""))
        elif plain(token["phrase"] or ""):
            words.append(f'"{plain(token["phrase"])}"')
        elif token["word"]:
            words.append(token["word"])
    return replace(sought, words=" ".join(words))


def write(sought: Sought) -> str:
    """What somebody could have typed to ask for this: `parse(write(sought)) == sought` for all that `parse` gives."""
    terms = [_term(key, value) for key, value in written_terms(sought)]
    return " ".join(part for part in (*terms, *sought.unread, sought.words) if part)


def written_terms(sought: Sought) -> tuple[tuple[str, str], ...]:
    """The terms with their values as they are typed."""
    given = {
        "speaker": sought.speaker,
        "outlet": sought.outlet,
        "after": sought.since.isoformat() if sought.since else "",
        "before": sought.until.isoformat() if sought.until else "",
    }
    return tuple((key, value) for key, value in given.items() if value)


def without(sought: Sought, key: str) -> Sought:
    """The same without one of its terms."""
    if key == "speaker":
        return replace(sought, speaker="")
    if key == "outlet":
        return replace(sought, outlet="")
    return replace(sought, since=None) if key == "after" else replace(sought, until=None)


def spelt(sought: Sought, spelling: Mapping[str, str]) -> Sought:
    """The same with other words for some (in small letters), be it alone, in phrases or in names."""

    def other(found: re.Match[str]) -> str:
        return spelling.get(found.group().lower(), found.group())

    words, speaker, outlet = (re.sub(r"\w+", other, part) for part in (sought.words, sought.speaker, sought.outlet))
    return replace(sought, words=words, speaker=speaker, outlet=outlet)


def plain(value: str) -> str:
    """A value with single spaces and without quotation marks and signs that can't be shown."""
    return " ".join(value.translate(_CONTROLS | dict.fromkeys(map(ord, _QUOTES), " ")).split())


def _visible(typed: str) -> str:
    """Without zero-width signs, soft hyphens and bidi controls, which come along with what is pasted."""
    return "".join(sign for sign in typed if unicodedata.category(sign) != "Cf")


def _term(key: str, value: str) -> str:
    return f'{key}:"{value}"' if " " in value else f"{key}:{value}"


def _with_term(sought: Sought, key: str, value: str) -> Sought:
    if not value:
        return sought
    if key == "speaker":
        return replace(sought, speaker=value)
    if key == "outlet":
        return replace(sought, outlet=value)
    day = _day(value, last=key == "before")
    if day is None:
        return replace(sought, unread=(*sought.unread, _term(key, value)))
    return replace(sought, until=day) if key == "before" else replace(sought, since=day)


def _day(value: str, last: bool) -> date | None:
    """The first or last day of a year, a month or a day; None where it is none of them."""
    found = _DAY.fullmatch(value)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        given = date(year or 0, month or (12 if last else 1), 1)
    except ValueError:
        return None
    length = monthrange(given.year, given.month)[1]
    chosen = day if day is not None else length if last else 1
    return given.replace(day=chosen) if 1 <= chosen <= length else None
