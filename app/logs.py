"""The form of the log: JSON, one object a line, or text; on standard error."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

from app.settings import settings


class JsonLines(logging.Formatter):
    """Each record as one object: time, level, logger, message, and its own values."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "values", {}),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class TextLines(logging.Formatter):
    """Each record as words for people: time, level, message, and its own values."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        """One line of text; a trace follows on lines of its own."""
        values = getattr(record, "values", {})
        return " ".join([super().formatMessage(record), *(f"{name}={value}" for name, value in values.items())])


def log_config() -> dict[str, Any]:
    """What `logging.config.dictConfig` takes, by the settings; it goes to every worker."""
    chosen = settings()
    form = JsonLines if chosen.log_format == "json" else TextLines
    level = chosen.log_level.upper()
    log = {"handlers": ["stderr"], "level": level, "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": form}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines", "stream": "ext://sys.stderr"}},
        "loggers": {"variorum": log, "uvicorn": {**log, "level": "WARNING"}},
    }
