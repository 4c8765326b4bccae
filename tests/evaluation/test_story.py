"""End to end on a story with a careful reader's labels: floors that only ever rise."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.evaluation.story import StoryGold, read_story_gold, score_story
from app.recluster import recluster
from app.store.export import export_rows
from tests.conftest import take_in

pytestmark = pytest.mark.once

SHARED = Path(__file__).parents[3] / "shared"
needs_labels = pytest.mark.skipif(
    not (SHARED / "gold" / "seeds.json").exists(), reason="the labelled story lies outside the repository: absent here"
)
FLOORS = {
    "found": 0.99,
    "speaker": 0.98,
    "pairs_precision": 0.98,
    "pairs_f1": 0.95,
    "reworded_recall": 0.9,
    "original": 0.9,
}
MOST_SPURIOUS = 0.03


@pytest.fixture
def rows(engine: Engine) -> list[dict]:
    take_in(engine, SHARED / "seeds")
    recluster(engine)
    with Session(engine) as session:
        return list(export_rows(session, "quotations"))


@needs_labels
def test_the_labelled_story_is_read_at_least_as_well_as_the_floors_say(rows: list[dict]) -> None:
    figures = score_story(read_story_gold(SHARED / "gold" / "seeds.json"), rows)
    assert {name: figures[name] for name, floor in FLOORS.items() if figures[name] < floor} == {}
    assert figures["spurious"] <= MOST_SPURIOUS


@needs_labels
def test_our_figures_are_those_of_the_reference_scorer(rows: list[dict], tmp_path: Path) -> None:
    predictions = tmp_path / "rows.jsonl"
    predictions.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    command = [sys.executable, SHARED / "tools" / "score_story.py", SHARED / "gold" / "seeds.json", predictions]
    reference = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    ours = score_story(read_story_gold(SHARED / "gold" / "seeds.json"), rows)
    assert ours == {name: reference[name] for name in ours}


def mention(doc: str, start: int, text: str, label: str, speaker: str | None = "Ann Ashby") -> dict:
    return {
        "doc": doc,
        "start": start,
        "end": start + len(text),
        "text": text,
        "speaker": speaker,
        "variant_of": label,
    }


def row(mentioned: dict, quote: str, speaker: str | None = "Ann Ashby", original: bool = False) -> dict:
    return {**mentioned, "kind": "direct", "quote": quote, "speaker": speaker, "original": original}


GOLD = StoryGold(
    (
        mention("a", 0, "all four ferries sail", "ferries"),
        mention("b", 0, "all four ferries will sail", "ferries"),
        mention("b", 50, "nobody is left behind", "nobody"),
    ),
    frozenset(),
    "a",
)


def test_a_perfect_reading_scores_one_everywhere() -> None:
    first, second, third = GOLD.mentions
    figures = score_story(GOLD, [row(first, "q1", original=True), row(second, "q1"), row(third, "q2")])
    perfect = ("found", "speaker", "pairs_precision", "pairs_recall", "pairs_f1", "reworded_recall", "original")
    assert [figures[name] for name in perfect] == [1.0] * len(perfect)
    assert figures["spurious"] == 0


def test_each_fault_shows_in_its_own_figure() -> None:
    first, second, third = GOLD.mentions
    invented = mention("b", 90, "words that nobody said", "none")
    figures = score_story(
        GOLD, [row(first, "q1"), row(second, "q2", speaker="Carl Dunmore"), row(third, "q1"), row(invented, "q3")]
    )
    assert figures["found"] == 1.0
    assert figures["spurious"] == 0.25
    assert figures["speaker"] == round(2 / 3, 4)
    assert figures["pairs_precision"] == 0.0
    assert figures["reworded_recall"] == 0.0
    assert figures["original"] == 0.0
