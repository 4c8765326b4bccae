"""Every stage but the tagger, whose time is that of its words, on texts that are made to take long."""

from functools import cache

import pytest

from app import attribution, clustering, documents, extraction
from app.inference import Tags
from app.records import Document
from app.store.search_terms import parse, write
from tests.fuzz.limits import at_most
from tests.hostile.shapes import RUNS
from tests.tagging import tagger

SIZE = 100_000
SECONDS = 2.0  # of processor time, a stage
SHAPES = {
    "nothing but capitals": "THE CREWS OF THE FERRIES MET. ",
    "nothing but names": "Ann Ashby Bo Tarn Ada Quill ",
    "no spaces": "Theferries,said.Ashby",
    "one paragraph": "The crews met, “we sail,” said Ann Ashby. ",
    "a line a quotation": "“We sail,” said Ann Ashby.\n",
    "one name": "said Ann Ashby ",
    "balanced": "“a” ",
    "straight": '"a" ',
    "mixed": "“‘\"'«",
    "turns": "Q: “a\nA: b\n",
    "blocks": "> a\n",
    "colons": 'A: "a" ',
    **{repr(piece): piece for piece, _ in RUNS},
}


@cache
def untagged() -> Tags:
    return tagger().tag("", [])


@pytest.mark.parametrize("piece", SHAPES.values(), ids=SHAPES.keys())
def test_no_stage_takes_two_seconds(piece: str) -> None:
    text = (piece * SIZE)[:SIZE]
    with at_most(SECONDS):
        layout = documents.segment(Document(name="x", text=text, media="text"))
    with at_most(SECONDS):
        passages = extraction.extract(text, layout, untagged())
    with at_most(SECONDS):
        found = attribution.attribute(text, layout, passages, untagged())
    with at_most(SECONDS):
        for one in found:
            clustering.parts(text, one.span)
        documents.signature(text)
    with at_most(SECONDS):
        clustering.collate(text, text[: SIZE // 2] + piece + text[SIZE // 2 :])
    with at_most(SECONDS):
        write(parse(text))
