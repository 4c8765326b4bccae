"""Columns that several queries share, and the views made of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Label, Row, Select, select
from sqlalchemy.orm import aliased

from app import records
from app.store.read_views import DocumentLine, DocumentRef, Outlet, Speaker, When
from app.store.tables import DocumentRow, OutletRow, SpeakerRow

_Original = aliased(DocumentRow)

OUTLET: tuple[Label[Any], ...] = (
    OutletRow.public_id.label("outlet_public_id"),
    OutletRow.name.label("outlet_name"),
    OutletRow.siglum.label("siglum"),
)
SPEAKER: tuple[Label[Any], ...] = (
    SpeakerRow.public_id.label("speaker_public_id"),
    SpeakerRow.name.label("speaker_name"),
    SpeakerRow.kind.label("speaker_kind"),
)
DOCUMENT: tuple[Label[Any], ...] = (
    DocumentRow.id.label("document_key"),
    DocumentRow.public_id.label("document_public_id"),
    DocumentRow.title.label("document_title"),
    DocumentRow.name.label("document_name"),
    DocumentRow.url.label("url"),
    DocumentRow.published_at.label("published_at"),
    DocumentRow.published_precision.label("published_precision"),
    DocumentRow.quotation_count.label("document_quotation_count"),
    DocumentRow.copy_share.label("copy_share"),
    DocumentRow.version.label("version"),
    DocumentRow.superseded.label("superseded"),
    _Original.public_id.label("copy_of_public_id"),
    _Original.title.label("copy_of_title"),
    _Original.name.label("copy_of_name"),
    *OUTLET,
)


def select_documents(*more: Any) -> Select[Any]:
    """Documents with their outlet and the document that they copy."""
    return (
        select(*DOCUMENT, *more)
        .outerjoin(OutletRow, DocumentRow.outlet_id == OutletRow.id)
        .outerjoin(_Original, DocumentRow.copy_of_id == _Original.id)
    )


def outlet(row: Row[Any]) -> Outlet | None:
    """The outlet in a row that has OUTLET's columns."""
    if row.outlet_public_id is None:
        return None
    return Outlet(row.outlet_public_id, row.outlet_name, row.siglum)


def label(stored: dict[str, Any]) -> records.Label:
    """A label as the store keeps it."""
    return records.Label(stored["kind"], tuple((base, other) for base, other in stored["evidence"]))


def speaker(row: Row[Any]) -> Speaker | None:
    """The speaker in a row that has SPEAKER's columns."""
    if row.speaker_public_id is None:
        return None
    return Speaker(row.speaker_public_id, row.speaker_name, row.speaker_kind)


def when(at: datetime | None, precision: Any = "day") -> When | None:
    """A date of the store, which is known to the day where nothing else is said."""
    return When(at, precision or "day") if at else None


def document_line(row: Row[Any]) -> DocumentLine:
    """The document in a row that has DOCUMENT's columns."""
    copied = row.copy_of_public_id
    return DocumentLine(
        id=row.document_public_id,
        title=row.document_title or row.document_name,
        name=row.document_name,
        url=row.url,
        outlet=outlet(row),
        published=when(row.published_at, row.published_precision),
        quotation_count=row.document_quotation_count,
        copy_of=DocumentRef(copied, row.copy_of_title or row.copy_of_name) if copied else None,
        copy_share=row.copy_share,
        version=row.version,
        superseded=row.superseded,
    )
