"""Marks on what was searched for: where they stand, and that the words themselves stay what they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from app.store.search_terms import Sought, parse
from app.web.highlighting import mark_name, mark_title, mark_words


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("ferry ", "Two <mark>ferries</mark>, a café &amp; one <mark>ferry</mark>"),
        ("CAFE ", "Two ferries, a <mark>café</mark> &amp; one ferry"),
        ('"one ferry"', "Two ferries, a café &amp; <mark>one ferry</mark>"),
        ('"one ferries"', "Two ferries, a café &amp; one ferry"),
        ('"one ferry" ferry ', "Two <mark>ferries</mark>, a café &amp; <mark>one ferry</mark>"),
        ("fer", "Two <mark>ferries</mark>, a café &amp; one <mark>ferry</mark>"),
        ("fe ", "Two ferries, a café &amp; one ferry"),
        ("amp & !", "Two ferries, a café &amp; one ferry"),
        ("", "Two ferries, a café &amp; one ferry"),
    ],
)
def test_words_are_marked_as_the_search_finds_them(typed: str, marked: str) -> None:
    # A blank at the end says that the last word is whole.
    sought = parse(typed) if typed.strip() == typed else Sought(words=typed)
    assert mark_words("Two ferries, a café & one ferry", sought) == marked


def test_a_name_is_marked_by_the_beginning_of_its_words_and_by_the_term() -> None:
    assert mark_name("Łucja O’Hara", parse("hara")) == "Łucja O’<mark>Hara</mark>"
    assert mark_name("Ada Quill", parse("boats speaker:qui")) == "Ada <mark>Quill</mark>"
    assert mark_name("Ada Quill", Sought()) == "Ada Quill"


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("talks", "<mark>Talking</mark> of <mark>talks</mark>: a walk"),
        ("general ", "A <mark>general</mark> is generous"),
        ("university ", "The Universe of a <mark>university</mark>"),
    ],
)
def test_a_title_is_marked_by_the_stems_that_documents_are_found_by(words: str, marked: str) -> None:
    assert mark_title(marked.replace("<mark>", "").replace("</mark>", ""), Sought(words=words)) == marked


@given(st.text(), st.text())
def test_marks_add_nothing_but_themselves(text: str, typed: str) -> None:
    sought = parse(typed)
    for marked in (mark_words(text, sought), mark_name(text, sought), mark_title(text, sought)):
        assert marked.replace(Markup("<mark>"), "").replace(Markup("</mark>"), "") == escape(text)
