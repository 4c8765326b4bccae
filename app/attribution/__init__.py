"""Quotation → speaker: who is named near it, who that is in the document, and who that is across documents."""

from app.attribution.attribute import attribute
from app.attribution.blocks import keys
from app.attribution.calling import called
from app.attribution.identity import identify

__all__ = ["attribute", "called", "identify", "keys"]
