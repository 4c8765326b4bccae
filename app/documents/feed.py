"""RSS and Atom: one document an entry."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import Any

import feedparser

from app.documents.dates import published
from app.documents.inputs import Limits
from app.documents.stream import Source
from app.documents.unparsed import Uncut, Unparsed
from app.documents.webpage import plain_text, titled
from app.errors import InputError
from app.records import Document, Published, Rejected


def read_feed(source: Source, limits: Limits) -> Iterator[Uncut]:
    """One document for each entry with content or a summary; InputError is raised for a feed without entries."""
    raw = source.stream.whole(limits.max_document_bytes)
    yield Uncut(source.name, partial(_entries, source.name, raw, source.url, limits.max_record_bytes))


def _entries(name: str, raw: bytes, url: str | None, limit: int) -> list[Unparsed | Rejected]:
    headers = {"content-location": url} if url else None
    feed = feedparser.parse(BytesIO(raw), response_headers=headers)
    if not feed.entries:
        raise InputError(_fault(feed), "Check that the address or file is an RSS or Atom feed with entries.")
    return [_entry(entry, feed.feed, f"{name}#{number}", limit) for number, entry in enumerate(feed.entries, start=1)]


def _fault(feed: Any) -> str:
    if feed.get("bozo"):
        return f"The feed can't be read: {feed.get('bozo_exception')}."
    return "The feed holds no entries."


def _entry(entry: Any, channel: Any, name: str, limit: int) -> Unparsed | Rejected:
    title, markup = entry.get("title") or "", _markup(entry)
    if len(markup) > limit:
        return Rejected(
            name,
            "failed",
            f"The entry is longer than the limit of {limit:,} bytes for one record.",
            "Raise VARIORUM_MAX_RECORD_BYTES.",
        )
    stated = Document(
        name=name,
        text="",
        media="feed",
        outlet=(entry.get("source") or {}).get("title") or channel.get("title") or None,
        url=entry.get("link") or None,
        authors=tuple(one["name"] for one in entry.get("authors", []) if one.get("name")),
        published=_published(entry),
        language=entry.get("language") or channel.get("language") or None,
    )
    return Unparsed(name, len(title) + len(markup), partial(_document, stated, title, markup))


def _document(stated: Document, title: str, markup: str) -> Document:
    """The entry with its title and text, which are markup."""
    named = plain_text(title) or None
    text = plain_text(markup)
    return replace(stated, title=named, text=titled(named, text) if text else "")


def _markup(entry: Any) -> str:
    """The fullest version of the entry's text."""
    versions = [content.get("value") or "" for content in entry.get("content", [])]
    return max([*versions, entry.get("summary") or ""], key=len)


def _published(entry: Any) -> Published | None:
    for key in ("published", "updated"):
        if entry.get(key) and (date := published(entry[key], "feed")):
            return date
    return None
