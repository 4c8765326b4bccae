"""From the trained network to an int8 ONNX file with its manifest, written node by node.

Matrices are rounded to seven bits a column: processors without VNNI add pairs of 8-bit products in 16 bits, which
overflows for the full range. Activations are rounded at run time. Embeddings keep eight bits a row.
"""

import json
from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from app.inference.windows import SIZE
from app.training.network import HEADS, VECTOR, Network

OPSET, IR = 20, 10
FUSED = "com.microsoft"  # onnxruntime's own fused operators
Floats = npt.NDArray[np.float32]


class Graph:
    """Nodes and constants of a graph under construction; each method returns the name of a value."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, value: npt.NDArray[np.generic]) -> str:
        name = f"constant{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(
        self, kind: str, inputs: Sequence[str], outputs: int = 1, domain: str = "", **options: object
    ) -> list[str]:
        names = [f"{kind}{len(self.nodes)}_{number}" for number in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, domain=domain, **options))
        return names

    def one(self, kind: str, *inputs: str, domain: str = "", **options: object) -> str:
        return self.node(kind, inputs, 1, domain, **options)[0]

    def linear(self, states: str, layer: nn.Linear, bias: bool = True) -> str:
        """A quantised matrix product, each column with a scale of its own."""
        weight = _array(layer.weight).T
        scale = _scale(weight, 0, 63)
        names = [self.constant(np.round(weight / scale).astype(np.int8)), self.constant(scale[0])]
        names += ["", self.constant(_array(layer.bias))] if bias else []
        return self.one("DynamicQuantizeMatMul", states, *names, domain=FUSED)

    def embedding(self, layer: nn.Embedding, ids: str) -> str:
        """A quantised table, each row with a scale of its own."""
        weight = _array(layer.weight)
        scale = _scale(weight, 1, 127)
        rows = self.one("Gather", self.constant(np.round(weight / scale).astype(np.int8)), ids)
        scales = self.one("Gather", self.constant(scale), ids)
        return self.one("Mul", self.one("Cast", rows, to=TensorProto.FLOAT), scales)

    def norm(self, states: str, skip: str, norm: nn.LayerNorm, bias: nn.Linear | None = None) -> str:
        """Layer normalisation of a sum, with the bias of the product that gave `skip`.

        Not onnxruntime's SkipLayerNormalization, which takes five times as long.
        """
        summed = self.one("Add", skip, states)
        summed = self.one("Add", summed, self.constant(_array(bias.bias))) if bias else summed
        names = [self.constant(_array(norm.weight)), self.constant(_array(norm.bias))]
        return self.one("LayerNormalization", summed, *names, axis=-1, epsilon=norm.eps)


def write(network: Network, vocabulary: Path, folder: Path) -> None:
    """Write tagger.onnx, vocabulary.txt and manifest.json (sha256, labels, sizes, versions)."""
    folder.mkdir(parents=True, exist_ok=True)
    model = build(network)
    onnx.checker.check_model(model)
    (folder / "tagger.onnx").write_bytes(model.SerializeToString())
    (folder / "vocabulary.txt").write_bytes(vocabulary.read_bytes())
    (folder / "manifest.json").write_text(json.dumps(_manifest(folder), indent=2) + "\n")


def build(network: Network) -> onnx.ModelProto:
    """Inputs ids and types [batch, pieces], without padding; outputs classes and vectors."""
    graph = Graph()
    states = _embedded(graph, network)
    for layer in network.layers:
        states = _layer(graph, layer, states)
    weight, bias = (graph.constant(a) for a in (_array(network.classes.weight).T, _array(network.classes.bias)))
    ends = [graph.one("Add", graph.one("MatMul", states, weight), bias), graph.linear(states, network.vectors)]
    for end, name in zip(ends, ("classes", "vectors"), strict=True):
        graph.nodes.append(helper.make_node("Identity", [end], [name]))
    return _model(graph)


def _embedded(graph: Graph, network: Network) -> str:
    words = graph.embedding(network.word, "ids")
    kinds = graph.one("Gather", graph.constant(_array(network.kind.weight)), "types")
    length = graph.one("Shape", "ids", start=1, end=2)
    zero = graph.constant(np.zeros(1, dtype=np.int64))
    places = graph.one("Slice", graph.constant(_array(network.position.weight)[:SIZE]), zero, length)
    return graph.norm(graph.one("Add", words, places), kinds, network.embedded)


def _layer(graph: Graph, layer: nn.Module, states: str) -> str:
    parts = graph.node("Split", [graph.linear(states, layer.attend)], 3, axis=-1, num_outputs=3)
    seen = graph.one("MultiHeadAttention", *parts, domain=FUSED, num_heads=HEADS)
    states = graph.norm(states, graph.linear(seen, layer.mix, bias=False), layer.attended, layer.mix)
    wide = graph.linear(states, layer.widen, bias=False)
    wide = graph.one("FastGelu", wide, graph.constant(_array(layer.widen.bias)), domain=FUSED)
    return graph.norm(states, graph.linear(wide, layer.narrow, bias=False), layer.normed, layer.narrow)


def _model(graph: Graph) -> onnx.ModelProto:
    grid = ["batch", "pieces"]
    value = helper.make_tensor_value_info
    inputs = [value(name, TensorProto.INT64, grid) for name in ("ids", "types")]
    outputs = [
        value("classes", TensorProto.FLOAT, [*grid, 9]),
        value("vectors", TensorProto.FLOAT, [*grid, 4 * VECTOR]),
    ]
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)]
    made = helper.make_graph(graph.nodes, "tagger", inputs, outputs, graph.constants)
    return helper.make_model(made, opset_imports=opsets, ir_version=IR, producer_name="variorum")


def _manifest(folder: Path) -> dict[str, object]:
    files = {name: sha256((folder / name).read_bytes()).hexdigest() for name in ("tagger.onnx", "vocabulary.txt")}
    return {
        "name": "tagger",
        "files": files,
        "roles": ["content", "cue", "source"],
        "labels": ["O", "B", "I"],
        "vector": VECTOR,
        "versions": {name: version(name) for name in ("torch", "onnx", "onnxruntime")},
    }


def _scale(weight: Floats, axis: int, top: int) -> Floats:
    largest = np.abs(weight).max(axis=axis, keepdims=True)
    return (np.maximum(largest, 1e-8) / top).astype(np.float32)


def _array(parameter: nn.Parameter) -> Floats:
    return parameter.detach().numpy().astype(np.float32)
