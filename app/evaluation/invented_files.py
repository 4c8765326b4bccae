"""Invented articles as files: plain text, pages as outlets make them, and archives of such pages."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from html import escape
from itertools import islice
from pathlib import Path
from random import Random
from typing import Literal

from app.evaluation.invented import invented_units
from app.evaluation.invented_corpus import Report, reports

Media = Literal["text", "html", "warc"]

_PROSE = (
    "The meeting on the quay began at nine in the morning and lasted until the tide came in. "
    "Several people who had waited since the day before were let in one after the other. "
    "Nobody could tell how long the work on the pier would take, or what it would cost in the end. "
    "A decision is expected by the end of the month, after the council of the islands has met again. "
    "Last year the same plan was put off twice because the money was not there. "
    "The report of {name} will be read in full on Monday, as {name} had asked. "
)
_SENTENCES = (2, 4)  # between two quotations
_MENU = "Home World Islands Harbour Weather Sport Culture Letters Jobs Archive Boats Tides Travel Food Films".split()
_TEASERS = 20
SCRIPT = 110  # kilobytes of it in a page, as outlets have them
_LINES = 4000  # of script that are drawn from
_ENDLESS = 1_000_000_000  # units, made one after the other
_CRAWLED = datetime(2031, 3, 14, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Archive:
    """What was written: how many pages, and the bytes of the archive before compression."""

    pages: int
    size: int


def write_articles(folder: Path, count: int, media: Media = "text") -> Path:
    """A new folder with so many articles: a file each, or one archive of their pages."""
    folder.mkdir()
    if media == "warc":
        write_archive(folder / "pages.warc.gz", count)
        return folder
    made, suffix = (_text, "txt") if media == "text" else (_page, "html")
    for report in islice(_reports(), count):
        (folder / f"{report.number:07}.{suffix}").write_text(made(report), "utf-8")
    return folder


def write_archive(path: Path, pages: int, size: int = 0, script: int = SCRIPT) -> Archive:
    """A WARC, each record compressed by itself as crawlers do: at least so many pages and, uncompressed, bytes.

    Each page has so many kilobytes of `script`.
    """
    written = held = 0
    with path.open("wb") as file:
        for report in _reports():
            if written >= pages and held >= size:
                break
            record = _record(report, script)
            file.write(gzip.compress(record, 1, mtime=0))
            written, held = written + 1, held + len(record)
    return Archive(written, held)


def _reports() -> Iterator[Report]:
    return reports(invented_units(_ENDLESS))


def _text(report: Report) -> str:
    """An article as a text file: quotations of an event, with prose between them."""
    head = f"title: {report.title}\noutlet: {report.outlet}\ndate: {report.published:%Y-%m-%d}\nlanguage: en"
    return f"---\n{head}\n---\n" + "\n\n".join(_paragraphs(report)) + "\n"


def _paragraphs(report: Report) -> Iterator[str]:
    chance = Random(report.number)
    sentences = [sentence.strip() + "." for sentence in _PROSE.split(".") if sentence.strip()]
    for unit, said in zip(report.units, report.paragraphs[1:], strict=True):
        prose = " ".join(chance.sample(sentences, chance.randint(*_SENTENCES)))
        yield prose.replace("{name}", unit.speaker or "the harbour master")
        yield said


def _page(report: Report, script: int = SCRIPT) -> str:
    """The same article as a page: a menu before it, teasers beside it, a footer, and a script's state."""
    data = {"@type": "NewsArticle", "headline": report.title, "datePublished": f"{report.published:%Y-%m-%d}"}
    menu = "".join(f'<li class="item"><a href="/{name.lower()}">{name}</a></li>' for name in _MENU)
    teasers = "".join(
        f'<div class="teaser"><a href="/{report.number + number}"><h3>Report {report.number + number} of the islands'
        "</h3></a><p>What was said at the pier, and by whom.</p></div>"
        for number in range(1, _TEASERS + 1)
    )
    body = "".join(f"<p>{escape(paragraph, quote=False)}</p>\n" for paragraph in _paragraphs(report))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{report.title} | {report.outlet}</title>'
        f'<meta property="og:site_name" content="{report.outlet}"><meta property="og:title" content="{report.title}">'
        f'<script type="application/ld+json">{json.dumps(data)}</script></head><body>'
        f'<header><nav class="menu"><ul>{menu}</ul></nav></header>'
        f"<main><article><h1>{report.title}</h1>{body}</article>"
        f'<aside class="most-read"><h2>Most read</h2>{teasers}</aside></main>'
        f"<footer><ul>{menu}</ul><p>All rights reserved.</p></footer>"
        f"<script>{_state(report, script)}</script></body></html>"
    )


def _state(report: Report, kilobytes: int) -> str:
    lines = _lines()
    count = kilobytes * 1000 * len(lines) // sum(map(len, lines))
    return "window.state=[\n" + "".join(Random(report.number).choices(lines, k=count)) + "];"


@cache
def _lines() -> list[str]:
    chance = Random(0)
    return [
        json.dumps({f"key{chance.getrandbits(24)}": [chance.getrandbits(8) for _ in range(55)]}) + ",\n"
        for _ in range(_LINES)
    ]


def _record(report: Report, script: int) -> bytes:
    page = _page(report, script).encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(page)
    target = f"https://gazette-{report.number % 300}.example/{report.number}"
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {target}\r\nWARC-Date: {_CRAWLED:%Y-%m-%dT%H:%M:%SZ}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http) + len(page)}\r\n\r\n"
    )
    return head.encode() + http + page + b"\r\n\r\n"
