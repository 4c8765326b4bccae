"""What people decide: respected by every later run, never overwritten."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.errors import InputError, UsageError
from app.recluster import cluster_new, recluster
from app.rulings import import_decisions, rule
from app.store.engine import connect
from app.store.export import export_rows
from app.store.migrate import migrate
from tests.command import variorum
from tests.conftest import take_in
from tests.databases import address

QUAY = "Nobody will be left on the quay,"
PRETTY = "We are getting some pretty good vibes coming out of the ferry talks,"
VIBRATIONS = "We are getting some pretty good vibrations coming out of the ferry talks,"


@pytest.fixture
def clustered(engine: Engine, reports: Path) -> Engine:
    take_in(engine, reports)
    recluster(engine)
    return engine


def row(engine: Engine, text: str) -> dict[str, str]:
    with Session(engine) as session:
        return next(row for row in export_rows(session, "quotations") if row["text"] == text)


def quote(engine: Engine, text: str) -> str:
    return row(engine, text)["quote"]


def test_quotes_decided_to_be_the_same_are_one_now_and_after_every_recluster(clustered: Engine) -> None:
    rule(clustered, "same", quote(clustered, QUAY), quote(clustered, PRETTY), "ivo")
    for _ in range(2):
        assert quote(clustered, QUAY) == quote(clustered, PRETTY)
        recluster(clustered)


def test_variants_decided_to_be_different_are_two_now_and_after_every_recluster(clustered: Engine) -> None:
    assert quote(clustered, PRETTY) == quote(clustered, VIBRATIONS)
    rule(clustered, "different", row(clustered, PRETTY)["variant"], row(clustered, VIBRATIONS)["variant"], "ivo")
    for _ in range(2):
        assert quote(clustered, PRETTY) != quote(clustered, VIBRATIONS)
        recluster(clustered)


def test_a_sentence_can_be_taken_out_of_its_quote(clustered: Engine) -> None:
    one = row(clustered, VIBRATIONS)
    rule(clustered, "different", one["quotation"], row(clustered, PRETTY)["id"], "ivo")
    assert quote(clustered, VIBRATIONS) != quote(clustered, PRETTY)


def test_a_decision_holds_for_documents_that_come_later(clustered: Engine, tmp_path: Path) -> None:
    rule(clustered, "different", row(clustered, PRETTY)["variant"], row(clustered, VIBRATIONS)["variant"], "ivo")
    late = tmp_path / "late.txt"
    late.write_text(f"Again\n\n“{VIBRATIONS}” Ann Ashby said to everyone on the pier.\n", "utf-8")
    take_in(clustered, late)
    cluster_new(clustered)
    for _ in range(2):
        assert quote(clustered, PRETTY) != quote(clustered, VIBRATIONS)
        recluster(clustered)


def test_ingesting_the_same_documents_again_changes_no_decision(clustered: Engine, reports: Path) -> None:
    rule(clustered, "same", quote(clustered, QUAY), quote(clustered, PRETTY), "ivo")
    rule(clustered, "speaker", row(clustered, QUAY)["quotation"], "Bo Tarn", "ivo")
    take_in(clustered, reports)
    cluster_new(clustered)
    assert quote(clustered, QUAY) == quote(clustered, PRETTY)
    assert row(clustered, QUAY)["speaker"] == "Bo Tarn"


def test_the_last_of_two_contradicting_decisions_holds_and_both_stay_on_record(clustered: Engine) -> None:
    quay, pretty = row(clustered, QUAY)["id"], row(clustered, PRETTY)["id"]
    rule(clustered, "same", quay, pretty, "ivo")
    rule(clustered, "different", quay, pretty, "ada")
    recluster(clustered)
    assert quote(clustered, QUAY) != quote(clustered, PRETTY)
    with Session(clustered) as session:
        assert [(d["kind"], d["author"]) for d in export_rows(session, "decisions")] == [
            ("same", "ivo"),
            ("different", "ada"),
        ]


def test_a_decided_speaker_replaces_the_one_that_was_found_and_says_so(clustered: Engine) -> None:
    rule(clustered, "speaker", row(clustered, QUAY)["quotation"], "Bo Tarn", "ivo")
    recluster(clustered)
    decided = row(clustered, QUAY)
    assert (decided["speaker"], decided["confidence"]) == ("Bo Tarn", 1.0)
    assert decided["reason"].startswith("Decided by ivo on ")
    assert "Found before: Ann Ashby" in decided["reason"]
    assert row(clustered, PRETTY)["speaker"] == "Ann Ashby"


def test_a_speaker_decided_for_a_quote_is_that_of_every_quotation_in_it(clustered: Engine) -> None:
    rule(clustered, "speaker", quote(clustered, PRETTY), "Bo Tarn", "ivo")
    rule(clustered, "speaker", quote(clustered, PRETTY), "Cy Vane", "ivo")
    assert {row(clustered, text)["speaker"] for text in (PRETTY, VIBRATIONS)} == {"Cy Vane"}
    with Session(clustered) as session:
        [line] = [line for line in export_rows(session, "quotes") if line["id"] == quote(clustered, PRETTY)]
    assert (line["speaker"], line["speakers"]) == ("Cy Vane", 1)


def test_a_speaker_who_is_known_is_found_by_any_form_of_the_name(clustered: Engine) -> None:
    known = row(clustered, PRETTY)["speaker_id"]
    rule(clustered, "speaker", row(clustered, QUAY)["quotation"], "ann ashby", "ivo")
    assert row(clustered, QUAY)["speaker_id"] == known


@pytest.mark.parametrize(
    ("name", "again"),
    [
        ("Émile Zola", "ÉMILE zola"),
        ("Hans Weiß", "HANS WEISS"),
        ("Вера Лис", "вера лис"),
        ("100% _O'Tarn\\", "100% _o'tarn\\"),
    ],
)
def test_a_decided_speaker_of_any_letters_is_one_speaker_in_every_later_run(
    clustered: Engine, name: str, again: str
) -> None:
    rule(clustered, "speaker", row(clustered, QUAY)["quotation"], name, "ivo")
    rule(clustered, "speaker", row(clustered, PRETTY)["quotation"], again, "ivo")
    for _ in range(2):
        quay, pretty = row(clustered, QUAY), row(clustered, PRETTY)
        assert (quay["speaker"], quay["speaker_id"]) == (name, pretty["speaker_id"])
        recluster(clustered)


@pytest.mark.parametrize(("name", "form"), [("Élodie Åström", "élodie åström"), ("Uwe Weiß", "uwe weiss")])
def test_a_speaker_of_the_documents_is_found_by_any_form_of_any_letters(
    engine: Engine, tmp_path: Path, name: str, form: str
) -> None:
    report = tmp_path / "report.txt"
    report.write_text(f"Talks\n\n“{VIBRATIONS}” {name} said on Friday.\n\n“{QUAY}” somebody said.\n", "utf-8")
    take_in(engine, report)
    recluster(engine)
    known = row(engine, VIBRATIONS)
    assert known["speaker"] == name
    rule(engine, "speaker", row(engine, QUAY)["quotation"], form, "ivo")
    assert row(engine, QUAY)["speaker_id"] == known["speaker_id"]


def test_a_name_longer_than_any_is_refused(clustered: Engine, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"301 characters.*at most 300"):
        rule(clustered, "speaker", row(clustered, QUAY)["quotation"], "Å" * 301, "ivo")
    rule(clustered, "speaker", row(clustered, QUAY)["quotation"], "Å" * 300, "ivo")
    file = tmp_path / "long.jsonl"
    with Session(clustered) as session:
        file.write_text("".join(json.dumps(d | {"speaker": "Å" * 301}) for d in export_rows(session, "decisions")))
    with pytest.raises(InputError, match="more than 300 characters"):
        import_decisions(clustered, str(file))


@pytest.mark.parametrize("name", [["Ann"], "  ", "a\0b", "\ud800"])
def test_a_name_that_is_no_text_is_refused(clustered: Engine, tmp_path: Path, name: object) -> None:
    rule(clustered, "speaker", row(clustered, QUAY)["quotation"], "Bo Tarn", "ivo")
    file = tmp_path / "broken.jsonl"
    with Session(clustered) as session:
        file.write_text("".join(json.dumps(d | {"speaker": name}) for d in export_rows(session, "decisions")))
    with pytest.raises(InputError, match="line 1 is not a decision"):
        import_decisions(clustered, str(file))


def test_an_unknown_id_is_refused_with_a_way_to_find_ids(clustered: Engine) -> None:
    with pytest.raises(UsageError, match=r"no quote, variant or quotation 'nowhere'.*variorum export"):
        rule(clustered, "same", quote(clustered, PRETTY), "nowhere", "ivo")


def test_a_thing_is_not_compared_with_itself(clustered: Engine) -> None:
    with pytest.raises(UsageError, match="share sentences"):
        rule(clustered, "different", quote(clustered, PRETTY), row(clustered, PRETTY)["variant"], "ivo")


def test_exported_decisions_take_effect_in_another_store(clustered: Engine, reports: Path, tmp_path: Path) -> None:
    rule(clustered, "same", quote(clustered, QUAY), quote(clustered, PRETTY), "ivo")
    rule(clustered, "speaker", row(clustered, QUAY)["id"], "Bo Tarn", "ivo")
    file = tmp_path / "decisions.jsonl"
    with Session(clustered) as session:
        file.write_text("".join(json.dumps(d) + "\n" for d in export_rows(session, "decisions")), "utf-8")
    other = connect(str(tmp_path / "other.db"))
    migrate(other)
    take_in(other, reports)
    recluster(other)
    assert import_decisions(other, str(file)) == 2
    assert quote(other, QUAY) == quote(other, PRETTY)
    assert row(other, QUAY)["speaker"] == "Bo Tarn"
    assert import_decisions(other, str(file)) == 0
    other.dispose()


@pytest.mark.parametrize("line", ['{"kind": "perhaps"}', "[" * 100_000])
def test_a_line_that_is_no_decision_is_named(engine: Engine, tmp_path: Path, line: str) -> None:
    file = tmp_path / "broken.jsonl"
    file.write_text(f"{line}\n", "utf-8")
    with pytest.raises(InputError, match="line 1 is not a decision"):
        import_decisions(engine, str(file))


def test_the_command_decides_lists_exports_and_imports(clustered: Engine, tmp_path: Path) -> None:
    store = ("--database", address(clustered))
    quay, pretty = row(clustered, QUAY)["id"], row(clustered, PRETTY)["id"]
    decided = variorum("decide", "same", quay, pretty, "--author", "ivo", *store)
    assert (decided.code, decided.err) == (0, "")
    assert "ivo: " in decided.out
    assert "are one quote." in decided.out
    variorum("decide", "speaker", quay, "Bo Tarn", *store, USER="ada")
    listed = variorum("decide", "list", *store).out.splitlines()
    assert [line.split(", ")[1].split(":")[0] for line in listed] == ["ivo", "ada"]
    exported = variorum("export", "decisions", *store).out
    assert variorum("decide", "import", "-", *store, stdin=exported).out == "0 new decisions\n"
    assert quote(clustered, QUAY) == quote(clustered, PRETTY)


def test_the_command_refuses_an_unknown_id_in_one_line(clustered: Engine) -> None:
    done = variorum("decide", "same", "nowhere", "nothing", "--database", address(clustered))
    assert done.code == 2
    assert done.err.startswith("Error: There is no quote, variant or quotation 'nowhere'")
    assert done.err.count("\n") == 1
