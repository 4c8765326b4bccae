"""The table of what documents have changed elsewhere and nobody has brought up to date yet."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables import Table


class StaleRow(Table):
    """A row of another table from which something is derived that no longer holds; `kind` says what (`stale.Kind`).

    It refers by number alone: what is gone by the time that it is looked at needs nothing.
    """

    __tablename__ = "stale_rows"
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    row_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
