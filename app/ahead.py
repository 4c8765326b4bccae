"""Inputs read and analysed ahead of the one that stores them: in order, and no more of them than memory may hold."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from app import documents
from app.records import Document, Rejected
from app.store.documents import Analysed
from app.store.ledger import Progress

MOST_DOCUMENTS = 16  # ahead of the store, for each worker: one that takes long must not stop the others at once
MOST_CHARACTERS = 32_000_000  # of their texts together, however many workers
_FEW = 20  # inputs that are analysed sooner than a process starts
_SMALL = 200_000  # bytes of all of these

Thing = TypeVar("Thing")
Submit = Callable[[Document], "Future[Analysed]"]


@dataclass(frozen=True, slots=True)
class Step:
    """The next thing found in an input, or None where it holds nothing more; `last` where the input ends with it."""

    given: documents.Input
    place: str
    found: Document | Rejected | None
    last: bool
    progress: Progress | None  # None: an address or standard input, which can't be gone on with
    before: int = 0  # of what was found in this input, what an interrupted run did already
    sha256: str = ""
    coming: "Future[Analysed] | None" = None  # None: nothing has to be found out, or somebody does already

    @property
    def size(self) -> int:
        """Characters that it holds in memory."""
        return len(self.found.text) if isinstance(self.found, Document) else 0

    @property
    def is_ready(self) -> bool:
        """Whether it can be stored without waiting."""
        return self.coming is None or self.coming.done()


class Reading:
    """Reads inputs; what is not `known` (by its sha256) is submitted to be analysed. `before`: what is done already."""

    def __init__(self, limits: documents.Limits, submit: Submit, known: Callable[[str], bool]) -> None:
        self._limits = limits
        self._submit = submit
        self._known = known
        self._flying: set[str] = set()  # texts that are ahead of the store

    def ahead(self, inputs: Iterable[documents.Input], before: dict[str, Progress], workers: int) -> Iterator[Step]:
        """The steps through all inputs, in order, the next ones being worked on meanwhile."""
        waiting: deque[Step] = deque()
        held = 0
        for step in self._steps(inputs, before):
            waiting.append(step)
            held += step.size
            while waiting and (
                waiting[0].is_ready or len(waiting) > MOST_DOCUMENTS * workers or held > MOST_CHARACTERS
            ):
                held -= waiting[0].size
                yield self._taken(waiting.popleft())
        while waiting:
            yield self._taken(waiting.popleft())

    def _taken(self, step: Step) -> Step:
        if step.coming is not None:
            self._flying.discard(step.sha256)
        return step

    def _steps(self, inputs: Iterable[documents.Input], before: dict[str, Progress]) -> Iterator[Step]:
        for given in inputs:
            place, digest = _place(given), documents.digest(given)
            done = before.pop(place, None)
            if done is None or done.digest != digest:
                done = Progress(digest or "", 0, False)
            if done.finished:
                yield Step(given, place, None, True, None, done.found)
            else:
                yield from self._rest(given, place, done)

    def _rest(self, given: documents.Input, place: str, done: Progress) -> Iterator[Step]:
        """What is found in an input after that which is done."""
        number, before = done.found, done.found
        for found, last in _with_last(islice(documents.read(given, self._limits), done.found, None)):
            number += 1
            progress = Progress(done.digest, number, last) if done.digest else None
            yield self._step(Step(given, place, found, last, progress, before))
            before = 0
        if number == done.found:
            yield Step(given, place, None, True, Progress(done.digest, number, True) if done.digest else None, before)

    def _step(self, step: Step) -> Step:
        if not isinstance(step.found, Document):
            return step
        sha256, coming = step.found.sha256, None
        if sha256 not in self._flying and not self._known(sha256):
            self._flying.add(sha256)
            coming = self._submit(step.found)
        return replace(step, sha256=sha256, coming=coming)


def workers_for(inputs: Sequence[documents.Input]) -> int:
    """How many processes are worth their start: one for each processor, none for a few small files."""
    files = all(one.path is not None for one in inputs)  # how much comes from elsewhere isn't known
    if files and len(inputs) <= _FEW and sum(one.size or 0 for one in inputs) <= _SMALL:
        return 0
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _with_last(found: Iterable[Thing]) -> Iterator[tuple[Thing, bool]]:
    """Each with whether it is the last."""
    rest = iter(found)
    for one in rest:
        for following in rest:
            yield one, False
            one = following
        yield one, True


def _place(given: documents.Input) -> str:
    """Where an input stands, so that it can be stored: bytes of a path that are not UTF-8 are spelled out."""
    return str(given.path or given.name).encode("utf-8", "backslashreplace").decode()
