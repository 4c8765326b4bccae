"""A process that loads one system and reads articles with it: `python -m app.evaluation.worker SYSTEM [MODEL]`.

Started by `speed`. It writes a JSON line when it is loaded, takes a JSON line with the texts, and writes one with
what reading them took. Seconds of `started` and `ended` are those of the machine's monotonic clock.
"""

import json
import resource
import sys
from dataclasses import asdict
from pathlib import Path
from time import monotonic, process_time

from app.evaluation.systems import Loaded, Missing, load_variorum
from app.evaluation.textacy_peer import load_textacy

_STATUS = Path("/proc/self/status")
_KILO = 1 if sys.platform == "darwin" else 1024  # bytes in a unit of ru_maxrss


def main(system: str, model: str = "") -> None:
    """Load, answer, read, answer."""
    try:
        loaded = load_textacy(model) if system == "textacy" else load_variorum()
    except Missing as missing:
        _say(missing=str(missing), install=missing.install)
        return
    _say(
        versions=loaded.versions,
        import_seconds=loaded.import_seconds,
        model_load_seconds=loaded.model_load_seconds,
        resident_megabytes=_megabytes("VmRSS"),
    )
    given = sys.stdin.readline()
    if given:
        _read(loaded, json.loads(given))


def _read(loaded: Loaded, texts: list[str]) -> None:
    cpu, started = process_time(), monotonic()
    reading = loaded.read(texts)
    ended, used = monotonic(), process_time() - cpu
    _say(
        cpu_seconds=used,
        started=started,
        ended=ended,
        peak_megabytes=max(_megabytes("VmHWM"), _megabytes("VmRSS")),
        **asdict(reading),
    )


def _megabytes(field: str) -> float:
    """A size of this process; where the system doesn't tell it, the most that it ever had."""
    try:
        lines = _STATUS.read_text("ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(field)) * 1024 / 1e6
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILO / 1e6


def _say(**answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
