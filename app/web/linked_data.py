"""JSON-LD in the head of a page (schema.org): what search engines read. Data blocks run nothing."""

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from app.store.read_views import Document, Outlet, QuoteLine, Speaker, When
from app.web.addresses import quote_address, web_link
from app.web.contexts import Place
from app.web.filters import bounded, headline, machine

_MOST = 20  # documents named in one block
# So that no text can end the block or begin a comment or another tag in it.
_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def data_block(value: dict[str, Any]) -> Markup:
    """A script element that holds data."""
    text = json.dumps(_known(value), ensure_ascii=False).translate(_ESCAPED)
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704 - _ESCAPED


def quotation(site: str, line: QuoteLine, places: Sequence[Place]) -> dict[str, Any]:
    """schema.org/Quotation: the likely original, the speaker where one is named and undisputed, where it stands."""
    address = site + quote_address(line.id, line.text)
    documents = {place.occurrence.document.id: place.occurrence.document for place in places[: _MOST * 3]}
    return {
        "@context": "https://schema.org",
        "@type": "Quotation",
        "@id": address,
        "url": address,
        "text": bounded(headline(line.text)),
        "spokenByCharacter": _speaker(site, line.speaker) if line.speaker_count == 1 else None,
        "image": f"{site}/quotes/{line.id}/card.png",
        "subjectOf": [
            _article(site, document.id, document.title, document.url, document.published, document.outlet)
            for document in list(documents.values())[:_MOST]
        ],
    }


def article(site: str, document: Document) -> dict[str, Any]:
    """schema.org/NewsArticle: a document with its outlet, authors and date."""
    line = document.line
    described = _article(site, line.id, line.title, line.url, line.published, line.outlet)
    return {
        "@context": "https://schema.org",
        **described,
        "author": [{"@type": "Person", "name": name} for name in document.authors[:_MOST]],
        "inLanguage": document.language,
        "version": line.version,
    }


def _article(
    site: str, public_id: str, title: str, url: str | None, published: When | None, outlet: Outlet | None
) -> dict[str, Any]:
    return {
        "@type": "NewsArticle",
        "@id": f"{site}/documents/{public_id}",
        "headline": bounded(title),
        "url": web_link(url) or f"{site}/documents/{public_id}",
        "datePublished": machine(published) if published else None,
        "publisher": {"@type": "NewsMediaOrganization", "name": bounded(outlet.name)} if outlet else None,
    }


def _speaker(site: str, speaker: Speaker | None) -> dict[str, Any] | None:
    if speaker is None or speaker.kind == "unnamed":
        return None
    kind = "Person" if speaker.kind == "person" else "Organization"
    return {"@type": kind, "name": speaker.name, "url": f"{site}/speakers/{speaker.id}"}


def _known(value: Any) -> Any:
    """Without what is not known: schema.org has no null."""
    if isinstance(value, dict):
        return {key: _known(inner) for key, inner in value.items() if inner not in (None, [], "")}
    return [_known(inner) for inner in value] if isinstance(value, list) else value
