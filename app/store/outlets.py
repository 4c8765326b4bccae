"""Outlets: one row per name, made when a document first mentions it."""

import re
import unicodedata
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.records import Document
from app.store.ids import public_id
from app.store.tables import OutletRow

_SMALL = {"the", "of", "and", "for", "in", "on", "at", "a", "an"}


def outlet_for(session: Session, document: Document) -> OutletRow | None:
    """The outlet of a document by its name, else by its address's host; None where it has neither."""
    name = (document.outlet or _host(document.url)).strip()[:200]
    key = _fold(name)
    if not key:
        return None
    found = session.scalar(select(OutletRow).where(OutletRow.key == key))
    return found or _add(session, name, key)


def _add(session: Session, name: str, key: str) -> OutletRow:
    row = OutletRow(public_id=public_id("outlet", key), key=key, name=name, siglum=_siglum(session, name))
    session.add(row)
    session.flush()
    return row


def _host(url: str | None) -> str:
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:  # “https://[”
        return ""
    return host.removeprefix("www.")


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).casefold()
    words = re.findall(
        r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    )
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def _siglum(session: Session, name: str) -> str:
    """Short mark of an outlet, as of a manuscript: initials, with a number where they are taken."""
    words = [w for w in re.findall(r"[^\W_]+", name) if w.casefold() not in _SMALL] or ["X"]
    initials = "".join(w[0] for w in words)[:4].upper()
    base = initials if len(initials) > 1 else words[0][:2].upper()
    taken = set(session.scalars(select(OutletRow.siglum).where(OutletRow.siglum.startswith(base))))
    numbered = (f"{base}{n}" for n in range(2, len(taken) + 3))
    return next(s for s in (base, *numbered) if s not in taken)
