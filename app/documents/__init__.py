"""Bytes in, documents out: readers, segmentation into paragraphs and sentences, near-copy signatures."""

from app.documents.copies import containment, signature
from app.documents.inputs import Input, Limits, digest, expand, without_login
from app.documents.reading import read
from app.documents.segmentation import segment

__all__ = ["Input", "Limits", "containment", "digest", "expand", "read", "segment", "signature", "without_login"]
