"""What a system under measurement is, and ours as one: loaded once, then given articles."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter, process_time

STAGES = ("segment", "tag", "extract", "attribute")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one pass over some articles gave: counts, and CPU seconds by stage where the system has stages."""

    quotations: int
    failed: Mapping[str, int] = field(default_factory=dict)  # articles given up, by kind of error
    stages: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A system ready to read texts, and how long that took."""

    read: Callable[[Sequence[str]], Reading]
    versions: Mapping[str, str]
    import_seconds: float
    model_load_seconds: float


class Missing(Exception):
    """A system can't run here: `str()` says what is absent, `install` what to do about it."""

    def __init__(self, reason: str, install: str) -> None:
        super().__init__(reason)
        self.install = install


def load_variorum() -> Loaded:
    """Segmentation, tagger, extraction and attribution, on one thread; nothing of the store."""
    started = perf_counter()
    from importlib.metadata import version

    from app import attribution, extraction
    from app.documents import segment
    from app.inference import load_tagger
    from app.records import Document

    imported = perf_counter()
    tagger = load_tagger()

    def read(texts: Sequence[str]) -> Reading:
        quotations, stages = 0, dict.fromkeys(STAGES, 0.0)
        for text in texts:
            times = [process_time()]
            layout = segment(Document("", text, "jsonl"))
            times.append(process_time())
            tags = tagger.tag(text, [paragraph.span for paragraph in layout.paragraphs])
            times.append(process_time())
            passages = extraction.extract(text, layout, tags)
            times.append(process_time())
            quotations += len(attribution.attribute(text, layout, passages, tags))
            times.append(process_time())
            for stage, before, after in zip(STAGES, times, times[1:], strict=False):
                stages[stage] += after - before
        return Reading(quotations, stages=stages)

    versions = {"variorum": version("variorum"), "tagger": tagger.manifest.version}
    return Loaded(read, versions, imported - started, perf_counter() - imported)
