"""The tagger: a document in, spans of content, cue and source out, with links between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.inference.decoding import log_softmax
from app.inference.manifest import Manifest, read_manifest
from app.inference.pieces import Encoded, Vocabulary, encode
from app.inference.session import Run, open_session
from app.inference.tags import ROLES, Tags, View, assemble, unread
from app.inference.windows import Window, pieces, plan, worth_reading
from app.records import Span

FOLDER = Path(__file__).parent.parent / "models" / "tagger"


@dataclass(frozen=True, slots=True)
class Tagger:
    """Tags documents; keeps nothing between calls, and may be used by several threads."""

    manifest: Manifest
    vocabulary: Vocabulary
    run: Run

    def tag(self, text: str, paragraphs: Sequence[Span]) -> Tags:
        """Tags of the paragraphs of a text, which are read in order; what stands between them is left out."""
        encoded = encode(text, paragraphs, self.vocabulary)
        windows = plan(encoded)
        read = worth_reading(encoded, windows)
        return assemble(encoded, [self._view(encoded, one) if one in read else unread(one) for one in windows])

    def _view(self, encoded: Encoded, window: Window) -> View:
        ids, types, heads = pieces(encoded, window, self.vocabulary)
        classes, vectors = self.run(ids, types)
        scores = log_softmax(classes[heads].reshape(-1, len(ROLES), 3))
        return View(window, scores, vectors[np.concatenate(([0], heads))])


def load_tagger(path: Path | None = None, threads: int = 1) -> Tagger:
    """The tagger of a model folder (default: the packaged one). `threads` is set once, here.

    Raises ModelError when a file is missing, damaged or not the one in the manifest.
    """
    folder = path or FOLDER
    manifest = read_manifest(folder)
    vocabulary = Vocabulary.read(folder / "vocabulary.txt")
    return Tagger(manifest, vocabulary, open_session(folder / "tagger.onnx", threads))
