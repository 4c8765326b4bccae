"""Bytes in, documents out: readers, segmentation into paragraphs and sentences, near-copy signatures."""

from app.documents.copies import containment, signature
from app.documents.inputs import Input, Limits, digest, expand, without_login
from app.documents.reading import read, read_unparsed
from app.documents.segmentation import segment
from app.documents.unparsed import PLEASE_REPORT, Parts, Uncut, Unparsed

__all__ = [
    "PLEASE_REPORT",
    "Input",
    "Limits",
    "Parts",
    "Uncut",
    "Unparsed",
    "containment",
    "digest",
    "expand",
    "read",
    "read_unparsed",
    "segment",
    "signature",
    "without_login",
]
