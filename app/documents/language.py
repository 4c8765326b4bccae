"""Is it English? Everything after this stage reads English only."""

from dataclasses import replace
from math import sqrt

from app.records import Document, Rejected

_SAMPLE = 1500  # characters; twice as many take twice as long and change nothing
_LEAST = 80  # characters under which a guess is worth nothing
_SURE = 2.0  # log odds, tempered by the root of the length
_NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew",
    "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "nb": "Norwegian", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovene",
    "sr": "Serbian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip


def in_english(document: Document) -> Document | Rejected:
    """The document with its language set, or a Rejected that names the other language.

    The detector decides where it is sure, the declared language where it is not; with neither, English.
    """
    declared = (document.language or "").lower()[:2]
    detected = _detect(document.text[document.body_start :][:_SAMPLE])
    language = detected or declared or "en"
    if language == "en":
        return replace(document, language="en")
    return Rejected(
        document.name,
        "skipped",
        f"It is not in English but in {_NAMES.get(language, f'another language ({language})')}.",
        "Variorum reads English only: give it an English version.",
    )


def _detect(sample: str) -> str | None:
    """ISO 639 code of the language of `sample`; None where it is not surely English nor surely not."""
    if len(sample.strip()) < _LEAST:
        return None
    import py3langid  # loads its model, which takes a second

    ranking = py3langid.rank(sample)
    best, score = ranking[0]
    rival = ranking[1][1] if best == "en" else dict(ranking)["en"]
    odds = (score - rival) / sqrt(len(sample.encode("utf-8", "surrogatepass")))
    return best if odds > _SURE else None
