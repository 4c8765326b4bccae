"""XML for programs: feeds, sitemaps, oEmbed."""

import re
from xml.etree.ElementTree import Element, SubElement, tostring

# XML 1.0 has no way to write these, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """A new child of `parent`; characters that XML forbids are left out."""
    child = SubElement(parent, name, {key: _allowed(value) for key, value in attributes.items()})
    child.text = _allowed(text) or None
    return child


def serialise(root: Element) -> bytes:
    """The document as UTF-8 with its declaration."""
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, "unicode")}'.encode()


def _allowed(text: str) -> str:
    return _FORBIDDEN.sub("", text)
