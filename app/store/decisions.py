"""Decisions of people: rows that are only ever added."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, func, insert, select
from sqlalchemy.orm import Session

from app.records import DecisionKind
from app.store import stale
from app.store.decision_table import DecisionRow
from app.store.ids import public_id
from app.store.tables import (
    AliasRow,
    DocumentRow,
    PartRow,
    QuotationRow,
    QuoteRow,
    SpeakerRow,
    VariantRow,
)

Scope = Literal["quote", "variant", "quotation"]
LONGEST_NAME = 300  # characters of a speaker's name
_MOST = 50  # parts that stand for a quote or variant
_BATCH = 500
_BEFORE = " Found before: "
NAMED_IN_A_DECISION = "Named in a decision."  # evidence of a name
DECIDED = "Decided by "  # begins the reason for a speaker whom people decided on


@dataclass(frozen=True, slots=True)
class Target:
    """What an id stands for: sentences (public ids), those of the likely original first, and its words."""

    id: str
    scope: Scope
    parts: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: of two targets, or of one and the name of a speaker."""

    kind: DecisionKind
    one: Target
    other: Target | None
    speaker: str | None
    author: str
    at: datetime

    @property
    def public_id(self) -> str:
        """The same for the same decision, wherever it is imported."""
        other = self.other and self.other.id
        return public_id("decision", self.kind, self.one.id, other, self.speaker, self.author, self.at.isoformat())


def find_target(session: Session, given: str) -> Target | None:
    """What a public id of a quote, a variant, a quotation or one of its sentences stands for; None where of nothing."""
    quote = session.scalar(select(QuoteRow).where(QuoteRow.public_id == given))
    if quote is not None:
        return Target(given, "quote", _parts(session, VariantRow.quote_id == quote.id), quote.text)
    variant = session.scalar(select(VariantRow).where(VariantRow.public_id == given))
    if variant is not None:
        return Target(given, "variant", _parts(session, PartRow.variant_id == variant.id), variant.text)
    found = (QuotationRow.public_id == given) | (PartRow.public_id == given)
    start = func.min(PartRow.start)
    span = (
        select(func.substr(DocumentRow.text, start + 1, func.max(PartRow.end) - start))
        .select_from(PartRow)
        .join(QuotationRow, PartRow.quotation_id == QuotationRow.id)
        .join(DocumentRow, QuotationRow.document_id == DocumentRow.id)
        .where(found)
        .group_by(DocumentRow.id)
    )
    parts = _parts(session, found)
    return Target(given, "quotation", parts, session.scalar(span) or "") if parts else None


def _parts(session: Session, where: ColumnElement[bool]) -> tuple[str, ...]:
    query = (
        select(PartRow.public_id)
        .join(QuotationRow, PartRow.quotation_id == QuotationRow.id)
        .outerjoin(VariantRow, PartRow.variant_id == VariantRow.id)
        .where(where)
        .order_by(VariantRow.rank, PartRow.id)
        .limit(_MOST)
    )
    return tuple(session.scalars(query))


def quotes_of(session: Session, parts: Sequence[str]) -> set[int]:
    """Ids of the rows of the quotes that these sentences (public ids) belong to."""
    query = select(VariantRow.quote_id).join(PartRow, PartRow.variant_id == VariantRow.id)
    return set(session.scalars(query.where(PartRow.public_id.in_(parts))))


def add_decisions(session: Session, decisions: Sequence[Decision]) -> int:
    """Put decisions on record, those that are there already left out; returns how many were added."""
    known = set(session.scalars(select(DecisionRow.public_id)))
    rows = {d.public_id: _values(d) for d in decisions if d.public_id not in known}
    if rows:
        session.execute(insert(DecisionRow), list(rows.values()))
    return len(rows)


def _values(decision: Decision) -> dict[str, Any]:
    one, other = decision.one, decision.other
    return {
        "public_id": decision.public_id,
        "kind": decision.kind,
        "one": one.id,
        "one_scope": one.scope,
        "one_parts": list(one.parts),
        "one_text": one.text,
        "other": other and other.id,
        "other_scope": other and other.scope,
        "other_parts": list(other.parts) if other else [],
        "other_text": other and other.text,
        "speaker": decision.speaker,
        "author": decision.author,
        "decided_at": decision.at,
    }


def read_decisions(session: Session) -> list[Decision]:
    """All decisions in order of time."""
    rows = session.scalars(select(DecisionRow).order_by(DecisionRow.decided_at, DecisionRow.id))
    return [_decision(row) for row in rows]


def _decision(row: DecisionRow) -> Decision:
    one = Target(row.one, row.one_scope, tuple(row.one_parts), row.one_text)  # type: ignore[arg-type]
    other = row.other and Target(row.other, row.other_scope, tuple(row.other_parts), row.other_text or "")  # type: ignore[arg-type]
    return Decision(row.kind, one, other or None, row.speaker, row.author, row.decided_at)  # type: ignore[arg-type]


def decision_rows(session: Session) -> Iterator[dict[str, Any]]:
    """All decisions in order of time, as they are exported."""
    for decision in read_decisions(session):
        values = _values(decision)
        yield {
            "id": values.pop("public_id"),
            **values,
            "decided_at": decision.at.isoformat() + "Z",
        }


def decision_of(row: dict[str, Any]) -> Decision:
    """A decision from an exported row. Raises KeyError, TypeError or ValueError for what is none."""
    kind, at = row["kind"], datetime.fromisoformat(row["decided_at"].removesuffix("Z"))
    if kind not in ("same", "different", "speaker"):
        raise ValueError(f"{kind!r} is no kind of decision")
    _check_texts(row)
    one = Target(str(row["one"]), row["one_scope"], tuple(row["one_parts"]), str(row["one_text"]))
    other = None
    if kind != "speaker":
        other = Target(str(row["other"]), row["other_scope"], tuple(row["other_parts"]), str(row["other_text"]))
    elif not isinstance(row["speaker"], str) or not row["speaker"].strip():
        raise ValueError("it names no speaker")
    elif len(row["speaker"]) > LONGEST_NAME:
        raise ValueError(f"its speaker's name has more than {LONGEST_NAME} characters")
    return Decision(kind, one, other, row.get("speaker"), str(row["author"]), at)


def _check_texts(row: dict[str, Any]) -> None:
    """That each text can be stored; a lone surrogate raises UnicodeEncodeError, which is a ValueError."""
    for name in ("one_text", "other_text", "speaker", "author"):
        if b"\0" in str(row.get(name)).encode():
            raise ValueError(f"its {name!r} has a NUL character")


def set_speaker(session: Session, quotations: Sequence[int], decision: Decision) -> SpeakerRow:
    """Give these quotations (row ids) the speaker that was decided on; what was found before stays in the reason."""
    speaker = _speaker(session, decision.speaker or "")
    changed: dict[int, int | None] = {}  # the speakers before
    said = f"{DECIDED}{decision.author} on {decision.at.day} {decision.at:%B} {decision.at.year}."
    for start in range(0, len(quotations), _BATCH):
        batch = QuotationRow.id.in_(quotations[start : start + _BATCH])
        query = select(QuotationRow, SpeakerRow.name).outerjoin(SpeakerRow, QuotationRow.speaker_id == SpeakerRow.id)
        for row, before in session.execute(query.where(batch)):
            if not row.reason.startswith(said) or row.speaker_id != speaker.id:
                found = row.reason.partition(_BEFORE)[2] or f"{before or 'nobody'}. {row.reason}"
                row.reason = f"{said}{_BEFORE}{found}"[:500]
                changed[row.id] = row.speaker_id
                row.speaker_id, row.naming, row.confidence = speaker.id, None, 1.0
    session.flush()
    stale.mark(session, "quotation", changed)
    stale.mark(session, "speaker", {speaker.id, *changed.values()} if changed else ())
    return speaker


def _speaker(session: Session, name: str) -> SpeakerRow:
    """The speaker of this name, the most quoted first; one of this alias; one decided on before; else a new one."""
    own = public_id("speaker", "decided", name.casefold())
    row = _known(session, name) or session.scalar(select(SpeakerRow).where(SpeakerRow.public_id == own))
    if row is not None:
        return row
    row = SpeakerRow(public_id=own, name=name[:LONGEST_NAME], kind="person")
    session.add(row)
    session.flush()
    session.add(AliasRow(speaker_id=row.id, alias=name[:LONGEST_NAME], evidence=NAMED_IN_A_DECISION))
    session.flush()
    return row


def _known(session: Session, name: str) -> SpeakerRow | None:
    named = select(SpeakerRow.id, SpeakerRow.name).select_from(SpeakerRow)
    called = select(SpeakerRow.id, AliasRow.alias).join(AliasRow, AliasRow.speaker_id == SpeakerRow.id)
    for query, form in ((named, SpeakerRow.name), (called, AliasRow.alias)):
        alike = form.ilike(_pattern(name), escape="\\")
        query = query.where(alike, SpeakerRow.successor_id.is_(None), SpeakerRow.kind != "unnamed")
        found = session.execute(query.order_by(SpeakerRow.quotation_count.desc(), SpeakerRow.id))
        for speaker_id, text in found:
            if text.casefold() == name.casefold():
                return session.get_one(SpeakerRow, speaker_id)
    return None


def _pattern(name: str) -> str:
    """What all names are like that fold to the same. Databases fold less than Python: SQLite ASCII alone, none “ß”."""
    return re.sub(r"ss|.", _alike, name, flags=re.I | re.S)


def _alike(letters: re.Match[str]) -> str:
    text = letters[0]
    if len(text) > 1 or len(text.casefold()) > 1:
        return "%"
    return (f"\\{text}" if text in "\\%_" else text) if text.isascii() else "_"
