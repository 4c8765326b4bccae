"""Extraction and attribution against annotated articles: floors that only ever rise."""

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.evaluation.articles import predict, read_articles
from app.evaluation.extraction import Predicted, Tally

SHARED = Path(__file__).parents[3] / "shared"
GOLD = SHARED / "polnear" / "dev.jsonl.gz"
needs_articles = pytest.mark.skipif(not GOLD.exists(), reason="PolNeAR lies outside the repository: absent here")

TEXT = 'Ann Ashby said: "The pier is closed." She told Venn to leave.'


def article(**quoted: Any) -> dict[str, Any]:
    start = TEXT.index("The pier")
    span = {"start": start, "end": start + 19, "n_words": 4, "is_speech": True, "kind": "direct"}
    return {
        "id": "a",
        "text": TEXT,
        "quoted_spans": [{**span, "source": [[0, 9]], "source_type": "name", **quoted}],
        "attributions": [{"kind": "direct", "content": [[start, start + 19]], "source": [[0, 9]]}],
    }


def figures(gold: dict[str, Any], *predicted: Predicted) -> dict[str, Any]:
    tally = Tally()
    tally.add(gold, predicted)
    return tally.figures()


def passage(**changed: Any) -> Predicted:
    start = TEXT.index("The pier")
    return Predicted(
        **{"start": start, "end": start + 19, "kind": "direct", "source": (0, 9), "speaker": "Ann Ashby", **changed}
    )


def test_a_perfect_prediction_scores_one() -> None:
    found = figures(article(), passage())
    assert found["speech_strict"]["f1"] == found["speech_projected"]["f1"] == found["content_tokens"]["f1"] == 1.0
    assert found["speaker_projected"]["name"] == {"gold": 1, "of_all": 1.0, "of_matched": 1.0, "of_answered": 1.0}
    assert found["attributions_found_with_right_source"]["direct"] == 1.0


def test_a_missed_passage_costs_recall_and_its_speaker() -> None:
    found = figures(article())
    assert found["speech_projected"]["recall"] == 0.0
    assert found["speaker_projected"]["all"]["of_all"] == 0.0


def test_a_wrong_speaker_costs_nothing_but_the_speaker() -> None:
    venn = TEXT.index("Venn")
    found = figures(article(), passage(source=(venn, venn + 4), speaker="Venn"))
    assert found["speech_projected"]["f1"] == 1.0
    assert found["speaker_projected"]["all"]["of_matched"] == 0.0


def test_the_same_pronoun_elsewhere_is_no_evidence() -> None:
    she = TEXT.index("She")
    found = figures(article(), passage(source=(she, she + 3), speaker="she"))
    assert found["speaker_projected"]["all"]["of_all"] == 0.0


def test_claiming_what_is_no_speech_costs_precision() -> None:
    assert figures(article(is_speech=False), passage())["speech_projected"]["precision"] == 0.0


@pytest.fixture(scope="module")
def dev() -> dict[str, Any]:
    tally = Tally()
    for gold in read_articles(GOLD):
        tally.add(gold, predict(gold))
    return tally.figures()


@needs_articles
def test_articles_are_read_at_least_as_well_as_the_floors_say(dev: dict[str, Any]) -> None:
    assert dev["articles"] == 84
    assert dev["speech_projected"]["f1"] >= 0.977
    assert dev["speaker_projected"]["all"]["of_all"] >= 0.95
    assert dev["speaker_projected"]["np"]["of_all"] >= 0.85
    assert dev["content_tokens"]["f1"] >= 0.90
    assert dev["attributions_found_with_right_source"]["indirect"] >= 0.73


@needs_articles
def test_a_confidence_means_what_it_says(dev: dict[str, Any]) -> None:
    assert dev["confidence"]["answers"] >= 900
    assert dev["confidence"]["expected_error"] <= 0.04


@needs_articles
def test_our_figures_are_those_of_the_reference_scorer(dev: dict[str, Any], tmp_path: Path) -> None:
    gold, lines = tmp_path / "gold.jsonl", tmp_path / "predicted.jsonl"
    gold.write_bytes(gzip.decompress(GOLD.read_bytes()))
    with lines.open("w", encoding="utf-8") as out:
        for one in read_articles(GOLD):
            out.write(json.dumps({"id": one["id"], "quotes": [as_row(p) for p in predict(one)]}) + "\n")
    command = [sys.executable, SHARED / "tools" / "score_quotes.py", gold, lines, "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    for ours, reference in [
        ("speech_strict", "a_strict"),
        ("speech_projected", "a_projected"),
        ("content_tokens", "b_content_tokens"),
        ("content_tokens_outside_marks", "b_unquoted_tokens_only"),
    ]:
        assert [dev[ours][name] for name in ("precision", "recall", "f1")] == pytest.approx(
            [theirs[reference][name] for name in ("p", "r", "f1")], abs=1e-4
        )
    assert dev["attributions_found_with_right_source"] == theirs["b_attribution+speaker_recall"]
    for protocol, reference in (("strict", "strict"), ("projected", "proj")):
        for group, shares in theirs[f"c_attribution_{reference}"].items():
            assert dev[f"speaker_{protocol}"][group]["of_all"] == shares["acc_all_gold"]


def as_row(predicted: Predicted) -> dict[str, Any]:
    source = predicted.source or (None, None)
    return {
        "start": predicted.start,
        "end": predicted.end,
        "kind": predicted.kind,
        "speaker_start": source[0],
        "speaker_end": source[1],
        "speaker_text": predicted.speaker,
    }
