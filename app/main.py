"""The web application: the only module that knows both the pages and what they are composed of."""

import gc
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cache, lru_cache
from typing import Any

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from jinja2 import Environment

from app.clustering import (
    LABEL_ORDER,
    clues,
    collate,
    descent,
    gathered,
    is_topical,
    labels,
    load_model,
    nearness,
    witnesses,
)
from app.records import Beside
from app.settings import resource, settings
from app.store.data_version import VersionReader
from app.store.engine import connect
from app.store.migrate import opened
from app.store.reading import reading_engine
from app.web import (
    alerts,
    api,
    check,
    comparing,
    documents,
    downloads,
    embeds,
    feeds,
    home,
    outlet,
    panels,
    people,
    probes,
    quote_files,
    quote_parts,
    quotes,
    reports,
    search,
    search_feed,
    sitemap,
    speaker,
    stories,
    suggestions,
)
from app.web.errors import HANDLERS
from app.web.headers import VersionedFiles, static_addresses
from app.web.limiter import Limiter
from app.web.middleware import files_digest, surround
from app.web.pages import in_turn
from app.web.templating import environment

_BRIEF = 2.0  # seconds that a report waits for a write that is under way: a thread that waits answers nobody
_FRESH = 20_000  # objects made before garbage is looked for: those of a few pages


def create_app(database_url: str | None = None) -> FastAPI:
    """The site over `database_url` (default: the configured database), migrated at start.

    Raises DatabaseError where the address is not understood; at start where the database can't be used.
    """
    chosen = settings()
    writer = connect(database_url, _BRIEF, hide_parameters=True)  # errors are logged, and readers' words are not
    engine = reading_engine(database_url, chosen.request_seconds)
    versions = VersionReader(engine)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with opened(database_url, new=True):
            pass
        current_default_thread_limiter().total_tokens = chosen.threads
        gc.freeze()  # what is loaded by now stays: looking through it for garbage again and again holds up requests
        gc.set_threshold(_FRESH, 10, 10)
        yield
        versions.close()
        engine.dispose()
        writer.dispose()

    app = FastAPI(
        title="Variorum",
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.engine = engine  # reads only
    app.state.writer = writer  # for reports
    app.state.in_turn = in_turn(engine.dialect.name, chosen.threads)
    app.state.beside = _beside
    # Wordings never change, and readers come back to the same ones: their arguments must be strings and tuples.
    app.state.collate = lru_cache(maxsize=20_000)(collate)
    app.state.clues = lru_cache(maxsize=20_000)(clues)
    app.state.labels = lru_cache(maxsize=20_000)(labels)
    app.state.label_order = LABEL_ORDER
    app.state.witnesses = lru_cache(maxsize=100)(witnesses)
    app.state.gathered = gathered
    app.state.descent = descent
    app.state.nearness = nearness
    app.state.is_topical = lru_cache(maxsize=100_000)(is_topical)
    app.state.templates = _templates()
    app.state.check = _check
    app.state.check_models = _check_models
    app.state.limiter = Limiter(chosen.reports_per_hour, reports.ALTOGETHER)
    app.mount("/static", VersionedFiles(resource("static"), _static()), name="static")
    for router in (
        feeds.router,
        quote_files.router,
        quote_parts.router,
        quotes.router,  # early, for every route before it is tried for every quote
        home.router,
        probes.router,
        api.router,
        downloads.router,
        sitemap.router,
        embeds.router,
        documents.router,
        people.router,
        search.router,
        search_feed.router,
        suggestions.router,
        stories.router,
        comparing.router,
        panels.router,
        check.router,
        reports.router,
        alerts.router,
        speaker.router,
        outlet.router,
    ):
        app.router.routes.extend(router.routes)  # FastAPI's include_router has every request look for its route twice
    for error, handler in HANDLERS.items():
        app.add_exception_handler(error, handler)
    surround(app, chosen, versions)
    return app


def prepare() -> None:
    """Make what every application of this process shares, and every process that is forked from it."""
    _templates()
    files_digest()


@cache
def _templates() -> Environment:
    """The template environment, with all templates compiled: the first reader of a page need not wait for that."""
    made = environment(resource("templates"), _static())
    for name in made.list_templates():
        made.get_template(name)
    return made


@cache
def _static() -> Mapping[str, str]:
    return static_addresses(resource("static"))


def _beside(one: str, other: str, quoted: Sequence[tuple[int, int]]) -> Beside:
    """`app.beside.beside`: what reads documents takes long to load, and other pages do without it."""
    from app.beside import beside

    return beside(one, other, quoted)


@cache
def _check_models() -> None:
    """Raise ModelError where a file of a model is missing or damaged; looked at until all were whole once."""
    from app.inference.manifest import read_manifest
    from app.inference.tagger import FOLDER

    load_model()
    read_manifest(FOLDER)


def _check(*given: Any) -> Any:
    """`app.check.check`: what finds quotations takes long to load, and pages do without it."""
    from app.check import check

    return check(*given)
