"""Five hundred and more documents made to do harm, each with what it attacks. Made by code, the same every time."""

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from tests.hostile import archives, shapes
from tests.hostile.payloads import FORMULAS, INJECTIONS, INVISIBLE


@dataclass(frozen=True, slots=True)
class Hostile:
    """One file: its family, what it attacks, its name (bytes are allowed) and what is in it."""

    family: str
    attacks: str
    name: str
    data: bytes


def article(words: str = "", speaker: str = "", number: int = 0) -> str:
    """A short report in English with `words` in its quotation and `speaker` in the name of who said it."""
    return (
        f"The crews of the island ferries met the harbour ministry for the {number}th time on Friday morning.\n\n"
        f"“We are getting some good vibes {words} out of the ferry talks number {number},” "
        f"Harbour Minister Ann {speaker} Ashby told reporters at the quay.\n\n"
        f"The minister said that “nobody {words} will be left behind” when the boats sail again on Monday.\n"
    )


def collection() -> list[Hostile]:
    """All of them; names are unique."""
    made = list(chain.from_iterable(family() for family in _FAMILIES))
    assert len({one.name for one in made}) == len(made) >= 500
    return made


def _row(**fields: object) -> bytes:
    return json.dumps(fields).encode() + b"\n"


def _injections() -> Iterator[Hostile]:
    for number, (kind, code) in enumerate(INJECTIONS.items()):
        for place, extension, data in _places(number, code):
            yield Hostile("injection", f"{kind} in the {place}", f"inject-{number:02}-{place}.{extension}", data)


def _places(number: int, code: str) -> Iterator[tuple[str, str, bytes]]:
    plain = article(number=number)
    yield "text", "txt", f"Report {number}\n\n{article(code, number=number)}".encode()
    yield "speaker", "txt", article(speaker=code, number=number).encode()
    fields = {"title": f"Title {code}", "outlet": f"Outlet {code}", "id": f"{number}{code}", "author": f"By {code}"}
    links = {"url": f"https://pwned.example/{number}/{code}", "date": f"2031-03-14 {code}", "language": f"en {code}"}
    yield "fields", "jsonl", _row(text=article(code, code, number), **fields, **links)
    yield "address", "jsonl", _row(text=plain, title=f"T{number}", url=_ADDRESSES[number % len(_ADDRESSES)] + code)
    yield "page", "html", _page(number, code)
    yield "feed", "xml", _feed(number, code)
    front = (
        f"---\ntitle: F{number} {code}\noutlet: {code}\nauthor: [{code}, B]\ndate: {code}\nurl: {code}\n---\n{plain}"
    )
    yield "front-matter", "md", front.encode()


_ADDRESSES = (
    "javascript:", "data:text/html,", "vbscript:", "https://[", "https://user:@pwned.example/", "//pwned.example/",
    "https://pwned.example:99999/", "\u202ehttps://", "https://\x00", "file:///etc/passwd#", "https://xn--/", "",
)  # fmt: skip


def _page(number: int, code: str) -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in article(code, code, number).split("\n\n"))
    data = json.dumps({"@type": "NewsArticle", "headline": code, "datePublished": code})
    return (
        f'<!doctype html><html lang="en"><head><title>Page {number} {code}</title>'
        f'<meta property="og:site_name" content="{code}"><meta name="author" content="{code}">'
        f'<link rel="canonical" href="{code}"><script type="application/ld+json">{data}</script></head>'
        f"<body><article><h1>Page {number} {code}</h1>{paragraphs}</article></body></html>"
    ).encode()


def _feed(number: int, code: str) -> bytes:
    safe = code.replace("&", "&amp;").replace("<", "&lt;")
    body = article(safe, safe, number)
    return (
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>Feed {safe}</title><link>javascript:{safe}</link>"
        f"<item><title>Entry {number} {safe}</title><link>javascript:{safe}</link><author>{safe}</author>"
        f"<description>{body}</description><pubDate>{safe}</pubDate></item></channel></rss>"
    ).encode()


def _invisible() -> Iterator[Hostile]:
    for number, (kind, signs) in enumerate(INVISIBLE.items()):
        text = article(signs, number=600 + number)
        yield Hostile("invisible", f"{kind} in the text", f"unseen-{number:02}-text.txt", text.encode())
        named = article(speaker=signs, number=700 + number)
        yield Hostile("invisible", f"{kind} in the speaker", f"unseen-{number:02}-speaker.txt", named.encode())
        row = _row(
            text=article(number=800 + number), title=f"T {signs}", outlet=f"O {signs} {number}", id=f"u{number}{signs}"
        )
        yield Hostile("invisible", f"{kind} in the fields", f"unseen-{number:02}-fields.jsonl", row)


def _shapes() -> Iterator[Hostile]:
    for family, made in shapes.FAMILIES.items():
        for number, (attacks, name, data) in enumerate(made()):
            yield Hostile(family, attacks, f"{family}-{number:02}-{name}", data)


def _archives() -> Iterator[Hostile]:
    for number, (attacks, name, data) in enumerate(archives.archives()):
        yield Hostile("archive", attacks, f"archive-{number:02}-{name}", data)


def _tables() -> Iterator[Hostile]:
    for number, formula in enumerate(FORMULAS):
        rows = [["text", "title", "outlet", "author", "id"]]
        rows.append([article(formula, formula, 900 + number), formula, formula, formula, formula])
        out = io.StringIO(newline="")
        csv.writer(out).writerows(rows)
        yield Hostile("formula", f"{formula!r} in a table", f"formula-{number}.csv", out.getvalue().encode())
        spoken = f"“{formula} is what we pay,” said Ann Ashby. “{formula},” she said.\n{article(number=920 + number)}"
        yield Hostile("formula", f"{formula!r} in a text", f"formula-{number}.txt", spoken.encode())


def _names() -> Iterator[Hostile]:
    names = {
        "line feed": "name-\n-failed: everything", "terminal": "name-\x1b[2J\x1b]0;pwned\x07.txt",
        "markup": "name-<img src=x onerror=pwned=1>.txt", "rich markup": "name-[bold red]x[link=file:x].txt",
        "climbing": "name-..\\..\\etc\\passwd.txt", "long": "name-" + "x" * 240, "right to left": "name-\u202etxt.exe",
        "formula": "=name-1+1.txt", "quotes": "name-\"';--.txt", "not UTF-8": "name-\udcff\udcfe.txt",
        "glob": "name-*[a-z]?.txt", "spaces": "name-   .txt", "no extension": "name-", "many": "name-" + ".gz" * 60,
        "percent": "name-%s%n%00.txt", "address": "name-https:--pwned.example", "template": "name-{{7*7}}.txt",
        "dash": "-rf", "date": "name-2031-99-99.txt", "eight bits": "name-\x9b31m.txt",
    }  # fmt: skip
    for number, (attacks, name) in enumerate(names.items()):
        yield Hostile("name", f"{attacks} in the file's name", name, article(number=1000 + number).encode())


def _packed() -> Iterator[Hostile]:
    text = article(number=1100).encode()
    yield Hostile(
        "archive", "gzip in gzip", "packed-twice.txt.gz", gzip.compress(gzip.compress(text, mtime=0), mtime=0)
    )
    yield Hostile("archive", "gzip with a lying extension", "packed.txt", gzip.compress(text, mtime=0))


_FAMILIES: tuple[Callable[[], Iterator[Hostile]], ...] = (
    _injections, _invisible, _shapes, _archives, _tables, _names, _packed,
)  # fmt: skip
