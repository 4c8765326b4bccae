"""What the corpus says about words that somebody gives: five outcomes, and when none can be given."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.check import check
from app.clustering import verdict
from app.ingest import Summary
from app.recluster import cluster_new
from app.store.read_check import Answer
from tests.command import variorum
from tests.conftest import take_in
from tests.databases import address

PRETTY = "We are getting some pretty good vibes coming out of the ferry talks"


@pytest.fixture
def filled(engine: Engine, reports: Path) -> Engine:
    summary: Summary = take_in(engine, reports)
    assert summary.outcomes["added"] == 3
    cluster_new(engine)
    return engine


def ask(engine: Engine, words: str, speaker: str = "") -> tuple[Answer, ...]:
    with engine.connect() as connection:
        return check(connection, words, speaker)[0]


def one(engine: Engine, words: str, speaker: str = "") -> Answer:
    (answer,) = ask(engine, words, speaker)
    return answer


def kinds(answer: Answer) -> list[str]:
    return [label.kind for label in answer.labels]


def test_the_same_words_are_exact_whatever_their_marks_and_case(filled: Engine) -> None:
    answer = one(filled, "we are getting SOME pretty good vibes, coming out of the ferry talks!")
    assert answer.outcome == "exact"
    assert answer.found is not None
    assert answer.found.text.startswith(PRETTY)
    assert [who.name for who in answer.said_by] == ["Ann Ashby"]


def test_a_variant_is_exact_too_and_says_what_the_likely_original_is(filled: Engine) -> None:
    found = one(filled, PRETTY.replace("vibes", "vibrations")).found
    assert found is not None
    assert found.rank > 0
    assert "vibes" in found.original
    assert found.labels


def test_a_cut_is_shortened(filled: Engine) -> None:
    assert one(filled, "good vibes coming out of the ferry talks").outcome == "shortened"


def test_a_cut_with_an_ellipsis_is_shortened(filled: Engine) -> None:
    assert one(filled, "We are getting … good vibes […] of the ferry talks").outcome == "shortened"


def test_a_replaced_word_is_altered_and_labelled(filled: Engine) -> None:
    answer = one(filled, PRETTY.replace("vibes", "signals"))
    assert answer.outcome == "altered"
    assert kinds(answer) == ["word replaced"]


def test_a_dropped_negation_is_altered_however_short_the_cut(filled: Engine) -> None:
    answer = one(filled, "Somebody will be left on the quay")
    assert answer.outcome == "altered"
    assert "negation differs" in kinds(answer)


@pytest.mark.parametrize("name", ["Bo Tarn", "Minister Tarn", "Ann Tarn"])
def test_words_of_another_are_said_by_somebody_else(filled: Engine, name: str) -> None:
    answer = one(filled, PRETTY, name)
    assert answer.outcome == "other speaker"
    assert [who.name for who in answer.said_by] == ["Ann Ashby"]
    assert name in answer.remark


@pytest.mark.parametrize("name", ["Ann Ashby", "Ashby", "Harbour Minister Ann Ashby", "A. Ashby", "ann ashby"])
def test_a_shorter_or_fuller_name_is_the_same_speaker(filled: Engine, name: str) -> None:
    assert one(filled, PRETTY, name).outcome == "exact"


def test_the_speaker_is_found_in_the_passage_and_each_quotation_has_its_answer(filled: Engine) -> None:
    passage = f"“{PRETTY},” Jane Orrin said on the pier.\n\n“Nobody will be left on the quay,” Ann Ashby added."
    assert [(a.speaker, a.outcome) for a in ask(filled, passage)] == [
        ("Jane Orrin", "other speaker"),
        ("Ann Ashby", "exact"),
    ]


def test_unknown_words_are_not_here(filled: Engine) -> None:
    answer = one(filled, "Zebras prefer jazz on rainy Tuesdays")
    assert (answer.outcome, answer.found, answer.near) == ("not here", None, ())


def test_what_is_a_little_like_it_is_offered_but_not_taken_for_it(filled: Engine) -> None:
    answer = one(filled, "Nobody will pay for parking on Sundays")
    assert answer.outcome == "not here"
    assert answer.near[0].wording.text.startswith("Nobody will be left")


def test_a_long_sentence_around_a_known_fragment_is_not_taken_for_it(filled: Engine) -> None:
    answer = one(filled, "The four ferries carry coal, timber, mail and a brass band to the northern islands in May")
    assert answer.outcome == "not here"


def test_two_common_words_are_too_short_to_answer(filled: Engine) -> None:
    answer = one(filled, "good things")
    assert answer.outcome == "too short"
    assert "too few" in answer.remark


def test_a_cut_that_many_quotes_hold_is_too_common_to_answer(engine: Engine, tmp_path: Path) -> None:
    ends = (
        "took forty sheep to the market in Venn",
        "was painted green by pupils of the drawing school",
        "brought coal, timber and a grand piano in winter",
        "won a race against three customs cutters",
        "lost its mast and both anchors near Gull Point",
        "has a cat that catches herring at the galley door",
        "belonged to my grandmother until the bank foreclosed",
    )
    said = "\n\n".join(f"“The old northern ferry {end},” Ann Ashby said on day {n}." for n, end in enumerate(ends))
    (tmp_path / "ferry.txt").write_text(said, "utf-8")
    take_in(engine, tmp_path / "ferry.txt")
    cluster_new(engine)
    answer = one(engine, "the old northern ferry")
    assert answer.outcome == "too short"
    assert "too common" in answer.remark


def test_no_more_than_ten_sentences_are_looked_up(filled: Engine) -> None:
    with filled.connect() as connection:
        answers, left = check(connection, " ".join(f"The crews have wanted boat {i} back." for i in range(12)))
    assert (len(answers), left) == (10, 2)


@pytest.mark.parametrize("words", ["", "   ", "“”", "…", "\x00", "🜁", "“", 'a" OR "b', "NEAR(", "*" * 2000])
def test_odd_words_get_an_answer_or_none_and_no_error(filled: Engine, words: str) -> None:
    assert all(answer.outcome in ("not here", "too short") for answer in ask(filled, words))


@pytest.mark.parametrize(
    ("known", "asked", "label"),
    [
        ("No one will be dismissed", "one will be dismissed", "negation differs"),
        ("I do not think that we will win", "we will win", "negation differs"),
        ("You mustn’t think that we will win", "we will win", "negation differs"),
        ("You needn’t think that we will win", "we will win", "negation differs"),
        ("We will not under any kind of pressure offer a fifth", "We will … offer a fifth", "negation differs"),
        ("It was -5 degrees on the quay", "It was 5 degrees on the quay", "number differs"),
        ("We are 400 strong today", "We are 4,000 strong today", "number differs"),
        ("We met Ann Ashby on the quay", "We met Bo Tarn on the quay", "name differs"),
    ],
)
def test_what_changes_the_sense_is_altered_with_its_label(known: str, asked: str, label: str) -> None:
    outcome, labels = verdict(known, asked)
    assert outcome == "altered"
    assert label in [found.kind for found in labels]


def test_a_cut_after_a_pause_leaves_a_negation_that_denies_other_things() -> None:
    assert verdict("Nobody has walked out, and they are talking", "they are talking")[0] == "shortened"


def test_the_command_names_documents_that_have_the_words_outside_of_quotations(filled: Engine) -> None:
    done = variorum("check", "the minister for harbours left the meeting", "--database", address(filled))
    assert "In no quotation here" in done.out
    assert "stands in “Minister hopeful” · /documents/" in done.out
    assert "Not in this corpus" not in done.out


def test_the_command_prints_the_outcome(filled: Engine) -> None:
    done = variorum("check", PRETTY, "--speaker", "Bo Tarn", "--database", address(filled))
    assert done.code == 0
    assert "Said by somebody else" in done.out
    assert "Ann Ashby" in done.out
