"""What is shipped: lock files that agree with the project, and a wheel that carries its files."""

import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCKS = ["requirements.lock", "requirements-test.lock"]
NPM_LOCK = json.loads((ROOT / "static" / "package-lock.json").read_text("utf-8"))


def locked(lock: str) -> set[tuple[str, str]]:
    """Name and version of every package in a lock file."""
    pins = re.findall(r"^([a-z0-9.-]+)==([^\s;]+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE)
    return set(pins)


def wanted(requirements: list[str]) -> set[str]:
    return {re.split(r"[^a-z0-9-]", requirement, maxsplit=1)[0] for requirement in requirements}


def test_every_dependency_is_locked() -> None:
    assert wanted(PROJECT["dependencies"]) <= {name for name, _ in locked("requirements.lock")}


def test_everything_that_the_tests_need_is_locked() -> None:
    tests = wanted(PROJECT["optional-dependencies"]["test"])
    assert tests <= {name for name, _ in locked("requirements-test.lock")}


def test_tests_run_with_the_versions_that_users_get() -> None:
    assert locked("requirements.lock") <= locked("requirements-test.lock")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash(lock: str) -> None:
    entries = re.split(r"^(?=[a-z0-9])", (ROOT / lock).read_text("utf-8"), flags=re.MULTILINE)[1:]
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", [*LOCKS, "static/package-lock.json"])
def test_a_lock_file_names_no_registry(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text("utf-8")


def test_the_lock_of_the_page_tests_names_no_registry() -> None:
    assert "resolved" not in (ROOT / "tests" / "web" / "package-lock.json").read_text("utf-8")


def test_htmx_is_pinned_exactly_and_has_its_integrity() -> None:
    asked = json.loads((ROOT / "static" / "package.json").read_text("utf-8"))["dependencies"]["htmx.org"]
    got = NPM_LOCK["packages"]["node_modules/htmx.org"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", asked)
    assert got["version"] == asked
    assert got["integrity"].startswith("sha512-")


def test_the_wheel_carries_templates_static_files_and_migrations(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    for folder in ("templates", "static", "migrations"):
        own = {f"app/{path.relative_to(ROOT)}" for path in tracked(folder)}
        assert own <= names


def test_the_wheel_carries_nothing_that_belongs_to_development(wheel: zipfile.ZipFile) -> None:
    tops = {name.partition("/")[0] for name in wheel.namelist()}
    assert tops == {"app", f"variorum-{PROJECT['version']}.dist-info"}
    assert [name for name in wheel.namelist() if "node_modules" in name or "package" in Path(name).name] == []


def test_an_installed_wheel_finds_its_own_files(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path / "installed")
    (tmp_path / "elsewhere").mkdir()
    found = subprocess.run(
        [sys.executable, "-c", "from app.settings import resource as r; print(r('templates'), r('migrations'))"],
        cwd=tmp_path / "elsewhere",
        env={"PYTHONPATH": str(tmp_path / "installed")},
        capture_output=True,
        text=True,
        check=True,
    )
    inside = tmp_path / "installed" / "app"
    assert found.stdout.split() == [str(inside / "templates"), str(inside / "migrations")]


def test_an_installed_wheel_has_its_models(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path)
    text = tmp_path / "bridge.txt"
    text.write_text("Mayor Ada Quist said on Monday that the bridge would stay closed until spring.\n", "utf-8")
    command = [sys.executable, "-c", "from app.cli import main; main()", "extract", str(text)]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert json.loads(found.stdout)["speaker"] == "Ada Quist", found.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    target = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [path] = target.glob("*.whl")
    return zipfile.ZipFile(path)


def tracked(folder: str) -> list[Path]:
    """Files of a folder that belong to the project: no caches, nothing that npm put there."""
    ours = [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return [path for path in ours if "node_modules" not in path.parts and "package" not in path.name]
