"""Documents taken in one at a time leave nothing stale, whatever later ones change about what earlier ones brought."""

from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from app import joining
from app.documents import Limits, expand
from app.ingest import ingest
from app.keeping.verify import verify
from app.recluster import cluster_new, recluster
from app.rulings import rule
from app.store import stale
from app.store.engine import writing
from app.store.tables import OutletRow, QuoteOutletRow, QuoteRow, SpeakerRow
from tests.conftest import take_in

SEEDS = Path(__file__).parents[1] / "seeds"
FULL = "“{said},” said {speaker}, the keeper of the northern lighthouse.\n"
SAID = (
    "The lamp went out at three in the morning and nobody came",
    "We have asked for a second boat since the spring of last year",
    "Every gull on this rock knows the timetable better than the crew",
)


@pytest.fixture(autouse=True)
def never_clustered_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few documents are a large share of a small corpus."""
    monkeypatch.setattr(joining, "_MOST_NEW", 1.1)


@pytest.fixture
def taken(engine: Engine, tmp_path: Path) -> "Taken":
    """A corpus that takes in one document at a time."""
    return Taken(engine, tmp_path)


class Taken:
    """Takes in documents as the command does, one run each."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self.folder = folder
        self._count = 0

    def path(self, path: Path) -> None:
        ingest(self.engine, expand([str(path)]), Limits(), lambda _: None, lambda _: None, finish=cluster_new)

    def text(self, text: str, outlet: str = "", day: int = 1, url: str = "") -> None:
        self._count += 1
        path = self.folder / f"{self._count}.txt"
        head = {"title": f"News {self._count}", "outlet": outlet, "url": url, "date": f"2031-05-{day:02}"}
        lines = "".join(f"{name}: {value}\n" for name, value in head.items() if value)
        path.write_text(f"---\n{lines}---\n{text}", "utf-8")
        self.path(path)

    def faults(self) -> list[str]:
        """What verifying finds, or that something waits."""
        found = verify(self.engine)
        waits = [f"{found.waiting} wait"] if found.waiting else []
        return waits + [f"{one.check}: {one.difference}" for one in found.findings]

    def scalar(self, query: str) -> object:
        with Session(self.engine) as session:
            return session.scalar(text(query))


def samples(folder: Path) -> list[Path]:
    """The sample documents, each in a file of its own."""
    found = [path for path in sorted(SEEDS.rglob("*")) if path.is_file() and path.suffix != ".jsonl"]
    for file in sorted(SEEDS.rglob("*.jsonl")):
        for number, line in enumerate(file.read_text("utf-8").splitlines()):
            found.append(folder / f"{file.stem}-{number}.jsonl")
            found[-1].write_text(line + "\n", "utf-8")
    return found


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.once
def test_the_samples_in_any_order_leave_nothing_stale(taken: Taken, tmp_path: Path, seed: int) -> None:
    paths = samples(tmp_path)
    Random(seed).shuffle(paths)
    for path in paths:
        taken.path(path)
        assert (path.name, taken.faults()) == (path.name, [])


def test_the_samples_one_by_one_leave_nothing_stale_after_decisions_versions_and_sightings(
    taken: Taken, tmp_path: Path
) -> None:
    for path in samples(tmp_path):
        taken.path(path)
    assert taken.faults() == []
    for step in (_decided, _again, _new_version, _under_another_outlet):
        step(taken)
        assert (step.__name__, taken.faults()) == (step.__name__, [])


def _decided(taken: Taken) -> None:
    with Session(taken.engine) as session:
        one, other, third = session.scalars(select(QuoteRow.public_id).order_by(QuoteRow.quotation_count.desc())).all()[
            :3
        ]
    rule(taken.engine, "speaker", one, "Somebody Else", "Tester")
    rule(taken.engine, "same", other, third, "Tester")


def _again(taken: Taken) -> None:
    taken.path(SEEDS)


def _new_version(taken: Taken) -> None:
    url = str(taken.scalar("SELECT min(url) FROM documents WHERE quotation_count > 2"))
    taken.text("Nothing is said here any more, for the page was taken down.\n", url=url)


def _under_another_outlet(taken: Taken) -> None:
    text = (SEEDS / "ferry" / "northwire.txt").read_text("utf-8")
    outlet = next(line for line in text.splitlines() if line.startswith("outlet:"))
    path = SEEDS / "ferry" / "northwire.txt"
    copy = taken.folder / path.name
    copy.write_text(text.replace(outlet, "outlet: The Far Rock Record"), "utf-8")
    taken.path(copy)


def test_search_finds_a_quote_by_the_name_that_its_speaker_has_now(taken: Taken) -> None:
    taken.text(FULL.format(said=SAID[0], speaker="Castellow"))
    taken.text(FULL.format(said=SAID[1], speaker="Ruben Castellow"))
    found = "SELECT count(*) FROM quote_search WHERE speaker = 'Ruben Castellow'"
    assert (taken.scalar(found), taken.faults()) == (2, [])
    assert taken.scalar("SELECT quote_count FROM speakers WHERE name = 'Ruben Castellow'") == 2


def test_a_known_text_under_another_outlet_is_counted_there(taken: Taken) -> None:
    for outlet in ("Rock Post", "Far Rock Record"):
        taken.text(FULL.format(said=SAID[0], speaker="Ruben Castellow"), outlet)
    with Session(taken.engine) as session:
        carriers = select(OutletRow.name).join(QuoteOutletRow, QuoteOutletRow.outlet_id == OutletRow.id)
        assert set(session.scalars(carriers)) == {"Rock Post", "Far Rock Record"}
        assert session.scalars(select(QuoteRow.outlet_count)).all() == [2]
    assert taken.faults() == []


def test_a_document_without_quotations_is_counted_for_its_outlet(taken: Taken) -> None:
    taken.text("The lighthouse stands. The sea is calm today.\n", "Rock Post")
    assert taken.scalar("SELECT document_count FROM outlets") == 1
    assert taken.faults() == []


def test_an_earlier_document_that_comes_later_makes_a_copy_of_the_one_that_is_there(taken: Taken) -> None:
    body = "".join(FULL.format(said=said, speaker="Ruben Castellow") for said in SAID)
    taken.text(body + "The sea was calm.\n", "Rock Post", day=9)
    taken.text(body + "The sea is calm.\n", "Far Rock Record", day=2)
    assert taken.scalar("SELECT max(copy_count) FROM outlets WHERE name = 'Rock Post'") == 1
    assert taken.scalar("SELECT max(independent_count) FROM quotes") == 1
    assert taken.faults() == []


def test_a_decision_on_one_sentence_holds_for_the_others_of_its_quotation(taken: Taken) -> None:
    taken.text(f"“{SAID[0]}. {SAID[1]},” said Ruben Castellow.\n")
    with Session(taken.engine) as session:
        one = session.scalars(select(QuoteRow.public_id)).first()
    rule(taken.engine, "speaker", str(one), "Edda Thorne", "Tester")
    with Session(taken.engine) as session:
        named = select(SpeakerRow.name).join(QuoteRow, QuoteRow.speaker_id == SpeakerRow.id)
        assert session.scalars(named).all() == ["Edda Thorne", "Edda Thorne"]
    assert taken.faults() == []


def test_clustering_all_again_takes_all_marks_off(engine: Engine, reports: Path) -> None:
    take_in(engine, reports)
    with writing(engine) as session:
        stale.mark(session, "name", [1, None])
    recluster(engine)
    with Session(engine) as session:
        assert stale.count(session) == 0
    assert verify(engine).counts == {}


def test_what_waits_to_be_derived_again_is_told_and_is_no_finding(taken: Taken, tmp_path: Path) -> None:
    taken.text(FULL.format(said=SAID[0], speaker="Ruben Castellow"), "Rock Post")
    late = tmp_path / "late.txt"
    late.write_text((tmp_path / "1.txt").read_text("utf-8").replace("Rock Post", "Far Rock Record"), "utf-8")
    take_in(taken.engine, late)
    found = verify(taken.engine)
    assert (found.counts, found.waiting) == ({}, 1)
    cluster_new(taken.engine)
    assert taken.faults() == []


def test_more_marks_than_are_worked_off_at_once_are_worked_off_all(
    taken: Taken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.freshening._QUOTATIONS", 1)
    for said in SAID:
        taken.text(FULL.format(said=said, speaker="Castellow"))
    taken.text("“That is all there is to say about the rock,” said Ruben Castellow, the keeper.\n")
    assert taken.faults() == []
