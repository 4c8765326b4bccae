"""Document text to quoted passages: which spans between marks are speech, and which belong together."""

from app.extraction.passages import extract

__all__ = ["extract"]
