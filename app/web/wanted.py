"""In which form a request wants its answer. Views and packing ask here, as the page cache does: what they told apart in
another way, it would give to the wrong readers."""

from collections.abc import Iterable

from starlette.datastructures import Headers


def by_htmx(headers: Headers) -> bool:
    """Whether htmx asks, rather than a browser by itself."""
    return headers.get("hx-request") == "true"


def takes_gzip(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether the reader takes gzip: some Accept-Encoding names it, with a weight above zero (RFC 9110, 12.5.3)."""
    taken = b",".join(value for name, value in headers if name == b"accept-encoding")
    for coding in taken.lower().split(b","):
        name, _, weight = coding.partition(b";")
        if name.strip() == b"gzip":
            return not weight or weight.strip(b" \tq=0.") != b""
    return False
