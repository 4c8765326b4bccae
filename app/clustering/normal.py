"""The form in which two wordings are compared: letters and numbers only."""

import re
import unicodedata

# What looks behind comes after the sign that it is about: else it is tried at every letter of a text.
_APOSTROPHES = re.compile(r"['’‘ʼ′`](?<=\w.)(?=\w)")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")  # U.S., a.m.
_THOUSANDS = re.compile(r",(?<=\d,)(?=\d{3}(?!\d))")
_WORD = re.compile(r"\d+(?:\.\d+)+|[^\W_]+|[$€£¥]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_PER_CENT = re.compile(r"\bper cent\b")


def normal_form(text: str) -> str:
    """Case, marks, punctuation, diacritics, dashes, ellipses, brackets and white space folded; numbers kept.

    Two wordings are one variant exactly when their normal forms are equal. Applying it twice changes nothing.
    """
    letters = _APOSTROPHES.sub("", text).casefold().replace("%", " percent ").replace("&", " and ")
    if not letters.isascii():
        letters = _BEYOND_ASCII.sub(_without_marks, unicodedata.normalize("NFKD", letters)).casefold()
    letters = _DOTTED.sub(lambda found: found[0].replace(".", ""), letters)
    words = " ".join(_WORD.findall(_THOUSANDS.sub("", letters)))
    return _PER_CENT.sub("percent", words) if "per cent" in words else words


def _without_marks(found: re.Match[str]) -> str:
    return "".join(sign for sign in found[0] if not unicodedata.combining(sign))
