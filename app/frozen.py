"""How what is made by the hundred for each page or document is declared."""

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

_Class = TypeVar("_Class")


@dataclass_transform(frozen_default=True)
def record(kind: type[_Class]) -> type[_Class]:
    """A dataclass with slots, hashed by its fields, that nobody may change: the type checker refuses it.

    Python would refuse it too with `dataclass(frozen=True)`, and take more than twice the time to make each one, for
    that sets every field by a call. Types that are made a few at a time use it nevertheless.
    """
    return dataclass(slots=True, unsafe_hash=True)(kind)
