"""Training of the variants model, on a few invented sentences."""

from pathlib import Path

import numpy as np

from app.clustering.network import load_model
from app.training.variants import fit, learn_lexicon, write

TOWNS = "Arden Brook Corr Dale Elm Fenn Gale Hurst Iver Jarrow Kell Lund".split()
SAID = {
    f"{town} {number}": [
        f"The donkey of {town} carries {number} sacks to the mill",
        f"The ass of {town} carries {number} sacks to the mill",
        f"The donkey of {town} bears {number} sacks to the mill",
    ]
    for number, town in enumerate(TOWNS)
}


def test_words_that_stand_for_each_other_are_learned_and_others_are_not() -> None:
    words, others, chances = learn_lexicon(SAID, np.random.default_rng(1))
    found = dict(zip(zip(words, others, strict=True), chances.tolist(), strict=True))
    assert found["donkey", "ass"] > 0.5
    assert found["carri", "bear"] > 0.5
    assert found.get(("donkey", "bear"), 0.0) < 0.1


def test_a_network_learns_and_is_the_same_after_writing_and_loading(tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    rows = chance.normal(size=(20_000, 3)).astype(np.float32)
    same = (rows[:, 0] * rows[:, 1] > 0).astype(np.float32)  # no single column tells
    network = fit(rows, same, chance)
    assert np.mean((network(rows) > 0) == (same > 0)) > 0.95
    lexicon = ["donkey"], ["ass"], np.array([0.5], np.float32)
    write(tmp_path / "model", lexicon, network, network)
    model = load_model(tmp_path / "model")
    assert np.allclose(model.second(rows), network(rows))
    assert (model.words, model.others) == (["donkey"], ["ass"])
