"""Document text to passages: which spans are speech, between marks or without, and which belong together."""

from app.extraction.passages import extract

__all__ = ["extract"]
