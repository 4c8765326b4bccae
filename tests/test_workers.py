"""Tasks over processes: a task that ends its process, stalls or fails is lost alone."""

import os
import re
import signal
import struct
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from app.errors import InputError
from app.workers import TaskLost, Workers


def act(task: str) -> str:
    """Do what the task says; runs in a worker."""
    if task == "die":
        signal.raise_signal(signal.SIGSEGV)
    if task == "exit":
        os._exit(3)
    if task == "die while answering":
        descriptor = int(re.findall(r"\d+", sys.orig_argv[-1])[-1])
        os.write(descriptor, struct.pack("!i", 1000) + b"less than that")
        os._exit(3)
    if task == "stall":
        time.sleep(1000)
    if task == "backtrack":
        re.match(r"(a+)+$", "a" * 60 + "b")
    if task == "hoard":
        bytearray(1 << 60)
    if task == "refuse":
        raise InputError("No.", "Ask for something else.")
    if task == "process":
        return str(os.getpid())
    return f"{task} done"


def outcome(answer: Callable[[], Any]) -> str:
    try:
        return str(answer())
    except TaskLost as lost:
        return lost.reason


@pytest.mark.parametrize(
    ("poison", "reason"),
    [
        ("die", "The process that worked on it ended (SIGSEGV)."),
        ("exit", "The process that worked on it ended (exit code 3)."),
        ("die while answering", "The process that worked on it ended (exit code 3)."),
        ("stall", "It took longer than 2 seconds."),
        ("backtrack", "It took longer than 2 seconds."),
        ("hoard", "It met an error (MemoryError: )."),
    ],
)
def test_a_poison_task_is_lost_alone_with_the_reason(poison: str, reason: str) -> None:
    with Workers(act, 2, 2.0) as workers:
        answers = [workers.submit(task) for task in ("one", poison, "two", "three", "four")]
        found = [outcome(answer.result) for answer in answers]
    assert found == ["one done", reason, "two done", "three done", "four done"]


def test_an_error_with_a_message_of_ours_comes_back_as_it_was() -> None:
    with Workers(act, 1, 10.0) as workers, pytest.raises(InputError) as caught:
        workers.submit("refuse").result()
    assert caught.value.hint == "Ask for something else."


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_task_that_follows_from_an_answer_is_done_next(count: int) -> None:
    following = {"one done": "two", "two done": "refuse"}
    with Workers(act, count, 10.0) as workers:
        assert workers.submit("three", following.get).result() == "three done"
        with pytest.raises(InputError):
            workers.submit("one", following.get).result()


def test_which_of_the_tasks_was_lost_is_told() -> None:
    with Workers(act, 1, 10.0) as workers:
        answer = workers.submit("one", {"one done": "die"}.get)
        with pytest.raises(TaskLost) as caught:
            answer.result()
    assert caught.value.task == "die"


def test_an_error_outside_ends_a_stalled_process_too() -> None:
    workers = Workers(act, 2, 1000.0)
    stalled = workers.submit("stall")
    workers.__enter__()
    assert workers.submit("one").result() == "one done"
    workers.__exit__(KeyError, KeyError(), None)
    assert outcome(stalled.result) == "The process that worked on it ended (SIGKILL)."


def test_what_is_asked_does_not_wait_for_what_was_submitted() -> None:
    with Workers(act, 1, 5.0) as workers:
        stalled = workers.submit("stall")
        assert workers.ask("one") == "one done"
        assert not stalled.done()


@pytest.mark.parametrize("count", [0, 1])
def test_what_is_asked_is_lost_alone_with_the_reason(count: int) -> None:
    with Workers(act, count, 10.0) as workers:
        with pytest.raises(TaskLost) as caught:
            workers.ask("hoard")
        assert (caught.value.task, caught.value.reason) == ("hoard", "It met an error (MemoryError: ).")
        assert workers.ask("one") == "one done"


@pytest.mark.parametrize("count", [0, 1])
def test_a_process_that_is_asked_and_ends_has_a_successor(count: int) -> None:
    with Workers(act, count, 10.0) as workers:
        assert outcome(lambda: workers.ask("die")) == "The process that worked on it ended (SIGSEGV)."
        assert workers.ask("one") == "one done"


def test_no_process_outlives_the_work() -> None:
    with Workers(act, 2, 10.0) as workers:
        processes = [int(workers.submit("process").result()), int(workers.ask("process"))]
        for process in processes:
            os.kill(process, 0)
    for process in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
