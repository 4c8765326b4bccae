"""The packaged tagger at work, on invented news."""

import re
from functools import cache

import numpy as np
import pytest

from app.inference import Tagged, Tagger, Tags, load_tagger
from app.inference.tags import Mass
from app.records import Span

TOWN = (
    "“We will rebuild the bridge before winter,” said Mayor Ada Quist on Monday.\n\n"
    "Council member Tor Lind said that the bridge would cost nine million crowns.\n\n"
    "The river froze in January. Traffic was light.\n\n"
    "“Nobody asked the farmers,” Lind told reporters. “They will pay for it.”\n"
)


@cache
def tagger() -> Tagger:
    return load_tagger()


def tag(text: str) -> Tags:
    return tagger().tag(text, [Span(*match.span()) for match in re.finditer(r"[^\n]+", text)])


def find(text: str, part: str) -> Span:
    return Span(text.index(part), text.index(part) + len(part))


def texts(text: str, found: tuple[Tagged, ...]) -> list[str]:
    return [text[tagged.span.start : tagged.span.end] for tagged in found]


def covered(text: str, found: tuple[Tagged, ...], part: str) -> float:
    span = find(text, part)
    inside = {at for tagged in found for at in range(*tagged.span)}
    return len(inside.intersection(range(*span))) / (span.end - span.start)


@pytest.mark.parametrize(
    "part", ["We will rebuild the bridge before winter", "the bridge would cost nine million", "They will pay for it"]
)
def test_direct_and_indirect_speech_is_content(part: str) -> None:
    assert covered(TOWN, tag(TOWN).contents, part) > 0.9


def test_what_the_writer_says_is_not_content() -> None:
    assert covered(TOWN, tag(TOWN).contents, "The river froze in January. Traffic was light.") == 0


def test_those_who_speak_are_sources_and_their_verbs_are_cues() -> None:
    tags = tag(TOWN)
    assert covered(TOWN, tags.sources, "Ada Quist") == 1
    assert covered(TOWN, tags.sources, "Tor Lind") == 1
    assert "said" in texts(TOWN, tags.cues)


@pytest.mark.parametrize(
    ("passage", "source", "other"),
    [
        ("We will rebuild the bridge before winter", "Mayor Ada Quist", "Council member Tor Lind"),
        ("the bridge would cost nine million crowns", "Council member Tor Lind", "Mayor Ada Quist"),
        ("They will pay for it", "Lind told", "Mayor Ada Quist"),
    ],
)
def test_a_passage_points_at_its_own_source(passage: str, source: str, other: str) -> None:
    mass = tag(TOWN).link(find(TOWN, passage))
    assert mass.of(find(TOWN, source)) > 0.5 > mass.of(find(TOWN, other))


@pytest.mark.parametrize(
    ("passage", "source"),
    [("We will rebuild the bridge before winter", "Ada Quist"), ("Nobody asked the farmers", "Lind told")],
)
def test_the_source_picked_for_a_passage_is_its_own(passage: str, source: str) -> None:
    picked = tag(TOWN).pick(find(TOWN, passage))
    assert picked is not None
    assert picked.span.start < find(TOWN, source).end
    assert picked.span.end > find(TOWN, source).start
    assert picked.probability > 0.5


def test_nothing_is_picked_from_nothing() -> None:
    assert tag("").pick(Span(0, 4)) is None


def test_a_passage_points_at_its_cue() -> None:
    mass = tag(TOWN).link(find(TOWN, "Nobody asked the farmers"), "cue")
    assert mass.of(find(TOWN, "told")) > 0.5


def test_the_share_of_a_link_sums_to_one() -> None:
    mass = tag(TOWN).link(find(TOWN, "Nobody asked"))
    assert mass.probabilities.sum() + mass.absent == pytest.approx(1, abs=1e-4)


def test_a_passage_without_words_points_nowhere() -> None:
    assert tag(TOWN).link(Span(0, 0)).absent == 1
    assert tag("").link(Span(0, 4)).absent == 1


def test_every_word_has_one_probability_for_each_label_of_each_role() -> None:
    tags = tag(TOWN)
    assert tags.probabilities.shape == (len(tags.offsets), 3, 3)
    assert tags.probabilities.sum(axis=-1) == pytest.approx(1, abs=1e-4)


def test_spans_are_exact_slices_in_reading_order_and_do_not_overlap() -> None:
    for found in (tag(TOWN).contents, tag(TOWN).cues, tag(TOWN).sources):
        ends = [0, *(tagged.span.end for tagged in found)]
        for tagged, before in zip(found, ends, strict=False):
            assert before <= tagged.span.start < tagged.span.end
            assert TOWN[tagged.span.start : tagged.span.end] == TOWN[tagged.span.start : tagged.span.end].strip()


def test_a_long_document_is_tagged_to_its_end() -> None:
    text = TOWN * 30
    tags = tag(text)
    assert tags.offsets[-1, 1] == len(text.rstrip())
    assert len([found for found in texts(text, tags.contents) if "rebuild the bridge" in found]) == 30


@pytest.mark.parametrize("text", ["", "\n\n", "?", "“", "word " * 3000, "x" * 5000, "你好" * 400, "\x00 \ufffd"])
def test_odd_texts_are_read_without_complaint(text: str) -> None:
    assert len(tag(text).offsets) >= 0


def test_rows_of_marks_are_read_up_to_a_bound_and_prose_among_them_is_read_all_the_same() -> None:
    marks = "“ " * 10_000
    text = f"{marks}\n\n{TOWN}\n{TOWN}"
    tags = tag(text)
    assert sum(len(sight.offsets) for sight in tags.sights) < 9_000
    assert "said" in texts(text, tags.cues)
    assert tags.link(Span(len(marks) - 9, len(marks))).peak() is None


def test_a_word_that_is_pointed_at_has_characters() -> None:
    mass = Mass(np.array([[0, 2], [3, 3], [3, 4]]), np.array([0.2, 0.5, 0.3], dtype=np.float32), 0.0)
    peak = mass.peak()
    assert peak is not None
    assert peak.span == Span(3, 4)
