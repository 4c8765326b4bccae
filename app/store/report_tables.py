"""The table of what readers report."""

from datetime import datetime

from sqlalchemy import DateTime, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables import Table


class ReportRow(Table):
    """What a reader found wrong with a quote or quotation. Nothing is kept about the reader.

    The target is a public id, which outlives the row that it stands for.
    """

    __tablename__ = "reports"
    __table_args__ = (
        Index("ix_reports_state_created_at", "state", "created_at"),
        Index("ix_reports_target", "target"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    target_kind: Mapped[str] = mapped_column(String(16))  # quote, quotation
    target: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(DateTime)  # UTC, naive
    state: Mapped[str] = mapped_column(String(16), default="open")  # open, decided, dismissed
    decision: Mapped[str | None] = mapped_column(String(16))  # public id of the decision that it led to
