"""Whether a document gives what was said first-hand: a transcript, a release, a full text."""

import re

_SPOKEN = 0.5  # share of a document that is speech by its layout, from which it is a transcript
_LINES, _LENGTH = 4, 100  # in which a document says what it is; longer lines tell a story
_SAYS_SO = re.compile(
    r"(?:^|[|:–—-])\W*(?:(?:(?:press|news|media) (?:release|statement)|(?:full |official )?transcript|full text)\b"
    r"|text of (?:the |his |her |a )?(?:speech|statement|address|remarks|letter)\b|verbatim (?:record|report)\b"
    r"|(?:(?:joint|opening|closing) )?(?:remarks|statement|speech|address) (?:by|from|of)\b)"
    r"|\bfor immediate release\b|\bas (?:delivered|prepared for delivery)\b",
    re.I,
)


def is_primary(opening: str, spoken: float) -> bool:
    """Whether a document is first-hand, from its title with its first words, and from the share that is speech by its
    layout."""
    lines = [line.strip() for line in opening.splitlines() if line.strip()][:_LINES]
    return spoken >= _SPOKEN or any(
        len(line) <= _LENGTH and not line.endswith((".", ",")) and _SAYS_SO.search(line) for line in lines
    )
