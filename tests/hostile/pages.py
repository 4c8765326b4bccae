"""Every page and file over what was taken in, and what of a document may show in its markup."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from sqlalchemy import create_engine, text

from tests.hostile.payloads import HOST, MARK

_FETCHED = {"src", "srcset", "data", "action", "formaction", "poster", "background"}
_FETCHING = ("link", "script", "img", "iframe")
_OURS = ("/", "#", "?", "http://testserver/", "data:image/svg+xml,")  # of what pages fetch or send to


def addresses(database: Path, most: int) -> Iterator[str]:
    """Pages of each kind: up to `most` of those that have an id, and searches for hostile words."""
    engine = create_engine(f"sqlite:///{database}")
    with engine.connect() as connection:
        for table, path in (("documents", "/documents/{}"), ("quotes", "/quotes/{}/x"), ("speakers", "/speakers/{}"),
                            ("outlets", "/outlets/{}"), ("stories", "/stories/{}")):  # fmt: skip
            found = connection.execute(text(f"SELECT public_id FROM {table} ORDER BY id")).scalars().all()
            step = max(1, len(found) // most)
            yield from (path.format(public_id) for public_id in found[::step])
            if table == "quotes":
                for public_id in found[:: step * 5]:
                    yield from (f"/embed/quotes/{public_id}", f"/quotes/{public_id}/cite.txt", f"/quotes/{public_id}/card.png",
                                f"/quotes/{public_id}/cite.wiki", f"/quotes/{public_id}/x?view=table", f"/panels/{public_id}")  # fmt: skip
            if table == "documents":
                yield from (
                    f"/compare?a={one}&b={other}&show=text"
                    for one, other in zip(found[::40], found[1::40], strict=False)
                )
    engine.dispose()
    yield from ("/", "/quotes", "/documents", "/speakers", "/outlets", "/stories", "/alerts", "/check", "/compare")
    for words in ("script", "%3Cscript%3Ewindow.pwned%3D1%3C/script%3E", "%22%20autofocus%20onfocus%3D%22pwned", "%E2%80%AEferries", "%00",
                  "speaker:%3Cimg%20src=x%20onerror=pwned=1%3E", "{{7*7}}", "ferr%E2%80%8Bies", "before:%3Cscript%3E"):  # fmt: skip
        yield from (f"/search?q={words}", f"/quotes?q={words}", f"/check?q={words}+and+more+words+than+that")


class Inert(HTMLParser):
    """Collects what is wrong with a page: code, or elements and attributes that no template of ours has."""

    def __init__(self, html: str, known: set[tuple[str, str]]) -> None:
        super().__init__(convert_charrefs=True)
        self.known, self.wrong, self.seen = known, list[str](), set[tuple[str, str]]()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if (tag, "") not in self.known:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            self._check(tag, name, value or "")

    def _check(self, tag: str, name: str, value: str) -> None:
        fetched = name in _FETCHED or name.startswith("hx-get") or (tag == "link" and name == "href")
        if (
            (tag, name) not in self.known
            or name.startswith("on")
            or name == "style"
            or (fetched and tag != "link" and not value.startswith(_OURS))
            or (name == "href" and not value.strip().lower().startswith(("http://", "https://", *_OURS)))
            or (name in ("id", "class", "name", "for") and MARK in value)
            or (tag in _FETCHING and name in ("href", "src") and HOST in value.partition("?")[0].partition("/x")[0])
        ):
            self.wrong.append(f"<{tag} {name}={value[:80]!r}>")


class Shape(HTMLParser):
    """The elements and attributes that a page has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: set[tuple[str, str]] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen |= {(tag, ""), *((tag, name) for name, _ in attrs)}
