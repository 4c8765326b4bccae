"""Pages that no parser reads in time: it compares each attribute of a tag with every other one."""

import re

from app.errors import InputError

_MOST = 2000  # attributes of one tag; pages have a dozen
_NAMED = re.compile(r"""[\s"'/]([^\s=<>"'/]++)\s*+=""")
_LONG = re.compile(r"<[A-Za-z][^<>]{4000}[^<>]*+")
_VALUE = re.compile(r""""[^"]*+(?:"|$)|'[^']*+(?:'|$)""")


def refuse_crowded(markup: str) -> None:
    """Raise InputError where one tag may have thousands of attributes. Linear in the markup."""
    named = markup.count("=") > _MOST and len(set(_NAMED.findall(markup))) > 5 * _MOST
    if named or any(len(_VALUE.sub(" ", tag[0]).split()) > _MOST for tag in _LONG.finditer(markup)):
        raise InputError(
            "A tag in this page has thousands of attributes.",
            "Give the article's text as a plain-text file.",
        )
