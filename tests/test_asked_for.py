"""What users of other quotation finders asked for, from a text to its attributed quotations.

Each was a request or a report of something missing or broken elsewhere; the words and people are invented.
"""

import json
from pathlib import Path

import pytest

from app.documents import segment
from app.ingest import quotations_of
from app.records import Document, Quotation
from tests.command import variorum


def read(text: str) -> list[tuple[str, str | None]]:
    """What stands between marks, or in a turn or block of its own, with the name of its speaker."""
    return [(words(text, q), name(q)) for q in found(text) if q.kind != "indirect"]


def found(text: str) -> tuple[Quotation, ...]:
    return quotations_of(text, segment(Document("a.txt", text, "text")))


def words(text: str, quotation: Quotation) -> str:
    return text[quotation.span.start : quotation.span.end]


def name(quotation: Quotation) -> str | None:
    return quotation.speaker.name if quotation.speaker else None


def printed(text: str, file: Path) -> list[dict[str, object]]:
    """What `variorum extract` prints of a file with this text."""
    file.write_text(text, "utf-8")
    done = variorum("extract", str(file))
    assert done.code == 0, done.err
    return [json.loads(line) for line in done.out.splitlines()]


def test_a_quotation_over_several_paragraphs_is_one_attribution() -> None:
    text = "“We tried to mend the bridge.\n\n“We failed twice.\n\n“We will try again,” Ann Ashby said on Friday.\n"
    assert read(text) == [
        ("We tried to mend the bridge.", "Ann Ashby"),
        ("We failed twice.", "Ann Ashby"),
        ("We will try again,", "Ann Ashby"),
    ]
    assert {q.attribution for q in found(text)} == {0}


def test_a_document_with_an_odd_number_of_marks_loses_nothing() -> None:
    text = """“The bridge is safe,” Ann Ashby said.

“The crews are tired, Tom Venn said.

"The harbour is closed," Ada Moreau said.
"""
    assert sum(text.count(mark) for mark in '“”"') % 2
    assert [said for said, _ in read(text)] == ["The bridge is safe,", "The crews are tired,", "The harbour is closed,"]


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "‘{}’", "'{}'", "«{}»", "„{}“", "``{}''", "''{}''", "‘‘{}’’"])
def test_each_style_of_marks_is_read_beside_others(marks: str) -> None:
    other = "“The crews are tired,” Tom Venn said."
    text = f"{marks.format('We will mend the bridge,')} Ann Ashby said.\n\n{other}\n"
    assert read(text) == [("We will mend the bridge,", "Ann Ashby"), ("The crews are tired,", "Tom Venn")]


def test_the_speaker_may_stand_in_the_sentence_before() -> None:
    text = "Ann Ashby stood up in the hall and shook her head. “We will mend the bridge before the winter comes.”\n"
    assert read(text) == [("We will mend the bridge before the winter comes.", "Ann Ashby")]


def test_the_speaker_may_stand_in_the_sentence_after() -> None:
    text = "“We will mend the bridge before the winter comes.” That was how Ann Ashby put it on Friday.\n"
    assert read(text) == [("We will mend the bridge before the winter comes.", "Ann Ashby")]


def test_a_nickname_between_marks_is_no_speech() -> None:
    text = "Ada “Sparky” Lovell has mended engines for years. “I like the noise,” Lovell said.\n"
    assert read(text) == [("I like the noise,", "Lovell")]


def test_the_speaker_has_offsets_into_the_text() -> None:
    text = "The hall was full on Friday.\n\n“We will mend the bridge,” said Ann Ashby.\n"
    (quotation,) = found(text)
    assert quotation.source
    assert text[slice(*quotation.source)] == "Ann Ashby"
    assert quotation.cue
    assert text[slice(*quotation.cue)] == "said"


def test_unclosed_marks_are_reported(tmp_path: Path) -> None:
    passage = printed("“We will mend the bridge, Ann Ashby said. She left at noon.\n", tmp_path / "a.txt")[0]
    assert passage["text"] == "We will mend the bridge,"
    assert passage["fault"] == "unclosed"
    assert passage["speaker"] == "Ann Ashby"


@pytest.mark.parametrize("dash", [" — ", " – ", " -- ", "\n— ", "\n\n— "])
def test_a_dash_names_the_speaker(dash: str) -> None:
    text = f"The harbour is closed for the day.\n\n“The sea takes what it wants.”{dash}Ada Moreau\n\nRain is expected."
    assert read(text) == [("The sea takes what it wants.", "Ada Moreau")]


def test_indirect_speech_is_found_with_its_source() -> None:
    text = "Ann Ashby said on Friday that the bridge would be closed for a year. The council meets again on Monday.\n"
    (quotation,) = found(text)
    assert quotation.kind == "indirect"
    assert "the bridge would be closed for a year" in words(text, quotation)
    assert name(quotation) == "Ann Ashby"
    assert quotation.source
    assert text[slice(*quotation.source)] == "Ann Ashby"


def test_an_interrupted_turn_is_one_attribution() -> None:
    text = "“We will mend the bridge,” Ann Ashby said. “Nobody is left on the quay.”\n"
    assert read(text) == [("We will mend the bridge,", "Ann Ashby"), ("Nobody is left on the quay.", "Ann Ashby")]
    assert {q.attribution for q in found(text)} == {0}


def test_a_transcript_gives_each_turn_to_its_speaker(tmp_path: Path) -> None:
    text = """Ann Ashby and Tom Venn met in the town hall of Port Venn.

MODERATOR: Good evening. Will the ferries sail again?

ASHBY: They will. (APPLAUSE)

We have the money.

VENN: I doubt it.

ASHBY: You always do.
"""
    passages = [p for p in printed(text, tmp_path / "a.txt") if p["kind"] == "direct"]
    assert [(p["text"], p["speaker"]) for p in passages] == [
        ("Good evening. Will the ferries sail again?", "Moderator"),
        ("They will.", "Ann Ashby"),
        ("We have the money.", "Ann Ashby"),
        ("I doubt it.", "Tom Venn"),
        ("You always do.", "Ann Ashby"),
    ]
    assert all(p["text"] == text[int(str(p["start"])) : int(str(p["end"]))] for p in passages)


def test_an_interview_gives_the_answers_to_whom_it_introduces() -> None:
    text = """Ann Ashby has run the harbour for ten years.

Q: How did it start?

A: It started with a storm. I was ten.

Q: And then?

A: Then we built the boats again.
"""
    assert read(text) == [
        ("How did it start?", None),
        ("It started with a storm. I was ten.", "Ann Ashby"),
        ("And then?", None),
        ("Then we built the boats again.", "Ann Ashby"),
    ]


def test_a_block_quote_of_a_page_is_a_quotation(tmp_path: Path) -> None:
    html = """<!doctype html><html lang="en"><head><title>Bridge</title></head><body><article><h1>The bridge</h1>
<p>The board met on Friday to talk about the ferries, which have been out of service since the storm in March.</p>
<p>Ann Ashby wrote in a letter to the board:</p>
<blockquote><p>We will mend the bridge before winter.</p><p>Nobody will be left on the quay.</p></blockquote>
<p>The board meets again on Monday, when it will vote on the plan, after a hearing in the old town hall.</p>
</article></body></html>"""
    passages = [p for p in printed(html, tmp_path / "a.html") if p["kind"] == "direct"]
    assert [(p["text"], p["speaker"]) for p in passages] == [
        ("We will mend the bridge before winter.", "Ann Ashby"),
        ("Nobody will be left on the quay.", "Ann Ashby"),
    ]
    assert len({p["attribution"] for p in passages}) == 1


def test_a_post_in_the_text_belongs_to_its_account() -> None:
    text = (
        "The news came late.\n\nThe bridge is open again! — Ann Ashby (@ashby) March 3, 2025\n\nCars cross it again.\n"
    )
    assert read(text) == [("The bridge is open again!", "Ann Ashby")]


def test_a_headline_with_single_marks_has_the_speaker_of_the_same_words_below() -> None:
    text = """Mayor: ‘We will mend the bridge’

The harbour of Port Venn has been closed since the storm in March, and the crews wait for work.

“We will mend the bridge,” Ann Ashby, the mayor, told them on Friday in the old town hall.
"""
    assert read(text) == [("We will mend the bridge", "Ann Ashby"), ("We will mend the bridge,", "Ann Ashby")]
    assert found(text)[0].heading


def test_a_nested_quotation_stays_in_the_one_around_it() -> None:
    text = "“Tom told me, ‘Never again,’ and he left,” Ann Ashby said.\n"
    assert read(text) == [("Tom told me, ‘Never again,’ and he left,", "Ann Ashby")]


def test_inserted_words_stay_in_their_passage() -> None:
    text = "“[The crews] have waited for [the mayor] since March,” Ann Ashby said.\n"
    assert read(text) == [("[The crews] have waited for [the mayor] since March,", "Ann Ashby")]


@pytest.mark.parametrize("dots", ["…", "...", ". . .", "[…]", "(...)"])
def test_an_ellipsis_parts_no_quotation(dots: str) -> None:
    text = f"“We have waited {dots} for a very long time {dots} and now we go,” Ann Ashby said.\n"
    assert read(text) == [(f"We have waited {dots} for a very long time {dots} and now we go,", "Ann Ashby")]


def test_an_article_with_doubled_apostrophes_for_marks_is_read() -> None:
    text = """''We will mend the bridge,'' Ann Ashby said. ''It is time.''

Tom Venn's crews called the plan ''a slow death'' for the harbour. ''We don't believe it,'' Venn said.
"""
    assert read(text) == [
        ("We will mend the bridge,", "Ann Ashby"),
        ("It is time.", "Ann Ashby"),
        ("a slow death", "Tom Venn"),
        ("We don't believe it,", "Tom Venn"),
    ]
