"""Cues in one narrator sentence (“said”, “according to”, “:”)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from app.attribution import lexicon
from app.attribution.frames import Token
from app.attribution.scanning import Mention

_OPENING = frozenset("according per via put puts went goes".split())

Form = Literal["finite", "participle", "according", "mark"]


@dataclass(frozen=True, slots=True)
class Cue:
    """Tokens `first` to `stop` say that somebody speaks; weak ones count only where no other stands."""

    first: int
    stop: int
    form: Form
    weak: bool = False


def cues(tokens: Sequence[Token], mentions: Sequence[Mention]) -> list[Cue]:
    """Every cue of the sentence in order."""
    inside = {number for mention in mentions for number in range(mention.first, mention.stop)}
    found = [_cue(tokens, at) for at in range(len(tokens)) if at not in inside and tokens[at].slot < 0]
    return [cue for cue in found if cue]


@lru_cache(maxsize=lexicon.REMEMBERED)
def _can_begin(word: str) -> bool:
    """Whether a cue can begin with this word: most can't."""
    low = word.lower()
    return low in _OPENING or (word[:1].isalpha() and bool(lexicon.lemma(low) or lexicon.weak_lemma(low)))


def _cue(tokens: Sequence[Token], at: int) -> Cue | None:
    if not _can_begin(tokens[at].text):
        return None
    low = tokens[at].text.lower()
    after = tokens[at + 1].text.lower() if at + 1 < len(tokens) else ""
    if (low == "according" and after == "to") or (low in {"per", "via"} and at):
        return Cue(at, at + 1 + (low == "according"), "according")
    if (low in {"put", "puts"} and after == "it") or (low in {"went", "goes"} and after == "on"):
        return Cue(at, at + 2, "finite")
    strong = lexicon.lemma(low)
    if not tokens[at].text[:1].isalpha() or not (strong or lexicon.weak_lemma(low)):
        return None
    return _verb(tokens, at, not strong)


def _verb(tokens: Sequence[Token], at: int, weak: bool) -> Cue | None:
    low = tokens[at].text.lower()
    before = _skip_adverbs(tokens, at)
    previous = tokens[before].text.lower() if before >= 0 else ""
    if (
        previous in lexicon.DETERMINERS
        or previous in {"'s", "’s", "’"}
        or (previous in lexicon.PREPOSITIONS and low in lexicon.NOUN_LIKE)
    ):
        return None
    if low.endswith("ing"):
        progressive = previous in lexicon.BE
        return Cue(at, at + 1, "finite" if progressive else "participle", weak)
    if previous in lexicon.BE and not _present(low):
        return None
    if previous == "to" or (previous in {"and", "but", "or", "then", ","} and _verb_follows_list(tokens, before)):
        return Cue(at, at + 1, "participle", weak)
    if low in lexicon.NOUN_LIKE and not _can_be_subject(tokens, before):
        return None
    return Cue(at, at + 1, "finite", weak)


def _present(low: str) -> bool:
    return not (low.endswith("ed") or low in lexicon.IRREGULAR)


def _verb_follows_list(tokens: Sequence[Token], before: int) -> bool:
    """“X met Y and said”: the verb has no subject of its own right before it."""
    return before >= 1 and tokens[before].text.lower() in {"and", "but", "or", "then"}


def _can_be_subject(tokens: Sequence[Token], before: int) -> bool:
    """A noun-like form (“claims”) is a verb after a name, a pronoun, a plural or a modal."""
    if before < 0:
        return False
    text, low = tokens[before].text, tokens[before].text.lower()
    if low in lexicon.MODALS or low in lexicon.SUBJECT_PRONOUNS or tokens[before].slot >= 0 or text == ",":
        return True
    return text[:1].isupper() or low in lexicon.UNNAMED_HEADS or low in lexicon.BODY_HEADS_LOWER


def _skip_adverbs(tokens: Sequence[Token], at: int) -> int:
    """The last token before `at` that is no adverb."""
    number = at - 1
    while number >= 0 and (tokens[number].text.lower() in lexicon.ADVERBS or is_adverb(tokens[number].text)):
        number -= 1
    return number


def is_adverb(text: str) -> bool:
    """An adverb by its ending."""
    return len(text) > 4 and text.islower() and text.endswith("ly")
