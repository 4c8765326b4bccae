"""What is typed into the search field."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.store.search_terms import Sought, parse, without, write, written_terms

PIECES = st.sampled_from(
    ["speaker:", "outlet:", "before:", "after:", '"', "“", "”", "«", " ", "ada", "2026", "-03", "-14", ":", "\t", "é"]
)
TYPED = st.one_of(st.text(), st.lists(PIECES, max_size=14).map("".join))


@given(TYPED)
@example('"a"speaker:x "b')
@example("before:0000 after:2026-02-31")
@example("speaker:“Ada Qui")
def test_whatever_is_typed_is_read_and_written_back_the_same(typed: str) -> None:
    sought = parse(typed)
    assert parse(write(sought)) == sought


@given(TYPED)
def test_a_term_taken_away_leaves_all_else(typed: str) -> None:
    sought = parse(typed)
    for key, _ in written_terms(sought):
        rest = without(sought, key)
        assert dict(written_terms(rest)) == {k: v for k, v in written_terms(sought) if k != key}
        assert rest.words == sought.words


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        ("good vibes", Sought("good vibes")),
        ("  good   vibes ", Sought("good vibes")),
        ("“good vibes” talks", Sought('"good vibes" talks')),
        ("speaker:quill vibes", Sought("vibes", speaker="quill")),
        ('vibes Speaker:"Ada Quill"', Sought("vibes", speaker="Ada Quill")),
        ("speaker:“Ada Quill” outlet:post", Sought(speaker="Ada Quill", outlet="post")),
        ('speaker:"Ada Qui', Sought(speaker="Ada Qui")),
        ("speaker:", Sought()),
        ("speaker:a speaker:b", Sought(speaker="b")),
        ("after:2026-03-01 before:2026-03-31", Sought(since=date(2026, 3, 1), until=date(2026, 3, 31))),
        ("after:2026 before:2026", Sought(since=date(2026, 1, 1), until=date(2026, 12, 31))),
        ("before:2024-02", Sought(until=date(2024, 2, 29))),
        ("before:soon x", Sought("x", unread=("before:soon",))),
        ("after:2026-02-31", Sought(unread=("after:2026-02-31",))),
        ('"said speaker:x to" y', Sought('"said speaker:x to" y')),
        ('stray " mark', Sought("stray mark")),
    ],
)
def test_terms_phrases_and_words_are_told_apart(typed: str, sought: Sought) -> None:
    assert parse(typed) == sought


def test_phrases_and_loose_words_are_told_apart() -> None:
    sought = parse("pre “good vibes” I’m")
    assert sought.phrases == ("good vibes",)
    assert sought.loose == ("pre", "I", "m")


def test_what_can_not_be_seen_is_not_looked_for() -> None:
    assert parse("fer\u200bries \u202espeaker:Ash\u00adby\u2066") == parse("ferries speaker:Ashby")
