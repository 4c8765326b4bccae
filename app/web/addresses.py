"""The addresses of pages, and links into other people's pages."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote as percent
from urllib.parse import urlencode, urlsplit, urlunsplit

_SLUG_LENGTH = 60
_EXACT_WORDS = 12  # longer passages are linked by their first and last words
_EDGE_WORDS = 5
_LONE_WORDS = 3  # so few words may stand elsewhere on the page too: say what comes before


def quote_address(public_id: str, text: str) -> str:
    """Canonical address of a quote; the words in it are only for people."""
    name = slug(text)
    return f"/quotes/{public_id}/{name}" if name else f"/quotes/{public_id}"


def place_address(document: str, quotation: str) -> str:
    """Address of a quotation's place in its document."""
    return f"/documents/{document}#q-{quotation}"


def report_address(kind: str, public_id: str) -> str:
    """Address of the form that reports a quote or quotation (`kind`) as wrong."""
    return with_query("/reports/new", {"kind": kind, "id": public_id})


def variant_address(public_id: str) -> str:
    """Address that leads to a variant, however many its quote has: pages spell out some of them only."""
    return f"/v/{public_id}"


def variant_place(quote: str, variant: str) -> str:
    """Address of a variant's place on a page of its quote that has it (`quote` is that page's address)."""
    return f"{quote}#v-{variant}"


@lru_cache(maxsize=1_000)  # one page asks for the same ones a dozen times
def slug(text: str) -> str:
    """First words of a text for an address: letters a to z and numbers, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", ""))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    chosen = ""
    for word in words:
        if len(chosen) + len(word) >= _SLUG_LENGTH:
            break
        chosen = f"{chosen}-{word}" if chosen else word
    return chosen


def with_query(path: str, values: Mapping[str, object]) -> str:
    """`path` with those values that are not empty; an address that can be shared."""
    given = {key: str(value) for key, value in values.items() if value not in ("", None)}
    return f"{path}?{urlencode(given)}" if given else path


def json_twin(address: str) -> str:
    """Address of the same page as JSON."""
    return file_address(f"/index{address[1:]}" if urlsplit(address).path == "/" else address, "json")


def file_address(address: str, extension: str) -> str:
    """Address of the same rows in another form: `extension` goes after the path."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path=f"{parts.path}.{extension}"))


def web_link(url: str | None) -> str | None:
    """`url` where it is an address on the web, else None: no other scheme becomes a link."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def text_fragment(url: str | None, text: str, before: str = "") -> str | None:
    """`url` with a text fragment: browsers scroll to `text` (wicg.github.io/scroll-to-text-fragment).

    Long passages and those over several paragraphs are given by their first and last words; very short ones
    with the words `before` them.
    """
    link = web_link(url)
    words, lines = text.split(), text.strip().splitlines()
    if link is None or not words:
        return link
    if len(words) > _EXACT_WORDS or len(lines) > 1:
        first, last = lines[0].split(), lines[-1].split()  # each end must lie within one paragraph
        directive = f"{_encode(first[:_EDGE_WORDS])},{_encode(last[-_EDGE_WORDS:])}"
    else:
        directive = _prefix(words, before) + _encode(words)
    return f"{link.partition('#')[0]}#:~:text={directive}"


def _prefix(words: list[str], before: str) -> str:
    leading = before.rpartition("\n")[2].split()[-_LONE_WORDS:]
    return f"{_encode(leading)}-," if leading and len(words) <= _LONE_WORDS else ""


def _encode(words: list[str]) -> str:
    # A hyphen, comma or ampersand is syntax of the directive; percent() leaves the hyphen alone.
    return percent(" ".join(words), safe="").replace("-", "%2D")
