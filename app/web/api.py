"""The page that documents the addresses for programs, read from the site's own OpenAPI description."""

from typing import Any

from fastapi import Request

from app.web.api_contexts import ApiPage, Area, Operation, Parameter
from app.web.pages import page
from app.web.routing import new_router

router = new_router()


@page(router, "/api", ApiPage)
def api(request: Request) -> ApiPage:
    """The addresses for programs, with their parameters."""
    schema = request.app.openapi()
    areas: dict[str, list[Operation]] = {}
    for path, operations in schema["paths"].items():
        found = [_operation(path, method, operation) for method, operation in operations.items()]
        areas.setdefault(_heading(path), []).extend(found)
    return ApiPage(
        title="For programs",
        address="/api",
        schema=request.app.openapi_url,
        areas=tuple(Area(heading, tuple(found)) for heading, found in sorted(areas.items())),
    )


def _heading(path: str) -> str:
    """The first part of an address, without extension."""
    return path.strip("/").partition("/")[0].partition(".")[0]


def _operation(path: str, method: str, operation: dict[str, Any]) -> Operation:
    parameters = tuple(map(_parameter, operation.get("parameters", ())))
    meaning = operation.get("description", operation["summary"])
    return Operation(
        method.upper(), path, meaning.partition(" Raises ")[0], parameters
    )  # errors are in every answer's status


def _parameter(parameter: dict[str, Any]) -> Parameter:
    schema = parameter["schema"]
    needed = ", needed" if parameter["required"] else ""
    default = schema.get("default")
    return Parameter(
        parameter=parameter["name"],
        kind=f"{_type(schema)}{needed}",
        meaning=parameter.get("description", ""),
        default="" if default is None else str(default),
    )


def _type(schema: dict[str, Any]) -> str:
    """What a value is, in words."""
    if "enum" in schema:
        return " or ".join(map(str, schema["enum"]))
    choices = [choice for choice in schema.get("anyOf", [schema]) if choice.get("type") != "null"]
    first = choices[0] if choices else schema
    words = {"integer": "whole number", "string": "day" if first.get("format") == "date" else "text"}
    return words.get(first.get("type", "string"), "text")
