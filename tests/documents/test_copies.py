import random
import subprocess
import sys
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import containment, signature

WORDS = [
    f"{a}{b}" for a in ("ba", "do", "ki", "lu", "me", "no", "pa", "ri") for b in ("la", "n", "rt", "st", "ve", "x")
]


def story(seed: int, paragraphs: int = 12) -> list[str]:
    """An invented report: paragraphs of about fifty words, each story with words of its own."""
    chance = random.Random(seed)
    words = [f"{word}{chance.randrange(40)}" for word in WORDS for _ in range(8)]
    return [" ".join(chance.choices(words, k=50)) + "." for _ in range(paragraphs)]


def candidates(text: str, other: str) -> bool:
    return any(a == b for a, b in zip(signature(text), signature(other), strict=True))


def share_found(pairs: list[tuple[str, str]]) -> float:
    return sum(candidates(*pair) for pair in pairs) / len(pairs)


def test_a_wire_copy_with_another_headline_and_dateline_and_a_paragraph_cut_is_found() -> None:
    pairs = []
    for seed in range(40):
        body = story(seed)
        wire = "\n".join(["Town to lose its only bridge", "EASTON (Wire) - " + body[0], *body[1:]])
        copy = "\n".join(["Bridge shut for a whole year", "Our reporter, Easton: " + body[0], *body[1:7], *body[8:]])
        assert containment(copy, wire) > 0.9
        pairs.append((copy, wire))
    assert share_found(pairs) == 1


def test_a_copy_with_seven_of_ten_paragraphs_of_the_original_is_usually_found() -> None:
    pairs = [("\n".join(body[:7]), "\n".join(body)) for body in (story(seed, 10) for seed in range(100))]
    assert share_found(pairs) >= 0.97


def test_two_reports_that_share_seven_paragraphs_and_differ_in_three_are_usually_found() -> None:
    pairs = []
    for seed in range(100):
        body, other = story(seed, 10), story(seed + 1000, 3)
        pairs.append(("\n".join(body), "\n".join(body[:7] + other)))
    assert share_found(pairs) >= 0.8


def test_unrelated_texts_are_no_candidates() -> None:
    bands = [set(enumerate(signature("\n".join(story(seed))))) for seed in range(60)]
    assert not any(one & other for one, other in combinations(bands, 2))


def test_case_and_punctuation_do_not_count() -> None:
    assert signature("The bridge, he said, will close soon!") == signature("the BRIDGE he said “will close” soon")


def test_bands_are_signed_64_bit_and_one_for_each_place() -> None:
    bands = signature("\n".join(story(1)))
    assert len(bands) == 16
    assert len(set(bands)) == 16
    assert all(-(2**63) <= band < 2**63 for band in bands)
    assert min(bands) < 0 < max(bands)


def test_another_process_gives_the_same_signature() -> None:
    text = "One bridge, one town, one year without a crossing."
    command = f"from app.documents import signature; print(signature({text!r}))"
    printed = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"}
    )
    assert printed.stdout.strip() == str(signature(text))


@pytest.mark.parametrize("text", ["Yes.", "Two words", "one two three four"])
def test_a_text_of_few_words_equals_itself_only(text: str) -> None:
    assert signature(text) == signature(text.upper())
    assert containment(text, text) == 1
    assert not candidates(text, text + " more")


def test_a_text_without_words_has_no_bands() -> None:
    assert signature("… !") == ()
    assert containment("…", "words here") == 0


def test_containment_is_the_share_of_the_first_found_in_the_second() -> None:
    body = story(3, 4)
    assert containment(body[0], "\n".join(body)) == 1
    assert containment("\n".join(body), body[0]) == pytest.approx(0.25, abs=0.03)


@given(st.text(max_size=100))
def test_any_text_with_words_is_its_own_copy(text: str) -> None:
    assert containment(text, text) == (1 if signature(text) else 0)
