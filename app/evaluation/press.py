"""Documents of invented events, as rows of the tables, and the quotes that gather what they quote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import groupby
from random import Random
from typing import Any

from app.clustering import normal_form
from app.evaluation.cast import Cast
from app.records import Unit
from app.store.aggregates import search_speakers
from app.store.ids import document_id, form_hash, part_id, public_id, quotation_id
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

_COPIED = 0.1  # share of documents
_DISPUTED = 0.02  # share of quotations said to be of somebody else of the event
_FIRST_DAY = datetime(2021, 1, 1)
_DAYS = 1800
TABLES: tuple[Any, ...] = (  # in the order that references ask for
    DocumentRow,
    SightingRow,
    NamingRow,
    QuotationRow,
    QuoteRow,
    VariantRow,
    PartRow,
    QuoteOutletRow,
)

Rows = dict[Any, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Printed:
    """A quotation in its document, as counting needs it."""

    key: int
    part: str  # public id of its one sentence
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
        self.rows: Rows = {table: [] for table in TABLES}
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
    ) -> list[tuple[Unit, Printed]]:
        self._documents += 1
        key, outlet = self._documents, self._cast.outlet()
        copied = key > first and self._chance.random() < _COPIED
        title = " ".join(self._cast.words.drawn(7)).capitalize()
        body, numbers = f"{title}\n\n", dict[int, int]()
        placed: list[tuple[Unit, tuple[int, int], int | None]] = []
        for unit in units:
            who = self._who(unit, speakers)
            name = self._cast.names[who - 1] if who else None
            body += " ".join(self._cast.words.drawn(14)).capitalize() + ". "
            start, end = len(body) + 1, len(body) + 1 + len(unit.text)
            body += f"“{unit.text},” {name or 'somebody'} said.\n\n"
            placed.append((unit, (start, end), who))
            if who:
                numbers.setdefault(who, len(numbers))
        sha = self._publish(key, outlet, title, body, at, first if copied else None, len(units))
        self.rows[NamingRow] += [self._naming(key, who, number) for who, number in numbers.items()]
        said: list[tuple[Unit, Printed]] = []
        for number, (unit, span, who) in enumerate(placed):
            self._quotation(sha, key, number, span, who, numbers[who] if who else None)
            part = part_id(sha, *span)
            said.append((unit, Printed(self._quotations, part, unit.text, span[0], key, outlet, copied, at, who)))
        return said

    def _who(self, unit: Unit, speakers: dict[str, int]) -> int | None:
        if unit.speaker is None or not speakers:
            return None
        disputed = self._chance.random() < _DISPUTED
        return self._chance.choice([*speakers.values()]) if disputed else speakers.get(unit.speaker)

    def _publish(
        self, key: int, outlet: int, title: str, body: str, at: datetime, copy_of: int | None, count: int
    ) -> str:
        """The document's row; gives the sha256 of its text."""
        name, sha = f"invented/{key}.txt", sha256(body.encode()).hexdigest()
        url = f"https://outlet-{outlet}.example/{key}"
        self.rows[DocumentRow].append(
            {
                "id": key,
                "public_id": document_id(sha),
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
        return sha

    def _naming(self, document: int, who: int, number: int) -> dict[str, Any]:
        name = self._cast.names[who - 1]
        return {
            "document_id": document,
            "number": number,
            "speaker_id": who,
            "name": name,
            "forms": [name, name.split()[-1]],
            "fullness": 3,
            "evidence": "The full name is the same.",
        }

    def _quotation(
        self, sha: str, document: int, number: int, span: tuple[int, int], who: int | None, naming: int | None
    ) -> None:
        self._quotations += 1
        start, end = span
        name = self._cast.names[who - 1] if who else None
        source = end + 3 if name else None
        self.rows[QuotationRow].append(
            {
                "id": self._quotations,
                "public_id": quotation_id(sha, start, end),
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
        forms = {wording: normal_form(wording) for wording in {one.text for one in said}}
        wordings: dict[str, list[Printed]] = {}
        for one in said:
            wordings.setdefault(forms[one.text], []).append(one)
        ranked = sorted(wordings.items(), key=lambda item: -len(item[1]))
        texts = [ones[0].text for _, ones in ranked]
        name = public_id("quote", self._quotes)
        named = [one.speaker for one in said if one.speaker]
        who = max(set(named), key=named.count, default=None)
        self.rows[QuoteRow].append(
            {
                "id": self._quotes,
                "public_id": name,
                "text": texts[0],
                "reasons": ["The wording that most outlets carry."],
                "speaker_id": who,
                "speaker_count": len(set(named)),
                "variant_count": len(ranked),
                "document_count": len({one.document for one in said}),
                "last_published_at": max(one.published for one in said),
                **_counts(said),
            }
        )
        for rank, (form, ones) in enumerate(ranked):
            self._variant(public_id("variant", name, form), rank, form, texts[0], ones)
        outlets = {one.outlet for one in said}
        self.rows[QuoteOutletRow] += [{"outlet_id": outlet, "quote_id": self._quotes} for outlet in outlets]
        names = search_speakers({self._cast.names[one - 1] for one in named})
        self.search.append({"id": self._quotes, "wordings": " ‖ ".join(texts), "speaker": names})

    def _variant(self, name: str, rank: int, form: str, base: str, said: list[Printed]) -> None:
        self._variants += 1
        wording = said[0].text
        self.rows[VariantRow].append(
            {
                "id": self._variants,
                "public_id": name,
                "quote_id": self._quotes,
                "rank": rank,
                "text": wording,
                "form_hash": form_hash(form),
                "likely_original": rank == 0,
                "labels": _labels(base, wording) if rank else [],
                **_counts(said),
            }
        )
        self.rows[PartRow] += [
            {
                "public_id": one.part,
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
