"""The form in which two wordings are compared: letters and numbers only."""

import re
import unicodedata

_APOSTROPHES = re.compile(r"(?<=\w)['’‘ʼ′`](?=\w)")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")  # U.S., a.m.
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_WORD = re.compile(r"\d+(?:\.\d+)+|[^\W_]+|[$€£¥]")
_PER_CENT = re.compile(r"\bper cent\b")
_SPELLED = str.maketrans({"%": " percent ", "&": " and "})


def normal_form(text: str) -> str:
    """Case, marks, punctuation, diacritics, dashes, ellipses, brackets and white space folded; numbers kept.

    Two wordings are one variant exactly when their normal forms are equal. Applying it twice changes nothing.
    """
    letters = _APOSTROPHES.sub("", text).casefold().translate(_SPELLED)
    if not letters.isascii():
        decomposed = unicodedata.normalize("NFKD", letters)
        letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold()
    letters = _DOTTED.sub(lambda found: found[0].replace(".", ""), letters)
    words = " ".join(_WORD.findall(_THOUSANDS.sub("", letters)))
    return _PER_CENT.sub("percent", words)
