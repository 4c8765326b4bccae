"""Commands that are given a database that is not there, or a setting that makes no sense."""

from pathlib import Path

import pytest

from tests.command import variorum

COMMANDS = (
    ("verify",),
    ("repair",),
    ("status",),
    ("recluster",),
    ("export", "quotes"),
    ("check", "The pier is closed to all boats."),
    ("decide", "list"),
    ("reports",),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_mistyped_database_is_an_error_and_is_not_made(tmp_path: Path, command: tuple[str, ...]) -> None:
    missing = tmp_path / "folder" / "typo.db"
    done = variorum(*command, "--database", str(missing))
    assert done.code == 1
    assert f"There is no database {missing}." in done.err
    assert not missing.parent.exists()


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+psycopg://ann:secret@db.example:port/news",  # pragma: allowlist secret
        "postgresql+psycopg//ann:secret@db.example/news",
        "postgresql+psycopg:/ann:secret@db.example/news",
        "bad url://ann:secret@db.example/news",  # pragma: allowlist secret
        "bad url://db.example/news?password=secret",
    ],
)
def test_an_address_that_is_none_is_told_without_its_password(tmp_path: Path, address: str) -> None:
    done = variorum("status", "--database", address)
    assert (done.code, "is not understood" in done.err, "secret" in done.out + done.err) == (1, True, False)


def test_a_file_with_nothing_in_it_does_not_verify(tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    empty.touch()
    done = variorum("verify", "--database", str(empty))
    assert (done.code, empty.stat().st_size) == (1, 0)
    assert "is empty" in done.err


def test_what_is_not_there_is_not_copied_and_not_backed_up(tmp_path: Path) -> None:
    missing, target = tmp_path / "folder" / "typo.db", tmp_path / "copy.db"
    for done in (
        variorum("copy-database", str(missing), str(target)),
        variorum("backup", str(target), "--database", str(missing)),
    ):
        assert done.code == 1
        assert f"There is no database {missing}." in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("VARIORUM_PAGE_SIZE", "many"),
        ("VARIORUM_BUSY_SECONDS", "-1"),
        ("VARIORUM_MAX_DOCUMENT_BYTES", "0"),
        ("VARIORUM_FETCH_SECONDS", "nan"),
        ("VARIORUM_LOG_FORMAT", "xml"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named_with_its_value(tmp_path: Path, variable: str, value: str) -> None:
    done = variorum("status", "--database", str(tmp_path / "any.db"), **{variable: value})
    assert done.code == 2
    assert f"{variable} can't be '{value}'" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("option", [("--port", "99999"), ("--port", "-1"), ("--port", "0"), ("--workers", "0")])
def test_serve_refuses_a_port_or_a_number_of_workers_that_cannot_be(tmp_path: Path, option: tuple[str, str]) -> None:
    done = variorum("serve", *option, "--database", str(tmp_path / "any.db"))
    assert done.code == 2
    assert option[0] in done.err
