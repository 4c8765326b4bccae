"""The hostile collection, written to a folder and taken in once by the command; and a site over what came of it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, sync_playwright

from app.main import create_app
from tests.command import Done, variorum
from tests.hostile.collection import Hostile, collection
from tests.web.conftest import client, database, seeded_client, seeded_database  # noqa: F401
from tests.web.serving import CHROMIUM, FLAGS, served


@dataclass(frozen=True)
class TakenIn:
    """What the command said, and the database that it wrote."""

    done: Done
    database: Path


@pytest.fixture(scope="session")
def hostile() -> list[Hostile]:
    return collection()


@pytest.fixture(scope="session")
def folder(hostile: list[Hostile], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of the collection as files."""
    folder = tmp_path_factory.mktemp("hostile")
    for one in hostile:
        path = os.fsencode(folder) + b"/" + one.name.encode("utf-8", "surrogateescape")
        with open(path, "wb") as file:
            file.write(one.data)
    return folder


@pytest.fixture(scope="session")
def taken_in(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> TakenIn:
    path = tmp_path_factory.mktemp("taken-in") / "hostile.db"
    return TakenIn(variorum("ingest", str(folder), "--database", str(path)), path)


@pytest.fixture(scope="session")
def hostile_client(taken_in: TakenIn) -> Iterator[TestClient]:
    with TestClient(create_app(f"sqlite:///{taken_in.database}"), follow_redirects=False) as opened:
        yield opened


@pytest.fixture(scope="session")
def hostile_site(taken_in: TakenIn) -> Iterator[str]:
    with served(f"sqlite:///{taken_in.database}") as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()
