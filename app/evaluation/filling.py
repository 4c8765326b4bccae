"""A database of any size for measuring pages: the invented corpus, written straight into the tables.

Documents are real texts with their quotations in them, so that every offset, count and search row holds.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import groupby
from random import Random
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, text
from sqlalchemy.orm import Session

from app import stories
from app.clustering import telling_words
from app.evaluation.cast import Cast
from app.evaluation.invented import invented_units
from app.records import Unit
from app.store import profiles
from app.store.counts import refresh_corpus_counts, refresh_counts
from app.store.ids import form_hash, public_id
from app.store.tables import (
    DocumentRow,
    NamingRow,
    PartRow,
    QuotationRow,
    QuoteOutletRow,
    QuoteRow,
    SightingRow,
    VariantRow,
)
from app.store.words import SearchWordRow, words_of

_QUOTATIONS_PER_SPEAKER = 100
_BATCH = 20_000  # rows of the largest table
_COPIED = 0.1  # share of documents
_DISPUTED = 0.02  # share of quotations said to be of somebody else of the event
_FIRST_DAY = datetime(2021, 1, 1)
_DAYS = 1800
_FAST = ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -400000")
_ORDER: tuple[Any, ...] = (DocumentRow, SightingRow, NamingRow, QuotationRow, QuoteRow, VariantRow, PartRow)
_SEARCH = text("INSERT INTO quote_search (rowid, wordings, speaker) VALUES (:id, :wordings, :speaker)")

Rows = dict[Any, list[dict[str, Any]]]


def fill(engine: Engine, quotations: int, seed: int = 1) -> None:
    """Put so many invented quotations, and all that belongs to them, into a new database."""
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        for pragma in _FAST:
            raw.execute(f"PRAGMA {pragma}")
        with connection.begin():
            _fill(connection, quotations, Random(seed))
        connection.invalidate()  # nobody else gets a connection with these settings
    with Session(engine) as session, session.begin():
        refresh_counts(session)
        _learn_words(session)
        stories.tell(session)
        profiles.rebuild(session, telling_words)
        refresh_corpus_counts(session)


def _learn_words(session: Session) -> None:
    """The words of all documents at once; ingest learns them document by document."""
    counts: Counter[str] = Counter()
    for texts in session.execute(select(DocumentRow.title, DocumentRow.text).execution_options(yield_per=1000)):
        counts.update(words_of(texts))
    rows = [{"word": word, "document_count": count} for word, count in counts.items()]
    session.execute(insert(SearchWordRow), rows)


def _fill(connection: Connection, quotations: int, chance: Random) -> None:
    cast = Cast(connection, max(20, quotations // _QUOTATIONS_PER_SPEAKER), chance)
    press = Press(cast, chance)
    for _, units in groupby(invented_units(quotations), lambda unit: unit.id.partition(".")[0]):
        press.print_event(list(units))
        if len(press.rows[QuotationRow]) >= _BATCH:
            _write(connection, press)
    _write(connection, press)


def _write(connection: Connection, press: "Press") -> None:
    for table in (*_ORDER, QuoteOutletRow):
        if press.rows[table]:
            connection.execute(insert(table), press.rows[table])
            press.rows[table].clear()
    if press.search:
        connection.execute(_SEARCH, press.search)
        press.search.clear()


@dataclass(frozen=True, slots=True)
class Printed:
    """A quotation in its document, as counting needs it."""

    key: int
    text: str
    start: int
    document: int
    outlet: int
    copied: bool
    published: datetime
    speaker: int | None


class Press:
    """Prints the documents of one event after the other, and gathers what they quote into quotes."""

    def __init__(self, cast: Cast, chance: Random) -> None:
        self.rows: Rows = {table: [] for table in (*_ORDER, QuoteOutletRow)}
        self.search: list[dict[str, Any]] = []
        self._cast = cast
        self._chance = chance
        self._documents = self._quotations = self._quotes = self._variants = 0

    def print_event(self, units: Sequence[Unit]) -> None:
        """All documents and quotes of one event."""
        speakers = dict(zip(sorted({u.speaker for u in units if u.speaker}), self._cast.speakers(8), strict=False))
        day = _FIRST_DAY + timedelta(days=self._chance.random() * _DAYS)
        said: dict[str, list[Printed]] = {}
        first = self._documents + 1
        for _, reported in groupby(units, lambda unit: unit.document):
            at = day + timedelta(hours=self._chance.expovariate(1 / 20))
            for unit, printed in self._document(list(reported), speakers, at.replace(microsecond=0), first):
                said.setdefault(unit.id.partition("-")[0], []).append(printed)
        for wordings in said.values():
            self._quote(wordings)

    def _document(
        self, units: list[Unit], speakers: dict[str, int], at: datetime, first: int
    ) -> Iterator[tuple[Unit, Printed]]:
        self._documents += 1
        key, outlet = self._documents, self._cast.outlet()
        copied = key > first and self._chance.random() < _COPIED
        title = " ".join(self._cast.words.drawn(7)).capitalize()
        body, numbers = f"{title}\n\n", dict[int, int]()
        for number, unit in enumerate(units):
            who = self._who(unit, speakers)
            name = self._cast.names[who - 1] if who else None
            body += " ".join(self._cast.words.drawn(14)).capitalize() + ". "
            start, end = len(body) + 1, len(body) + 1 + len(unit.text)
            body += f"“{unit.text},” {name or 'somebody'} said.\n\n"
            self._quotations += 1
            naming = numbers.setdefault(who, len(numbers)) if who else None
            self._quotation(unit, key, number, (start, end), who, name, naming)
            yield unit, Printed(self._quotations, unit.text, start, key, outlet, copied, at, who)
        self._publish(key, outlet, title, body, at, first if copied else None, len(units))
        self.rows[NamingRow] += [self._naming(key, who, number) for who, number in numbers.items()]

    def _who(self, unit: Unit, speakers: dict[str, int]) -> int | None:
        if unit.speaker is None or not speakers:
            return None
        disputed = self._chance.random() < _DISPUTED
        return self._chance.choice([*speakers.values()]) if disputed else speakers.get(unit.speaker)

    def _publish(
        self, key: int, outlet: int, title: str, body: str, at: datetime, copy_of: int | None, count: int
    ) -> None:
        name, sha = f"invented/{key}.txt", sha256(body.encode()).hexdigest()
        url = f"https://outlet-{outlet}.example/{key}"
        self.rows[DocumentRow].append(
            {
                "id": key,
                "public_id": public_id("document", sha),
                "sha256": sha,
                "name": name,
                "media": "text",
                "title": title,
                "outlet_id": outlet,
                "url": url,
                "authors": [],
                "published_at": at,
                "published_precision": "day",
                "text": body,
                "copy_of_id": copy_of,
                "copy_share": 0.95 if copy_of else None,
                "quotation_count": count,
                "ingested_at": at,
            }
        )
        self.rows[SightingRow].append({"document_id": key, "name": name, "url": url, "outlet_id": outlet})

    def _naming(self, document: int, who: int, number: int) -> dict[str, Any]:
        name = self._cast.names[who - 1]
        return {
            "document_id": document,
            "number": number,
            "speaker_id": who,
            "name": name,
            "forms": [name],
            "fullness": 3,
            "evidence": "The full name is the same.",
        }

    def _quotation(
        self,
        unit: Unit,
        document: int,
        number: int,
        span: tuple[int, int],
        who: int | None,
        name: str | None,
        naming: int | None,
    ) -> None:
        start, end = span
        source = end + 3 if name else None
        self.rows[QuotationRow].append(
            {
                "id": self._quotations,
                "public_id": public_id("quotation", self._quotations),
                "document_id": document,
                "start": start,
                "end": end,
                "outer_start": start - 1,
                "outer_end": end + 2,
                "context_start": start - 1,
                "context_end": end + 9 + len(name or "somebody"),
                "kind": "direct",
                "attribution": number,
                "source_start": source,
                "source_end": source + len(name) if source and name else None,
                "cue_start": end + 4 + len(name or "somebody"),
                "cue_end": end + 8 + len(name or "somebody"),
                "speaker_id": who,
                "naming": naming,
                "confidence": 0.9 if who else 0.0,
                "reason": "The name stands beside the cue." if who else "No name stands near the quotation.",
            }
        )

    def _quote(self, said: list[Printed]) -> None:
        self._quotes += 1
        wordings: dict[str, list[Printed]] = {}
        for one in said:
            wordings.setdefault(one.text, []).append(one)
        ranked = sorted(wordings.items(), key=lambda item: -len(item[1]))
        named = [one.speaker for one in said if one.speaker]
        who = max(set(named), key=named.count, default=None)
        self.rows[QuoteRow].append(
            {
                "id": self._quotes,
                "public_id": public_id("quote", self._quotes),
                "text": ranked[0][0],
                "reasons": ["The wording that most outlets carry."],
                "speaker_id": who,
                "speaker_count": len(set(named)),
                "variant_count": len(ranked),
                "document_count": len({one.document for one in said}),
                "last_published_at": max(one.published for one in said),
                **_counts(said),
            }
        )
        for rank, (wording, ones) in enumerate(ranked):
            self._variant(rank, wording, ranked[0][0], ones)
        outlets = {one.outlet for one in said}
        self.rows[QuoteOutletRow] += [{"outlet_id": outlet, "quote_id": self._quotes} for outlet in outlets]
        names = " ‖ ".join(self._cast.names[one - 1] for one in sorted(set(named)))
        self.search.append({"id": self._quotes, "wordings": " ‖ ".join(wordings), "speaker": names})

    def _variant(self, rank: int, wording: str, base: str, said: list[Printed]) -> None:
        self._variants += 1
        self.rows[VariantRow].append(
            {
                "id": self._variants,
                "public_id": public_id("variant", self._variants),
                "quote_id": self._quotes,
                "rank": rank,
                "text": wording,
                "form_hash": form_hash(wording),
                "likely_original": rank == 0,
                "labels": _labels(base, wording) if rank else [],
                **_counts(said),
            }
        )
        self.rows[PartRow] += [
            {
                "public_id": public_id("part", one.key),
                "quotation_id": one.key,
                "start": one.start,
                "end": one.start + len(one.text),
                "variant_id": self._variants,
            }
            for one in said
        ]


def _counts(said: Sequence[Printed]) -> dict[str, Any]:
    return {
        "quotation_count": len(said),
        "outlet_count": len({one.outlet for one in said}),
        "independent_count": len({one.outlet for one in said if not one.copied}),
        "first_published_at": min(one.published for one in said),
    }


def _labels(base: str, wording: str) -> list[dict[str, Any]]:
    if base.startswith(wording):
        return [{"kind": "cut at end", "evidence": [[base[len(wording) :].strip(), ""]]}]
    if base.endswith(wording):
        return [{"kind": "cut at start", "evidence": [[base[: -len(wording)].strip(), ""]]}]
    pairs = zip(base.split(), wording.split(), strict=False)
    return [{"kind": "word replaced", "evidence": [next(([a, b] for a, b in pairs if a != b), ["", ""])]}]
