"""The learned parts of clustering: words that stand for each other, and two small networks that judge pairs."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.clustering.collection import Floats
from app.errors import ModelError

FOLDER = Path(__file__).parents[1] / "models" / "variants"
_REINSTALL = "Install the package again, or train the model again with app.training.variants."
_BATCH = 50_000
_FARTHEST = 6.0  # standard deviations; what lies farther out was not seen in training


@dataclass(frozen=True, slots=True)
class Network:
    """A multilayer perceptron with rectified units; `layers` are pairs of weights (inputs by outputs) and biases."""

    mean: Floats
    deviation: Floats
    layers: Sequence[tuple[Floats, Floats]]

    def __call__(self, *features: Floats) -> Floats:
        """Log odds for each row of features; several arrays are taken side by side."""
        found = [
            self._judged(np.hstack([array[start : start + _BATCH] for array in features]))
            for start in range(0, len(features[0]), _BATCH)
        ]
        return np.concatenate(found) if found else np.zeros(0, np.float32)

    def _judged(self, features: Floats) -> Floats:
        values = self.standardised(features)
        for weights, bias in self.layers[:-1]:
            values = np.maximum(values @ weights + bias, 0.0)
        weights, bias = self.layers[-1]
        return np.asarray((values @ weights + bias)[:, 0], np.float32)

    def standardised(self, features: Floats) -> Floats:
        """Features as the first layer takes them."""
        return np.asarray(np.clip((features - self.mean) / self.deviation, -_FARTHEST, _FARTHEST), np.float32)


@dataclass(frozen=True, slots=True)
class Model:
    """`words[k]` in one wording is answered by `others[k]` in another with chance `chances[k]` (stems)."""

    words: Sequence[str]
    others: Sequence[str]
    chances: Floats
    first: Network  # from what two wordings have in common
    second: Network  # with what the first says of their neighbours
    version: str


@cache
def load_model(folder: Path = FOLDER) -> Model:
    """The model in a folder. Raises ModelError where a file is missing or is not the one its manifest describes."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        content = (folder / "variants.npz").read_bytes()
        expected = manifest["files"]["variants.npz"]
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"The model in {folder} can't be read: {error}.", _REINSTALL) from error
    digest = sha256(content).hexdigest()
    if digest != expected:
        raise ModelError(f"The model file in {folder} is not the one its manifest describes.", _REINSTALL)
    arrays = np.load(BytesIO(content), allow_pickle=False)
    return Model(
        arrays["words"].tolist(),
        arrays["others"].tolist(),
        arrays["chances"].astype(np.float32),
        _network(arrays, "first"),
        _network(arrays, "second"),
        f"variants-{digest[:12]}",
    )


def _network(arrays: "np.lib.npyio.NpzFile", name: str) -> Network:
    layers: list[tuple[NDArray[np.float32], NDArray[np.float32]]] = []
    while f"{name}.weights.{len(layers)}" in arrays:
        layers.append((arrays[f"{name}.weights.{len(layers)}"], arrays[f"{name}.bias.{len(layers)}"]))
    return Network(arrays[f"{name}.mean"], arrays[f"{name}.deviation"], layers)
