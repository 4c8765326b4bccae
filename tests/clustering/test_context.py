"""Context: two reports of one event tell by their order what is the same utterance in other words."""

from app.clustering import cluster
from app.records import Unit

ANN, CARL = "Ann Ashby", "Carl Dunmore"
FIRST = [
    (ANN, "All four ferries will sail again before the end of the month."),
    (ANN, "dithering and delay"),
    (CARL, "Nobody on the quay believes a single word of the harbour ministry."),
    (CARL, "It is raining in my cabin"),
]
COPY = [
    (ANN, "All four ferries will sail again before the month ends."),
    (ANN, "draft hole and delay"),
    (CARL, "Nobody on the quay believes one single word of the harbour ministry."),
    (CARL, "Rain is falling in my cabin"),
]


def labels(*documents: list[tuple[str, str]]) -> list[list[int]]:
    units = [
        Unit(f"{number}-{place}", text, f"document {number}", speaker, place * 100, place * 100 + len(text))
        for number, document in enumerate(documents)
        for place, (speaker, text) in enumerate(document)
    ]
    found = iter(cluster(units))
    return [[next(found) for _ in document] for document in documents]


def test_a_phrase_between_two_sure_matches_is_the_one_that_stands_there_in_the_other_report() -> None:
    one, other = labels(FIRST, COPY)
    assert one == other
    assert len(set(one)) == 4


def test_the_same_phrases_without_their_reports_are_two() -> None:
    one, other = labels([FIRST[1]], [COPY[1]])
    assert one != other


def test_another_speaker_at_the_same_place_says_something_else() -> None:
    changed = [*COPY[:1], (CARL, COPY[1][1]), *COPY[2:]]
    one, other = labels(FIRST, changed)
    assert one[1] != other[1]


def test_words_that_have_nothing_in_common_stay_apart_wherever_they_stand() -> None:
    changed = [*COPY[:1], (ANN, "a very long winter"), *COPY[2:]]
    one, other = labels(FIRST, changed)
    assert one[1] != other[1]


def test_reports_of_different_events_are_not_laid_side_by_side() -> None:
    elsewhere = [
        (ANN, "The library keeps its doors open on Sundays from now on."),
        (ANN, "draft hole and delay"),
        (CARL, "We have planted nine hundred apple trees along the canal."),
    ]
    one, other = labels(FIRST, elsewhere)
    assert one[1] != other[1]


def test_a_report_spun_throughout_is_known_by_its_order() -> None:
    original = [
        (ANN, "We have offered four ferries and a full crew on every crossing."),
        (ANN, "I am getting some pretty good vibes coming out of the talks."),
        (CARL, "But a promise on paper has never moored a boat."),
        (CARL, "Nobody has walked out since lunch on the second day."),
        (ANN, "Keep the lamps lit for all of us."),
    ]
    spun = [
        (ANN, "We have presented four ships and a total crew on each crossing."),
        (ANN, "I am getting some quite good resonance emerging from the discussions."),
        (CARL, "However, a guarantee on paper has never secured a vessel."),
        (CARL, "No one has walked away since lunch on the next day."),
        (ANN, "Keep the lights burning for all of us."),
    ]
    one, other = labels(original, spun)
    assert one == other


def test_a_document_may_have_more_passages_than_are_laid_side_by_side() -> None:
    many = [
        (ANN, f"The harbour number {number} keeps its {number} boats until spring {number}.") for number in range(330)
    ]
    (found,) = labels([*many, (ANN, many[5][1].removesuffix(".") + " again.")])
    assert len(found) == 331
