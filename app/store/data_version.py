"""Which version of the data pages show: drawn anew at the end of each write transaction, and read for each request."""

from secrets import randbits
from typing import Literal

from sqlalchemy import Engine, PoolProxiedConnection, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.store.prepared import prepared
from app.store.version_table import DataVersionRow

Changes = Literal["quotes", "documents", "nothing shown"]
Version = tuple[int, int]  # of documents, of quotes
_RENEW = prepared(lambda: update(DataVersionRow).where(DataVersionRow.id == 1))
_READ = "SELECT documents, quotes FROM data_version WHERE id = 1"
_SELECT = prepared(lambda: select(DataVersionRow.documents, DataVersionRow.quotes))


def renew(session: Session, changes: Changes) -> None:
    """Draw new numbers, at the end of a transaction: whoever writes at the same time waits for the row only until then.

    They are drawn by chance, so that a database put back from a copy never comes to a number again that pages of
    other data were kept under.
    """
    if changes == "nothing shown":
        return
    numbers = {"documents": randbits(62)} | ({"quotes": randbits(62)} if changes == "quotes" else {})
    session.flush()
    _RENEW.write(session.connection(), [numbers])


class VersionReader:
    """Reads the version of the data for every request; on SQLite over a connection of its own, in microseconds."""

    def __init__(self, engine: Engine) -> None:
        self.instant = engine.dialect.name == "sqlite"  # so quick that it needs no thread
        self._engine = engine if self.instant else engine.execution_options(isolation_level="AUTOCOMMIT")
        self._own: PoolProxiedConnection | None = None

    def read(self) -> Version | None:
        """The numbers now; None where the database can't be read, which the page itself will tell."""
        try:
            return self._from_sqlite() if self.instant else self._from_server()
        except (DBAPIError, self._engine.dialect.loaded_dbapi.Error):
            self.close()
            return None

    def close(self) -> None:
        """Let go of the connection."""
        if self._own is not None:
            self._own.close()
            self._own = None

    def _from_sqlite(self) -> Version | None:
        if self._own is None:
            self._own = self._engine.raw_connection()
            self._own.detach()
        found: list[Version] = self._own.execute(_READ).fetchall()
        return found[0] if found else None

    def _from_server(self) -> Version | None:
        with self._engine.connect() as connection:
            row = _SELECT.one(connection, {})
        return (row.documents, row.quotes) if row else None
