"""A model is loaded only when every file is the one its manifest describes."""

import json
import shutil
from pathlib import Path

import pytest

from app.errors import ModelError
from app.inference import load_tagger
from app.inference.manifest import read_manifest
from app.inference.tagger import FOLDER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "tagger"))


def test_the_packaged_model_is_the_one_described() -> None:
    manifest = read_manifest(FOLDER)
    assert manifest.roles == ("content", "cue", "source")
    assert manifest.labels == ("O", "B", "I")
    assert manifest.version.startswith("tagger-")


def test_the_packaged_model_stays_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= 26_000_000


def test_a_changed_file_is_refused_by_name(folder: Path) -> None:
    with (folder / "vocabulary.txt").open("a") as file:
        file.write("extra\n")
    with pytest.raises(ModelError, match=r"vocabulary\.txt is not the one"):
        load_tagger(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "tagger.onnx").unlink()
    with pytest.raises(ModelError, match=r"tagger\.onnx can't be read"):
        load_tagger(folder)


@pytest.mark.parametrize("content", [None, "not json", json.dumps({"name": "tagger"})])
def test_a_missing_or_broken_manifest_says_what_to_do(folder: Path, content: str | None) -> None:
    (folder / "manifest.json").unlink()
    if content is not None:
        (folder / "manifest.json").write_text(content)
    with pytest.raises(ModelError) as caught:
        load_tagger(folder)
    assert "manifest" in caught.value.message
    assert caught.value.hint


def test_a_file_that_is_no_network_is_refused(folder: Path) -> None:
    (folder / "tagger.onnx").write_bytes(b"no network")
    manifest = json.loads((folder / "manifest.json").read_text())
    del manifest["files"]["tagger.onnx"]
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(ModelError, match="can't be loaded"):
        load_tagger(folder)
