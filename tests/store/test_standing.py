"""What stands in documents outside of quotations: words in one piece, and what is reported of a speaker."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from app.store.read_speaker_profile import read_reported
from app.store.read_standing import read_standing
from app.store.tables import SpeakerRow
from tests.conftest import take_in

VERSIONS = 14
BODY = " ".join(f"On day {day} the crews went back to the long grey quay." for day in range(1, 12))


@pytest.fixture
def live(engine: Engine, tmp_path: Path) -> Engine:
    """One report, taken in again and again as it grew."""
    for number in range(VERSIONS):
        (tmp_path / f"v{number:02}.txt").write_text(
            f"---\ntitle: Boats again\noutlet: Gannet Ledger\nurl: https://gannet-ledger.example/live\n"
            f"date: 2031-03-16T{number:02}:00Z\n---\n{BODY}\n\n"
            f"Minister Ann Ashby said that the ferries would sail on Monday.\n\nThis is update {number}.\n"
        )
        take_in(engine, tmp_path / f"v{number:02}.txt")
    return engine


def standing(engine: Engine, words: str) -> list[str | None]:
    with engine.connect() as connection:
        return [line.title for line in read_standing(connection, words, 5)]


def test_words_are_found_in_the_last_of_many_versions(live: Engine) -> None:
    assert standing(live, "the crews went back") == ["Boats again"]
    assert standing(live, "This is update 3") == []


def test_all_of_the_words_have_to_stand_there(live: Engine) -> None:
    assert standing(live, BODY) == ["Boats again"]
    assert standing(live, f"{BODY} And nobody sailed ever after.") == []


@pytest.mark.parametrize("words", ["Boats again", "outlet Gannet Ledger", "date 2031"])
def test_front_matter_is_not_what_a_document_says(live: Engine, words: str) -> None:
    assert standing(live, words) == []


def test_old_versions_report_nothing_more_of_a_speaker(live: Engine) -> None:
    with live.connect() as connection:
        speaker = connection.scalars(select(SpeakerRow.public_id).where(SpeakerRow.name.contains("Ashby"))).one()
        reported = read_reported(connection, speaker, 20)
    assert [one.text for one in reported] == ["that the ferries would sail on Monday"]
    assert not reported[0].document.superseded
