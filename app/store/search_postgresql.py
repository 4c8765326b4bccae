"""Queries of SQLite's full-text search for PostgreSQL: the same words, phrases and beginnings as a tsquery. Pure.

Words are made as the functions search_words and search_stems of the first migration make them of texts.
"""

import re
import unicodedata
from dataclasses import dataclass

_TOKEN = re.compile(
    r'"(?P<phrase>[^"]*)"\s*(?P<begun>\*)?|(?P<column>\w+)\s*:|(?P<operator>AND|OR)\b|(?P<open>\()|(?P<close>\))'
)
_OPERATORS = {"AND": "&", "OR": "|"}
_WEIGHTS = {"speaker": "A", "wordings": "B"}  # the columns of quote_search
_NOTHING = "(a & !a)"
_SYLLABLE = r"[aeiouy][b-df-hj-np-tv-xz]"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow one another; of the last one only the beginning, where it is `begun`."""

    words: tuple[str, ...]
    begun: bool


def tsquery(query: str, stemmed: bool) -> str:
    """A query of FTS5 (phrases in quotation marks, AND, OR, brackets, columns, *) as a tsquery."""
    parts: list[str] = []
    weights, weight = [""], ""
    for token in _TOKEN.finditer(query):
        if token["column"]:
            weight = _WEIGHTS[token["column"]]
        elif token["open"]:
            weights.append(weight or weights[-1])
            weight = ""
            parts.append("(")
        elif token["close"]:
            weights.pop()
            parts.append(")")
        elif token["operator"]:
            parts.append(_OPERATORS[token["operator"]])
        else:
            parts.append(
                _phrase(Phrase(lexemes(token["phrase"]), bool(token["begun"])), weight or weights[-1], stemmed)
            )
            weight = ""
    return " ".join(parts)


def pattern(query: str) -> str:
    """Pieces of words, any of which is looked for, as a regular expression; no pieces match nothing."""
    pieces = [piece for phrase in phrases(query) for piece in phrase.words]
    return "|".join(pieces) or "$."


def phrases(query: str) -> tuple[Phrase, ...]:
    """All phrases of a query."""
    found = (token for token in _TOKEN.finditer(query) if token["phrase"] is not None)
    return tuple(Phrase(lexemes(token["phrase"]), bool(token["begun"])) for token in found)


def lexemes(text: str) -> tuple[str, ...]:
    """The words of a text as search compares them: letters and digits, without case and diacritics."""
    plain = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFD", text)).lower()
    return tuple(re.findall(r"[^\W_]+", plain))


def _phrase(phrase: Phrase, weight: str, stemmed: bool) -> str:
    """Words next to one another; a `weight` is the column they must stand in."""
    if not phrase.words:
        return _NOTHING
    *before, last = phrase.words
    asked = [_word(word, weight, stemmed) for word in before]
    asked.append(_word(last, f"*{weight}" if phrase.begun else weight, stemmed))
    return f"({' <-> '.join(asked)})"


def _word(word: str, marks: str, stemmed: bool) -> str:
    return f"{_stem(word, whole='*' not in marks) if stemmed else word}{marks and ':' + marks}"


def _stem(word: str, whole: bool) -> str:
    """What search_stems does before PostgreSQL's stemmer; a word that may go on keeps its last s."""
    word = re.sub(rf"^([a-z]*{_SYLLABLE}[a-z]*bl)(?:y|ies)$", r"\1e", word)
    word = re.sub(rf"^([a-z]*{_SYLLABLE}[a-z]*log)(?:y|ies)$", r"\1", word)
    return re.sub(r"^([a-z]s)$", r"\g<1>0", word) if whole else word
