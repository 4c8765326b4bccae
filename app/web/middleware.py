"""What stands around every view, from the outside in."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from fastapi import FastAPI
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from app.settings import Settings, resource
from app.store.data_version import VersionReader
from app.web.errors import answer
from app.web.gzipped import Gzipped
from app.web.head import HeadAsGet
from app.web.headers import SecurityHeaders, security_headers, static_files
from app.web.keeping import Keeper, Revalidated
from app.web.limits import Limits, limiters
from app.web.metrics import Metrics
from app.web.observing import Observed


def surround(app: FastAPI, chosen: Settings, versions: VersionReader) -> None:
    """Put all middleware around an application. What is added last stands outermost."""
    metrics = app.state.metrics = Metrics()
    app.state.security = security_headers(chosen.public_url, chosen.hsts_seconds)
    app.state.limiters = limiters(chosen)
    app.add_middleware(Gzipped)
    keeper = Keeper(chosen.page_cache_bytes)
    app.add_middleware(Revalidated, reader=versions, keeper=keeper, metrics=metrics, build=_build(chosen))
    app.add_middleware(HeadAsGet)
    app.add_middleware(Limits, chosen=chosen, limiters=app.state.limiters, answer=answer)
    app.add_middleware(SecurityHeaders, added=app.state.security)
    app.add_middleware(Observed, metrics=metrics)
    if chosen.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=chosen.trusted_proxies)


def _build(chosen: Settings) -> bytes:
    """What else pages are made of: code, templates, static files and settings."""
    return blake2b(files_digest() + chosen.model_dump_json(exclude={"database_url"}).encode(), digest_size=16).digest()


@cache
def files_digest() -> bytes:
    """Of all that pages are made of here, as it was when this process began: that is what it makes them of.

    Of a model its manifest is read, which holds the hashes of its files.
    """
    digest = blake2b()
    own = Path(__file__).parents[1]
    made_of = [*own.rglob("*.py"), *own.glob("models/*/manifest.json"), *resource("templates").glob("*.*")]
    for path in sorted([*made_of, *static_files(resource("static"))]):
        digest.update(path.read_bytes())
    return digest.digest()
