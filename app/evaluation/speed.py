"""Speed and memory of extraction, ours and textacy's, each in processes of its own and in turn."""

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from subprocess import PIPE, Popen
from typing import Any

from app.errors import InputError, VariorumError
from app.evaluation.articles import read_articles

_TOKEN = re.compile(r"\w+|[^\w\s]")  # the same for everybody: a word or a single mark
_PROCESSES = 2
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_LOADING = ("import_seconds", "model_load_seconds", "resident_megabytes")

Figures = dict[str, Any]
Worker = Popen[str]


@dataclass(frozen=True, slots=True)
class Pass:
    """One repetition of one system: its answers when loaded, from one process, and from several at once."""

    loaded: Figures
    alone: Figures
    together: Sequence[Figures]

    @property
    def wall_seconds(self) -> float:
        """From the first start to the last end of the processes that ran at once."""
        return float(max(one["ended"] for one in self.together) - min(one["started"] for one in self.together))


def texts_of(path: Path, articles: int | None) -> list[str]:
    """The texts of the first articles of a JSON lines file. Raises InputError where there are none."""
    texts: list[str] = []
    for article in read_articles(path):
        if len(texts) == articles:
            break
        if not isinstance(article, Mapping) or not isinstance(article.get("text"), str):
            raise InputError(f"Line {len(texts) + 1} of {path} has no text.", 'Give lines like {"id": …, "text": …}.')
        texts.append(article["text"])
    if not texts:
        raise InputError(f"{path} holds no articles.", 'Give lines like {"id": …, "text": …}.')
    return texts


def compare_speed(texts: Sequence[str], spacy_model: str, repetitions: int, stages: bool) -> Figures:
    """Figures of both systems: medians over `repetitions`, in which they take turns, each time in new processes.

    textacy counts only where it, spaCy and the model are installed; else its part says what is missing.
    """
    ours: list[Pass] = []
    theirs: list[Pass] = []
    missing: Figures = {}
    for _ in range(repetitions):
        ours.append(_pass(["variorum"], texts))
        if not missing:
            other = _pass(["textacy", spacy_model], texts)
            missing = other.loaded if "missing" in other.loaded else {}
            theirs += [] if missing else [other]
    tokens = sum(1 for text in texts for _ in _TOKEN.finditer(text))
    figures: Figures = {"articles": len(texts), "tokens": tokens, "repetitions": repetitions}
    figures |= {"processors": os.cpu_count(), "variorum": _figures(ours, len(texts), tokens)}
    if stages:
        figures["variorum"]["milliseconds_per_article"] = _stages(ours, len(texts))
    figures["textacy"] = missing or _figures(theirs, len(texts), tokens)
    if not missing:
        figures["variorum_to_textacy"] = _ratios(figures["variorum"], figures["textacy"])
    return figures


def _pass(system: Sequence[str], texts: Sequence[str]) -> Pass:
    with _worker(system) as alone:
        loaded = _answer(alone)
        if "missing" in loaded:
            return Pass(loaded, {}, ())
        _give(alone, texts)
        single = _answer(alone)
    with ExitStack() as stack:
        workers = [stack.enter_context(_worker(system)) for _ in range(_PROCESSES)]
        for worker in workers:
            _answer(worker)  # loaded, all of them, before the first one begins
        for number, worker in enumerate(workers):
            _give(worker, texts[number::_PROCESSES])
        return Pass(loaded, single, [_answer(worker) for worker in workers])


@contextmanager
def _worker(system: Sequence[str]) -> Iterator[Worker]:
    """A process of `app.evaluation.worker` that ends with the block."""
    command = [sys.executable, "-P", "-m", "app.evaluation.worker", *system]
    environment = {**os.environ, **_ONE_THREAD}
    with Popen(command, stdin=PIPE, stdout=PIPE, text=True, encoding="utf-8", env=environment) as process:
        assert process.stdin
        try:
            yield process
        finally:
            process.kill()
            with suppress(BrokenPipeError):  # what it did not take is lost with it
                process.stdin.close()


def _give(worker: Worker, texts: Sequence[str]) -> None:
    """Let it begin to read; its next answer says how that went."""
    assert worker.stdin
    with suppress(BrokenPipeError):  # then there is no answer
        worker.stdin.write(json.dumps(texts) + "\n")
        worker.stdin.flush()


def _answer(worker: Worker) -> Figures:
    """The next line that it writes. Raises VariorumError where it stopped instead."""
    assert worker.stdout
    line = worker.stdout.readline()
    if not line:
        raise VariorumError("A process that was measured stopped.", "Its own message stands above.")
    return dict(json.loads(line))


def _figures(passes: Sequence[Pass], articles: int, tokens: int) -> Figures:
    cpu = median(one.alone["cpu_seconds"] for one in passes)
    wall = median(one.wall_seconds for one in passes)
    alone = passes[-1].alone
    return {
        "versions": passes[-1].loaded["versions"],
        "one_process": {
            "tokens_per_cpu_second": round(tokens / cpu),
            "articles_per_cpu_second": round(articles / cpu, 2),
        },
        "two_processes": {
            "tokens_per_second": round(tokens / wall),
            "articles_per_second": round(articles / wall, 2),
        },
        **{name: round(median(one.loaded[name] for one in passes), 2) for name in _LOADING},
        "peak_megabytes": round(median(one.alone["peak_megabytes"] for one in passes), 1),
        "quotations": alone["quotations"],
        "articles_failed": sum(alone["failed"].values()),
        "failures": alone["failed"],
    }


def _stages(passes: Sequence[Pass], articles: int) -> Figures:
    """CPU milliseconds per article by stage, and of all stages."""
    found = {
        stage: median(one.alone["stages"][stage] for one in passes) * 1000 / articles
        for stage in passes[-1].alone["stages"]
    }
    return {stage: round(time, 2) for stage, time in (Counter(found) + Counter(all=sum(found.values()))).items()}


def _ratios(ours: Figures, theirs: Figures) -> Figures:
    """Above 1: ours reads more in the same time, or keeps more in memory."""
    return {
        "tokens_per_cpu_second": _ratio(ours["one_process"], theirs["one_process"], "tokens_per_cpu_second"),
        "tokens_per_second": _ratio(ours["two_processes"], theirs["two_processes"], "tokens_per_second"),
        "peak_megabytes": _ratio(ours, theirs, "peak_megabytes"),
    }


def _ratio(ours: Figures, theirs: Figures, name: str) -> float:
    return round(float(ours[name]) / float(theirs[name]), 2)
