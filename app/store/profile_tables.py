"""The tables behind profiles: facts that are stored with each quote, and totals of speakers and outlets."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables import Table


class CorpusCountsRow(Table):
    """What the corpus holds: one row, so that no page counts."""

    __tablename__ = "corpus_counts"
    id: Mapped[int] = mapped_column(primary_key=True)
    documents: Mapped[int] = mapped_column(default=0)  # old versions left out
    outlets: Mapped[int] = mapped_column(default=0)
    quotations: Mapped[int] = mapped_column(default=0)
    quotes: Mapped[int] = mapped_column(default=0)
    speakers: Mapped[int] = mapped_column(default=0)
    last_quotation_id: Mapped[int] = mapped_column(default=0)  # up to which quotations are counted


class AlertRow(Table):
    """What differs in a quote so that the sense may: in one variant (by its label), or who is named as its speaker."""

    __tablename__ = "alerts"
    __table_args__ = (Index("ix_alerts_at_id", "at", "id"), Index("ix_alerts_kind_at_id", "kind", "at", "id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    quote_id: Mapped[int] = mapped_column(ForeignKey("quotes.id"), index=True)
    variant_id: Mapped[int | None] = mapped_column(ForeignKey("variants.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime | None] = mapped_column(DateTime)  # first appearance of the variant, or latest of the quote


class DisputeRow(Table):
    """A speaker named for a quote for which others are named too."""

    __tablename__ = "disputes"
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id"), primary_key=True)
    quote_id: Mapped[int] = mapped_column(ForeignKey("quotes.id"), primary_key=True, index=True)
    quotation_count: Mapped[int] = mapped_column(default=0)


class CarriageRow(Table):
    """What one outlet made of one quote, in quotations; copies are left out of `comparable` and `agreeing`."""

    __tablename__ = "carriages"
    __table_args__ = (Index("ix_carriages_outlet_id_variant_count", "outlet_id", "variant_count", "quote_id"),)
    outlet_id: Mapped[int] = mapped_column(ForeignKey("outlets.id"), primary_key=True)
    quote_id: Mapped[int] = mapped_column(ForeignKey("quotes.id"), primary_key=True, index=True)
    variant_count: Mapped[int] = mapped_column(default=0)  # of the quote, so that lists sort by it
    quotation_count: Mapped[int] = mapped_column(default=0)
    altered: Mapped[int] = mapped_column(default=0)  # in a wording that changes words, beyond cuts and small ones
    comparable: Mapped[int] = mapped_column(default=0)  # where an independent other carries the quote
    agreeing: Mapped[int] = mapped_column(default=0)  # of these: the likely original, or in the words of such another


class OutletVariantRow(Table):
    """A variant that an outlet carries, under each label that it has."""

    __tablename__ = "outlet_variants"
    outlet_id: Mapped[int] = mapped_column(ForeignKey("outlets.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"), primary_key=True, index=True)
    quote_id: Mapped[int] = mapped_column(ForeignKey("quotes.id"), index=True)


class OutletProfileRow(Table):
    """Totals of an outlet's carriages."""

    __tablename__ = "outlet_profiles"
    outlet_id: Mapped[int] = mapped_column(ForeignKey("outlets.id"), primary_key=True)
    quotation_count: Mapped[int] = mapped_column(default=0)
    altered: Mapped[int] = mapped_column(default=0)
    comparable: Mapped[int] = mapped_column(default=0)
    agreeing: Mapped[int] = mapped_column(default=0)


class OutletChangeRow(Table):
    """How many variants under one label an outlet carries."""

    __tablename__ = "outlet_changes"
    outlet_id: Mapped[int] = mapped_column(ForeignKey("outlets.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


class OutletCopyRow(Table):
    """How many documents of one outlet are copies of documents of another."""

    __tablename__ = "outlet_copies"
    outlet_id: Mapped[int] = mapped_column(ForeignKey("outlets.id"), primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("outlets.id"), primary_key=True, index=True)
    count: Mapped[int] = mapped_column(default=0)


class SpeakerOutletRow(Table):
    """How often an outlet quotes a speaker, and how often in altered words."""

    __tablename__ = "speaker_outlets"
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id"), primary_key=True)
    outlet_id: Mapped[int] = mapped_column(ForeignKey("outlets.id"), primary_key=True, index=True)
    quotation_count: Mapped[int] = mapped_column(default=0)
    altered: Mapped[int] = mapped_column(default=0)


class SpeakerWordRow(Table):
    """In how many quotes of a speaker a telling word stands, in any wording that is not machine-translated or spun."""

    __tablename__ = "speaker_words"
    __table_args__ = (Index("ix_speaker_words_speaker_id_count", "speaker_id", "count"),)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id"), primary_key=True)
    word: Mapped[str] = mapped_column(String(60), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
