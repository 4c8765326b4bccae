"""Atom feeds (RFC 4287). Ids are made from our own ids alone: they stay when the site moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element

from starlette.responses import Response

from app.web.xml import element, serialise

_BEFORE_ALL = datetime(1970, 1, 1)  # an empty feed needs a date too


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of news. `key` names it for ever; `updated` is when it became known here (UTC)."""

    key: str
    title: str
    link: str
    updated: datetime
    published: datetime | None
    summary: str
    author: str = "Variorum"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed; `link` is the page that it is about, `address` its own."""

    key: str
    title: str
    link: str
    address: str
    entries: Sequence[Entry]


def answer(feed: Feed) -> Response:
    """The feed as Atom."""
    return Response(serialise(_feed(feed)), 200, {"Cache-Control": "public, max-age=300"}, "application/atom+xml")


def _feed(feed: Feed) -> Element:
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en"})
    element(root, "id", _id(feed.key))
    element(root, "title", feed.title)
    element(root, "updated", _time(max((entry.updated for entry in feed.entries), default=_BEFORE_ALL)))
    element(root, "link", rel="self", type="application/atom+xml", href=feed.address)
    element(root, "link", rel="alternate", type="text/html", href=feed.link)
    element(element(root, "author"), "name", "Variorum")
    for entry in feed.entries:
        _entry(root, entry)
    return root


def _entry(root: Element, entry: Entry) -> None:
    node = element(root, "entry")
    element(node, "id", _id(entry.key))
    element(node, "title", entry.title)
    element(node, "link", rel="alternate", type="text/html", href=entry.link)
    element(node, "updated", _time(entry.updated))
    if entry.published:
        element(node, "published", _time(entry.published))
    element(element(node, "author"), "name", entry.author)
    element(node, "summary", entry.summary)


def _id(key: str) -> str:
    return uuid5(NAMESPACE_URL, f"variorum/{key}").urn


def _time(at: datetime) -> str:
    return at.replace(microsecond=0).isoformat() + "Z"
