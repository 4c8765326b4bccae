"""Why two wordings are taken for one utterance, in sentences."""

from app.clustering import clues

WHOLE = "We will not open the northern gates before the 14 valleys are dry"


def test_a_cut_stands_in_one_piece_with_all_of_its_words() -> None:
    found = clues(WHOLE, "open the northern gates", ["Ann Ashby"], ["Ann Ashby"])
    assert "100 % of the telling words of the shorter stand in the longer." in found
    assert "The shorter stands in the longer in one piece." in found
    assert "Both are attributed to Ann Ashby." in found


def test_what_speaks_against_it_is_said_too() -> None:
    found = clues(WHOLE, "We will open the northern gates before the 40 valleys are dry", ["Ann Ashby"], ["Tom Venn"])
    assert "Their numbers differ." in found
    assert "One of them has a negation that the other lacks." in found
    assert "They are attributed to different speakers." in found


def test_wordings_with_little_in_common_say_that_their_place_joins_them() -> None:
    found = clues("mist and murmurs", "fog with whispers", ["Ann Ashby"], ["Ann Ashby"])
    assert found[0].startswith("Few of their words are the same: they stand at like places")


def test_an_unknown_speaker_is_no_clue() -> None:
    assert not [clue for clue in clues(WHOLE, WHOLE, [], ["Ann Ashby"]) if "given to" in clue]
