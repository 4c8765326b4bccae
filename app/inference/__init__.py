"""Models at work: the tagger of content, cue and source. The only importer of onnxruntime."""

from app.inference.tagger import Tagger, load_tagger
from app.inference.tags import Mass, Tagged, Tags

__all__ = ["Mass", "Tagged", "Tagger", "Tags", "load_tagger"]
