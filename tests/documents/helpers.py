"""What the tests of reading share: read bytes as if they were a file, and an invented article."""

from pathlib import Path

from app.documents import Input, Limits, read
from app.records import Document, Rejected

ARTICLE = (
    "The mayor of Easton said on Monday that the bridge would be closed for a year.",
    "“We have no choice,” said Maria Holt, who has led the town since 2019. “A closed bridge is better than one"
    " that falls.”",
    "Shopkeepers on the west bank said that nobody had asked them. They fear for their winter trade.",
    "The council votes on the plan next Thursday, after a hearing in the old town hall.",
)
TEXT = "\n\n".join(ARTICLE) + "\n"


def read_bytes(folder: Path, name: str, data: bytes, limits: Limits | None = None) -> list[Document | Rejected]:
    """Everything that a file of this name with these bytes gives."""
    path = folder / name
    path.write_bytes(data)
    return list(read(Input(name, path, size=len(data)), limits or Limits()))


def read_one(folder: Path, name: str, data: bytes, limits: Limits | None = None) -> Document:
    """The one document that a file gives."""
    (found,) = read_bytes(folder, name, data, limits)
    assert isinstance(found, Document), found
    return found


def refused(folder: Path, name: str, data: bytes, limits: Limits | None = None) -> Rejected:
    """The one refusal that a file gives."""
    (found,) = read_bytes(folder, name, data, limits)
    assert isinstance(found, Rejected), found
    assert found.reason.endswith(".")
    assert found.hint.endswith(".")
    return found


def page(title: str = "Bridge to close for a year", head: str = "") -> str:
    """An article as a page, with a menu and a footer around it."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in ARTICLE)
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title} | The Courier</title>"
        f"<meta property='og:title' content='{title}'><meta property='og:site_name' content='The Courier'>"
        f"{head}</head><body><nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav>"
        f"<article><h1>{title}</h1>{body}</article><footer>All rights reserved</footer></body></html>"
    )
