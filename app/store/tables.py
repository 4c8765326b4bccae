"""The schema: each table says what a row is."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

# SQLite alters tables in batches and needs every constraint named from the first migration on.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(DeclarativeBase):
    """Base of all tables; `id` is internal, `public_id` is what addresses show.

    Where rows come in numbers, `public_id` is a sentinel too: by it SQLAlchemy knows the ids of many rows at once.
    """

    metadata = MetaData(naming_convention=NAMING)


class OutletRow(Table):
    """An outlet: who publishes documents. `key` is its folded name."""

    __tablename__ = "outlets"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    siglum: Mapped[str] = mapped_column(String(8))
    document_count: Mapped[int] = mapped_column(default=0)
    copy_count: Mapped[int] = mapped_column(default=0)
    quotation_count: Mapped[int] = mapped_column(default=0)


class DocumentRow(Table):
    """A document. `first_version_id` ties the versions of one URL; `copy_of_id` marks a near-copy."""

    __tablename__ = "documents"
    __table_args__ = (
        Index("ix_documents_superseded_published_at_id", "superseded", "published_at", "id"),
        Index("ix_documents_outlet_id_superseded_published_at_id", "outlet_id", "superseded", "published_at", "id"),
        Index("ix_documents_outlet_id_copy_of_id", "outlet_id", "copy_of_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(1000), index=True)
    media: Mapped[str] = mapped_column(String(16))
    title: Mapped[str | None] = mapped_column(String(1000))
    outlet_id: Mapped[int | None] = mapped_column(ForeignKey("outlets.id"))
    url: Mapped[str | None] = mapped_column(String(2000), index=True)
    authors: Mapped[list[str]] = mapped_column(JSON, default=list)
    published_at: Mapped[datetime | None] = mapped_column(DateTime)  # UTC, naive
    published_precision: Mapped[str | None] = mapped_column(String(8))
    published_found_in: Mapped[str | None] = mapped_column(String(40))
    language: Mapped[str | None] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    body_start: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    first_version_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"), index=True)
    superseded: Mapped[bool] = mapped_column(default=False)
    copy_of_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"), index=True)
    copy_share: Mapped[float | None] = mapped_column(Float)  # share of its shingles found in the other
    altered_rate: Mapped[float | None] = mapped_column(Float)  # share of words that it alters; null where unknown
    reworded: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # why it is taken for re-worded
    quotation_count: Mapped[int] = mapped_column(default=0)
    ingested_at: Mapped[datetime] = mapped_column(DateTime)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("runs.id"), index=True)


class SightingRow(Table):
    """A name and address under which a text was handed in; the same text twice is one document."""

    __tablename__ = "sightings"
    __table_args__ = (UniqueConstraint("document_id", "name", "url"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    name: Mapped[str] = mapped_column(String(1000))
    url: Mapped[str] = mapped_column(String(2000), default="")
    outlet_id: Mapped[int | None] = mapped_column(ForeignKey("outlets.id"), index=True)


class BandRow(Table):
    """One band of a document's MinHash signature: equal bands make two documents candidates for a copy."""

    __tablename__ = "document_bands"
    band: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    hash: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True, index=True)


class SpeakerRow(Table):
    """A person, body or unnamed source, across documents: all the namings that are taken to be of one."""

    __tablename__ = "speakers"
    __table_args__ = (Index("ix_speakers_quotation_count_id", "quotation_count", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, insert_sentinel=True)
    name: Mapped[str] = mapped_column(String(300))
    kind: Mapped[str] = mapped_column(String(8))
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id"))  # who has its namings, once it has none
    quotation_count: Mapped[int] = mapped_column(default=0)
    quote_count: Mapped[int] = mapped_column(default=0)
    document_count: Mapped[int] = mapped_column(default=0)


class NamingRow(Table):
    """How one document names one of its speakers, who that is taken to be, and why.

    Speakers are derived from these rows alone, fullest names first: whoever joins or parts them starts here.
    """

    __tablename__ = "namings"
    __table_args__ = (Index("ix_namings_speaker_id_fullness", "speaker_id", "fullness"),)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)  # in the document, from 0
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id"))
    name: Mapped[str] = mapped_column(String(300))  # the fullest that the document has
    forms: Mapped[list[str]] = mapped_column(JSON)  # all that it has
    fullness: Mapped[int] = mapped_column(SmallInteger)  # 0 a role alone to 3 a full name
    evidence: Mapped[str] = mapped_column(String(500))


class AliasRow(Table):
    """A form under which documents name a speaker: the fullest naming that has it, and the evidence of the first."""

    __tablename__ = "speaker_aliases"
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id"), primary_key=True)
    alias: Mapped[str] = mapped_column(String(300), primary_key=True)
    evidence: Mapped[str] = mapped_column(String(500))
    fullness: Mapped[int] = mapped_column(SmallInteger, default=3)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))  # the first that has it
    full_namings: Mapped[int] = mapped_column(default=0)  # those whose full name it is


class SpeakerKeyRow(Table):
    """A blocking key (folded surname, office, acronym) under which a speaker is looked up."""

    __tablename__ = "speaker_keys"
    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id"), primary_key=True, index=True)


class QuotationRow(Table):
    """One quoted passage in one document; offsets are characters of the document's text."""

    __tablename__ = "quotations"
    __table_args__ = (
        UniqueConstraint("document_id", "start", "end"),
        ForeignKeyConstraint(["document_id", "naming"], ["namings.document_id", "namings.number"]),
        Index("ix_quotations_speaker_id_id", "speaker_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, insert_sentinel=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    start: Mapped[int]
    end: Mapped[int]
    outer_start: Mapped[int]  # with its marks
    outer_end: Mapped[int]
    context_start: Mapped[int]  # the sentence around it
    context_end: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8))
    attribution: Mapped[int]
    heading: Mapped[bool] = mapped_column(default=False)
    fault: Mapped[str | None] = mapped_column(String(40))
    source_start: Mapped[int | None]
    source_end: Mapped[int | None]
    cue_start: Mapped[int | None]
    cue_end: Mapped[int | None]
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id"))  # of its naming
    naming: Mapped[int | None] = mapped_column(SmallInteger)  # number of the naming under which the speaker came
    confidence: Mapped[float] = mapped_column(Float, default=0.0)
    reason: Mapped[str] = mapped_column(String(500))


QUOTED = QuotationRow.kind != "indirect"  # what counts as a quotation; the rest are reports without marks


class QuoteRow(Table):
    """An utterance: a cluster of variants, with the counts that lists sort by."""

    __tablename__ = "quotes"
    __table_args__ = (
        Index("ix_quotes_speaker_id_quotation_count_id", "speaker_id", "quotation_count", "id"),
        Index("ix_quotes_speaker_id_variant_count_id", "speaker_id", "variant_count", "id"),
        Index("ix_quotes_speaker_id_first_published_at_id", "speaker_id", "first_published_at", "id"),
        Index("ix_quotes_quotation_count_id", "quotation_count", "id"),
        Index("ix_quotes_variant_count_id", "variant_count", "id"),
        Index("ix_quotes_first_published_at_id", "first_published_at", "id"),
        Index("ix_quotes_speaker_id_first_published_at", "speaker_id", "first_published_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    text: Mapped[str] = mapped_column(Text)  # wording of the likely original
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)  # why that wording
    tied: Mapped[bool] = mapped_column(default=False)
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id"))  # most often named
    speaker_count: Mapped[int] = mapped_column(default=0)  # over 1: disputed
    variant_count: Mapped[int] = mapped_column(default=0)
    quotation_count: Mapped[int] = mapped_column(default=0)
    document_count: Mapped[int] = mapped_column(default=0)
    outlet_count: Mapped[int] = mapped_column(default=0)
    independent_count: Mapped[int] = mapped_column(default=0)  # outlets, copies left out
    first_published_at: Mapped[datetime | None] = mapped_column(DateTime)
    last_published_at: Mapped[datetime | None] = mapped_column(DateTime)


class VariantRow(Table):
    """One distinct wording (normal form) of a quote."""

    __tablename__ = "variants"
    __table_args__ = (Index("ix_variants_quote_id_rank", "quote_id", "rank"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    quote_id: Mapped[int] = mapped_column(ForeignKey("quotes.id"))
    rank: Mapped[int]  # 0 is the likely original
    text: Mapped[str] = mapped_column(Text)  # as its earliest quotation has it
    form_hash: Mapped[int] = mapped_column(BigInteger, default=0, index=True)  # of its normal form
    likely_original: Mapped[bool] = mapped_column(default=False)
    labels: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # what it changed against rank 0
    quotation_count: Mapped[int] = mapped_column(default=0)
    outlet_count: Mapped[int] = mapped_column(default=0)
    independent_count: Mapped[int] = mapped_column(default=0)
    first_published_at: Mapped[datetime | None] = mapped_column(DateTime)


class PartRow(Table):
    """One sentence of a quotation: what is clustered. `variant_id` is null until it has been."""

    __tablename__ = "parts"
    __table_args__ = (UniqueConstraint("quotation_id", "start", "end"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, insert_sentinel=True)
    quotation_id: Mapped[int] = mapped_column(ForeignKey("quotations.id"))
    start: Mapped[int]  # characters of the document's text
    end: Mapped[int]
    variant_id: Mapped[int | None] = mapped_column(ForeignKey("variants.id"), index=True)


class QuoteOutletRow(Table):
    """Which outlets carry a quote, so that a list filters by outlet, and names the first ones, from an index."""

    __tablename__ = "quote_outlets"
    __table_args__ = (Index("ix_quote_outlets_quote_id_outlet_id", "quote_id", "outlet_id"),)
    outlet_id: Mapped[int] = mapped_column(ForeignKey("outlets.id"), primary_key=True)
    quote_id: Mapped[int] = mapped_column(ForeignKey("quotes.id"), primary_key=True)


class RetiredQuoteRow(Table):
    """Where the quotations of a quote id went: a row a successor, or one row without any (removed).

    An id that lives no more redirects there; one that lives on has been split and lists them.
    """

    __tablename__ = "retired_quotes"
    __table_args__ = (UniqueConstraint("public_id", "successor"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), index=True)
    successor: Mapped[str | None] = mapped_column(String(16))
    retired_at: Mapped[datetime] = mapped_column(DateTime)


class RunRow(Table):
    """One ingest or recluster, with what it did and the versions that did it."""

    __tablename__ = "runs"
    id: Mapped[int] = mapped_column(primary_key=True)
    command: Mapped[str] = mapped_column(String(16))
    started_at: Mapped[datetime] = mapped_column(DateTime)
    finished_at: Mapped[datetime | None] = mapped_column(DateTime)
    versions: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    given: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))  # arguments of the command


class RunInputRow(Table):
    """What became of one input of a run."""

    __tablename__ = "run_inputs"
    __table_args__ = (Index("ix_run_inputs_run_id_outcome", "run_id", "outcome"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"))
    name: Mapped[str] = mapped_column(String(1000))
    outcome: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(String(1000))
    hint: Mapped[str | None] = mapped_column(String(1000))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"), index=True)
