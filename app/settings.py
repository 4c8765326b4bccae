"""All settings, each from the environment as VARIORUM_<NAME>; docs/SETTINGS.md lists them."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.errors import UsageError

_PREFIX = "VARIORUM_"


class Settings(BaseSettings):
    """Every knob of Variorum; descriptions are the documentation."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, extra="ignore")

    database_url: str = Field(
        "sqlite:///var/variorum.db", description="Address of the store: sqlite:///… or postgresql+psycopg://…"
    )
    busy_seconds: float = Field(
        15.0, ge=0, description="How long a write waits for that of another process, in seconds."
    )
    document_seconds: float = Field(
        60.0,
        gt=0,
        description="How long parsing a document, or finding its quotations, may take, in seconds; then it fails.",
    )
    max_document_bytes: int = Field(
        20_000_000, ge=1, description="Largest single document read, in bytes; larger ones fail with a reason."
    )
    max_record_bytes: int = Field(
        5_000_000, ge=1, description="Largest single record of a JSONL, CSV, feed or WARC input, in bytes."
    )
    fetch_seconds: float = Field(20.0, gt=0, description="Time limit for fetching one URL, in seconds.")
    fetch_private: bool = Field(False, description="Whether URLs on this machine or a private network may be fetched.")
    public_url: str | None = Field(
        None, description="Where readers reach the site, such as https://quotes.example; else the host of each request."
    )
    page_size: int = Field(50, ge=1, le=500, description="Rows on one page of a list.")
    threads: int = Field(8, ge=1, description="Requests that one worker works on at a time; further ones wait.")
    request_seconds: float = Field(
        10.0, gt=0, description="How long the database may work for one request, in seconds; then it answers 503."
    )
    shutdown_seconds: int = Field(
        30, ge=0, description="How long a stopping server waits for answers that it has begun, in seconds."
    )
    page_cache_bytes: int = Field(
        32_000_000, ge=0, description="Memory of one worker for finished pages, in bytes; 0 keeps none."
    )
    max_url_bytes: int = Field(
        20_000, ge=100, description="Longest address that is read, in bytes; longer ones get 414."
    )
    max_body_bytes: int = Field(
        64_000, ge=0, description="Largest body of a request that is read, in bytes; larger ones get 413."
    )
    searches_per_minute: int = Field(
        300,
        ge=0,
        description="Searches of one client a minute, in one worker, and twice as many suggestions; "
        "then 429. 0 sets no limit.",
    )
    checks_per_minute: int = Field(
        60, ge=0, description="Checks of one client a minute, in one worker; then 429. 0 sets no limit."
    )
    reports_per_hour: int = Field(
        20, ge=0, description="Reports of one client an hour, in one worker; then 429. 0 takes none."
    )
    trusted_proxies: str | None = Field(
        None,
        description="Addresses of proxies whose X-Forwarded-For and -Proto are believed, by commas. "
        "* is any, and takes the first address in X-Forwarded-For, which a client can write itself.",
    )
    hsts_seconds: int = Field(
        31_536_000,
        ge=0,
        description="How long browsers insist on TLS, where the public address is https; 0: not at all.",
    )
    metrics_open: bool = Field(
        False, description="Whether /metrics answers everybody; else only those on this machine."
    )
    log_format: Literal["json", "text"] = Field(
        "json", description="Form of the log: json (one object a line) or text."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="What is logged: debug adds probes, warning leaves out requests that went well."
    )


@cache
def settings() -> Settings:
    """The settings of this process, read once from the environment. Raises UsageError for one that makes no sense."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        variable = f"{_PREFIX}{first['loc'][0]}".upper()
        raise UsageError(
            f"{variable} can't be {first['input']!r}: {first['msg']}.", "Change it in the environment, or unset it."
        ) from error


def resource(name: str) -> Path:
    """Folder `templates`, `static` or `migrations`: in the installed package, else beside it (checkout)."""
    package = Path(__file__).parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name
