"""Figures for those who watch the service, in Prometheus' text form; several workers are summed."""

import os

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

SHARED = "PROMETHEUS_MULTIPROC_DIR"  # a folder that workers share; its name is prometheus_client's
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """What one application counts."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        own = self._registry = CollectorRegistry()
        self._requests = Counter(
            "variorum_requests_total", "Requests answered, by route and status.", ["route", "status"], registry=own
        )
        self._seconds = Histogram(
            "variorum_request_seconds", "Seconds until an answer was sent.", ["route"], buckets=_SECONDS, registry=own
        )
        self._pages = Counter(
            "variorum_pages_total",
            "Answers: made, kept or not modified.",
            ["source"],
            registry=own,
        )
        self._in_flight = Gauge(
            "variorum_requests_in_flight", "Requests being answered.", multiprocess_mode="livesum", registry=own
        )
        self._limited = Counter("variorum_rate_limited_total", "Requests refused with 429.", ["route"], registry=own)
        self._database_errors = Counter(
            "variorum_database_errors_total", "Requests for which the database could not be used.", registry=own
        )

    def begin(self) -> None:
        """A request came in."""
        self._in_flight.inc()

    def end(self, route: str, status: int, seconds: float, error: str | None) -> None:
        """It was answered; `error` is the name of the error that it met."""
        self._in_flight.dec()
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)
        if status == 429:
            self._limited.labels(route).inc()
        if error in ("DatabaseError", "Overrun"):
            self._database_errors.inc()

    def page(self, source: str) -> None:
        """A page was "made", or "kept" ready, or was "not modified"."""
        self._pages.labels(source).inc()

    def text(self) -> bytes:
        """All figures: of this worker, or of all that share the folder SHARED."""
        if SHARED not in os.environ:
            return generate_latest(self._registry)
        everyone = CollectorRegistry()
        MultiProcessCollector(everyone)  # type: ignore[no-untyped-call]
        return generate_latest(everyone)
