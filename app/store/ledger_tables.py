"""The table of how far a run has come."""

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables import Table


class ProgressRow(Table):
    """How far a run has come in one of its inputs; kept until the run is finished, for the run that goes on with it."""

    __tablename__ = "run_progress"
    __table_args__ = (UniqueConstraint("run_id", "place"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"))
    place: Mapped[str] = mapped_column(Text)  # path of the input, as given
    digest: Mapped[str] = mapped_column(String(64))  # sha256 of its bytes
    found: Mapped[int]  # documents and refused records of it that are in the ledger
    finished: Mapped[bool]
