"""Fields of filter forms as parameters of views."""

from datetime import date
from typing import Annotated, Literal

from fastapi import Query, Request
from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.web.refused import DAY
from app.web.wanted import by_htmx


def _day(value: object) -> object:
    """A form sends the fields that were left empty too; what is no day must not be read as seconds since 1970."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) and value else value or None
    except ValueError as error:
        raise PydanticCustomError(DAY, "no day") from error


_DAY_OR_EMPTY = {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "maxLength": 0}]}
Day = Annotated[date | None, BeforeValidator(_day), WithJsonSchema(_DAY_OR_EMPTY)]
Since = Annotated[Day, Query(alias="from", description="Earliest day, YYYY-MM-DD.")]
Until = Annotated[Day, Query(alias="to", description="Latest day, YYYY-MM-DD.")]
_WORDS = "Words to find, in up to 300 characters; a phrase in quotation marks stays whole."
Words = Annotated[str, Query(max_length=300, description=_WORDS)]
Id = Annotated[str, Query(max_length=16)]
After = Annotated[str | None, Query(max_length=200, description="Where to go on: from `next` of the page before.")]

AsOf = Annotated[Day, Query(alias="as-of", description="Day of the data that a citation speaks of, YYYY-MM-DD.")]
Whole = Annotated[Literal["", "all"], Query(alias="show", description="With “all”, more variants and places.")]


def has_blanks(request: Request) -> bool:
    """Whether the address holds empty fields, which a shareable one leaves out."""
    return "" in request.query_params.values() and not by_htmx(request.headers)
