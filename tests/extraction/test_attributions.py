import pytest

from tests.extraction.reading import passages


def numbers(text: str) -> list[int]:
    return [passage.attribution for passage in passages(text)]


def kinds(text: str) -> list[str]:
    return [passage.kind for passage in passages(text)]


@pytest.mark.parametrize(
    "text",
    [
        "“We stay,” he said. “Nobody leaves.”",
        "“We stay,” said Sen. Ada Orlova, chair of the water board. “Nobody leaves.”",
        "“We,” Mr. Moreau said, “will stay.”",
        "He said the plan was “old” and “dangerous.”",
        "“We stay.” “Nobody leaves.”",
    ],
)
def test_parts_of_one_turn_share_an_attribution(text: str) -> None:
    assert numbers(text) == [0, 0]


@pytest.mark.parametrize(
    "text",
    [
        "He said it was “a shame” and she said it was “a triumph.”",
        "Orlova urged them to be “patient” and said the town would “hold the line” on.",
        "“We stay,” he said. The vote was close. “We go,” she said.",
        "“Will you stay?” he asked. “I will,” she said.",
    ],
)
def test_another_cue_is_another_attribution(text: str) -> None:
    first, second = numbers(text)
    assert first != second


@pytest.mark.parametrize(
    "text",
    [
        "“We will mend the bridge,” she said.",
        "She said: “We will mend the bridge.”",
        "“We,” she said, “will mend the bridge.”",
        "(“We will mend the bridge,” she said.)",
        "“We will mend the bridge.”",
    ],
)
def test_a_clause_with_its_cue_outside_is_direct(text: str) -> None:
    assert set(kinds(text)) == {"direct"}


@pytest.mark.parametrize(
    "text",
    [
        "Orlova said the town will “hold the line” on the board.",
        "“The only way out” is north, she said.",
        "He said the plan was “old” and “dangerous.”",
    ],
)
def test_the_quoted_part_of_a_paraphrase_is_mixed(text: str) -> None:
    assert set(kinds(text)) == {"mixed"}
