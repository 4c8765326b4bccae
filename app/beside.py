"""Two texts side by side, for the page that compares documents."""

from app import clustering, documents
from app.records import Beside, Document

_LONGEST = 60_000  # characters of a text
_MOST = 400  # sentences of a text


def beside(one: str, other: str) -> Beside:
    """The sentences of two texts, those that correspond together; only the beginning of very long texts is compared."""
    (ours, ours_cut), (theirs, theirs_cut) = _sentences(one), _sentences(other)
    found = clustering.parallel(ours, theirs)
    pairs = tuple((None if i is None else ours[i], None if j is None else theirs[j]) for i, j in found)
    return Beside(pairs, ours_cut or theirs_cut)


def _sentences(text: str) -> tuple[list[str], bool]:
    layout = documents.segment(Document("", text[:_LONGEST], "text"))
    spans = [sentence for paragraph in layout.paragraphs for sentence in paragraph.sentences]
    return [text[start:end] for start, end in spans[:_MOST]], len(text) > _LONGEST or len(spans) > _MOST
