"""The corpus as labelled words, on an invented article."""

import gzip
import json
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.inference.pieces import BREAK, Vocabulary
from app.records import Span
from app.training.corpus import Article, Labelled, examples, label, paragraphs, read, vary

TEXT = "“We agree,” Quist said.\n\nProfits fell, it is said. “Nobody asked.”"
VOCABULARY = Vocabulary(["[PAD]", BREAK, "[UNK]", "[CLS]", "[SEP]", "[MASK]", *TEXT.lower().split()])
RECORD = {
    "id": "invented",
    "text": TEXT,
    "attributions": [
        {"content": [[0, 11]], "cue": [[18, 22]], "source": [[12, 17]]},
        {"content": [[25, 37]], "cue": [[39, 49]], "source": []},
    ],
    "quoted_spans": [{"start": 1, "end": 10, "is_speech": True, "source": [[12, 17]]}],
}


def article(tmp_path: Path) -> Article:
    path = tmp_path / "train.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(json.dumps(RECORD) + "\n")
    return read(path)[0]


def words(labelled: Labelled, row: int) -> list[str]:
    encoded = labelled.encoded
    names = np.array(["O", "B", "I"])[labelled.labels[row]]
    return [f"{TEXT[s:e]}/{n}" for s, e, n in zip(encoded.starts, encoded.ends, names, strict=True) if n != "O"]


def test_labels_follow_the_spans(tmp_path: Path) -> None:
    labelled = label(article(tmp_path), TEXT, VOCABULARY)
    assert words(labelled, 0) == ["“/B", "We/I", "agree/I", ",/I", "”/I", "Profits/B", "fell/I"]
    assert words(labelled, 1) == ["said/B", "it/B", "is/I", "said/I"]
    assert words(labelled, 2) == ["Quist/B"]


def test_content_is_linked_to_its_source_and_to_nothing_where_there_is_none(tmp_path: Path) -> None:
    labelled = label(article(tmp_path), TEXT, VOCABULARY)
    (example,) = examples(labelled, VOCABULARY, room=100, lead=100)
    quist = example.heads[TEXT[:12].count("“") + 5]
    (_, first), (_, second) = example.links[1]
    assert first.tolist() == [quist]
    assert second.tolist() == [0]


def test_a_source_out_of_sight_is_not_taken_for_none() -> None:
    text = "Quist spoke.\n\n“Nobody asked.”"
    spans = {"content": (Span(14, 29),), "cue": (), "source": (Span(0, 5),)}
    labelled = label(Article("invented", text, (spans,), ()), text, VOCABULARY)
    seen = [example.links[1] for example in examples(labelled, VOCABULARY, room=6, lead=4)]
    assert seen == [(), ()]


def test_paragraphs_are_the_lines_that_say_something() -> None:
    assert [TEXT[s.start : s.end][:7] for s in paragraphs(TEXT)] == ["“We agr", "Profits"]


@given(st.text(alphabet="“”\"'‘’ab \n", max_size=60), st.integers(0, 10_000))
def test_other_marks_move_no_character(text: str, seed: int) -> None:
    changed = vary(text, random.Random(seed))
    assert len(changed) == len(text)
    assert [c for c in changed if c in "ab\n"] == [c for c in text if c in "ab\n"]


@pytest.mark.parametrize("marks", ['""', "‘’", "«»", "  "])
def test_marks_come_in_every_style(marks: str) -> None:
    text = "“Nobody asked,” she said."
    assert text.translate(str.maketrans("“”", marks)) in {vary(text, random.Random(seed)) for seed in range(300)}
