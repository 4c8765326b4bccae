"""A quote's citation in four forms: plain text, BibTeX, CSL-JSON and templates of Wikipedia. All are pure.

What is cited is the page here with the day that its data are of; `wiki_news` cites a document instead. A document that
is named has the words that are quoted.
"""

import json
import re
from datetime import date
from urllib.parse import quote as percent

from app.frozen import record
from app.store.read_views import When

_SHOWN = {"year": "{0.year}", "month": "{0:%B} {0.year}"}
_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",  # BibTeX counts braces, escaped ones too
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
    | {sign: f"\\{sign}" for sign in "$&#_%"}
)
# Signs that mean something to MediaWiki: links, templates, tags, signatures, magic words, emphasis.
_WIKI = str.maketrans({sign: f"&#{ord(sign)};" for sign in "|{}[]<>&~_"})
_EMPHASIS = re.compile("''+|^'|'$")  # a template may set its own beside a value
_LINE_SIGNS = "*#:;"  # a list or an indent where a value begins with them
_URL_SAFE = "/:?#@!$&()*+,;=%-._~"  # what a URL keeps in a template or an entry; braces, bars and brackets go


@record
class Source:
    """A document that has the cited words, the `earliest` or not; `url` only where it is an address on the web."""

    title: str
    outlet: str | None
    url: str | None
    published: When
    earliest: bool = True


@record
class Cited:
    """What a citation of a quote says: `text` as the source has it. `state` is the day that the data are of, and `link`
    is dated by it."""

    id: str
    text: str
    speaker: str | None
    disputed: bool
    source: Source | None
    link: str
    state: date | None


def plain(cited: Cited) -> str:
    """The citation as a sentence."""
    parts = [f"“{_line(cited.text)}”", _said_by(cited), _stands(cited), f"Variorum, {_state(cited)}: {cited.link}"]
    return " ".join(part for part in parts if part)


def bibtex(cited: Cited) -> str:
    """An entry for BibTeX or biblatex."""
    fields = {
        "author": "{Variorum}",  # the page's; the speaker is in the note, for who spoke may be disputed
        "title": f"“{_bibtex(cited.text)}”",
        "year": str(cited.state.year) if cited.state else "",
        "note": _bibtex(_note(cited)),
        "url": _url(cited.link),
        "urldate": cited.state.isoformat() if cited.state else "",
    }
    lines = (f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{variorum-{cited.id},\n" + ",\n".join(lines) + "\n}"


def csl(cited: Cited) -> list[dict[str, object]]:
    """The citation as CSL-JSON (citeproc-js-docs.readthedocs.io, "CSL-JSON markup"): a list with one item."""
    item: dict[str, object] = {
        "id": f"variorum-{cited.id}",
        "type": "webpage",
        "title": f"“{_line(cited.text)}”",
        "container-title": "Variorum",
        "author": [{"literal": "Variorum"}],
        "URL": cited.link,
        "note": _note(cited),
    }
    if cited.state:
        day = {"date-parts": [[cited.state.year, cited.state.month, cited.state.day]]}
        item |= {"issued": day, "accessed": day}
    return [item]


def csl_text(cited: Cited) -> str:
    """CSL-JSON as text."""
    return json.dumps(csl(cited), ensure_ascii=False)


def wiki_web(cited: Cited) -> str:
    """{{cite web}} of the page here."""
    return _template(
        "cite web",
        {
            "url": _wiki_url(cited.link),
            "title": _wiki(f"“{cited.text}”"),
            "website": "Variorum",
            "access-date": _day(cited.state) if cited.state else "",
        },
    )


def wiki_news(cited: Cited) -> str | None:
    """{{cite news}} of a document that has the words; None where it has no address on the web."""
    source = cited.source
    if source is None or source.url is None:
        return None
    return _template(
        "cite news",
        {
            "url": _wiki_url(source.url),
            "title": _wiki(source.title),
            "work": _wiki(source.outlet or ""),
            "date": shown(source.published),
            "quote": _wiki(cited.text),
        },
    )


def shown(when: When) -> str:
    """A date in words, as exact as it is known."""
    pattern = _SHOWN.get(when.precision)
    return pattern.format(when.at) if pattern else _day(when.at)


def _said_by(cited: Cited) -> str:
    if cited.speaker is None:
        return "Attributed to nobody by name."
    return f"Attributed to {_line(cited.speaker)}{', by some to others' if cited.disputed else ''}."


def _stands(cited: Cited) -> str:
    if cited.source is None:
        return ""
    first = "Earliest here" if cited.source.earliest else "Here"
    where = f", {_line(cited.source.outlet)}" if cited.source.outlet else ""
    return f"{first} in these words: {shown(cited.source.published)}{where}."


def _note(cited: Cited) -> str:
    return " ".join(part for part in (_said_by(cited), _stands(cited), f"From {_state(cited)}.") if part)


def _state(cited: Cited) -> str:
    return f"data of {_day(cited.state)}" if cited.state else "data without a date"


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _line(text: str) -> str:
    """The text on one line, without control characters."""
    plain = text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)
    return " ".join(plain.split())


def _bibtex(text: str) -> str:
    return _line(text).translate(_BIBTEX)


def _wiki(text: str) -> str:
    escaped = _line(text).translate(_WIKI)
    escaped = _EMPHASIS.sub(lambda found: "&#39;" * len(found[0]), escaped)
    if escaped[:1] in set(_LINE_SIGNS):
        escaped = f"&#{ord(escaped[0])};{escaped[1:]}"
    return escaped


def _url(url: str) -> str:
    return percent(re.sub(r"\s+", "", url), safe=_URL_SAFE, errors="replace")


def _wiki_url(url: str) -> str:
    """An address without what a wiki replaces by a signature (~~~~) or takes for a switch (__TOC__)."""
    return _url(url).replace("~", "%7E").replace("__", "%5F%5F")


def _template(name: str, fields: dict[str, str]) -> str:
    return f"{{{{{name} | " + " | ".join(f"{key}={value}" for key, value in fields.items() if value) + " }}"
