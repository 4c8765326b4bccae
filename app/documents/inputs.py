"""What is to be read: files, folders, globs, addresses and standard input, in a fixed order."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from glob import glob, has_magic
from hashlib import file_digest
from pathlib import Path
from stat import S_ISDIR, S_ISREG

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_GARBLED = r"[^/?#:\[]*:(?!\d*(?:[/?#]|$)).*@"  # a password with a / in it: what follows the colon is no port
_LOGIN = re.compile(rf"(?<=://)(?:[^/?#]*@|{_GARBLED})")
_GARBLED_LOGIN = re.compile(rf"[^:]*://(?![^/?#]*@){_GARBLED}")


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one read: bytes of a single document, bytes of one record of many, seconds of one fetch, and whether
    addresses of this machine and of private networks are fetched."""

    max_document_bytes: int = 20_000_000
    max_record_bytes: int = 5_000_000
    fetch_seconds: float = 20.0
    fetch_private: bool = False


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read: a file at `path`, an address `url`, or standard input where both are None."""

    name: str
    path: Path | None = None
    url: str | None = None
    size: int | None = None  # bytes, where known beforehand


def expand(inputs: Sequence[str]) -> list[Input]:
    """All inputs that the given paths, folders, globs, addresses and "-" stand for.

    Order: as given, and sorted by name within a folder or glob. Hidden files and folders inside a folder are
    left out. What does not exist or cannot be listed is an Input all the same: reading it says why. What is given
    twice, as a folder and its files are by "folder/**", stands where it came first, under the name that it had there.
    """
    found: dict[str, Input] = {}
    for given in inputs:
        for one in _expand_one(given):
            found.setdefault(one.url or (os.path.realpath(one.path) if one.path else one.name), one)
    return list(found.values())


def without_login(address: str) -> str:
    """An address without the name and password that open it: what is stored is shown to everybody."""
    return _LOGIN.sub("", address, count=1)


def has_garbled_login(address: str) -> bool:
    """Whether a name and password stand in an address so that it can't be told where they end."""
    return bool(_GARBLED_LOGIN.match(address))


def digest(given: Input) -> str | None:
    """Hex sha256 of the bytes of a file; None for what is no file or can't be read, and so can't be known again."""
    if given.path is None or given.size is None:
        return None
    try:
        with given.path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _expand_one(given: str) -> Iterator[Input]:
    if given == "-":
        yield Input("-")
    elif _ADDRESS.match(given):
        yield Input(without_login(given), url=given)
    elif has_magic(given) and not os.path.lexists(given):
        matches = sorted(glob(given, recursive=True))
        for match in matches or [given]:
            yield from _expand_path(Path(match))
    else:
        yield from _expand_path(Path(given))


def _expand_path(path: Path) -> Iterator[Input]:
    if not os.path.isdir(path):  # False where it may not be looked at
        yield Input(_shown(path.name or str(path)), path, size=_size(path))
        return
    found = sorted(_walk(path, path, frozenset()), key=lambda one: one.name)
    yield from found or [Input(_shown(str(path)), path)]


def _walk(folder: Path, top: Path, above: frozenset[tuple[int, int]]) -> Iterator[Input]:
    """Files below `folder`; `above` identifies the folders on the way here, so that link loops end."""
    try:
        status = folder.stat()
        names = sorted(os.listdir(folder))
    except OSError:
        yield Input(_relative(folder, top), folder)
        return
    here = (status.st_dev, status.st_ino)
    if here in above:
        return
    for name in names:
        if not name.startswith("."):
            yield from _entry(folder / name, top, above | {here})


def _entry(path: Path, top: Path, above: frozenset[tuple[int, int]]) -> Iterator[Input]:
    try:
        status = path.stat()
    except OSError:
        yield Input(_relative(path, top), path)
        return
    if S_ISDIR(status.st_mode):
        yield from _walk(path, top, above)
    elif S_ISREG(status.st_mode):  # pipes and devices inside a folder would block
        yield Input(_relative(path, top), path, size=status.st_size)


def _relative(path: Path, top: Path) -> str:
    return _shown(path.relative_to(top).as_posix() if path != top else str(path))


def _shown(name: str) -> str:
    """The name with bytes that are not UTF-8 as U+FFFD: a name is stored and printed."""
    return os.fsencode(name).decode("utf-8", "replace")


def _size(path: Path) -> int | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size if S_ISREG(status.st_mode) else None
