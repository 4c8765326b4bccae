"""Inputs read, parsed and analysed ahead of the one that stores them: in order, and no more than memory may hold."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from threading import Lock
from typing import TypeVar, cast

from app import documents
from app.records import Document, Rejected
from app.store.documents import Analysed
from app.store.ledger import Progress
from app.workers import TaskLost, Workers

MOST_DOCUMENTS = 16  # ahead of the store, for each worker: one that takes long must not stop the others at once
MOST_CHARACTERS = 32_000_000  # of their texts, and bytes of their pages, together, however many workers
_FEW = 20  # inputs that are analysed sooner than a process starts
_SMALL = 200_000  # bytes of all of these

Thing = TypeVar("Thing")
Task = Document | documents.Unparsed | documents.Uncut
Answer = Analysed | Document | Rejected | documents.Parts  # a page may give a document that nobody has to analyse

_STALLED = "Raise VARIORUM_DOCUMENT_SECONDS, or split it into its articles; all others went on."


@dataclass(frozen=True, slots=True)
class Step:
    """The next thing found in an input, or None where it holds nothing more; `last` where the input ends with it."""

    given: documents.Input
    place: str
    found: Document | documents.Unparsed | Rejected | None
    last: bool
    progress: Progress | None  # None: an address or standard input, which can't be gone on with
    before: int = 0  # of what was found in this input, what an interrupted run did already
    coming: "Future[Answer] | None" = None  # None: nothing has to be found out, or somebody does already
    claimed: Sequence[str] = ()  # sha256 of the text that is analysed for it, once that is known

    @property
    def size(self) -> int:
        """Characters and bytes that it holds in memory by now."""
        if isinstance(self.found, documents.Unparsed):
            return self.found.size + (_characters(self.coming) if self.coming else 0)
        return len(self.found.text) if isinstance(self.found, Document) else 0

    @property
    def is_ready(self) -> bool:
        """Whether it can be stored without waiting."""
        return self.coming is None or self.coming.done()


class Reading:
    """Reads inputs; `pool` parses pages and feeds, and analyses what is not `known` (by its sha256).

    `known` is asked from several threads, one at a time.
    """

    def __init__(self, limits: documents.Limits, pool: Workers[Task, Answer], known: Callable[[str], bool]) -> None:
        self._limits = limits
        self._pool = pool
        self._known = known
        self._flying: set[str] = set()  # texts that are analysed and not stored yet
        self._lock = Lock()

    def ahead(self, inputs: Iterable[documents.Input], before: dict[str, Progress], workers: int) -> Iterator[Step]:
        """The steps through all inputs, in order, the next ones being worked on meanwhile; `before`: what is done."""
        waiting: deque[Step] = deque()
        for step in self._steps(inputs, before):
            waiting.append(step)
            while waiting and (waiting[0].is_ready or len(waiting) > MOST_DOCUMENTS * workers or _are_large(waiting)):
                yield from self._taken(waiting.popleft())
        while waiting:
            yield from self._taken(waiting.popleft())

    def _taken(self, step: Step) -> Iterator[Step]:
        yield step
        with self._lock:  # by now it is stored
            self._flying.difference_update(step.claimed)

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
        """What is found in an input after that which is done.

        Where it ends sooner than that, as a feed does whose cutting is lost, what was not read is not done.
        """
        number, before = 0, done.found
        for found, last in _with_last(documents.read_unparsed(given, self._limits, self._cut)):
            number += 1
            if number > done.found:
                progress = Progress(done.digest, number, last) if done.digest else None
                yield self._step(Step(given, place, found, last, progress, before))
                before = 0
            elif last:
                yield Step(given, place, found if isinstance(found, Rejected) else None, True, None, before)
        if not number:
            yield Step(given, place, None, True, Progress(done.digest, 0, True) if done.digest else None, before)

    def _cut(self, uncut: documents.Uncut) -> documents.Parts:
        try:
            return cast(documents.Parts, self._pool.ask(uncut))
        except TaskLost as lost:
            return (refused(lost),)

    def _step(self, step: Step) -> Step:
        claimed: list[str] = []

        def unclaimed(answer: Answer) -> Document | None:
            return answer if isinstance(answer, Document) and self._claim(answer.sha256, claimed) else None

        if isinstance(step.found, documents.Unparsed):
            return replace(step, coming=self._pool.submit(step.found, unclaimed), claimed=claimed)
        if isinstance(step.found, Document) and unclaimed(step.found):
            return replace(step, coming=self._pool.submit(step.found), claimed=claimed)
        return step

    def _claim(self, sha256: str, claimed: list[str]) -> bool:
        """Whether a text is to be analysed for this one: it is not stored, and no other is ahead that has the same."""
        with self._lock:
            if sha256 in self._flying or self._known(sha256):
                return False
            self._flying.add(sha256)
            claimed.append(sha256)
            return True


def refused(lost: TaskLost) -> Rejected:
    """What goes on record for a task that gave no answer."""
    task = cast(Task, lost.task)
    what = "Its quotations could not be found." if isinstance(task, Document) else "It could not be read."
    return Rejected(task.name, "failed", f"{what} {lost.reason}", _STALLED if lost.stalled else documents.PLEASE_REPORT)


def _are_large(waiting: Iterable[Step]) -> bool:
    return sum(step.size for step in waiting) > MOST_CHARACTERS


def _characters(coming: "Future[Answer]") -> int:
    """Of the text that a page gave."""
    answer = coming.result() if coming.done() and not coming.exception() else None
    document = answer.document if isinstance(answer, Analysed) else answer
    return len(document.text) if isinstance(document, Document) else 0


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
