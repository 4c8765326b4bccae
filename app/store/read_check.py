"""What the corpus holds that may be the words somebody asks about: a bounded number of quotes, found by index."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, Row, select
from sqlalchemy.orm import Session

from app.records import Label
from app.store.ids import form_hash
from app.store.neighbours import Postings
from app.store.read_outlets import read_counts
from app.store.read_rows import SPEAKER, label, speaker, when
from app.store.read_state import read_days
from app.store.read_views import Counts, DocumentLine, Speaker, When
from app.store.search import SEARCH_TABLE, matching
from app.store.tables import AliasRow, PartRow, QuotationRow, QuoteRow, SpeakerRow, VariantRow

Outcome = Literal["exact", "shortened", "altered", "other speaker", "not here", "too short"]  # the last is no answer

_EQUAL = 20  # quotes that have the very wording
_HOLDING = 40  # quotes that hold the words in one piece
_VARIANTS = 60  # of one quote
_WORDINGS = 3000
_NAMINGS = 300  # quotations that are asked who said them
_PHRASE = 60  # words


@dataclass(frozen=True, slots=True)
class KnownWording:
    """A variant with the quote that it belongs to; rank 0 is the likely original."""

    quote: str
    variant: str
    rank: int
    text: str
    original: str
    speaker: Speaker | None
    variant_count: int
    quotation_count: int
    outlet_count: int
    independent_count: int
    first_published: When | None
    labels: tuple[Label, ...]  # what it changed against the likely original


@dataclass(frozen=True, slots=True)
class Near:
    """A known wording, and how near it is to what was asked: 0 to 1."""

    wording: KnownWording
    likeness: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What the corpus says about one sentence: `found` is what it was compared with, None where it is not here."""

    asked: str
    speaker: str | None  # given with the question, or named in the passage
    outcome: Outcome
    found: KnownWording | None
    labels: tuple[Label, ...]  # what differs from `found`
    said_by: tuple[Speaker, ...]  # whom documents name for it, the most often named first
    remark: str  # what else there is to know, a sentence or nothing
    near: tuple[Near, ...]
    documents: tuple[DocumentLine, ...] = ()  # some that have the words in one piece, where no quotation is found


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the corpus covers: counts, and the days of its first and last document."""

    counts: Counts
    first: When | None
    last: When | None


@dataclass(frozen=True, slots=True)
class Named:
    """A speaker with all forms of the name, for telling whether somebody else is meant."""

    speaker: Speaker
    forms: tuple[str, ...]


def read_known(connection: Connection, asked: str, form: str, telling: Sequence[str]) -> tuple[KnownWording, ...]:
    """Wordings of the quotes that may be `asked`: those with its normal form, those that hold its words in one piece,
    and those that share most of the weight of its `telling` words."""
    given = form_hash(form)
    equal = connection.scalars(select(VariantRow.quote_id).where(VariantRow.form_hash == given).limit(_EQUAL)).all()
    with Session(connection) as session:
        near = Postings(session).near(telling)
    quotes = {*equal, *near, *_holding(connection, asked)}
    wanted = VariantRow.quote_id.in_(sorted(quotes)) & ((VariantRow.rank < _VARIANTS) | (VariantRow.form_hash == given))
    query = (
        select(VariantRow, QuoteRow.public_id.label("quote"), QuoteRow.text.label("original"), *SPEAKER)
        .add_columns(QuoteRow.variant_count, QuoteRow.quotation_count.label("in_all"))
        .join(QuoteRow, VariantRow.quote_id == QuoteRow.id)
        .outerjoin(SpeakerRow, QuoteRow.speaker_id == SpeakerRow.id)
        .where(wanted)
        .order_by(VariantRow.rank, VariantRow.id)
        .limit(_WORDINGS)
    )
    return tuple(map(_known, connection.execute(query)))


def _holding(connection: Connection, asked: str) -> Sequence[int]:
    """Quotes that hold the words of `asked` one after the other."""
    found = re.findall(r"\w+", asked)[:_PHRASE]
    if len(found) < 2:
        return ()
    phrase = f'wordings: ("{" ".join(found)}")'
    return connection.scalars(matching(SEARCH_TABLE, phrase).limit(_HOLDING)).all()


def _known(row: Row[tuple[object, ...]]) -> KnownWording:
    return KnownWording(
        quote=row.quote,
        variant=row.public_id,
        rank=row.rank,
        text=row.text,
        original=row.original,
        speaker=speaker(row),
        variant_count=row.variant_count,
        quotation_count=row.in_all,
        outlet_count=row.outlet_count,
        independent_count=row.independent_count,
        first_published=when(row.first_published_at),
        labels=tuple(map(label, row.labels)),
    )


def read_named(connection: Connection, quotes: Collection[str]) -> dict[str, tuple[Named, ...]]:
    """Whom documents name for each of these quotes, the most often named first, with all forms of their names."""
    rows = connection.execute(
        select(QuoteRow.public_id.label("quote"), SpeakerRow.id.label("key"), *SPEAKER)
        .select_from(QuoteRow)
        .join(VariantRow, VariantRow.quote_id == QuoteRow.id)
        .join(PartRow, PartRow.variant_id == VariantRow.id)
        .join(QuotationRow, PartRow.quotation_id == QuotationRow.id)
        .join(SpeakerRow, QuotationRow.speaker_id == SpeakerRow.id)
        .where(QuoteRow.public_id.in_(sorted(quotes)), SpeakerRow.kind != "unnamed")
        .limit(_NAMINGS * max(len(quotes), 1))
    ).all()
    aliases = defaultdict(list)
    for found in connection.execute(select(AliasRow).where(AliasRow.speaker_id.in_({row.key for row in rows}))):
        aliases[found.speaker_id].append(found.alias)
    counted: dict[str, dict[int, list[Row[tuple[object, ...]]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        counted[row.quote][row.key].append(row)
    return {
        quote: tuple(_named(same[0], aliases[key]) for key, same in sorted(named.items(), key=lambda n: -len(n[1])))
        for quote, named in counted.items()
    }


def _named(row: Row[tuple[object, ...]], aliases: Sequence[str]) -> Named:
    who = speaker(row)
    assert who is not None  # the query joins speakers
    return Named(who, (who.name, *aliases))


def read_coverage(connection: Connection) -> Coverage:
    """What the corpus covers."""
    first, last = read_days(connection)
    return Coverage(read_counts(connection), when(first), when(last))
