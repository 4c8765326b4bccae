"""What lies in a model's folder, checked against the manifest before anything is loaded."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from app.errors import ModelError

_REINSTALL = "Install the package again, or export the model again with app.training."


@dataclass(frozen=True, slots=True)
class Manifest:
    """`files` maps names to hex digests; `version` is what runs record."""

    name: str
    files: Mapping[str, str]
    roles: tuple[str, ...]
    labels: tuple[str, ...]
    vector: int  # numbers in one query or key
    versions: Mapping[str, str]

    @property
    def version(self) -> str:
        """Name and the beginning of the digest of the network: the same version reads the same way."""
        return f"{self.name}-{self.files[f'{self.name}.onnx'][:12]}"


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a model folder, after every file in it was found and its sha256 compared.

    Raises ModelError for a missing or unreadable manifest, a missing file, or a digest that differs.
    """
    path = folder / "manifest.json"
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        manifest = Manifest(
            record["name"],
            record["files"],
            tuple(record["roles"]),
            tuple(record["labels"]),
            record["vector"],
            record["versions"],
        )
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"The model manifest {path} can't be read: {error}.", _REINSTALL) from error
    for name, digest in manifest.files.items():
        _check(folder / name, digest)
    return manifest


def _check(path: Path, digest: str) -> None:
    try:
        found = sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelError(f"The model file {path} can't be read: {error}.", _REINSTALL) from error
    if found != digest:
        raise ModelError(f"The model file {path} is not the one its manifest describes.", _REINSTALL)
