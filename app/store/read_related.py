"""What stands around a quote: reports without quotation marks, other quotes of the same documents, and the date."""

from datetime import datetime

from sqlalchemy import Connection, select

from app.store.tables import RunRow


def read_as_of(connection: Connection) -> datetime | None:
    """When the last run that ended took documents in or compared them, UTC; None before the first."""
    query = select(RunRow.finished_at).where(RunRow.finished_at.is_not(None)).order_by(RunRow.id.desc())
    return connection.scalar(query.limit(1))
