"""Annotated articles, and what Variorum makes of them."""

import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from app.documents import segment
from app.errors import InputError
from app.evaluation.extraction import Predicted
from app.ingest import quotations_of
from app.records import Document


def read_articles(path: Path) -> Iterator[Mapping[str, Any]]:
    """Articles of a JSON lines file, plain or gzip. Raises InputError where it can't be read."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
    except (OSError, EOFError, ValueError) as error:
        raise InputError(f"{path} can't be read: {error}.", "Give a JSON lines file, plain or gzip.") from error


def predict(article: Mapping[str, Any]) -> list[Predicted]:
    """The passages that extraction and attribution find in an article's text."""
    text = article["text"]
    layout = segment(Document(article["id"], text, "jsonl", title=article.get("title")))
    return [
        Predicted(q.span.start, q.span.end, q.kind, q.source, q.speaker.name if q.speaker else None, q.confidence)
        for q in quotations_of(text, layout)
    ]
