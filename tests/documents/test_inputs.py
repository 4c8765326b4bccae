import os
from pathlib import Path

import pytest

from app.documents import Limits, expand, read
from app.records import Document, Rejected
from tests.documents.helpers import TEXT


def names(*given: object) -> list[str]:
    return [one.name for one in expand([str(path) for path in given])]


def test_a_folder_gives_its_files_sorted_by_their_path_in_it(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/c/d.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    assert names(tmp_path) == ["a/c/d.html", "a/z.txt", "b.txt"]


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("x")
    (tmp_path / ".hidden.txt").write_text("x")
    (tmp_path / "seen.txt").write_text("x")
    assert names(tmp_path) == ["seen.txt"]


def test_a_file_given_by_itself_goes_by_its_base_name_and_knows_its_size(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("12345")
    (found,) = expand([str(tmp_path / "one.txt")])
    assert (found.name, found.size) == ("one.txt", 5)


def test_a_glob_gives_its_matches_in_order(tmp_path: Path) -> None:
    for name in ("2.txt", "1.txt", "3.html"):
        (tmp_path / name).write_text("x")
    assert names(tmp_path / "*.txt") == ["1.txt", "2.txt"]


def test_a_file_that_is_given_in_several_ways_is_read_once_under_its_first_name(tmp_path: Path) -> None:
    for name in ("a/b/2.txt", "1.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "link.txt").symlink_to(tmp_path / "1.txt")
    assert names(tmp_path / "**") == ["1.txt", "a/b/2.txt"]
    assert names(tmp_path / "1.txt", f"{tmp_path}/a/../1.txt", tmp_path / "a", tmp_path) == ["1.txt", "b/2.txt"]
    assert names("-", "https://courier.example/a", "-", "https://courier.example/a") == [
        "-",
        "https://courier.example/a",
    ]


def test_a_file_whose_name_looks_like_a_glob_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text("x")
    assert names(tmp_path / "a[1].txt") == ["a[1].txt"]


def test_addresses_and_standard_input_keep_their_place_in_the_order(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("x")
    found = expand(["https://courier.example/a", "-", str(tmp_path / "one.txt")])
    assert [one.name for one in found] == ["https://courier.example/a", "-", "one.txt"]
    assert found[0].url == "https://courier.example/a"
    assert found[1].path is None
    assert found[1].url is None


@pytest.mark.parametrize("given", ["missing.txt", "missing/*.txt"])
def test_what_does_not_exist_fails_when_it_is_read(tmp_path: Path, given: str) -> None:
    (found,) = expand([str(tmp_path / given)])
    (outcome,) = read(found, Limits())
    assert isinstance(outcome, Rejected)
    assert outcome.outcome == "failed"
    assert "no such file" in outcome.reason


def test_a_link_back_to_its_own_folder_ends(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.txt").write_text("x")
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    assert names(tmp_path) == ["a/one.txt", "self"]


def test_a_dangling_link_is_recorded_as_failed(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (found,) = expand([str(tmp_path)])
    (outcome,) = read(found, Limits())
    assert isinstance(outcome, Rejected)
    assert outcome.name == "gone.txt"


def test_a_pipe_inside_a_folder_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "one.txt").write_text("x")
    assert names(tmp_path) == ["one.txt"]


def test_an_empty_folder_is_recorded_with_the_reason(tmp_path: Path) -> None:
    (found,) = expand([str(tmp_path)])
    (outcome,) = read(found, Limits())
    assert isinstance(outcome, Rejected)
    assert outcome.reason == "The folder is empty."


def test_an_unreadable_folder_is_recorded_and_its_neighbours_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "open.txt").write_text(TEXT)
    listdir = os.listdir

    def guarded(folder: Path) -> list[str]:
        if Path(folder).name == "closed":
            raise PermissionError(13, "Permission denied")
        return listdir(folder)

    monkeypatch.setattr(os, "listdir", guarded)
    closed, opened = [next(read(one, Limits())) for one in expand([str(tmp_path)])]
    assert isinstance(closed, Rejected)
    assert closed.name == "closed"
    assert "denied" in closed.reason
    assert isinstance(opened, Document)


def test_an_unreadable_file_is_recorded_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one.txt").write_text(TEXT)
    (found,) = expand([str(tmp_path)])

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    (outcome,) = read(found, Limits())
    assert isinstance(outcome, Rejected)
    assert "denied" in outcome.reason


def test_a_name_that_is_not_utf8_can_be_printed(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))).write_text(TEXT)
    (found,) = expand([str(tmp_path)])
    assert found.name == "caf\ufffd.txt"
    assert isinstance(next(read(found, Limits())), Document)
