"""The tagger as a PyTorch module: a BERT encoder, three BIO heads, and pointers from content to source and cue."""

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from app.inference.pieces import TYPES

HIDDEN, HEADS, INNER, POSITIONS = 384, 12, 1536, 512
ENCODER_LAYERS = 6
KEPT = (0, 2, 3, 5)  # layers of the teacher that the student starts from
VECTOR = 64  # numbers in one query or key
CLASSES = 9  # O, B, I for content, cue, source
POINTERS = 2  # to the cue, to the source


class Layer(nn.Module):
    """One layer of a BERT encoder, without dropout, which would halve the speed on a processor."""

    def __init__(self) -> None:
        super().__init__()
        self.attend = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.mix = nn.Linear(HIDDEN, HIDDEN)
        self.attended = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.widen = nn.Linear(HIDDEN, INNER)
        self.narrow = nn.Linear(INNER, HIDDEN)
        self.normed = nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = states.shape
        parts = self.attend(states).view(batch, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], attn_mask=mask)
        states = self.attended(states + self.mix(seen.transpose(1, 2).reshape(batch, length, HIDDEN)))
        return self.normed(states + self.narrow(functional.gelu(self.widen(states), approximate="tanh")))


class Network(nn.Module):
    """Pieces in; class scores [batch, pieces, 9], link vectors [batch, pieces, 2 × (query, key)] and states out."""

    def __init__(self, pieces: int, layers: int) -> None:
        super().__init__()
        self.word = nn.Embedding(pieces, HIDDEN)
        self.word.weight.requires_grad_(False)
        self.position = nn.Embedding(POSITIONS, HIDDEN)
        self.kind = nn.Embedding(TYPES, HIDDEN)
        self.embedded = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.classes = nn.Linear(HIDDEN, CLASSES)
        self.vectors = nn.Linear(HIDDEN, 2 * POINTERS * VECTOR)

    def forward(self, ids: Tensor, types: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        places = torch.arange(ids.shape[1])
        mask = torch.where(places[None] < lengths[:, None], 0.0, -1e4)[:, None, None]
        states = self.embedded(self.word(ids) + self.kind(types) + self.position(places)[None])
        for layer in self.layers:
            states = layer(states, mask)
        return self.classes(states), self.vectors(states), states


def load_encoder(network: Network, path: Path) -> None:
    """Fill the encoder from the `model.safetensors` of a BERT of the same size; the heads stay as they are."""
    weights = load_file(path)
    network.load_state_dict(_renamed(weights), strict=False)
    base = weights["embeddings.token_type_embeddings.weight"][0]
    with torch.no_grad():
        network.kind.weight.copy_(base + 0.02 * torch.randn(TYPES, HIDDEN))


def load_teacher(network: Network, teacher: Network) -> None:
    """Start a shallower network from some layers of a deeper one, and from all that is not a layer."""
    weights = {name: value for name, value in teacher.state_dict().items() if not name.startswith("layers.")}
    for own, kept in enumerate(KEPT):
        weights |= {f"layers.{own}.{name}": value for name, value in teacher.layers[kept].state_dict().items()}
    network.load_state_dict(weights)


def _renamed(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Names of the published checkpoint to ours; query, key and value become one matrix."""
    found = {
        "word.weight": weights["embeddings.word_embeddings.weight"],
        "position.weight": weights["embeddings.position_embeddings.weight"],
        "embedded.weight": weights["embeddings.LayerNorm.weight"],
        "embedded.bias": weights["embeddings.LayerNorm.bias"],
    }
    ours = {
        "mix": "attention.output.dense",
        "attended": "attention.output.LayerNorm",
        "widen": "intermediate.dense",
        "narrow": "output.dense",
        "normed": "output.LayerNorm",
    }
    for layer in range(ENCODER_LAYERS):
        theirs = f"encoder.layer.{layer}."
        for part in ("weight", "bias"):
            three = [weights[f"{theirs}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            found[f"layers.{layer}.attend.{part}"] = torch.cat(three)
            for name, their in ours.items():
                found[f"layers.{layer}.{name}.{part}"] = weights[f"{theirs}{their}.{part}"]
    return found
