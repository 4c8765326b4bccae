"""What pages need of the stages: the functions that the application hands over, under one name with their types."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request

from app.records import Change, Column, Descended, Label, Reading

Collate = Callable[[str, str], tuple[Change, ...]]
Names = tuple[str, ...]
Clues = Callable[[str, str, Names, Names], tuple[str, ...]]
Labels = Callable[[str, str, Names, Names, str | None], tuple[Label, ...]]
Witnesses = Callable[[tuple[str, ...]], tuple[Column, ...]]
Gathered = Callable[[Sequence[Column]], tuple[Column, ...]]
Descent = Callable[[Sequence[Reading], int], tuple[Descended, ...]]
Nearness = Callable[[str, Sequence[str]], tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Tools:
    """The functions that compare wordings, as `app.main` hands them over."""

    collate: Collate
    clues: Clues
    labels: Labels
    label_order: Mapping[str, int]
    witnesses: Witnesses
    gathered: Gathered
    descent: Descent
    nearness: Nearness


def tools(request: Request) -> Tools:
    """The tools of the application that answers this request."""
    state = request.app.state
    return Tools(
        collate=state.collate,
        clues=state.clues,
        labels=state.labels,
        label_order=state.label_order,
        witnesses=state.witnesses,
        gathered=state.gathered,
        descent=state.descent,
        nearness=state.nearness,
    )
