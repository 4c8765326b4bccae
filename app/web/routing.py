"""Where views are registered; and what log and metrics call a request by: the pattern of its address, and the ids in
it, never its words."""

from typing import Any

from fastapi import APIRouter
from starlette.routing import Match
from starlette.types import Scope

_OTHER = "other"
_STATIC = "/static/"
_IDS = ("public_id", "a", "b")
_LONGEST = 16
_ERRORS: dict[int | str, dict[str, Any]] = {
    "default": {
        "description": "Why there is no such answer, and what to do.",
        "content": {"text/html": {}, "application/json": {}},
    }
}


def new_router() -> APIRouter:
    """A router for a module's views, which all document what an error is answered by."""
    return APIRouter(responses=_ERRORS)


def route_of(scope: Scope) -> tuple[str, dict[str, str]]:
    """Pattern of the address that was asked for ("other" where there is none), and its parameters.

    An answer that was kept ready was never routed: it is then.
    """
    route = scope.get("route")
    if route is not None:
        return route.path, scope.get("path_params", {})
    if scope["path"].startswith(_STATIC):
        return f"{_STATIC}…", {}
    for candidate in scope["app"].routes:
        match, child = candidate.matches(scope)
        if match is not Match.NONE:
            return candidate.path, child.get("path_params", {})
    return _OTHER, {}


def ids(parameters: dict[str, str]) -> dict[str, str]:
    """Those parameters that are ids of ours; all others may hold words."""
    found = {name: str(value) for name, value in parameters.items() if name in _IDS}
    return {name: value for name, value in found.items() if value.isalnum() and len(value) <= _LONGEST}
