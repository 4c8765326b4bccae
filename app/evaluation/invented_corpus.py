"""Invented reports in a database, written in bulk: what ingest would store, without what reads them.

Sentences, speakers, outlets and dates are there; near-copies are not looked for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import groupby, islice
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app import attribution
from app.evaluation.invented import utterance
from app.records import Keys, Speaker, Unit
from app.store import ids
from app.store.tables import (
    AliasRow,
    DocumentRow,
    NamingRow,
    OutletRow,
    PartRow,
    QuotationRow,
    SightingRow,
    SpeakerKeyRow,
    SpeakerRow,
    Table,
)

_OUTLETS = 300
_DAYS = 1000  # over which reports come out
_FIRST_DAY = datetime(2020, 1, 1)
_BATCH = 1_000  # documents written at a time

_ORDER: tuple[type[Table], ...] = (
    OutletRow,
    SpeakerRow,
    AliasRow,
    SpeakerKeyRow,
    DocumentRow,
    SightingRow,
    NamingRow,
    QuotationRow,
    PartRow,
)

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Report:
    """One invented report: its units in order, and its number among all."""

    number: int
    units: tuple[Unit, ...]

    @property
    def title(self) -> str:
        """The first line, which no other report has."""
        return f"Report {self.number}"

    @property
    def outlet(self) -> str:
        """Who publishes it."""
        return f"Invented Gazette {self.number % _OUTLETS}"

    @property
    def published(self) -> datetime:
        """The day on which it came out."""
        return _FIRST_DAY + timedelta(days=self.number % _DAYS)

    @property
    def paragraphs(self) -> list[str]:
        """The text, the title first."""
        return [self.title, *(f"“{unit.text},” said {unit.speaker or 'a visitor'}." for unit in self.units)]


def reports(units: Iterable[Unit]) -> Iterator[Report]:
    """The units of each document as a report."""
    for number, (_, members) in enumerate(groupby(units, key=lambda unit: unit.document)):
        yield Report(number, tuple(members))


@dataclass
class _Rows:
    """Rows to be written, in the order that references ask for."""

    by_table: dict[type[Table], list[Values]] = field(default_factory=dict)

    def add(self, table: type[Table], **values: Any) -> None:
        self.by_table.setdefault(table, []).append(values)

    def write(self, session: Session) -> None:
        for table in _ORDER:
            if rows := self.by_table.get(table):
                session.execute(insert(table.__table__), rows)  # type: ignore[arg-type]
        self.by_table = {}


class InventedCorpus:
    """Writes reports into an empty database; `utterances` says of each sentence (public id) what it is a wording of."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rows = _Rows()
        self._speakers: dict[str, int] = {}
        self._next = 1  # id of the next quotation and of its only sentence
        self.utterances: dict[str, str] = {}

    def write(self, found: Iterable[Report]) -> None:
        """Store all of the reports, a bounded number in memory at a time."""
        for number in range(_OUTLETS):
            name = f"Invented Gazette {number}"
            public_id = ids.public_id("outlet", name.casefold())
            values = {"id": number + 1, "public_id": public_id, "key": name.casefold(), "siglum": f"IG{number}"}
            self._rows.add(OutletRow, name=name, **values)
        source = iter(found)
        while batch := list(islice(source, _BATCH)):
            for report in batch:
                self._add(report)
            self._rows.write(self._session)

    def _add(self, report: Report) -> None:
        text = "\n\n".join(report.paragraphs)
        sha = sha256(text.encode()).hexdigest()
        row_id, outlet = report.number + 1, report.number % _OUTLETS + 1
        named = sorted({unit.speaker for unit in report.units if unit.speaker})
        speakers = {name: (number, self._speaker(name)) for number, name in enumerate(named)}
        self._rows.add(
            DocumentRow,
            id=row_id,
            public_id=ids.document_id(sha),
            sha256=sha,
            name=f"{report.title}.txt",
            media="text",
            title=report.title,
            outlet_id=outlet,
            published_at=report.published,
            published_precision="day",
            published_found_in="metadata",
            text=text,
            first_version_id=row_id,
            quotation_count=len(report.units),
            ingested_at=report.published,
        )
        self._rows.add(SightingRow, document_id=row_id, name=report.title, outlet_id=outlet)
        for name, (number, speaker) in speakers.items():
            naming = {"document_id": row_id, "number": number, "speaker_id": speaker, "name": name, "forms": [name]}
            self._rows.add(NamingRow, fullness=_keys(name).fullness, evidence="", **naming)
        self._add_quotations(report, row_id, sha, speakers)

    def _add_quotations(self, report: Report, document: int, sha: str, speakers: dict[str, tuple[int, int]]) -> None:
        start = 0
        paragraphs = report.paragraphs
        for unit, before, paragraph in zip(report.units, paragraphs, paragraphs[1:], strict=False):
            start += len(before) + 2
            inner = start + 1, start + 1 + len(unit.text)
            naming, speaker = speakers.get(unit.speaker or "", (None, None))
            self._rows.add(
                QuotationRow,
                id=self._next,
                public_id=ids.quotation_id(sha, *inner),
                document_id=document,
                start=inner[0],
                end=inner[1],
                outer_start=start,
                outer_end=inner[1] + 2,
                context_start=start,
                context_end=start + len(paragraph),
                kind="direct",
                attribution=0,
                speaker_id=speaker,
                naming=naming,
                confidence=0.9,
                reason="",
            )
            part = ids.part_id(sha, *inner)
            place = {"quotation_id": self._next, "start": inner[0], "end": inner[1]}
            self._rows.add(PartRow, id=self._next, public_id=part, **place)
            self.utterances[part] = utterance(unit)
            self._next += 1

    def _speaker(self, name: str) -> int:
        found = self._speakers.get(name)
        if found is None:
            found = self._speakers[name] = len(self._speakers) + 1
            self._rows.add(SpeakerRow, id=found, public_id=ids.public_id("invented", name), name=name, kind="person")
            self._rows.add(AliasRow, speaker_id=found, alias=name, evidence="", full_namings=1)
            for key in sorted(_keys(name).own):
                self._rows.add(SpeakerKeyRow, key=key, speaker_id=found)
        return found


def _keys(name: str) -> Keys:
    return attribution.keys(Speaker(name, "person", (name,)))


def divided(found: Iterable[Report], held: list[Report], count: int, apart: int) -> Iterator[Report]:
    """The reports without `count` of them, which go to `held`: about `apart` from each other, and each of an event
    that an earlier report tells of too."""
    event = ""
    for report in found:
        before, event = event, report.units[0].id.partition(".")[0]
        if event == before and len(held) < count and report.number >= apart * len(held):
            held.append(report)
        else:
            yield report
