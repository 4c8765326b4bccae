"""What somebody who types into a browser's search field may mean (OpenSearch suggestions 1.1)."""

from fastapi import Request
from starlette.responses import JSONResponse

from app.store.read_found import find_quotes, find_speakers
from app.store.search_terms import parse
from app.web.addresses import quote_address
from app.web.filters import headline, plural
from app.web.forms import Words
from app.web.pages import Reading, reads
from app.web.routing import new_router
from app.web.site import base

router = new_router()
_SPEAKERS = 3
_QUOTES = 6
_LONGEST = 80  # characters


class Suggestions(JSONResponse):
    """An answer of the type that browsers ask for."""

    media_type = "application/x-suggestions+json"


@router.get("/suggest", response_class=Suggestions)
@reads
def suggest(request: Request, store: Reading, q: Words = "") -> Suggestions:
    """What was typed; names and quotes that have it; what each is; and its address."""
    sought = parse(q)
    speakers = find_speakers(store, sought, None, _SPEAKERS).speakers
    quotes = find_quotes(store, sought, None, _QUOTES).quotes
    site = base(request)
    found = [
        *((one.speaker.name, plural(one.quote_count, "quote"), f"/speakers/{one.speaker.id}") for one in speakers),
        *((_begin(one.text), plural(one.variant_count, "variant"), quote_address(one.id, one.text)) for one in quotes),
    ]
    answer = [q, [name for name, *_ in found], [what for _, what, _ in found], [site + at for *_, at in found]]
    return Suggestions(answer, 200, {"Cache-Control": "no-cache"})


def _begin(text: str) -> str:
    """The first words of a quote, which find it when they are searched for."""
    said = headline(text)
    return said if len(said) <= _LONGEST else said[:_LONGEST].rpartition(" ")[0]
