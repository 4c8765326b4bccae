"""The web application: the only module that knows both the pages and what they are composed of."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from app.clustering import clues, collate
from app.settings import resource
from app.store.engine import connect
from app.store.migrate import migrate
from app.web import api, documents, downloads, embeds, feeds, home, people, quote_files, quotes, sitemap
from app.web.errors import HANDLERS
from app.web.headers import SecurityHeaders, VersionedFiles, static_addresses
from app.web.templating import environment


def create_app(database_url: str | None = None) -> FastAPI:
    """The site over `database_url` (default: the configured database), migrated at start.

    Raises DatabaseError where the address is not understood; at start where the database can't be used.
    """
    engine = connect(database_url)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        migrate(engine)
        yield
        engine.dispose()

    app = FastAPI(
        title="Variorum",
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    static = resource("static")
    app.state.engine = engine
    app.state.collate = collate
    app.state.clues = clues
    app.state.templates = environment(resource("templates"), static_addresses(static))
    app.mount("/static", VersionedFiles(directory=static), name="static")
    for router in (
        home.router,
        api.router,
        downloads.router,
        sitemap.router,
        embeds.router,
        feeds.router,
        quote_files.router,
        quotes.router,
        documents.router,
        people.router,
    ):
        app.include_router(router)
    for error, handler in HANDLERS.items():
        app.add_exception_handler(error, handler)
    app.add_middleware(SecurityHeaders)
    return app
