"""Pages and feeds that are read and not parsed: another process can do that, and a hostile one costs itself alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.documents.language import in_english
from app.errors import InputError
from app.records import Document, Rejected

PLEASE_REPORT = "All others went on; please report the document, for none should do that."


@dataclass(frozen=True, slots=True)
class Unparsed:
    """What gives one document, or the reason why there is none, once it is parsed; it can be pickled.

    `parse` is a `functools.partial` of a module's function, with all that it needs. Whatever it raises costs this page.
    """

    name: str
    size: int  # bytes or characters that it holds in memory
    parse: Callable[[], Document]

    def parsed(self) -> Document | Rejected:
        """The document, or why it is none."""
        try:
            return judged(self.parse())
        except Exception as error:
            return refused(self.name, error)


@dataclass(frozen=True, slots=True)
class Uncut:
    """What gives any number of pages, once it is taken apart; it can be pickled.

    `cut` is as `parse` above.
    """

    name: str
    cut: Callable[[], Sequence[Unparsed | Rejected]]

    def parts(self) -> "Parts":
        """The pages in order, and what is no page."""
        try:
            return tuple(self.cut())
        except Exception as error:
            return (refused(self.name, error),)


Parts = tuple[Unparsed | Rejected, ...]


def refused(name: str, error: Exception) -> Rejected:
    """What goes on record for an error: ours say what to do, and any other, which nobody foresaw, is told as it is."""
    if isinstance(error, InputError):
        return Rejected(name, "failed", error.message, error.hint)
    said = f"{type(error).__name__}: {error}".encode("utf-8", "backslashreplace").decode()
    return Rejected(name, "failed", f"It could not be read. It met an error ({said}).", PLEASE_REPORT)


def judged(document: Document) -> Document | Rejected:
    """The document as it can be stored, unless it says nothing or says it in another language."""
    document = _storable(document)
    if not document.text[document.body_start :].strip("\ufeff \t\r\n\v\f\xa0"):
        return Rejected(document.name, "failed", "It holds no text.", "Check that the text was not left behind.")
    return in_english(document)


def whole(text: str) -> str:
    """The text with NUL and lone surrogates, which not every database can store, as U+FFFD; no offset moves."""
    text = text.replace("\0", "\ufffd")
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _storable(document: Document) -> Document:
    """Every document comes by here, before its text is hashed."""
    return replace(
        document,
        name=whole(document.name),
        text=whole(document.text),
        title=document.title and whole(document.title),
        outlet=document.outlet and whole(document.outlet),
        url=document.url and whole(document.url),
        authors=tuple(map(whole, document.authors)),
        language=document.language and whole(document.language),
    )
