"""What is related to a quote: reports of it without marks, and other quotes."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection

from app.store.read_alike import Alike, read_alike
from app.store.read_related import Around, Neighbour, read_around, read_neighbours, read_reports
from app.store.read_views import Occurrence, QuoteLine
from app.web.addresses import place_address
from app.web.sigla import Sigla
from app.web.tools import Tools
from app.web.witness_views import Report

_NEAR = 0.6  # share of the content of the shorter
_REPORTS = 10
_ALIKE = 0.25  # the same of another quote of the speaker
_ALSO = 6
_RELATED = 6


def near_reports(
    store: Connection, line: QuoteLine, occurrences: Sequence[Occurrence], around: Around, tools: Tools
) -> tuple[Report, ...]:
    """Reports of the same event by the same speakers that are near in words, the nearest first."""
    speakers = tuple(dict.fromkeys(o.speaker.id for o in occurrences if o.speaker))
    reports = read_reports(store, around, speakers)
    return tuple(_near(line.text, reports, occurrences, tools))


def neighbours(store: Connection, line: QuoteLine, around: Around) -> tuple[Neighbour, ...]:
    """Quotes that stand in the same documents."""
    return read_neighbours(store, around, line.id, _RELATED)


def alike(store: Connection, line: QuoteLine, shown: Collection[str], tools: Tools) -> tuple[Alike, ...]:
    """What the speaker said elsewhere in words near to these, the nearest first; without quotes `shown` already."""
    if line.speaker is None:
        return ()
    found = [other for other in read_alike(store, line.id, line.text, line.speaker.id) if other.id not in shown]
    scores = tools.nearness(line.text, [other.text for other in found])
    near = [(score, other) for score, other in zip(scores, found, strict=True) if score >= _ALIKE]
    return tuple(other for _, other in sorted(near, key=lambda pair: -pair[0])[:_ALSO])


def same_documents(store: Connection, occurrences: Sequence[Occurrence]) -> Around:
    """Which quotes stand in the documents of these places."""
    return read_around(store, tuple(dict.fromkeys(o.document.id for o in occurrences)))


def as_reports(passages: Sequence[Occurrence]) -> tuple[Report, ...]:
    """Passages without marks with their links, in their order."""
    sigla = Sigla(passages)
    return tuple(_report(passage, sigla) for passage in passages)


def _near(text: str, reports: Sequence[Occurrence], occurrences: Sequence[Occurrence], tools: Tools) -> list[Report]:
    """The reports that share enough of what the quote says, with marks that agree with those of the page."""
    sigla = Sigla([*occurrences, *reports])
    scores = tools.nearness(text, [report.text for report in reports])
    scored = [(score, report) for score, report in zip(scores, reports, strict=True) if score >= _NEAR]
    scored.sort(key=lambda pair: -pair[0])
    return [_report(report, sigla) for _, report in scored[:_REPORTS]]


def _report(occurrence: Occurrence, sigla: Sigla) -> Report:
    document = occurrence.document
    return Report(occurrence, sigla.at(document), place_address(document.id, occurrence.quotation))
