from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.clustering import likely_original
from app.records import Choice, Precision, Witness


def witness(
    text: str = "The dam will hold", day: int | None = 1, precision: Precision = "day", outlets: int = 1, hour: int = 0
) -> Witness:
    published = datetime(2031, 3, day, hour, tzinfo=UTC) if day else None
    return Witness(text, published, precision if day else None, outlets, outlets)


def test_the_earliest_wording_is_favoured() -> None:
    choice = likely_original([witness(day=16, outlets=9), witness(day=14)])
    assert choice == Choice(1, ("Earliest here: 14 March 2031.", "Carried by 1 independent outlet."))


def test_within_a_day_the_hour_counts_only_where_all_have_one() -> None:
    morning, evening = witness(precision="time", hour=8), witness(precision="time", hour=20, outlets=3)
    some_time = witness(outlets=2)
    assert likely_original([evening, morning]).index == 1
    assert likely_original([morning, some_time]).index == 1


def test_on_one_day_the_wording_with_more_independent_outlets_is_favoured() -> None:
    choice = likely_original([witness(), witness(outlets=3)])
    assert choice == Choice(
        1,
        (
            "Among the earliest here: 1 March 2031; 1 other wording may be as early.",
            "Carried by 3 independent outlets.",
        ),
    )


def test_among_equals_the_most_complete_wording_is_favoured() -> None:
    choice = likely_original([witness("will hold"), witness("The dam will hold"), witness("dam will hold")])
    assert choice.index == 1
    assert choice.reasons[-1] == "The most complete of the wordings that tie."


def test_a_tie_is_shown_as_a_tie() -> None:
    choice = likely_original([witness("the wall will hold"), witness("the dam will hold"), witness("it", day=9)])
    assert (choice.index, choice.tied) == (1, (0,))
    assert choice.reasons[-1] == "1 other wording fits the evidence as well."


def test_a_wording_without_a_date_is_not_the_earliest() -> None:
    assert likely_original([witness(day=None, outlets=9), witness(day=30)]).index == 1


def test_a_month_says_nothing_against_a_day_in_it_but_comes_before_later_months() -> None:
    in_march = Witness("a", datetime(2031, 3, 1, tzinfo=UTC), "month", 5, 5)
    in_february = Witness("b", datetime(2031, 2, 1, tzinfo=UTC), "month", 1, 1)
    assert likely_original([in_march, witness(day=14)]).index == 1
    assert likely_original([in_february, witness(day=14)]).reasons[0] == "Earliest here: February 2031."


def test_what_is_dated_after_others_is_not_called_the_earliest() -> None:
    transcript = replace(witness("The wall will hold", day=20), primary=True)
    choice = likely_original([witness(), witness("The dam held", day=2), transcript])
    assert choice.index == 2
    assert "Dated 20 March 2031; 2 other wordings are dated earlier." in choice.reasons


def test_of_dates_less_exact_than_others_the_reasons_say_that_they_may_be_as_early() -> None:
    some_time, morning, evening = witness(outlets=9), witness(precision="time", hour=8), witness("a", 1, "time", 1, 20)
    reason = "Among the earliest here: 1 March 2031; 1 other wording may be as early."
    assert reason in likely_original([some_time, morning, evening]).reasons


def test_wordings_passed_over_for_other_reasons_may_be_as_early_all_the_same() -> None:
    heading = replace(witness("Dam holds"), heading=True)
    assert likely_original([witness(), heading]).reasons[0].endswith("1 other wording may be as early.")


def test_what_has_no_date_itself_does_not_say_that_none_has_one() -> None:
    dated = replace(witness("The dam may resist", day=9), support=-4.0)
    assert "It has no date itself." in likely_original([dated, witness(day=None)]).reasons


@pytest.mark.parametrize("precision", ["year", "month", "day", "time"])
@pytest.mark.parametrize("reliable", [True, False])
def test_a_date_at_the_end_of_the_calendar_is_later_than_any_other(precision: Precision, reliable: bool) -> None:
    last = Witness("a", datetime(9999, 12, 31, 23), precision, 1, 1, reliable=reliable)
    assert likely_original([last]).index == 0
    assert likely_original([replace(last, reliable=True), Witness("b", datetime(2031, 3, 1), "day", 1, 1)]).index == 1


def test_without_any_date_the_reasons_say_so() -> None:
    assert likely_original([witness(day=None), witness(day=None, outlets=2)]) == Choice(
        1, ("No wording here has a known date.", "Carried by 2 independent outlets.")
    )


def test_a_single_wording_has_no_rival() -> None:
    assert likely_original([witness()]).reasons[0] == "The only wording here."


def test_the_order_of_the_wordings_makes_no_difference() -> None:
    witnesses = [witness("the wall will hold"), witness("the dam will hold"), witness("it", day=9)]
    backwards = likely_original(witnesses[::-1])
    assert witnesses[::-1][backwards.index] == witnesses[likely_original(witnesses).index]


def test_no_wordings_are_an_error() -> None:
    with pytest.raises(ValueError, match="at least one"):
        likely_original([])


def test_a_transcript_comes_before_an_earlier_report() -> None:
    transcript = replace(witness("The wall will hold", day=20), primary=True)
    choice = likely_original([witness(outlets=9), transcript])
    assert choice.index == 1
    assert choice.reasons[0].startswith("A transcript")


def test_a_reworded_copy_is_not_the_original_however_early() -> None:
    choice = likely_original([replace(witness("A barrier resists"), reworded=True), witness(day=9)])
    assert choice.index == 1
    assert choice.reasons[0] == "1 other wording stands only in re-worded documents."


def test_a_wording_of_headings_alone_is_not_the_original() -> None:
    assert likely_original([replace(witness("Dam holds"), heading=True), witness(day=9)]).index == 1


def test_on_one_day_the_wording_that_agrees_best_is_favoured_over_a_longer_one() -> None:
    choice = likely_original([replace(witness("The dam will resist for long"), support=-9.0), witness()])
    assert choice.index == 1
    assert "Its words agree best with those of all documents." in choice.reasons


def test_the_date_of_a_crawl_is_no_evidence_of_being_first() -> None:
    crawled = replace(witness("The wall will hold", day=1), reliable=False)
    assert likely_original([crawled, witness(day=1)]).index == 1


def test_a_date_does_not_help_what_all_other_documents_contradict() -> None:
    early = replace(witness("The dam was cold", day=1), support=-20.0)
    choice = likely_original([early, witness("The dam will hold", day=2, outlets=3), witness("dam will hold", day=2)])
    assert choice.index == 1
    assert "The earliest wording is one that all other documents contradict." in choice.reasons


def test_that_one_wording_alone_has_a_date_does_not_make_it_the_first() -> None:
    dated = replace(witness("The dam may resist", day=9), support=-4.0)
    assert likely_original([dated, witness(day=None)]).index == 1
