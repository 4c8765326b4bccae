"""What readers are told of a part of an address or a form that can't be taken: in plain words, what is wanted. Pure."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from app.errors import UsageError

DAY = "day"  # the kind of error of what is no day

_Context = Mapping[str, Any]
_WANTED: Mapping[str, Callable[[_Context], str]] = {
    DAY: lambda _: "must be a day such as 2024-05-14",
    "literal_error": lambda about: f"must be {_choices(about['expected'])}",
    "int_parsing": lambda _: "must be a whole number",
    "int_parsing_size": lambda _: "must be a smaller number",
    "greater_than_equal": lambda about: f"must be a number of at least {about['ge']}",
    "less_than_equal": lambda about: f"must be a number of at most {about['le']}",
    "string_pattern_mismatch": lambda _: "must be an id: letters and figures alone",
}


def refusal(error: Mapping[str, Any]) -> UsageError:
    """What to say of an error as pydantic tells of it."""
    name, kind, about = error["loc"][-1], error["type"], error.get("ctx", {})
    if kind == "missing":
        return UsageError(f"“{name}” is missing.", "Add it, or follow a link that has it.")
    if kind == "string_too_long":
        return UsageError(f"“{name}” is too long: it has more than {about['max_length']} characters.", "Shorten it.")
    wanted = _WANTED[kind](about) if kind in _WANTED else "is not understood"
    return UsageError(f"“{name}” {wanted}.", "Change it, or leave it out.")


def _choices(expected: str) -> str:
    """Values as pydantic writes them ("'', 'a' or 'b'"), as a reader does."""
    return re.sub("'([^']*)'", lambda found: f"“{found[1]}”" if found[1] else "empty", expected)
