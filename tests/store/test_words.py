"""Words with a typing slip, and the words of the corpus that are near to them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA
from sqlalchemy import Connection

from app.store.engine import connect
from app.store.migrate import migrate
from app.store.words import common_words, count_words, endings, fold, near_words, slips, unknown_words, words_of

WORDS = "harbour harbours vibrations vibrato negotiations Zürich müde 1234 a4b to talks talk".split()


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    path: Path = tmp_path_factory.mktemp("words") / "words.db"
    engine = connect(f"sqlite:///{path}")
    migrate(engine)
    with engine.begin() as connection:
        for text in (" ".join(WORDS), "Talks, and talks again."):
            count_words(connection, sorted(words_of([text, None])))
        yield connection
    engine.dispose()


@given(st.text("abcdez", min_size=3, max_size=8), st.text("abcdez", min_size=3, max_size=8))
def test_slips_are_all_words_that_one_slip_may_have_made(one: str, other: str) -> None:
    assert (other in slips(one)) == (OSA.distance(one, other) == 1)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("harbuor", ["harbour"]),
        ("tlaks", ["talks"]),
        ("tals", ["talks"]),
        ("vibratons", ["vibrations"]),
        ("vibrtaoins", ["vibrations"]),
        ("negociatons", ["negotiations"]),
        ("zurihc", ["zurich"]),
        ("MÜDA", ["mude"]),
        ("xyzzy", []),
        ("ta", []),
    ],
)
def test_the_nearest_words_are_found(connection: Connection, typed: str, meant: list[str]) -> None:
    assert near_words(connection, typed, 1) == meant


def test_of_equally_near_words_the_more_common_one_is_first(connection: Connection) -> None:
    assert near_words(connection, "talkz", 3) == ["talks", "talk"]


def test_words_are_known_without_case_and_diacritics_and_by_their_beginning(connection: Connection) -> None:
    assert unknown_words(connection, ["ZURICH", "Talks", "zzz"], unfinished=False) == ["zzz"]
    assert unknown_words(connection, ["zzz", "negot"], unfinished=True) == ["zzz"]
    assert unknown_words(connection, ["negot"], unfinished=False) == ["negot"]


def test_a_beginning_has_endings_once_it_is_long_enough(connection: Connection) -> None:
    assert endings(connection, "talk") == ("talks", "talk")
    assert endings(connection, "tal") == ()


def test_a_word_is_common_by_the_documents_that_have_it_itself(connection: Connection) -> None:
    assert common_words(connection, ["TALKS", "talk", "zzz"], 2) == ["TALKS"]
    assert common_words(connection, ["TALKS", "talk", "zzz"], 1) == ["TALKS", "talk"]


@given(st.text(max_size=40))
def test_whatever_is_folded_stays_folded(word: str) -> None:
    assert fold(fold(word)) == fold(word)
