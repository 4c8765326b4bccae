"""Repairing a database: what can be derived is derived again, in one transaction; the rest is named."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.freshening import freshen_all
from app.keeping import LISTED, mending
from app.keeping.findings import Verified
from app.keeping.verify import CHECKS, FIRST, NOT_UNDERSTOOD, Heard, run_checks
from app.store.engine import writing

# In this order, since each goes by what those before it derive.
MENDERS: dict[str, Callable[[Session], None]] = {
    "search": mending.mend_search,  # first too: writing elsewhere goes through the search tables
    "documents": mending.mend_documents,
    "contexts": mending.mend_contexts,
    "namings": mending.mend_namings,
    "aliases": mending.mend_aliases,
    "all": mending.drop_dangling,
    "quotes": mending.mend_quotes,
    "words": mending.mend_words,
    "profiles": mending.mend_profiles,
    "stories": mending.mend_stories,
    "totals": mending.mend_totals,
    "search again": mending.mend_search,
}
_FOLLOWS = {
    "documents": {"totals", "stories"},
    "namings": {"quotes", "profiles", "totals", "search again"},
    "all": {"quotes", "profiles", "stories", "totals"},
    "quotes": {"profiles", "stories", "totals", "search again"},
    "aliases": {"search again"},
    "words": {"search again"},
}


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was found before and what is left after."""

    before: Verified
    after: Verified

    def mended(self) -> dict[str, int]:
        """How many findings of each check are gone."""
        gone = {name: count - self.after.counts.get(name, 0) for name, count in self.before.counts.items()}
        return {name: count for name, count in gone.items() if count > 0}


def repair(engine: Engine, heard: Heard = lambda *_: None, limit: int = LISTED) -> Repaired:
    """Derive again what differs and can be derived, all or nothing, and verify that. Raises DatabaseError."""
    with writing(engine) as session:
        _mend(session, freshen_all)
        before = _checked(session, heard, limit)
        wanted = _wanted(before)
        for name in [name for name in MENDERS if name in wanted]:
            heard(f"mending {name}", 0, 1)
            _mend(session, MENDERS[name])
            heard(f"mending {name}", 1, 1)
        _mend(session, freshen_all)  # what the menders marked
        after = _checked(session, heard, limit) if wanted else before
    return Repaired(before, after)


def _mend(session: Session, mender: Callable[[Session], None]) -> None:
    """Run a mender; where rows make no sense or refer to rows that are gone, what they would give stays a finding.

    What keeps the database itself from being written ends the repair: SQLite may have undone all of it already.
    """
    fatal: list[DBAPIError] = []
    try:
        with session.begin_nested():
            try:
                mender(session)
                session.flush()
            except DBAPIError as error:
                fatal += [error] if _FATAL.search(str(error.orig)) else []
                raise
    except NOT_UNDERSTOOD:
        if fatal:
            raise fatal[0] from None
    session.expire_all()


_FATAL = re.compile("is full|disk I/O|locked|readonly|read-only|No space|terminating connection|connection is")


def _checked(session: Session, heard: Heard, limit: int) -> Verified:
    found = Verified()
    run_checks(session, (*FIRST, *CHECKS), found, heard, limit)
    return found


def _wanted(found: Verified) -> set[str]:
    """What has to be derived again, with all that follows from it."""
    wanted = {check.mend for check in (*FIRST, *CHECKS) if check.mend and found.counts.get(check.name)}
    while more := {name for one in wanted for name in _FOLLOWS.get(one, ())} - wanted:
        wanted |= more
    return wanted
