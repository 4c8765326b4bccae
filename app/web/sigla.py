"""Short marks of who carried a wording, as manuscripts have in an apparatus."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol

from markupsafe import Markup

from app.frozen import record
from app.store.read_views import DocumentLine, Occurrence, Outlet

_GREEK = "αβγδεζηθικλμνξοπρστυφχψω"


@record
class Mark:
    """One siglum: of an outlet, or a Greek letter for a document without one. `copied`: all are copies."""

    siglum: str
    name: str
    address: str
    copied: bool = False


class Carrying(Protocol):
    """Whatever stands in a document."""

    @property
    def document(self) -> DocumentLine: ...


class Sigla:
    """The marks of one page: documents without an outlet get Greek letters in order of their dates."""

    def __init__(self, occurrences: Iterable[Carrying]) -> None:
        lone = dict.fromkeys(o.document.id for o in occurrences if o.document.outlet is None)
        self._letters = {document: _letter(number) for number, document in enumerate(lone)}
        self._marks: dict[str, Mark] = {}  # by document: a page asks for each a dozen times

    def of(self, document: DocumentLine) -> Mark:
        """The mark of who published a document."""
        if document.id not in self._marks:
            self._marks[document.id] = self._mark(document)
        return self._marks[document.id]

    def _mark(self, document: DocumentLine) -> Mark:
        if document.outlet is None:
            return Mark(self._letters[document.id], document.title, f"/documents/{document.id}")
        return outlet_mark(document.outlet)

    def at(self, document: DocumentLine) -> Mark:
        """The mark of a document, in brackets where it is a copy."""
        return of_copy(self.of(document)) if document.copy_of else self.of(document)

    def carriers(self, occurrences: Iterable[Occurrence]) -> tuple[Mark, ...]:
        """Each mark once, in order; `copied` where nothing but copies carries it."""
        copied: dict[Mark, bool] = {}
        for occurrence in occurrences:
            for mark in (self.of(occurrence.document), *map(outlet_mark, occurrence.also_in)):
                copied[mark] = copied.get(mark, True) and occurrence.document.copy_of is not None
        return tuple(of_copy(mark) if is_copy else mark for mark, is_copy in copied.items())


def of_copy(mark: Mark) -> Mark:
    """The mark where all that carries it is a copy."""
    return Mark(mark.siglum, mark.name, mark.address, copied=True)


def outlet_mark(outlet: Outlet) -> Mark:
    """The mark of an outlet."""
    return Mark(outlet.siglum, outlet.name, f"/outlets/{outlet.id}")


_SIGLUM = Markup('<a class="siglum{}" href="{}" data-name="{}" aria-label="{}">{}</a>')


def siglum(mark: Mark) -> Markup:
    """A mark as a link with its name; in brackets where all that carries it is a copy."""
    return _siglum(mark.siglum, mark.name, mark.address, mark.copied)


@lru_cache(maxsize=10_000)  # a page shows each mark many times, and a site has few outlets
def _siglum(sign: str, carrier: str, address: str, copied: bool) -> Markup:
    name = f"{carrier}, a copy" if copied else carrier
    shown = f"({sign})" if copied else sign
    return _SIGLUM.format(" copied" if copied else "", address, name, f"{sign}, {name}", shown)


def sigla(marks: Iterable[Mark]) -> Markup:
    """Marks beside each other."""
    return Markup(f'<span class="sigla">{" ".join(map(siglum, marks))}</span>')  # noqa: S704 - made above


def _letter(number: int) -> str:
    turn, place = divmod(number, len(_GREEK))
    return _GREEK[place] + (str(turn + 1) if turn else "")
