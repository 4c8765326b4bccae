"""Sites over the invented corpus and over the sample documents, and a browser to read them in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from app.main import create_app
from app.recluster import cluster_new
from tests.conftest import take_in
from tests.databases import NewDatabase, opened
from tests.web.corpus import write
from tests.web.serving import CHROMIUM, FLAGS, served

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="session")
def database(new_database: NewDatabase) -> str:
    """Address of the invented corpus."""
    address = new_database()
    with opened(address) as engine:
        write(engine)
    return address


@pytest.fixture(scope="session")
def client(database: str) -> Iterator[TestClient]:
    with TestClient(create_app(database), follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def seeded_database(new_database: NewDatabase) -> str:
    """Address of the sample documents, ingested."""
    address = new_database()
    with opened(address) as engine:
        take_in(engine, SEEDS)
        cluster_new(engine)
    return address


@pytest.fixture(scope="session")
def seeded_client(seeded_database: str) -> Iterator[TestClient]:
    with TestClient(create_app(seeded_database), follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def site(database: str) -> Iterator[str]:
    """Address of the site over the invented corpus."""
    with served(database) as address:
        yield address


@pytest.fixture(scope="session")
def seeded_site(seeded_database: str) -> Iterator[str]:
    """Address of the site over the sample documents."""
    with served(seeded_database) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, site: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def plain(browser: Browser, site: str) -> Iterator[Page]:
    """A browser with JavaScript off."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    yield context.new_page()
    context.close()
