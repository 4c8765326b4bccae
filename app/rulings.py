"""`variorum decide …`: a decision is put on record and takes effect at once."""

import json
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from textwrap import shorten

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.deciding import decide
from app.errors import InputError, UsageError
from app.freshening import freshen_all
from app.ingest import now
from app.records import DecisionKind
from app.rewriting import rewrite
from app.store.decisions import (
    LONGEST_NAME,
    Decision,
    Target,
    add_decisions,
    decision_of,
    find_target,
    quotes_of,
    read_decisions,
)
from app.store.engine import writing
from app.store.parts import read_quote_parts
from app.terminal import inert

_LONGEST = 200  # characters of an author's name
_SHOWN = 60  # characters of a wording


def rule(engine: Engine, kind: DecisionKind, one: str, other: str, author: str) -> Decision:
    """Decide that two ids are one utterance ("same") or not ("different"), or who the speaker of one is ("speaker").

    Raises UsageError for an id that is not there, DatabaseError.
    """
    with writing(engine) as session:
        return rule_in(session, kind, one, other, author)


def rule_in(session: Session, kind: DecisionKind, one: str, other: str, author: str) -> Decision:
    """The same within a transaction that has more to do."""
    ours = _target(session, one, alone=kind != "speaker")
    theirs = None if kind == "speaker" else _target(session, other, alone=True)
    if theirs is not None and set(ours.parts) & set(theirs.parts):
        raise UsageError(f"{one} and {other} share sentences.", "Give the ids of two different things.")
    speaker = " ".join(other.split()) if kind == "speaker" else None
    if kind == "speaker" and not speaker:
        raise UsageError("The speaker has no name.", "Give the name after the id.")
    if speaker and len(speaker) > LONGEST_NAME:
        raise UsageError(
            f"The speaker's name has {len(speaker):,} characters.", f"Give one of at most {LONGEST_NAME} characters."
        )
    decision = Decision(kind, ours, theirs, speaker, author[:_LONGEST], now())
    add_decisions(session, [decision])
    _apply(session, [decision])
    return decision


def told(decision: Decision) -> str:
    """A decision in one line."""
    one = f"{decision.one.id} “{shorten(' '.join(decision.one.text.split()), _SHOWN, placeholder=' …')}”"
    if decision.other is None:
        what = f"{one} was said by {decision.speaker}"
    else:
        other = f"{decision.other.id} “{shorten(' '.join(decision.other.text.split()), _SHOWN, placeholder=' …')}”"
        what = f"{one} and {other} are {'one quote' if decision.kind == 'same' else 'two quotes'}"
    return inert(f"{decision.at:%Y-%m-%d %H:%M} UTC, {decision.author}: {what}.")


def import_decisions(engine: Engine, file: str) -> int:
    """Put exported decisions (JSON lines; - is standard input) on record; how many were new.

    Raises InputError for a line that is no decision, DatabaseError.
    """
    decisions = _read(file)
    with writing(engine) as session:
        known = {decision.public_id for decision in read_decisions(session)}
        new = [decision for decision in decisions if decision.public_id not in known]
        added = add_decisions(session, new)
        _apply(session, new)
    return added


def _target(session: Session, given: str, alone: bool) -> Target:
    """What an id stands for; of a quotation of several sentences only one can be compared (`alone`)."""
    target = find_target(session, given)
    if target is None:
        raise UsageError(
            f"There is no quote, variant or quotation {given!r} with sentences to decide on.",
            "Ids stand in the addresses of pages and in `variorum export`.",
        )
    if alone and target.scope == "quotation" and len(target.parts) > 1:
        raise UsageError(
            f"The quotation {given} has {len(target.parts)} sentences.",
            f"Give the id of one of them: {', '.join(target.parts)}.",
        )
    return target


def _apply(session: Session, decisions: Sequence[Decision]) -> None:
    """Let decisions take effect on the quotes that they are about; nothing else is clustered again."""
    targets = [target for d in decisions for target in (d.one, d.other) if target is not None]
    quotes = quotes_of(session, [part for target in targets for part in target.parts])
    if quotes:
        parts = read_quote_parts(session, quotes)
        number = {quote: place for place, quote in enumerate(sorted({part.quote for part in parts if part.quote}))}
        rewrite(session, decide(session, parts, [number[part.quote or ""] for part in parts]), all_of_them=True)
        freshen_all(session)


def _read(file: str) -> list[Decision]:
    try:
        with nullcontext(sys.stdin) if file == "-" else Path(file).open(encoding="utf-8") as lines:
            return [_decision(file, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} can't be read: {error}.", "Give a UTF-8 file of JSON lines.") from error


def _decision(file: str, number: int, line: str) -> Decision:
    try:
        return decision_of(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(
            f"{file}, line {number} is not a decision: {error}.", "Give what `variorum export decisions` writes."
        ) from error
