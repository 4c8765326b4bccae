"""The page that checks a quote: is it here, in these words, by this speaker?"""

import json
from collections.abc import Callable
from typing import Annotated

from fastapi import Query, Request
from sqlalchemy import Connection

from app.errors import UsageError
from app.store.read_check import Answer, read_coverage
from app.store.search_terms import Sought, plain
from app.web.addresses import with_query
from app.web.check_contexts import Checked, CheckPage
from app.web.contexts import Page
from app.web.differences import differences, sensed
from app.web.filters import number, shorten
from app.web.forms import has_blanks
from app.web.pages import Moved, Reading, page
from app.web.routing import new_router
from app.web.search import search_address
from app.web.site import base
from app.web.tools import Collate

Check = Callable[[Connection, str, str], tuple[tuple[Answer, ...], int]]

router = new_router()
_LONGEST = 2000  # characters; as an address that is what browsers and mail programs still pass on whole
_LONGEST_NAME = 200
_PHRASE = 280  # characters


@page(router, "/check", CheckPage)
def check(
    request: Request,
    store: Reading,
    q: Annotated[str, Query(description="A sentence, or a passage with quotations.")] = "",
    speaker: Annotated[str, Query(description="Who is said to have said it.")] = "",
) -> Page | Moved:
    """Words as exact, shortened, altered, said by somebody else or not in this corpus. Raises UsageError."""
    asked, name = q.strip(), " ".join(speaker.split())
    _hold(asked, _LONGEST, "text", "Check it in pieces.")
    _hold(name, _LONGEST_NAME, "name of the speaker", "Give the name alone.")
    address = with_query("/check", {"q": asked, "speaker": name})
    if has_blanks(request):
        return Moved(address, 303)
    look: Check = request.app.state.check
    answers, left = look(store, asked, name) if asked else ((), 0)
    link = f"{base(request)}/check?q="
    return CheckPage(
        title=f"Check “{shorten(asked, 60)}”" if asked else "Check a quote",
        address=address,
        asked=asked,
        speaker=name,
        longest=_LONGEST,
        checked=tuple(_checked(answer, request.app.state.collate) for answer in answers),
        left=left,
        coverage=read_coverage(store),
        link=link,
        bookmarklet=_bookmarklet(link),
    )


def _hold(given: str, most: int, what: str, hint: str) -> None:
    if len(given) > most:
        raise UsageError(
            f"The {what} has {number(len(given))} characters; at most {number(most)} can be checked.", hint
        )


def _checked(answer: Answer, collate: Collate) -> Checked:
    if answer.found is None:
        return Checked(answer, (), "", _search(answer.asked) if any(map(str.isalnum, answer.asked)) else None)
    changes, summary = differences(answer.found.text, answer.asked, collate)
    return Checked(answer, sensed(changes, answer.labels), summary, None)


def _search(asked: str) -> str:
    """Address of a search of documents for the words in one piece, as many of them as a search takes."""
    words = plain(asked)
    whole = words if len(words) <= _PHRASE else words[: _PHRASE + 1].rpartition(" ")[0]
    return search_address(Sought(f'"{whole or words[:_PHRASE]}"'), "documents")


def _bookmarklet(link: str) -> str:
    """A bookmark that checks what is selected. It runs on the reader's word on other pages, never on ours."""
    asked = f"encodeURIComponent(String(getSelection()).slice(0,{_LONGEST}))"
    return f"javascript:void(location.href={json.dumps(link)}+{asked})"
