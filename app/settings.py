"""All settings, each from the environment as VARIORUM_<NAME>; docs/SETTINGS.md lists them."""

from functools import cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every knob of Variorum; descriptions are the documentation."""

    model_config = SettingsConfigDict(env_prefix="VARIORUM_", extra="ignore")

    database_url: str = Field(
        "sqlite:///var/variorum.db", description="Address of the store: sqlite:///… or postgresql+psycopg://…"
    )
    busy_seconds: float = Field(15.0, description="How long a write waits for that of another process, in seconds.")
    document_seconds: float = Field(
        60.0, gt=0, description="How long finding the quotations of one document may take, in seconds; then it fails."
    )
    max_document_bytes: int = Field(
        20_000_000, description="Largest single document read, in bytes; larger ones fail with a reason."
    )
    max_record_bytes: int = Field(
        5_000_000, description="Largest single record of a JSONL, CSV, feed or WARC input, in bytes."
    )
    fetch_seconds: float = Field(20.0, description="Time limit for fetching one URL, in seconds.")
    fetch_private: bool = Field(False, description="Whether URLs on this machine or a private network may be fetched.")
    public_url: str | None = Field(
        None, description="Where readers reach the site, such as https://quotes.example; else the host of each request."
    )
    page_size: int = Field(50, ge=1, le=500, description="Rows on one page of a list.")


@cache
def settings() -> Settings:
    """The settings of this process, read once from the environment."""
    return Settings()


def resource(name: str) -> Path:
    """Folder `templates`, `static` or `migrations`: in the installed package, else beside it (checkout)."""
    package = Path(__file__).parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name
