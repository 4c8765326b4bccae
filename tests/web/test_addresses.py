"""Addresses, links into other pages, and how things are written."""

from datetime import datetime
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.records import Change
from app.store.read_views import Quotation, QuoteRef, Variant, When
from app.web.addresses import json_twin, quote_address, slug, text_fragment, with_query
from app.web.differences import compare, describe
from app.web.filters import date, elide, headline, level_first, percentage, plural, shorten
from app.web.marking import paragraphs


def test_hyphens_commas_and_ampersands_of_a_text_fragment_are_encoded() -> None:
    link = text_fragment("https://a.example/p", "so-called peace, quiet & order here")
    assert link == "https://a.example/p#:~:text=so%2Dcalled%20peace%2C%20quiet%20%26%20order%20here"


def test_a_long_passage_is_linked_by_its_first_and_last_words() -> None:
    link = text_fragment("https://a.example/", "one two three four five six seven eight nine ten eleven twelve end")
    assert link == "https://a.example/#:~:text=one%20two%20three%20four%20five,nine%20ten%20eleven%20twelve%20end"


def test_a_passage_over_two_paragraphs_is_linked_by_words_within_each() -> None:
    link = text_fragment("https://a.example/", "one two\n\nthree four")
    assert link == "https://a.example/#:~:text=one%20two,three%20four"


def test_a_few_words_are_linked_with_those_before_them() -> None:
    link = text_fragment("https://a.example/", "ball", "The\nminister said the “")
    assert link == "https://a.example/#:~:text=said%20the%20%E2%80%9C-,ball"


@pytest.mark.parametrize("url", [None, "", "javascript:alert(1)", "file:///etc/passwd", "//x", "http://[bad"])
def test_what_is_no_web_address_gives_no_link(url: str | None) -> None:
    assert text_fragment(url, "words") is None


@given(st.text(min_size=1))
def test_a_text_fragment_holds_no_character_of_its_own_syntax(text: str) -> None:
    link = text_fragment("https://a.example/", text) or ""
    directive = link.partition(":~:text=")[2]
    assert set("&# ").isdisjoint(directive)
    assert directive.count(",") <= 1
    assert "," in directive or "-" not in directive
    assert "," in directive or unquote(directive) == " ".join(text.split())


@given(st.text())
def test_a_slug_fits_into_an_address(text: str) -> None:
    made = slug(text)
    assert len(made) < 60
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert quote_address("x", text).rstrip("/") == quote_address("x", text)


def test_a_slug_keeps_the_first_words_without_accents() -> None:
    assert slug("“I’m très sûr,” he said") == "im-tres-sur-he-said"
    assert quote_address("abc", "«»") == "/quotes/abc"


def test_the_json_of_an_address_keeps_its_query() -> None:
    assert json_twin("/") == "/index.json"
    assert json_twin("/quotes?q=a") == "/quotes.json?q=a"


def test_empty_values_stay_out_of_an_address() -> None:
    assert with_query("/quotes", {"q": "a b", "speaker": "", "after": None}) == "/quotes?q=a+b"


def test_counts_have_the_right_noun() -> None:
    assert [plural(n, "outlet") for n in (0, 1, 2, 1200)] == ["0 outlets", "1 outlet", "2 outlets", "1,200 outlets"]
    assert plural(2, "copy", "copies") == "2 copies"


def test_of_a_day_and_an_hour_of_it_either_may_be_the_first() -> None:
    some_time, morning = When(datetime(2031, 3, 1), "day"), When(datetime(2031, 3, 1, 8, 40), "time")
    evening, month = When(datetime(2031, 3, 1, 20), "time"), When(datetime(2031, 3, 1), "month")
    assert level_first([some_time, morning, evening]) == 2
    assert level_first([month, some_time, morning, evening]) == 3
    assert level_first([morning, evening]) == 1
    assert level_first([some_time, None]) == 1


def test_a_share_below_all_is_never_called_all() -> None:
    assert [percentage(share) for share in (0.999, 1.0, 0.5, 0.29, 0.286)] == ["99 %", "100 %", "50 %", "29 %", "29 %"]


@pytest.mark.parametrize(
    ("precision", "machine", "shown"),
    [
        ("year", "2026", "2026"),
        ("month", "2026-03", "March 2026"),
        ("day", "2026-03-04", "4 March 2026"),
        ("time", "2026-03-04T05:06Z", "4 March 2026"),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(precision: str, machine: str, shown: str) -> None:
    html = date(When(datetime(2026, 3, 4, 5, 6), precision))  # type: ignore[arg-type]
    assert f'datetime="{machine}"' in html
    assert f">{shown}<" in html


@given(st.text(), st.integers(2, 50))
def test_a_shortened_text_is_short(text: str, length: int) -> None:
    assert len(shorten(text, length)) <= length + 2


def test_a_long_run_of_dropped_words_is_shown_by_its_ends() -> None:
    assert elide("one two three four five six seven eight nine ") == "one two three … eight nine"
    assert elide("one two three ") == "one two three "


def test_a_headline_ends_without_the_comma_of_its_sentence() -> None:
    assert [headline(it) for it in ("We won,", "We won!", "We won")] == ["We won", "We won!", "We won"]


def test_a_difference_is_told_in_a_sentence() -> None:
    steps = (Change("same", "good ", "good "), Change("replaced", "vibes, ", "vibrations "))
    assert describe(steps) == "“vibes” became “vibrations”."
    assert describe(steps[:1]) == "The same words."
    many = (Change("dropped", "a ", ""), Change("added", "", "b ")) * 3
    assert describe(many) == "“a” dropped; “b” added; “a” dropped; 3 further changes."


def test_neighbouring_changes_are_one_change() -> None:
    steps = (
        Change("same", "thought ", "thought "),
        Change("dropped", "that ", ""),
        Change("replaced", "I ", "I'd "),
        Change("dropped", "had ", ""),
        Change("same", "gone", "gone"),
    )
    variant = Variant("v", 1, "thought I'd gone", False, 1, 1, 1, None)
    wording = compare("thought that I had gone", variant, lambda base, other: steps)
    assert wording.changes == (steps[0], Change("replaced", "that I had ", "I'd "), steps[4])
    assert wording.summary == "“that I had” became “I'd”."


def quotation(start: int, end: int, **values: object) -> Quotation:
    columns = {
        "id": f"q{start}",
        "start": start,
        "end": end,
        "outer_start": start,
        "outer_end": end,
        "source": None,
        "cue": None,
        "kind": "direct",
        "heading": False,
        "fault": None,
        "speaker": None,
        "confidence": 0.0,
        "reason": "",
        "quotes": (),
    }
    return Quotation(**columns | values)  # type: ignore[arg-type]


SPANS = st.tuples(st.integers(0, 60), st.integers(1, 40)).map(lambda it: (it[0], it[0] + it[1]))


@given(
    st.text(alphabet="ab \n\u2028“", max_size=60),
    st.lists(SPANS, max_size=5, unique_by=lambda span: span[0]),
    st.one_of(st.none(), SPANS),
    st.integers(0, 9),
)
def test_marking_loses_and_invents_no_character(
    text: str, spans: list[tuple[int, int]], cue: tuple[int, int] | None, offset: int
) -> None:
    quotations = [
        quotation(start, end, cue=cue, quotes=(QuoteRef(start, start + 1, "x", "x", 1, 1, 0, "v", 0, ()),))
        for start, end in sorted(spans)
    ]
    body = text[offset:]
    marked = list(paragraphs(body, offset, quotations))
    assert [it.text for it in marked] == [line.rstrip() for line in body.splitlines() if line.strip()]
    assert all(text[it.start : it.start + len(it.text)] == it.text for it in marked)
    anchors = [run.quotation for it in marked for run in it.runs if run.first]
    assert len(anchors) == len(set(anchors))


def test_a_quotation_over_two_paragraphs_is_marked_in_both_and_linked_to_once() -> None:
    marked = list(paragraphs("“one\n“two” said", 0, [quotation(0, 10)]))
    assert [[(r.quotation, r.first) for r in it.runs] for it in marked] == [
        [("q0", True)],
        [("q0", False), (None, False)],
    ]
