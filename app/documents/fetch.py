"""One address over HTTP, bounded in time, size and redirects, and kept off private networks."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx2

from app.documents.guard import GuardedTransport, ProxiedTransport
from app.documents.inputs import Limits, has_garbled_login, without_login
from app.documents.sniff import hint_of_name, hint_of_type
from app.documents.stream import Source, Stream
from app.errors import InputError

_MAX_REDIRECTS = 5
_AGENT = "Variorum (quote attribution explorer)"


@contextmanager
def fetched(name: str, url: str, limits: Limits) -> Iterator[Source]:
    """The opened body of `url`; raises InputError with the reason where it can't be had."""
    if not url.lower().startswith(("http://", "https://")):
        raise InputError("Only http and https addresses are read.", "Save the document and give its file.")
    if has_garbled_login(url):
        raise InputError(
            "Where its name and password end can't be told.", "Write / ? # in them as %2F %3F %23, and @ as %40."
        )
    deadline = time.monotonic() + limits.fetch_seconds
    try:
        with (
            _client(url, deadline, limits) as client,
            client.stream("GET", url) as response,
        ):
            _refuse_status(response)
            yield _source(name, response, deadline)
    except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
        raise _unreachable(error) from error


def _client(url: str, deadline: float, limits: Limits) -> httpx2.Client:
    try:
        return httpx2.Client(
            transport=GuardedTransport(deadline, limits.fetch_private),
            mounts=_proxies(url, deadline),
            follow_redirects=True,
            max_redirects=_MAX_REDIRECTS,
            timeout=limits.fetch_seconds,
            headers={"User-Agent": _AGENT},
        )
    except (ValueError, ImportError) as error:
        raise InputError(
            f"The address can't be reached: {error}.",
            "Check the address, and the proxy in http_proxy or https_proxy; it must be one for HTTP.",
        ) from error


def _proxies(url: str, deadline: float) -> dict[str, httpx2.BaseTransport]:
    """What goes through the proxy that the environment names, if any."""
    named = {scheme: proxy for scheme, proxy in getproxies().items() if scheme in ("http", "https")}
    if not named or proxy_bypass(urlsplit(url).hostname or ""):
        return {}
    return {
        f"{scheme}://": ProxiedTransport(deadline, proxy if "://" in proxy else f"http://{proxy}")
        for scheme, proxy in named.items()
    }


def _source(name: str, response: httpx2.Response, deadline: float) -> Source:
    final = without_login(str(response.url))
    content_type = response.headers.get("content-type", "")
    return Source(
        name=name,
        stream=Stream(_until(deadline, response)),
        hint=hint_of_type(content_type) or hint_of_name(response.url.path),
        url=final,
        charset=response.charset_encoding,
    )


def _until(deadline: float, response: httpx2.Response) -> Iterator[bytes]:
    for chunk in response.iter_bytes():
        if time.monotonic() > deadline:
            raise _slow()
        yield chunk


def _refuse_status(response: httpx2.Response) -> None:
    if response.status_code != httpx2.codes.OK:
        raise InputError(
            f"The server answered {response.status_code} {response.reason_phrase}.".replace(" .", "."),
            "Open the address in a browser to see whether it still exists and is public.",
        )


def _unreachable(error: Exception) -> InputError:
    if isinstance(error, httpx2.TimeoutException):
        return _slow()
    if isinstance(error, httpx2.TooManyRedirects):
        return InputError(
            f"The address redirects more than {_MAX_REDIRECTS} times.", "Give the address that it ends at."
        )
    if isinstance(error, httpx2.UnsupportedProtocol):
        return InputError(
            "The address leads to one that is not http or https.", "Give the address of the article itself."
        )
    return InputError(
        f"The address can't be reached: {str(error) or type(error).__name__}.",
        "Check the address and the network connection.",
    )


def _slow() -> InputError:
    return InputError(
        "The server did not send the document in time.", "Try again later, or raise VARIORUM_FETCH_SECONDS."
    )
