"""The tables of stories."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables import Table


class StoryRow(Table):
    """Documents on one event, with the counts that lists show."""

    __tablename__ = "stories"
    __table_args__ = (Index("ix_stories_first_published_at_id", "first_published_at", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    title: Mapped[str] = mapped_column(String(1000))
    title_document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))  # null: its most carried quote
    document_count: Mapped[int]
    outlet_count: Mapped[int]
    quote_count: Mapped[int]  # those that two of its documents or more carry
    first_published_at: Mapped[datetime | None] = mapped_column(DateTime)
    last_published_at: Mapped[datetime | None] = mapped_column(DateTime)


class StoryDocumentRow(Table):
    """Which story a document belongs to: one at most."""

    __tablename__ = "story_documents"
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True, autoincrement=False)
    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id"), index=True)


class RetiredStoryRow(Table):
    """Where the documents of a story id went: a row a successor, or one row without any (removed).

    An id that lives no more redirects there; one that lives on has been split and lists them.
    """

    __tablename__ = "retired_stories"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), index=True)
    successor: Mapped[str | None] = mapped_column(String(16))
    retired_at: Mapped[datetime] = mapped_column(DateTime)
