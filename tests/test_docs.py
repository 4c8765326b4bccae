"""The documentation names what there is: every command, setting and sample document."""

import re
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from app.cli import app
from app.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def commands() -> list[str]:
    return sorted(get_command(app).commands)  # type: ignore[attr-defined]


def table_rows(page: str) -> dict[str, str]:
    """The rows of a page's tables that begin with a word in backticks, by that word."""
    text = (ROOT / page).read_text("utf-8")
    return {match[1]: match[0] for match in re.finditer(r"^\| `([^`\s]+)[^`]*` \|.*$", text, re.MULTILINE)}


@pytest.mark.parametrize("command", commands())
def test_the_readme_names_every_command(command: str) -> None:
    assert command in table_rows("README.md")


def test_the_readme_names_no_command_that_is_not_there() -> None:
    assert set(table_rows("README.md")) <= set(commands())


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented_with_its_default_and_meaning(name: str) -> None:
    field = Settings.model_fields[name]
    row = table_rows("docs/SETTINGS.md")[f"VARIORUM_{name.upper()}"]
    assert f"| `{field.default}` |" in row
    assert field.description
    assert field.description in row


def test_no_setting_is_documented_that_is_not_there() -> None:
    assert set(table_rows("docs/SETTINGS.md")) == {f"VARIORUM_{name.upper()}" for name in Settings.model_fields}


def test_every_sample_document_is_described() -> None:
    files = {str(path.relative_to(ROOT / "seeds")) for path in (ROOT / "seeds").rglob("*") if path.is_file()}
    assert set(table_rows("docs/SEEDS.md")) == files


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_changelog_has_an_entry_for_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_every_chore_of_the_makefile_that_the_readme_names_exists() -> None:
    chores = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)`", README)) <= chores
