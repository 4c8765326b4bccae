"""Words of documents on a terminal: nothing in a name or a title may act as a command to it."""

import unicodedata

_SHOWN = {"\n": "⏎", "\r": "⏎", "\t": " "}
_ACTING = frozenset(
    {"Cc", "Cf", "Cs", "Zl", "Zp"}
)  # controls, format characters such as bidi overrides, line separators


def inert(text: str) -> str:
    """One line of `text` with line breaks as ⏎ and every other control or format character as its number: `\\x1b`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        _SHOWN.get(sign) or (_numbered(sign) if unicodedata.category(sign) in _ACTING else sign) for sign in text
    )


def _numbered(sign: str) -> str:
    return sign.encode("unicode_escape").decode()
