"""Public ids: short, opaque, and the same whenever the same thing is stored again."""

from hashlib import sha256

# Crockford's base 32: no i, l, o, u.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # pragma: allowlist secret
_LENGTH = 12  # 60 bits: the chance of one collision among ten million ids is 1 in 20,000


def public_id(*parts: object) -> str:
    """Twelve characters that follow from `parts` alone."""
    digest = sha256("\x1f".join(str(part) for part in parts).encode("utf-8", "surrogatepass")).digest()
    number = int.from_bytes(digest[:8])
    return "".join(_ALPHABET[(number >> (5 * place)) & 31] for place in range(_LENGTH))


def form_hash(form: str) -> int:
    """Number under which a wording's normal form is looked up: 63 bits."""
    return int.from_bytes(sha256(form.encode("utf-8", "surrogatepass")).digest()[:8]) >> 1


def document_id(sha: str) -> str:
    """Public id of the document whose text has this sha256."""
    return public_id("document", sha)


def quotation_id(sha: str, start: int, end: int) -> str:
    """Public id of a quotation: it follows from its document's sha256 and its offsets."""
    return public_id("quotation", sha, start, end)


def part_id(sha: str, start: int, end: int) -> str:
    """Public id of one sentence of a quotation."""
    return public_id("part", sha, start, end)
