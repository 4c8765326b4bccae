"""Train what clustering learns: `python -m app.training.variants --verses FILE --out FOLDER`.

The lexicon is learned from wordings known to be variants, by the first of the IBM models (Brown et al. 1993) over the
words that two of them do not share. Two networks follow, one after the other, on collections drawn like those that
they will meet; the lexicon by which they learn comes from other verses than theirs, so that they trust it no more than
it deserves.
"""

import argparse
import gzip
import json
import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.clustering.blocking import Pairs, candidates
from app.clustering.collection import Collection, collect
from app.clustering.comparison import Comparison
from app.clustering.judging import first_features, first_round, plausible, second_features
from app.clustering.network import Network
from app.clustering.normal import normal_form

log = logging.getLogger("training")

Verses = Mapping[str, Sequence[str]]  # wordings of each
Lexicon = tuple[list[str], list[str], NDArray[np.float32]]
Floats = NDArray[np.float32]

SIZES = (0.5, 0.19, 0.11, 0.08, 0.065, 0.055)  # share of utterances with one, two, ... wordings
CUT_ALONE, CUT = 0.38, 0.66  # share of utterances of which one wording is cut to a clause
LARGE = (3000,) * 5  # utterances in each collection drawn from everywhere
SMALL = (400,) * 10 + (60,) * 60 + (15,) * 150  # utterances in each collection on one matter, as stories are
WHOLE = 3000  # utterances with all their wordings, in one further collection
CROWDS = (120,) * 6  # utterances in each collection where some have very many wordings
CROWDED = 0.15  # share of such utterances
MOST, DROPPED = 100, 0.2  # wordings of one of them, and the share of words that they lack
PAIRS = 24  # pairs of wordings of each verse that the lexicon learns from
LONGEST = 25  # words not shared; longer pairs align badly
STEPS, UNEXPLAINED, DOUBT = 8, 0.02, 2.0  # of expectation maximisation; chance of no partner; counts added
LEAST_COUNT = 2.5
HIDDEN = (48, 24)
EPOCHS, BATCH, RATE = 8, 1024, 3e-3
CLAUSE = re.compile(r"[^,;:.?!—-]+[,;:.?!—-]*")
SHORTEST = 4  # words of a clause


def main() -> None:
    """Train and write the model."""
    options = _options()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    held_out = set(read(options.without)) if options.without else set()
    verses = {name: texts for name, texts in read(options.verses).items() if name not in held_out}
    write(options.out, *train(verses, np.random.default_rng(options.seed)))


def read(path: Path) -> dict[str, list[str]]:
    """Wordings by verse, from JSON lines with `verse` and `text`."""
    verses: dict[str, list[str]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            verses[row["verse"]].append(row["text"])
    return verses


def train(verses: Verses, chance: np.random.Generator) -> tuple[Lexicon, Network, Network]:
    """The lexicon of all verses, and networks of half of them."""
    names = sorted(verses)
    chance.shuffle(names)
    half = len(names) // 2
    apart = learn_lexicon({name: verses[name] for name in names[:half]}, chance)
    samples = [Sample(said, apart) for said in _collections(verses, names[half:], chance)]
    log.info("%d collections, %d pairs", len(samples), sum(len(sample.same) for sample in samples))
    rows = np.vstack([np.hstack(first_features(sample.pairs, sample.size, sample.common)) for sample in samples])
    first = fit(rows, np.concatenate([sample.same for sample in samples]), chance)
    log.info("first network done")
    seconds = [sample.second(first) for sample in samples]
    second = fit(np.vstack([rows for rows, _ in seconds]), np.concatenate([same for _, same in seconds]), chance)
    log.info("second network done")
    return learn_lexicon(verses, chance), first, second


class Sample:
    """A collection with its candidates, what they have in common and which of them are one utterance."""

    def __init__(self, said: Iterable[tuple[str, str]], lexicon: Lexicon) -> None:
        self.verse: dict[str, set[str]] = defaultdict(set)
        for verse, text in said:
            self.verse[normal_form(text)].add(verse)
        self.forms = sorted(self.verse)
        self.size = len(self.forms)
        collection = collect(self.forms)
        self.comparison = Comparison(collection, lexicon)
        self.pairs = candidates(collection)
        self.common = self.comparison.features(self.pairs)
        self.same = self._same(self.pairs)

    def second(self, first: Network) -> tuple[Floats, Floats]:
        """What the second network sees of this collection, and what it should say."""
        pairs, common, odds = first_round(self.comparison, first, self.pairs, self.size)
        kept = plausible(odds)
        pairs = pairs[0][kept], pairs[1][kept]
        return np.hstack(second_features(pairs, odds[kept], self.size, common[kept])), self._same(pairs)

    def _same(self, pairs: Pairs) -> Floats:
        found = [
            not self.verse[self.forms[one]].isdisjoint(self.verse[self.forms[other]])
            for one, other in zip(pairs[0].tolist(), pairs[1].tolist(), strict=True)
        ]
        return np.array(found, np.float32)


def _collections(verses: Verses, names: Sequence[str], chance: np.random.Generator) -> Iterator[list[tuple[str, str]]]:
    every = np.array(names)
    following = np.array(sorted(names, key=_place))
    drawn = [chance.permutation(every)[:size] for size in LARGE]
    for size in SMALL:
        start = int(chance.integers(max(1, len(following) - size)))
        drawn.append(following[start : start + size])
    for chosen in drawn:
        yield [(name, text) for name in chosen.tolist() for text in _drawn(verses[name], chance)]
    yield [(name, text) for name in names[:WHOLE] for text in verses[name]]
    for size in CROWDS:
        chosen = chance.permutation(every)[:size].tolist()
        yield [(name, text) for name in chosen for text in _crowd(verses[name], chance)]


def _place(name: str) -> list[tuple[int, str]]:
    """What sorts "1Book.9.2" before "1Book.10.1", so that verses of one chapter follow each other."""
    return [(int(part) if part.isdigit() else 0, part) for part in name.split(".")]


def _crowd(texts: Sequence[str], chance: np.random.Generator) -> list[str]:
    """Some wordings of one utterance, or very many, each short of other words."""
    if chance.random() >= CROWDED:
        return _drawn(texts, chance)
    words = texts[int(chance.integers(len(texts)))].split()
    share = DROPPED * chance.random()
    return [" ".join(word for word in words if chance.random() >= share) for _ in range(int(chance.integers(12, MOST)))]


def _drawn(texts: Sequence[str], chance: np.random.Generator) -> list[str]:
    """Some wordings of one utterance, one of them perhaps cut to a clause."""
    count = 1 + int(chance.choice(len(SIZES), p=np.array(SIZES) / sum(SIZES)))
    found = [texts[place] for place in chance.permutation(len(texts))[:count]]
    if chance.random() < (CUT_ALONE if count == 1 else CUT):
        found[0] = _clause(found[0], chance)
    return found


def _clause(text: str, chance: np.random.Generator) -> str:
    clauses = CLAUSE.findall(text)
    start = int(chance.integers(len(clauses))) if clauses else 0
    found = "".join(clauses[start : start + 1 + int(chance.integers(2))])
    return found if len(found.split()) >= SHORTEST else text


def learn_lexicon(verses: Verses, chance: np.random.Generator) -> Lexicon:
    """Words that answer each other in wordings of one verse, with the chance that the first calls for the second."""
    forms = sorted({(name, normal_form(text)) for name, texts in verses.items() for text in texts})
    members: dict[str, list[int]] = defaultdict(list)
    for number, (name, _) in enumerate(forms):
        members[name].append(number)
    collection = collect([form for _, form in forms])
    cells = _cells(collection, list(_pairs(members, chance)))
    codes, cell = np.unique(cells.words * len(collection.stems) + cells.others, return_inverse=True)
    words, others = codes // len(collection.stems), codes % len(collection.stems)
    chances = np.full(len(codes), 0.1)
    counts: NDArray[np.float64] = np.zeros(len(codes))
    for _ in range(STEPS):
        shares = chances[cell] / (np.bincount(cells.places, chances[cell]) + UNEXPLAINED)[cells.places]
        counts = np.bincount(cell, shares, len(codes)).astype(np.float64)
        chances = counts / (cells.frequencies[words] + DOUBT)
    kept = np.flatnonzero(counts >= LEAST_COUNT)
    stems = np.array(collection.stems)
    log.info("lexicon of %d pairs of words", len(kept))
    return stems[words[kept]].tolist(), stems[others[kept]].tolist(), chances[kept].astype(np.float32)


@dataclass(frozen=True, slots=True)
class Cells:
    """Each word that only the first of two wordings has beside each that only the second has, over all pairs."""

    words: NDArray[np.int64]
    others: NDArray[np.int64]
    places: NDArray[np.int64]  # numbers the occurrences of `others`
    frequencies: NDArray[np.int64]  # of each stem among `words`, once for each pair


def _cells(collection: Collection, pairs: Iterable[tuple[int, int]]) -> Cells:
    sets = [set(collection.words(number)) for number in range(len(collection))]
    number = {word: place for place, word in enumerate(collection.stems)}
    words, others, places, seen = [], [], [], []
    count = 0
    for one, other in pairs:
        left = np.array(sorted(number[word] for word in sets[one] - sets[other]), np.int64)
        right = np.array(sorted(number[word] for word in sets[other] - sets[one]), np.int64)
        if 0 < len(left) <= LONGEST and 0 < len(right) <= LONGEST:
            words.append(np.repeat(left, len(right)))
            others.append(np.tile(right, len(left)))
            places.append(np.tile(np.arange(count, count + len(right)), len(left)))
            seen.append(left)
            count += len(right)
    frequencies = np.bincount(np.concatenate(seen), minlength=len(collection.stems))
    return Cells(np.concatenate(words), np.concatenate(others), np.concatenate(places), frequencies)


def _pairs(members: Mapping[str, Sequence[int]], chance: np.random.Generator) -> Iterator[tuple[int, int]]:
    for numbers in members.values():
        every = [(one, other) for one in numbers for other in numbers if one != other]
        for place in chance.permutation(len(every))[:PAIRS]:
            yield every[place]


def fit(rows: Floats, same: Floats, chance: np.random.Generator) -> Network:
    """A network that tells by its log odds which rows are of one utterance (cross entropy, Adam)."""
    widths = (rows.shape[1], *HIDDEN, 1)
    layers = [
        (
            chance.normal(0, np.sqrt(2 / before), (before, after)).astype(np.float32),
            np.zeros(after, np.float32),
        )
        for before, after in pairwise(widths)
    ]
    network = Network(rows.mean(axis=0), rows.std(axis=0) + 1e-6, layers)
    descent = Adam([array for layer in layers for array in layer], EPOCHS * (len(rows) // BATCH))
    for _ in range(EPOCHS):
        order = chance.permutation(len(rows))
        for start in range(0, len(rows) - BATCH + 1, BATCH):
            batch = order[start : start + BATCH]
            descent.step(_gradients(network, rows[batch], same[batch]))
    return network


def _gradients(network: Network, rows: Floats, same: Floats) -> list[Floats]:
    """Of the mean cross entropy with respect to each layer's weights and biases, in order (back-propagation)."""
    values = [network.standardised(rows)]
    for weights, bias in network.layers:
        values.append(np.maximum(values[-1] @ weights + bias, 0.0))
    weights, bias = network.layers[-1]
    odds = (values[-2] @ weights + bias)[:, 0]
    error = ((1.0 / (1.0 + np.exp(-np.clip(odds, -30, 30))) - same) / len(same))[:, None].astype(np.float32)
    found: list[Floats] = []
    for layer in reversed(range(len(network.layers))):
        found = [values[layer].T @ error, error.sum(axis=0), *found]
        error = (error @ network.layers[layer][0].T) * (values[layer] > 0)
    return found


class Adam:
    """Adaptive moments (Kingma and Ba 2015) with a rate that falls linearly; changes its arrays in place."""

    def __init__(self, arrays: Sequence[Floats], steps: int) -> None:
        self._arrays, self._steps, self._done = arrays, steps, 0
        self._means = [np.zeros_like(array) for array in arrays]
        self._squares = [np.zeros_like(array) for array in arrays]

    def step(self, gradients: Sequence[Floats]) -> None:
        """Move the arrays against their gradients."""
        self._done += 1
        rate = RATE * (1 - self._done / (self._steps + 1))
        for array, mean, square, gradient in zip(self._arrays, self._means, self._squares, gradients, strict=True):
            mean += 0.1 * (gradient - mean)
            square += 0.001 * (gradient * gradient - square)
            corrected = mean / (1 - 0.9**self._done)
            array -= rate * corrected / (np.sqrt(square / (1 - 0.999**self._done)) + 1e-8)


def write(folder: Path, lexicon: Lexicon, first: Network, second: Network) -> None:
    """The model's arrays and their manifest."""
    arrays: dict[str, NDArray[np.generic]] = {
        "words": np.array(lexicon[0]),
        "others": np.array(lexicon[1]),
        "chances": lexicon[2].astype(np.float16),
    }
    for name, network in (("first", first), ("second", second)):
        arrays |= {f"{name}.mean": network.mean, f"{name}.deviation": network.deviation}
        for number, (weights, bias) in enumerate(network.layers):
            arrays |= {f"{name}.weights.{number}": weights, f"{name}.bias.{number}": bias}
    buffer = BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "variants.npz").write_bytes(buffer.getvalue())
    manifest = {
        "name": "variants",
        "files": {"variants.npz": sha256(buffer.getvalue()).hexdigest()},
        "versions": {"numpy": np.__version__},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--verses", type=Path, required=True, help="JSON lines, gzip: verse, text")
    parser.add_argument("--without", type=Path, help="the same; its verses are left out")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
