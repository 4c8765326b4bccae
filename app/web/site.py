"""Where readers reach the site: absolute addresses for what leaves it (citations, cards, feeds, embeds, bookmarks)."""

from fastapi import Request

from app.settings import settings


def base(request: Request) -> str:
    """Scheme and host of the site without a closing slash: the setting, else those of the request."""
    return (settings().public_url or str(request.base_url)).rstrip("/")
