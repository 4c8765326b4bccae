"""Processes that work for this one: each does one task at a time, and a task that ends or stalls its process is lost
alone.

Python's own executor gives up the whole pool where one process dies, and its older pool waits for ever. Here a thread
watches over each process, so that a death is seen at once as the end of its pipe, and a new process takes its place.
The limit of time is an alarm that the process sets itself: the system ends it even inside a pattern that never comes
back, and also where this process, which could have ended it, is gone.
"""

import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from queue import SimpleQueue
from subprocess import DEVNULL, Popen
from types import TracebackType
from typing import Any, Generic, TypeVar, cast

from app.errors import VariorumError

Task = TypeVar("Task")
Answer = TypeVar("Answer")


class TaskLost(Exception):
    """A task that gave no answer: `reason` is a sentence, `stalled` whether time ran out."""

    def __init__(self, reason: str, stalled: bool = False) -> None:
        super().__init__(reason, stalled)
        self.reason = reason
        self.stalled = stalled
        self.task: object = None  # the one that was lost


class Workers(Generic[Task, Answer]):
    """`count` processes, started when first needed, that each call `function` on one task after the other.

    With a count of 0 what is submitted is done in this process, at once and without a limit of time. `function` is
    found in them by its name, so it must belong to a module. A task may take `seconds`. One process more, whatever the
    count, is there for what is asked rather than submitted. Use it as a context manager.
    """

    def __init__(self, function: Callable[[Task], Answer], count: int, seconds: float) -> None:
        self._function = function
        self._count = count
        self._all = [_Worker(function, seconds) for _ in range(count + 1)]
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        for worker in self._all[1:]:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(max(count, 1))

    def __enter__(self) -> "Workers[Task, Answer]":
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        if kind is not None:
            for worker in self._all:
                worker.kill()
        self._threads.shutdown(cancel_futures=True)
        for worker in self._all:
            worker.close()

    def submit(self, task: Task, then: Callable[[Answer], Task | None] = lambda _: None) -> "Future[Answer]":
        """The answer to come, or where `then` makes another task of it, the answer to that, by the same process.

        `then` is called in a thread. `result` raises TaskLost, and every VariorumError that is raised on the way.
        """
        if self._count:
            return self._threads.submit(self._by_an_idle_one, task, then)
        here: Future[Answer] = Future()
        try:
            here.set_result(_last(partial(_answer, self._function), task, then))
        except (VariorumError, TaskLost) as error:
            here.set_exception(error)
        return here

    def ask(self, task: Task) -> Answer:
        """The answer, waited for, but not for what was submitted before. Raises as `result` does; not for threads."""
        return _last(self._all[0].ask, task, lambda _: None)

    def _by_an_idle_one(self, task: Task, then: Callable[[Answer], Task | None]) -> Answer:
        worker = self._idle.get()
        try:
            return _last(worker.ask, task, then)
        finally:
            self._idle.put(worker)


def _last(ask: Callable[[Task], Any], task: Task, then: Callable[[Answer], Task | None]) -> Answer:
    """The answer from which no other task follows."""
    following: Task | None = task
    while following is not None:
        task, answer = following, ask(following)
        if isinstance(answer, TaskLost):
            answer.task = task
        if isinstance(answer, VariorumError | TaskLost):
            raise answer
        following = then(answer)
    return cast(Answer, answer)


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, function: Callable[..., Any], seconds: float) -> None:
        self._function = function
        self._seconds = seconds
        self._process: Popen[bytes] | None = None
        self._pipe: Connection[Any, Any] | None = None
        self._killed = False

    def ask(self, task: object) -> Any:
        try:
            pipe = self._pipe or self._start()
            pipe.send(task)
            return pipe.recv()
        except (EOFError, OSError):  # an OSError where it ended within its answer
            return self._lost(self.close())

    def _start(self) -> "Connection[Any, Any]":
        if self._killed:
            raise EOFError
        self._pipe, self._process = _spawned()
        if self._killed:  # meanwhile
            self._process.kill()
        self._pipe.send((self._function, self._seconds))
        return self._pipe

    def _lost(self, code: int) -> TaskLost:
        if code == -signal.SIGALRM:
            return TaskLost(f"It took longer than {self._seconds:g} seconds.", stalled=True)
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return TaskLost(f"The process that worked on it ended ({how}).")

    def kill(self) -> None:
        self._killed = True
        if self._process:
            self._process.kill()

    def close(self) -> int:
        """Let the process end, as it does at the end of its pipe; its exit code."""
        if self._pipe:
            self._pipe.close()
        code = self._process.wait() if self._process else 0
        self._pipe = self._process = None
        return code


def _spawned() -> tuple["Connection[Any, Any]", Popen[bytes]]:
    try:
        ours, theirs = Pipe()
        with theirs:
            process = Popen(  # noqa: S603 - this Python and this package
                [sys.executable, "-P", "-c", f"from app.workers import serve; serve({theirs.fileno()})"],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                stdin=DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        return ours, process
    except OSError as error:
        raise VariorumError(
            f"A process to work on documents can't be started: {error.strerror}.",
            "End other processes. `variorum ingest --workers 0` does without, but for feeds.",
        ) from error


def serve(descriptor: int) -> None:
    """What a worker does until its pipe ends: take a task, answer it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started it decides
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    with Connection(descriptor) as pipe:
        try:
            function, seconds = pipe.recv()
            while True:
                task = pipe.recv()
                signal.setitimer(signal.ITIMER_REAL, seconds)
                answer = _answer(function, task)
                signal.setitimer(signal.ITIMER_REAL, 0)
                pipe.send(answer)
        except (EOFError, OSError):
            return


def _answer(function: Callable[..., Any], task: object) -> Any:
    try:
        return function(task)
    except VariorumError as error:
        return error
    except Exception as error:  # whatever it is, it is told, and goes on record with the task
        return TaskLost(f"It met an error ({type(error).__name__}: {error}).")
