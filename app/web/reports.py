"""“Something is wrong”: readers report, without an account, and nothing is kept about them."""

from datetime import UTC, datetime
from typing import Annotated, get_args

from fastapi import Query, Request
from starlette.responses import RedirectResponse, Response

from app.errors import DatabaseError, NotFound, TooMany, Unavailable, UsageError
from app.store.read_occurrences import read_passage
from app.store.read_quotes import read_quote
from app.store.reports import LONGEST, REASONS, Reason, TargetKind, add_report
from app.web.addresses import place_address, quote_address, report_address, with_query
from app.web.filters import number, plural
from app.web.limiter import Limiter
from app.web.pages import Reading, page
from app.web.report_contexts import ReportPage, ThanksPage
from app.web.routing import new_router
from app.web.writing import Fields, FromHere, Writing

router = new_router()
ALTOGETHER = 500  # reports an hour
_ID_LENGTH = 16
_TITLE = "Something is wrong?"

Target = Annotated[str, Query(max_length=_ID_LENGTH, pattern="^[0-9A-Za-z]*$")]


_FORM = {
    "type": "object",
    "properties": {
        "kind": {"type": "string", "enum": list(get_args(TargetKind))},
        "id": {"type": "string", "pattern": f"^[a-z0-9]{{1,{_ID_LENGTH}}}$"},
        "reason": {"type": "string", "enum": list(get_args(Reason))},
        "text": {"type": "string", "maxLength": LONGEST},
    },
    "required": ["kind", "id", "reason"],
}
_BODY = {"requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": _FORM}}, "required": True}}


@router.post("/reports", dependencies=[FromHere], status_code=303, response_class=RedirectResponse, openapi_extra=_BODY)
def report(request: Request, store: Writing, fields: Fields) -> Response:
    """File a report of a quote or quotation: fields `kind`, `id`, `reason` and `text`. Leads to a page of thanks."""
    kind, reason = _kind(fields.get("kind")), _reason(fields.get("reason"))
    target, text = fields.get("id", ""), fields.get("text", "").replace("\r\n", "\n")
    if not target or len(target) > _ID_LENGTH:
        raise UsageError("The report does not say what it is about.", "Send it from the page of a quote or document.")
    if len(text) > LONGEST:
        raise UsageError(f"The text has {number(len(text))} characters.", f"At most {LONGEST} are kept: shorten it.")
    _hold_back(request)
    try:
        with store() as session:
            add_report(session, kind, target, reason, text, datetime.now(UTC).replace(tzinfo=None))
    except DatabaseError as error:  # whose own words name a file of the server
        raise Unavailable(
            "The database is busy or can’t be written to just now; your report was not kept.",
            "Go back and send it again in a few minutes.",
        ) from error
    return RedirectResponse(with_query("/reports/thanks", {"kind": kind, "id": target}), 303)


@page(router, "/reports/new", ReportPage)
def new(request: Request, store: Reading, kind: TargetKind, id: Target) -> ReportPage:
    """The form that reports a quote or quotation. Raises NotFound where it is not here any more."""
    filled = _of_quotation(store, id) if kind == "quotation" else _of_quote(store, id)
    if filled is None:
        raise NotFound(f"There is no {kind} with this id here any more.", "Open its page again, and report from there.")
    return filled


def _of_quotation(store: Reading, id: str) -> ReportPage | None:
    found = read_passage(store, id)
    if found is None:
        return None
    return ReportPage(
        title=_TITLE,
        address=report_address("quotation", id),
        kind="quotation",
        id=id,
        words=found.text,
        speaker=found.speaker,
        document=found.document,
        back=place_address(found.document.id, id),
    )


def _of_quote(store: Reading, id: str) -> ReportPage | None:
    found = read_quote(store, id)
    if found is None:
        return None
    return ReportPage(
        title=_TITLE,
        address=report_address("quote", id),
        kind="quote",
        id=id,
        words=found[0].text,
        speaker=found[0].speaker,
        document=None,
        back=quote_address(id, found[0].text),
    )


@page(router, "/reports/thanks", ThanksPage)
def thanks(
    request: Request,
    kind: Annotated[TargetKind | None, Query()] = None,
    id: Target = "",
) -> ThanksPage:
    """What becomes of a report."""
    pages = {"quote": f"/quotes/{id}", "quotation": f"/q/{id}"}
    return ThanksPage(
        title="Thank you", address="/reports/thanks", back=pages[kind] if kind is not None and id else None
    )


def _kind(given: str | None) -> TargetKind:
    for kind in get_args(TargetKind):
        if given == kind:
            return kind  # type: ignore[no-any-return]
    raise UsageError("The report is about neither a quote nor a quotation.", "Send it from one of their pages.")


def _reason(given: str | None) -> Reason:
    for reason in get_args(Reason):
        if given == reason:
            return reason  # type: ignore[no-any-return]
    raise UsageError("The report gives no reason.", f"Choose one: {', '.join(REASONS.values())}.")


def _hold_back(request: Request) -> None:
    limiter: Limiter = request.app.state.limiter
    seconds = limiter.wait(request.client.host if request.client else "")
    if seconds:
        raise TooMany(
            "Too many reports came in for now; this one was not kept.",
            f"Send it again in {plural(-(-seconds // 60), 'minute')}.",
            seconds,
        )
