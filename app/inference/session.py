"""The one place that touches onnxruntime."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.errors import ModelError
from app.inference.pieces import Ints

Floats = npt.NDArray[np.float32]
Run = Callable[[Ints, Ints], tuple[Floats, Floats]]


def open_session(path: Path, threads: int) -> Run:
    """A function from one window (ids and types) to its outputs (classes and vectors by piece).

    One window at a time: on a processor a batch gains nothing, and the padding and its mask cost a quarter.
    Raises ModelError when onnxruntime refuses the file. It is loaded here: who only looks at models does without.
    """
    import onnxruntime
    from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidGraph, InvalidProtobuf, NoSuchFile

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    try:
        session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except (Fail, InvalidGraph, InvalidProtobuf, NoSuchFile) as error:
        raise ModelError(f"The model {path} can't be loaded: {error}.") from error

    def run(ids: Ints, types: Ints) -> tuple[Floats, Floats]:
        classes, vectors = session.run(None, {"ids": ids[None], "types": types[None]})
        return classes[0], vectors[0]

    return run
