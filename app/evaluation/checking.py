"""Scoring checks on a story: each document's quotations are asked of a corpus that holds all the others."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.check import check
from app.clustering import normal_form
from app.documents import Limits, expand
from app.evaluation.story import Row, StoryGold, overlap
from app.ingest import ingest
from app.recluster import recluster
from app.store.engine import connect
from app.store.export import export_rows
from app.store.migrate import migrate

Figures = dict[str, float | int | None]
_Labels = Mapping[str, set[str]]  # of each quote: the utterances that a careful reader finds in it


def evaluate_check(folder: Path, gold: StoryGold) -> Figures:
    """Shares of answers that name the right utterance, among those that others carry in the same or in other words;
    and of those that name a wrong one."""
    counts: Counter[str] = Counter()
    for document in sorted({mention["doc"] for mention in gold.scored}):
        others = [str(path) for path in sorted(folder.iterdir()) if path.is_file() and path.name != document]
        with TemporaryDirectory() as scratch:
            engine = connect(str(Path(scratch) / "others.db"))
            migrate(engine)
            ingest(engine, expand(others), Limits(), report=lambda _: None, input_done=lambda _: None)
            recluster(engine)
            with Session(engine) as session:
                labels = _labels(gold, list(export_rows(session, "quotations")))
                mine = [mention for mention in gold.scored if mention["doc"] == document]
                for mention in mine:
                    counts.update(_judged(session.connection(), mention, labels, gold))
            engine.dispose()
    return {
        "asked": counts["same words"] + counts["other words"] + counts["nowhere"],
        **{
            f"{kind.replace(' ', '_')}_found": _share(counts[f"{kind}, right"], counts[kind])
            for kind in ("same words", "other words")
        },
        "other_words": counts["other words"],
        "wrong": _share(counts["wrong"], counts["answers"]),
        "nowhere_not_answered": _share(counts["nowhere"] - counts["nowhere, answered"], counts["nowhere"]),
    }


def _labels(gold: StoryGold, rows: Sequence[Row]) -> _Labels:
    mentions: dict[str, list[Row]] = defaultdict(list)
    for mention in gold.mentions:
        mentions[mention["doc"]].append(mention)
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[row["quote"]] |= {m["variant_of"] for m in mentions[row["doc"]] if overlap(m, row)}
    return found


def _judged(connection: Connection, mention: Row, labels: _Labels, gold: StoryGold) -> Iterator[str]:
    """What is to be counted of one mention."""
    label, form = mention["variant_of"], normal_form(mention["text"])
    here = any(label in known for known in labels.values())
    others = [m for m in gold.mentions if m["variant_of"] == label and m["doc"] != mention["doc"]]
    same = any(form in normal_form(other["text"]) for other in others)
    kind = ("same words" if same else "other words") if here else "nowhere"
    answered = [labels.get(a.found.quote, set()) for a in check(connection, mention["text"])[0] if a.found]
    yield kind
    if any(label in known for known in answered):
        yield f"{kind}, right"
    if answered:
        yield "answers"
        yield f"{kind}, answered"
    related = {label, *(other for pair in gold.related if label in pair for other in pair)}
    if any(known and not known & related for known in answered):
        yield "wrong"


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
