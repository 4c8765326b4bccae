"""An invented corpus, written straight into the tables: what pages have to cope with, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select, text, update
from sqlalchemy.orm import Session

from app.clustering import telling_words
from app.store import profiles
from app.store.counts import refresh_corpus_counts
from app.store.story_tables import RetiredStoryRow, StoryDocumentRow, StoryRow
from app.store.tables import (
    QUOTED,
    AliasRow,
    DocumentRow,
    OutletRow,
    PartRow,
    QuotationRow,
    QuoteOutletRow,
    QuoteRow,
    RetiredQuoteRow,
    SightingRow,
    SpeakerRow,
    VariantRow,
)
from app.store.words import count_words, words_of

NOW = datetime(2026, 4, 1, 9, 30)
HOSTILE = "<script>alert('boo')</script> & \"friends\""


@dataclass(frozen=True)
class Said:
    """A quotation in the store, with what counting needs of it."""

    key: int
    start: int
    end: int
    document: int
    outlets: tuple[int, ...]
    copied: bool
    published: datetime | None
    speaker: int | None


class Corpus:
    """Adds rows; every method returns what later ones refer to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def outlet(self, public_id: str, name: str, siglum: str) -> int:
        return self._add(OutletRow, public_id=public_id, key=name.casefold(), name=name, siglum=siglum)

    def speaker(self, public_id: str, name: str, kind: str = "person", aliases: Sequence[str] = ()) -> int:
        key = self._add(SpeakerRow, public_id=public_id, name=name, kind=kind)
        for alias in aliases:
            evidence = f"Joined to {name}: the surname is the same."
            self._add(AliasRow, speaker_id=key, alias=alias, evidence=evidence)
        return key

    def document(self, public_id: str, words: str, published: datetime | None = None, **values: Any) -> int:
        columns = {
            "public_id": public_id,
            "sha256": sha256(words.encode()).hexdigest(),
            "name": f"{public_id}.txt",
            "media": "text",
            "authors": [],
            "published_at": published,
            "published_precision": "day" if published else None,
            "text": words,
            "ingested_at": NOW,
        }
        key = self._add(DocumentRow, **columns | values)
        count_words(self._connection, sorted(words_of((str(values.get("title", "")), words))))
        name, url = str(columns["name"]), values.get("url", "")
        self._add(SightingRow, document_id=key, name=name, url=url, outlet_id=values.get("outlet_id"))
        return key

    def also_at(self, document: int, outlet: int) -> None:
        self._add(SightingRow, document_id=document, name="again.txt", url="", outlet_id=outlet)

    def quotation(
        self,
        public_id: str,
        document: int,
        words: str,
        speaker: int | None = None,
        source: str | None = None,
        cue: str | None = None,
        **values: Any,
    ) -> Said:
        row = self._connection.execute(select(DocumentRow).where(DocumentRow.id == document)).one()
        start = row.text.index(words)
        end = start + len(words)
        columns = {
            "public_id": public_id,
            "document_id": document,
            "start": start,
            "end": end,
            "outer_start": start - 1,
            "outer_end": end + 1,
            "context_start": row.text.rfind("\n", 0, start) + 1,
            "context_end": (row.text + "\n").index("\n", end),
            "kind": "direct",
            "attribution": 1,
            "source_start": row.text.index(source) if source else None,
            "source_end": row.text.index(source) + len(source) if source else None,
            "cue_start": row.text.index(cue) if cue else None,
            "cue_end": row.text.index(cue) + len(cue) if cue else None,
            "speaker_id": speaker,
            "confidence": 0.9 if speaker else 0.0,
            "reason": "The name stands beside the cue." if speaker else "No name stands near the quotation.",
        }
        key = self._add(QuotationRow, **columns | values)
        copied = row.copy_of_id is not None
        return Said(key, start, end, document, self._outlets(document), copied, row.published_at, speaker)

    def quote(self, public_id: str, *variants: tuple[str, Sequence[Said]], **values: Any) -> None:
        """A quote; each variant is its wording with the quotations that have it, the likely original first."""
        said = [one for _, ones in variants for one in ones]
        speakers = [one.speaker for one in said if one.speaker]
        columns = {
            "public_id": public_id,
            "text": variants[0][0],
            "reasons": [],
            "speaker_id": max(speakers, key=speakers.count, default=None),
            "speaker_count": len(set(speakers)),
            "variant_count": len(variants),
        }
        key = self._add(QuoteRow, **columns | _counts(said) | _days(said) | values)
        for rank, (wording, ones) in enumerate(variants):
            self._variant(f"{public_id}v{rank}", key, rank, wording, ones)
        for outlet in {outlet for one in said for outlet in one.outlets}:
            self._add(QuoteOutletRow, outlet_id=outlet, quote_id=key)
        names = self._connection.scalars(select(SpeakerRow.name).where(SpeakerRow.id.in_(speakers)))
        self._connection.execute(
            text("INSERT INTO quote_search (rowid, wordings, speaker) VALUES (:key, :wordings, :names)"),
            {"key": key, "wordings": " ‖ ".join(w for w, _ in variants), "names": " ‖ ".join(names)},
        )

    def label(self, variant: str, kind: str, *evidence: tuple[str, str]) -> None:
        """What a variant changed against the likely original."""
        row = self._connection.execute(select(VariantRow.labels).where(VariantRow.public_id == variant)).one()
        labels = [*row.labels, {"kind": kind, "evidence": evidence}]
        self._connection.execute(update(VariantRow).where(VariantRow.public_id == variant).values(labels=labels))

    def retired(self, public_id: str, *successors: str | None) -> None:
        for successor in successors or (None,):
            self._add(RetiredQuoteRow, public_id=public_id, successor=successor, retired_at=NOW)

    def story(self, public_id: str, title: str, titled_by: int | None, *documents: int, **values: Any) -> None:
        counts = {"document_count": len(documents), "outlet_count": len(documents)}
        key = self._add(StoryRow, public_id=public_id, title=title, title_document_id=titled_by, **counts, **values)
        for document in documents:
            self._add(StoryDocumentRow, document_id=document, story_id=key)

    def retired_story(self, public_id: str, *successors: str | None) -> None:
        for successor in successors or (None,):
            self._add(RetiredStoryRow, public_id=public_id, successor=successor, retired_at=NOW)

    def count(self) -> None:
        """Fill the counts that speakers, outlets and documents keep."""
        here = (QuotationRow.document_id == DocumentRow.id) & QUOTED
        mine = (QuotationRow.speaker_id == SpeakerRow.id) & QUOTED
        theirs = DocumentRow.outlet_id == OutletRow.id
        quotations = select(func.count(QuotationRow.id))
        documents = select(func.count(DocumentRow.id)).where(theirs)
        for statement in (
            update(DocumentRow).values(quotation_count=quotations.where(here).scalar_subquery()),
            update(SpeakerRow).values(
                quotation_count=quotations.where(mine).scalar_subquery(),
                quote_count=select(func.count()).where(QuoteRow.speaker_id == SpeakerRow.id).scalar_subquery(),
                document_count=select(func.count(QuotationRow.document_id.distinct())).where(mine).scalar_subquery(),
            ),
            update(OutletRow).values(
                document_count=documents.scalar_subquery(),
                copy_count=documents.where(DocumentRow.copy_of_id.is_not(None)).scalar_subquery(),
                quotation_count=quotations.join(DocumentRow, here).where(theirs).scalar_subquery(),
            ),
        ):
            self._connection.execute(statement)
        with Session(self._connection) as session:
            profiles.rebuild(session, telling_words)
            refresh_corpus_counts(session)
            session.commit()

    def _outlets(self, document: int) -> tuple[int, ...]:
        column = SightingRow.outlet_id
        found = self._connection.scalars(
            select(column).where(SightingRow.document_id == document).order_by(SightingRow.name, SightingRow.url)
        )
        return tuple(outlet for outlet in found if outlet)

    def _variant(self, public_id: str, quote: int, rank: int, wording: str, ones: Sequence[Said]) -> None:
        counts = {name: value for name, value in _counts(ones).items() if name != "document_count"}
        key = self._add(
            VariantRow,
            public_id=public_id,
            quote_id=quote,
            rank=rank,
            text=wording,
            likely_original=rank == 0,
            first_published_at=_days(ones)["first_published_at"],
            **counts,
        )
        for one in ones:
            self._add(
                PartRow,
                public_id=f"part{one.key}",
                quotation_id=one.key,
                start=one.start,
                end=one.end,
                variant_id=key,
            )

    def _add(self, table: Any, **values: Any) -> int:
        added = self._connection.execute(insert(table).values(**values))
        return int(added.inserted_primary_key[0])  # type: ignore[index]


def _counts(said: Sequence[Said]) -> dict[str, int]:
    return {
        "quotation_count": len(said),
        "document_count": len({one.document for one in said}),
        "outlet_count": len({outlet for one in said for outlet in one.outlets or (-one.document,)}),
        "independent_count": len({(one.outlets or (-one.document,))[0] for one in said if not one.copied}),
    }


def _days(said: Sequence[Said]) -> dict[str, datetime | None]:
    days = [one.published for one in said if one.published]
    return {"first_published_at": min(days, default=None), "last_published_at": max(days, default=None)}


def write(engine: Engine) -> None:
    """The corpus that the tests of pages read."""
    with engine.begin() as connection:
        _write(Corpus(connection))


POST = """Minister hopeful on the steps of the old mill

Talks on the harbour dues went on past midnight. Minister Ada Quill said, “I'm getting some pretty good vibes \
coming out of the talks,” before she left for the night boat.

Nobody would say how many had signed. “Four of us have signed,” a delegate whispered.
"""
TIMES = """Harbour talks near their end

“I'm getting some pretty good vibes coming out of the talks,” Ms Quill told reporters on the quay. She added \
that “no one will be dismissed” before winter.
"""
WIRE = """Harbour talks near their end

“I'm getting some pretty good vibes coming out of the talks,” Ms Quill told reporters on the quay on Saturday.
"""
LANTERN = """Optimism at the mill

“I am receiving quite good vibrations coming out of the talks,” the minister stated, according to a translation.
"""
ECHO = """Speaker of the guild hears “good resonance”

Guild chair Bo Tarn said: “I'm getting some pretty good resonance coming out of the talks.”

Asked about wages, he said that “one will be dismissed” before winter.
"""
NAMELESS = """‘Pretty good vibes’ at the mill

The talks, it was said, gave “pretty good vibes” to all who came out of them. Ms Quill added that the mill would stay.
"""
LEDGER_1 = "The guild counted its members. “We are 400 strong,” Tarn said.\n"
LEDGER_2 = "The guild counted its members again. “We are 4,000 strong,” Tarn said.\n"
HOSTILE_TEXT = f"{HOSTILE}\n\nA clerk read out “<img src=x onerror=alert(1)> and so on” to the court.\n"


REPORTED = {
    "kind": "indirect",
    "outer_start": NAMELESS.index("the mill would"),
    "outer_end": NAMELESS.index(" stay.") + 5,
}


def _write(corpus: Corpus) -> None:
    post = corpus.outlet("harbourpost1", "Harbour Post", "HP")
    times = corpus.outlet("tidaltimes01", "Tidal Times", "TT")
    wire = corpus.outlet("northwire001", "Northern Wire", "NW")
    lantern = corpus.outlet("goldlantern1", "Golden Lantern", "GL")
    echo = corpus.outlet("quayecho0001", "Quay Echo", "QE")
    ledger = corpus.outlet("ledger000001", "The Ledger", "LE")
    quill = corpus.speaker("adaquill0001", "Ada Quill", aliases=("Ms Quill", "the minister"))
    tarn = corpus.speaker("botarn000001", "Bo Tarn", aliases=("Guild chair Bo Tarn",))
    hostile = corpus.speaker("hostile00001", HOSTILE, kind="body")

    d1 = corpus.document(
        "docharbour01",
        POST,
        datetime(2026, 3, 14),
        title="Minister hopeful on the steps of the old mill",
        outlet_id=post,
        url="https://post.example/harbour/talks",
        authors=["Ivo Marsh"],
        language="en",
        published_found_in="front matter",
    )
    d2 = corpus.document(
        "doctidal0001",
        TIMES,
        datetime(2026, 3, 14),
        title="Harbour talks near their end",
        outlet_id=times,
        url="https://times.example/a-b?x=1&y=2#top",
    )
    d3 = corpus.document(
        "docwire00001",
        WIRE,
        datetime(2026, 3, 15),
        title="Harbour talks near their end (wire)",
        outlet_id=wire,
        copy_of_id=d2,
        copy_share=0.93,
    )
    d4 = corpus.document(
        "doclantern01",
        LANTERN,
        datetime(2026, 3, 15),
        title="Optimism at the mill",
        outlet_id=lantern,
        reworded={"quotes": 9, "of": 10, "share": 0.31},
    )
    d5 = corpus.document(
        "docecho00001",
        ECHO,
        datetime(2026, 3, 16),
        title="Speaker of the guild hears “good resonance”",
        outlet_id=echo,
    )
    d6 = corpus.document("docnameless1", NAMELESS, title="‘Pretty good vibes’ at the mill")
    d7 = corpus.document(
        "docledger001",
        LEDGER_1,
        datetime(2026, 3, 10),
        title="The guild counts",
        outlet_id=ledger,
        superseded=True,
        url="https://ledger.example/count",
    )
    d8 = corpus.document(
        "docledger002",
        LEDGER_2,
        datetime(2026, 3, 11),
        title="The guild counts",
        outlet_id=ledger,
        version=2,
        first_version_id=d7,
        url="https://ledger.example/count",
    )
    d9 = corpus.document("dochostile01", HOSTILE_TEXT, title=HOSTILE, url="javascript:alert(1)")
    corpus.also_at(d4, echo)

    whole = "I'm getting some pretty good vibes coming out of the talks"
    q1 = corpus.quotation("quotation001", d1, whole + ",", quill, "Minister Ada Quill", "said")
    q2 = corpus.quotation("quotation002", d2, whole + ",", quill, "Ms Quill", "told")
    q3 = corpus.quotation("quotation003", d3, whole + ",", quill, "Ms Quill", "told")
    vibrations = "I am receiving quite good vibrations coming out of the talks"
    q4 = corpus.quotation("quotation004", d4, vibrations + ",", quill, "the minister", "stated")
    resonance = "I'm getting some pretty good resonance coming out of the talks"
    q5 = corpus.quotation("quotation005", d5, resonance + ".", tarn, "Guild chair Bo Tarn", "said")
    q6 = corpus.quotation("quotation006", d6, "pretty good vibes")
    corpus.quote(
        "goodvibes001",
        (whole, [q1, q2, q3]),
        (resonance, [q5]),
        (vibrations, [q4]),
        ("pretty good vibes", [q6]),
        reasons=["The earliest wording here.", "2 independent outlets carry it word for word."],
    )
    q7 = corpus.quotation("quotation007", d2, "no one will be dismissed", quill, "Ms Quill", "added")
    q8 = corpus.quotation("quotation008", d5, "one will be dismissed", tarn, "Guild chair Bo Tarn")
    corpus.quote("dismissed001", ("no one will be dismissed", [q7]), ("one will be dismissed", [q8]))
    q9 = corpus.quotation("quotation009", d1, "Four of us have signed,", None)
    corpus.quote("foursigned01", ("Four of us have signed", [q9]))
    q10 = corpus.quotation("quotation010", d7, "We are 400 strong,", tarn, "Tarn", "said")
    q11 = corpus.quotation("quotation011", d8, "We are 4,000 strong,", tarn, "Tarn", "said")
    corpus.quote("strong000001", ("We are 4,000 strong", [q11]), ("We are 400 strong", [q10]))
    q12 = corpus.quotation("quotation012", d9, "<img src=x onerror=alert(1)> and so on", hostile, "A clerk")
    corpus.quote("hostilequote", ("<img src=x onerror=alert(1)> and so on", [q12]))
    corpus.quotation("quotation013", d5, "good resonance", heading=True, confidence=0.4)
    corpus.quotation("reported0001", d6, "the mill would stay", quill, "Ms Quill", "added", **REPORTED)

    corpus.label("goodvibes001v1", "other speaker", ("Ada Quill", "Bo Tarn"))
    corpus.label("goodvibes001v1", "word replaced", ("vibes", "resonance"))
    corpus.label("goodvibes001v2", "machine-translated or spun", ("", "its words are its own in 9 of 10 quotes"))
    corpus.label("dismissed001v1", "negation differs", ("no", ""))
    corpus.retired("mergedquote1", "goodvibes001")
    corpus.retired("mergedtwice1", "mergedquote1")
    corpus.retired("splitquote01", "goodvibes001", "dismissed001")
    corpus.retired("removedquot1")
    days = {"first_published_at": datetime(2026, 3, 14), "last_published_at": datetime(2026, 3, 16)}
    headline = "Minister hopeful on the steps of the old mill"
    corpus.story("harbourtalks", headline, d1, d1, d2, d3, d4, d5, d6, quote_count=2, **days)
    corpus.story("guildcounts1", "We are 4,000 strong", None, d8, d9, quote_count=0)
    corpus.retired_story("mergedstory1", "mergedstory2")
    corpus.retired_story("mergedstory2", "harbourtalks")
    corpus.retired_story("splitstory01", "mergedstory1", "guildcounts1")
    corpus.retired_story("guildcounts1", "harbourtalks")
    corpus.retired("dismissed001", "foursigned01")
    corpus.retired_story("removedstory")
    corpus.count()
