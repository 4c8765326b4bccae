"""The table that says which version of the data there is."""

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables import Table


class DataVersionRow(Table):
    """One row of two numbers: `documents` is drawn anew by every write that pages may show, `quotes` by those alone
    that change quotes, decisions or the end of a run."""

    __tablename__ = "data_version"
    id: Mapped[int] = mapped_column(primary_key=True)
    documents: Mapped[int] = mapped_column(BigInteger, default=0)
    quotes: Mapped[int] = mapped_column(BigInteger, default=0)
