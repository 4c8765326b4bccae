"""How far roles, names and bodies reach over the tokens of a narrator sentence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from app.attribution import lexicon
from app.attribution.frames import Token
from app.attribution.persons import is_people

MentionKind = Literal["name", "body", "role", "pronoun", "unnamed"]
_LONGEST_PHRASE = 7  # tokens after a determiner among which the head of its phrase stands
_LONGEST_RUN = 12  # tokens of a name; longer runs of capitals are title lines
_ARTICLES = frozenset(["al-", "el-"])
_REFERRING = lexicon.PRONOUNS | lexicon.RELATIVES
_OPENERS = frozenset('“"‘:(—–-•')


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens `first` to `stop` of a sentence name somebody; `role` and `title` as said, `gender` m, f or unknown."""

    first: int
    stop: int
    kind: MentionKind
    name: str
    role: str = ""
    gender: str = ""
    definite: bool = True
    title: str = ""  # “Mr.”


def role_end(tokens: Sequence[Token], at: int) -> int:
    """Where the role words that begin here end; `at` itself when there is no role."""
    if at >= len(tokens) or not (tokens[at].person or _leads_to_role(tokens[at].text)):
        return at
    end = at
    for number in range(at, min(at + 8, len(tokens))):
        low = tokens[number].text.lower().rstrip(".")
        before = tokens[number - 1].text.lower() if number > at else ""
        if tokens[number].person or (before == "of" and end and (low in lexicon.OF_OFFICE or lexicon.demonym(low))):
            end = number + 1
        elif low == "of" and end == number > at:
            continue
        elif not _leads_to_role(tokens[number].text):
            break
    return end


@lru_cache(maxsize=lexicon.REMEMBERED)
def _leads_to_role(text: str) -> bool:
    low = text.lower().rstrip(".")
    return low in lexicon.ROLE_MODIFIERS or bool(lexicon.demonym(text)) or low == "-"


def person_phrase(tokens: Sequence[Token], at: int) -> int:
    """Where “a retired bridge builder” or “the board’s engineer” ends, from its determiner; `at` where none begins."""
    end = at
    if tokens[at].text.lower() not in lexicon.DETERMINERS or tokens[at].slot >= 0:
        return at
    for number in range(at + 1, min(at + 1 + _LONGEST_PHRASE, len(tokens))):
        token, low = tokens[number], tokens[number].text.lower()
        if token.person or is_people(low):
            end = number + 1
        elif end > at or not _modifies(tokens, number, first=number == at + 1):
            break
    return end


def _modifies(tokens: Sequence[Token], number: int, first: bool) -> bool:
    low = tokens[number].text.lower()
    if low in {"'s", "’s", "’", "'"}:
        return not first
    closed = low in lexicon.PREPOSITIONS or low in lexicon.CONJUNCTIONS or low in lexicon.AUXILIARIES
    article = low in lexicon.DETERMINERS and not low.isdigit() and low not in lexicon.NUMBERS
    if closed or article or tokens[number].text in lexicon.TIMES or low in _REFERRING:
        return False
    verb = not first and lexicon.lemma(low) and low not in lexicon.NOUN_LIKE
    return low[:1].isalnum() and tokens[number].slot < 0 and not verb


def honorifics(tokens: Sequence[Token], at: int) -> int:
    """How many honorifics stand here: one or none."""
    if at >= len(tokens) or not tokens[at].text[:1].isupper():
        return 0
    return int(tokens[at].text.lower().rstrip(".") in lexicon.HONORIFICS)


def gender_of(tokens: Sequence[Token]) -> str:
    """m or f where a title or role says so, else an empty string."""
    for token in reversed(tokens):
        low = token.text.lower().rstrip(".")
        gender = lexicon.HONORIFICS.get(low) or lexicon.GENDERED_ROLES.get(low, "")
        if gender:
            return gender
    return ""


def name_end(tokens: Sequence[Token], at: int) -> int:
    """Where the run of capitals that begins here ends; `at` itself where there is none."""
    if at >= len(tokens) or not _begins_name(tokens[at].text) or _opens_sentence(tokens, at):
        return at
    stop = at + 1
    last = min(len(tokens), at + _LONGEST_RUN)
    while stop < last and tokens[stop].slot < 0 and not _title_begins(tokens, stop) and _goes_on(tokens, stop):
        stop += 1
    return stop


@lru_cache(maxsize=lexicon.REMEMBERED)
def _begins_name(text: str) -> bool:
    return _capital(text) and text.lower() not in lexicon.NOT_NAMES


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether a run of capitals takes in this word."""
    low = tokens[at].text.lower()
    if _capital(tokens[at].text) and (low not in lexicon.NOT_NAMES or low in {"may", "will", "june"}):
        return True
    return _joins(tokens[at - 1].text, low) and _leads_on(tokens, at + 1)


def _opens_sentence(tokens: Sequence[Token], at: int) -> bool:
    """“Behind Ann Ashby”: a function word or participle with the capital of its place."""
    low = tokens[at].text.lower()
    closed = low in lexicon.PREPOSITIONS or low in lexicon.CONJUNCTIONS or low in lexicon.ADVERBS
    participle = low.endswith(("ing", "ed")) and bool(lexicon.lemma(low) or lexicon.weak_lemma(low))
    return (closed or participle) and initial(tokens, at)


def _title_begins(tokens: Sequence[Token], at: int) -> bool:
    """“Norland President Ann Ashby”: the title ends the run of capitals before it."""
    end = role_end(tokens, at)
    return at < end < len(tokens) and _capital(tokens[end].text) and tokens[at].text[:1].isupper()


def _leads_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether a capital follows, over one more particle at most (“van der Berg”)."""
    at += at < len(tokens) and tokens[at].text.lower() in lexicon.PARTICLES
    return at < len(tokens) and _capital(tokens[at].text)


def _joins(before: str, low: str) -> bool:
    if low in lexicon.PARTICLES:
        return True
    if low in {"of", "for", "&"}:
        return before.lower() in lexicon.BODY_SUFFIXES or before.lower() in {"bank", "organization", "center"}
    return False


def _capital(text: str) -> bool:
    return text[:1].isupper() or (text[:3].lower() in _ARTICLES and text[3:4].isupper())


def initial(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word is capitalised by its place alone."""
    return at == 0 or tokens[at - 1].slot >= 0 or tokens[at - 1].text in _OPENERS


def collective_end(tokens: Sequence[Token], stop: int) -> int:
    """“the Ashby campaign”, “Norland’s defence ministry”, “Norlandic officials”: where it ends, else 0."""
    for number in range(stop, min(stop + 3, len(tokens))):
        low = tokens[number].text
        if low in lexicon.BODY_HEADS_LOWER or low in lexicon.UNNAMED_HEADS:
            return number + 1
        if low in lexicon.PREPOSITIONS or low in lexicon.CONJUNCTIONS or not low.islower() or lexicon.lemma(low):
            return 0
    return 0


def complement_end(tokens: Sequence[Token], end: int) -> int:
    """“president of Norland”: the name behind "of" belongs to the role."""
    if end < len(tokens) and tokens[end].text.lower() == "of":
        article = end + 1 < len(tokens) and tokens[end + 1].text.lower() == "the"
        stop = name_end(tokens, end + 1 + article)
        return stop if stop > end + 1 + article else end
    return end


def with_determiner(tokens: Sequence[Token], at: int) -> int:
    """The first token with the determiner before it."""
    return at - 1 if at and tokens[at - 1].text.lower() in lexicon.DETERMINERS else at


def joined(tokens: Sequence[Token]) -> str:
    """The words as written, parted by spaces."""
    return re.sub(r" (?=[’']s\b)", "", " ".join(token.text for token in tokens))
