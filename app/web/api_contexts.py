"""What the page on the JSON addresses says."""

from dataclasses import dataclass
from typing import ClassVar

from app.web.contexts import Page


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an address; `kind` says where it goes and what it is, `default` what holds without it."""

    parameter: str
    kind: str
    meaning: str
    default: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One address for programs, and the HTTP method that it takes."""

    method: str
    path: str
    meaning: str
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """The addresses of one kind of thing."""

    heading: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiPage(Page):
    """Every address that answers programs; `schema` is the same for programs."""

    template: ClassVar[str] = "api.html"
    schema: str
    areas: tuple[Area, ...]
