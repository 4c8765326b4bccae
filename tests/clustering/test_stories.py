"""Documents on one event: what ties them together, and what does not."""

from datetime import datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from app.clustering import Carried, Report, stories
from app.clustering.stories import CROWD

MONDAY = datetime(2031, 3, 3)
LONG = "the northern quay will stay shut until the last barge has left the basin"
OTHER = "divers found the missing anchor beneath the lighthouse jetty this winter"
PHRASE = "steady as she goes"


def report(name: str, day: float | None, *quotes: str, opening: str = "") -> Report:
    return Report(name, None if day is None else MONDAY + timedelta(days=day), frozenset(quotes), opening)


def known(reports: list[Report]) -> dict[str, Carried]:
    carried = {quote for one in reports for quote in one.quotes}
    return {quote: Carried(quote, sum(quote in one.quotes for one in reports)) for quote in carried}


def found(*reports: Report) -> list[list[str]]:
    return stories(reports, known(list(reports)))


def test_two_reports_of_one_long_quote_in_one_week_are_a_story() -> None:
    assert found(report("a", 0, LONG), report("b", 2, LONG), report("c", 1, OTHER)) == [["a", "b"]]


def test_the_same_quote_a_month_later_is_another_event() -> None:
    assert found(report("a", 0, LONG), report("b", 30, LONG)) == []


def test_a_short_phrase_alone_ties_nothing_but_with_words_in_common_it_does() -> None:
    assert found(report("a", 0, PHRASE), report("b", 0, PHRASE)) == []
    opening = "Ferry skipper Ottoline Brask leaves Port Venn"
    assert found(report("a", 0, PHRASE, opening=opening), report("b", 0, PHRASE, opening=opening)) == [["a", "b"]]


def test_one_phrase_in_all_reports_of_two_events_does_not_make_them_one() -> None:
    north = [report(f"n{number}", number / 4, PHRASE, LONG, LONG + " again") for number in range(4)]
    south = [report(f"s{number}", number / 4, PHRASE, OTHER, OTHER + " again") for number in range(4)]
    assert found(*north, *south) == [["n0", "n1", "n2", "n3"], ["s0", "s1", "s2", "s3"]]


def test_a_report_with_a_single_quote_of_an_event_belongs_to_it() -> None:
    core = [report(f"a{number}", 0, LONG, OTHER) for number in range(3)]
    assert found(*core, report("late", 3, LONG, opening="x")) == [["a0", "a1", "a2", "late"]]


def test_what_very_many_documents_carry_ties_no_two_of_them() -> None:
    crowd = [report(f"{number:03}", 0, LONG) for number in range(CROWD + 1)]
    assert found(*crowd) == []


def test_reports_without_a_date_need_more_in_common() -> None:
    assert found(report("a", None, LONG), report("b", None, LONG)) == []
    assert found(report("a", None, LONG, OTHER), report("b", None, LONG, OTHER)) == [["a", "b"]]


documents = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(0, 40)),
        st.frozensets(st.sampled_from([LONG, OTHER, PHRASE, LONG + " again", "nobody paid the tide clerk a penny"])),
        st.sampled_from(["", "Skipper leaves port", "Anchor raised from harbour"]),
    ),
    max_size=14,
)


@given(documents, st.randoms(use_true_random=False))
def test_each_document_is_in_one_story_at_most_whatever_their_order(
    drawn: list[tuple[int | None, frozenset[str], str]], random: Random
) -> None:
    reports = [report(f"d{number}", day, *quotes, opening=words) for number, (day, quotes, words) in enumerate(drawn)]
    made = found(*reports)
    members = [name for group in made for name in group]
    assert len(members) == len(set(members))
    assert all(len(group) > 1 for group in made)
    random.shuffle(reports)
    assert found(*reports) == made
