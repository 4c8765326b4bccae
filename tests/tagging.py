"""The packaged tagger, loaded once for all tests."""

from functools import cache

from app.inference import Tagger, Tags, load_tagger
from app.records import Layout


@cache
def tagger() -> Tagger:
    return load_tagger()


def tags_of(text: str, layout: Layout) -> Tags:
    return tagger().tag(text, [paragraph.span for paragraph in layout.paragraphs])
