"""Why a search can find nothing, where what was asked tells."""

from datetime import date

from sqlalchemy import Connection

from app.store.read_found import is_outlet, is_speaker
from app.store.search_terms import Sought


def reasons(store: Connection, sought: Sought) -> tuple[str, ...]:
    """What stands in the way of finding anything, each in a sentence; none where words just don't occur."""
    return (*_of_words(sought), *_of_names(store, sought), *_of_days(sought))


def _of_words(sought: Sought) -> tuple[str, ...]:
    if not sought.words or any(map(str.isalnum, sought.words)):
        return ()
    return ("Signs alone are not searched for: a search needs a word or a number.",)


def _of_names(store: Connection, sought: Sought) -> tuple[str, ...]:
    speaker = () if not sought.speaker or is_speaker(store, sought.speaker) else ("speaker",)
    outlet = () if not sought.outlet or is_outlet(store, sought.outlet) else ("outlet",)
    return tuple(f"No {kind} here has a name like “{getattr(sought, kind)}”." for kind in (*speaker, *outlet))


def _of_days(sought: Sought) -> tuple[str, ...]:
    if not (sought.since and sought.until and sought.since > sought.until):
        return ()
    return (f"No day lies between {_day(sought.since)} and {_day(sought.until)}: the first is the later one.",)


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
