"""The table of what people decided."""

from datetime import datetime

from sqlalchemy import JSON, DateTime, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables import Table


class DecisionRow(Table):
    """What a person decided; rows are only ever added, and of two that contradict each other the later one holds.

    `one` and `other` are ids as they were given; the parts (or, for a speaker, quotations) that they stood for then
    are what later runs go by, since quotes and variants come and go.
    """

    __tablename__ = "decisions"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    kind: Mapped[str] = mapped_column(String(16))  # same, different, speaker
    one: Mapped[str] = mapped_column(String(16))
    one_scope: Mapped[str] = mapped_column(String(16))  # quote, variant, quotation
    one_parts: Mapped[list[str]] = mapped_column(JSON)  # public ids
    one_text: Mapped[str] = mapped_column(Text)
    other: Mapped[str | None] = mapped_column(String(16))
    other_scope: Mapped[str | None] = mapped_column(String(16))
    other_parts: Mapped[list[str]] = mapped_column(JSON, default=list)
    other_text: Mapped[str | None] = mapped_column(Text)
    speaker: Mapped[str | None] = mapped_column(String(300))
    author: Mapped[str] = mapped_column(String(200))
    decided_at: Mapped[datetime] = mapped_column(DateTime)  # UTC, naive
