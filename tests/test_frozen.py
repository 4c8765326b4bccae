"""Records: values by their fields, which the type checker lets nobody change."""

from pathlib import Path

from mypy import api

from app.frozen import record


@record
class Place:
    name: str
    rank: int = 0


def test_records_are_equal_and_hashed_by_their_fields() -> None:
    assert Place("Ashby") == Place("Ashby", 0)
    assert len({Place("Ashby"), Place("Ashby", 0), Place("Ashby", 1)}) == 2


def test_the_type_checker_refuses_to_change_a_record(tmp_path: Path) -> None:
    code = tmp_path / "changing.py"
    code.write_text(
        "from app.frozen import record\n"
        "@record\n"
        "class Place:\n"
        "    name: str\n"
        "place = Place('Ashby')\n"
        "place.name = 'Bleaby'\n"
    )
    said, _, _ = api.run([str(code), "--strict", "--cache-dir", str(tmp_path / "cache")])
    assert 'changing.py:6: error: Property "name" defined in "Place" is read-only' in said
    assert said.count("error:") == 1
