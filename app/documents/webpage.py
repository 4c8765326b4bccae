"""HTML pages: the article's text and what the page says about itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from app.documents.crowded import refuse_crowded
from app.documents.dates import published, published_from_name
from app.documents.decoding import decode
from app.documents.inputs import Limits
from app.documents.stream import Source, too_large
from app.documents.unparsed import Unparsed, whole
from app.errors import InputError
from app.records import Document, Published

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.I)
_DATES = (
    "//meta[@property='article:published_time' or @property='og:article:published_time'"
    " or @itemprop='datePublished' or @name='datePublished' or @name='parsely-pub-date'"
    " or @name='pubdate' or @name='publish-date' or @name='DC.date.issued' or @name='date']/@content",
    "//time[@itemprop='datePublished' or @pubdate]/@datetime",
)
_JSON_LD_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section",
    "table", "td", "th", "tr", "ul",
})  # fmt: skip
_LEAST_WORDS = 20  # fewer are a menu, a cookie notice or an error message
_OPENING = ("“", '"', "‘", "«", "„")
_FEW_PARAGRAPHS, _MOST_QUOTED = 3, 0.5
_SILENT = frozenset({"script", "style", "noscript", "template", "iframe", "svg", "head"})


@dataclass(frozen=True, slots=True)
class Page:
    """An article, as its page has it: paragraphs separated by line feeds, the title as the first of them."""

    text: str
    title: str | None
    outlet: str | None
    url: str | None
    authors: tuple[str, ...]
    published: Published | None
    language: str | None


def read_html(source: Source, limits: Limits) -> Iterator[Unparsed]:
    """The one document of a page; raises InputError where it is too large."""
    if source.size is not None and source.size > limits.max_document_bytes:
        raise too_large(limits.max_document_bytes)
    raw = source.stream.whole(limits.max_document_bytes)
    yield Unparsed(source.name, len(raw), partial(_document, source.name, raw, source.charset, source.url))


def _document(name: str, raw: bytes, charset: str | None, url: str | None) -> Document:
    page = parse(raw, charset, url)
    return Document(
        name=name,
        text=page.text,
        media="html",
        title=page.title,
        outlet=page.outlet,
        url=page.url or url,
        authors=page.authors,
        published=page.published or published_from_name(name),
        language=page.language,
    )


def parse(raw: bytes | str, charset: str | None = None, url: str | None = None) -> Page:
    """The article of a page; raises InputError where none is found."""
    markup = whole(_characters(raw, charset))  # the parser ends at NUL
    refuse_crowded(markup)
    tree = trafilatura.load_html(markup)
    if tree is None:
        raise _no_article()
    stated, language = _stated_date(tree), _language(tree)
    _mark_quotes(tree)
    try:
        found = trafilatura.bare_extraction(
            tree,
            url=url and whole(url),
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            # an extensive search takes any year in the article for its date
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except (RecursionError, etree.LxmlError) as error:
        raise _no_article() from error
    if found is None or isinstance(found, dict) or len((found.text or "").split()) < _LEAST_WORDS:
        raise _no_article()
    return Page(
        text=titled(found.title, found.text or ""),
        title=found.title,
        outlet=found.sitename or found.hostname,
        url=found.url,
        authors=tuple(name.strip() for name in (found.author or "").split(";") if name.strip()),
        published=stated or published(found.date, "page metadata"),
        language=language,
    )


def titled(title: str | None, text: str) -> str:
    """The text with its title as the first line, where it does not begin with it already."""
    text = text.strip()
    if not title or not text or text.startswith(title):
        return text
    return f"{title}\n{text}"


def plain_text(markup: str) -> str:
    """The text of an HTML fragment, blocks separated by line feeds, white space folded. Raises InputError."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    markup = whole(markup)
    refuse_crowded(markup)
    tree = trafilatura.load_html(f"<html><body><div>{markup}</div></body></html>")
    if tree is None:
        return ""
    _mark_quotes(tree)
    lines = "".join(_pieces(tree)).split("\n")
    return "\n".join(line for raw in lines if (line := " ".join(raw.split())))


def _pieces(tree: HtmlElement) -> Iterator[str]:
    """Text in document order with a line feed at the edges of blocks; no recursion, for deep trees."""
    silent = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        opening = event == "start"
        silent += (1 if opening else -1) if element.tag in _SILENT else 0
        if element.tag in _BLOCKS:
            yield "\n"
        if not silent:
            text = element.text if opening else element.tail
            yield (text or "").replace("\n", " ")


def _mark_quotes(tree: HtmlElement) -> None:
    """Begin each line of a block quote with “> ”, as plain text does, and put marks around inline quotations.

    Nothing would be left of them in the text otherwise. A block of most of the page's paragraphs only sets them in.
    """
    for quote in tree.xpath("//q[not(ancestor::q)]"):
        _put_marks(quote)
    paragraphs = len(tree.xpath("//p"))
    for quote in tree.xpath("//blockquote[not(ancestor::blockquote)]"):
        if len(quote.xpath(".//p")) <= max(_FEW_PARAGRAPHS, _MOST_QUOTED * paragraphs):
            _mark_lines(quote)


def _put_marks(quote: HtmlElement) -> None:
    """The marks that browsers show around <q>, unless the page has its own there."""
    if not quote.text_content().strip().startswith(_OPENING):
        quote.text = f"“{quote.text or ''}"
        closing = etree.SubElement(quote, "span")
        closing.text = "”"
        closing.drop_tag()
    quote.drop_tag()


def _mark_lines(quote: HtmlElement) -> None:
    for signature in quote.xpath("./cite | .//footer"):  # left out, or run into the line before
        signature.tag = "p"
    fresh = True
    for event, element in etree.iterwalk(quote, events=("start", "end")):
        fresh = fresh or element.tag in _BLOCKS
        if event == "end" and element is quote:
            return
        words = (element.text if event == "start" else element.tail) or ""
        if fresh and words.strip():
            fresh = False
            marked = f"> {words.lstrip()}"
            if event == "start":
                element.text = marked
            else:
                element.tail = marked


def _characters(raw: bytes | str, charset: str | None) -> str:
    if isinstance(raw, str):
        return raw
    declared = _CHARSET.search(raw, 0, 4096)
    named = declared[1].decode("ascii") if declared else None
    return decode(raw, charset or named)


def _stated_date(tree: HtmlElement) -> Published | None:
    """The date that the page states in so many words, with its time of day."""
    for path in _DATES:
        for value in tree.xpath(path):
            if date := published(value, "page metadata"):
                return date
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        if match := _JSON_LD_DATE.search(script):
            return published(match[1], "page metadata")
    return None


def _language(tree: HtmlElement) -> str | None:
    codes = tree.xpath("/html/@lang")
    return str(codes[0]) if codes else None


def _no_article() -> InputError:
    return InputError(
        "No article was found in this page.",
        "Give it the address of an article, or the article's text as a plain-text file.",
    )
