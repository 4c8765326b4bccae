import pytest

from app.clustering import is_primary


@pytest.mark.parametrize(
    "opening",
    [
        "Ferry talks\nFOR IMMEDIATE RELEASE\nPort Venn, 3 March",
        "Remarks by Minister Ashby at the opening of the lock\nThank you all.",
        "Transcript: the harbour hearing",
        "Ministry of Harbours | Press release",
        "Full text of the minister's letter\nDear crews",
    ],
)
def test_a_document_that_says_so_is_first_hand(opening: str) -> None:
    assert is_primary(opening, 0.0)


def test_a_document_that_is_speech_throughout_is_first_hand() -> None:
    assert is_primary("Talks\nASHBY: Good morning.", 0.9)


@pytest.mark.parametrize(
    "opening",
    [
        "Minister hopeful\nTalks went on past midnight.",
        "Talks end\nThe guild put out a press release on Monday.",
        "Talks end\nThe minister, who had sent a press release to every newsroom on the coast in the night, said",
    ],
)
def test_a_report_is_not(opening: str) -> None:
    assert not is_primary(opening, 0.2)
