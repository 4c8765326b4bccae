"""Mentions of possible speakers in one narrator sentence: names, titles with names, roles, bodies, pronouns."""

from collections.abc import Collection, Sequence

from app.attribution import lexicon
from app.attribution.appositions import with_roles
from app.attribution.frames import Token
from app.attribution.persons import is_people
from app.attribution.scanning import (
    Mention,
    MentionKind,
    collective_end,
    complement_end,
    gender_of,
    honorifics,
    initial,
    joined,
    name_end,
    person_phrase,
    role_end,
    with_determiner,
)

_DEFINITE = frozenset("the its his her their our this that".split())
_PRONOUNS = lexicon.SUBJECT_PRONOUNS - {"who", "i"}
_NUMBERS = lexicon.NUMBERS - {"one"}
_DEMONYMS = lexicon.DEMONYMS - lexicon.COUNTRIES
_BODY_OPENERS = lexicon.BODY_NAMES | lexicon.BODY_OPENERS
_LONGEST_NAME = 8  # tokens; longer runs of capitals are title lines


class Finder:
    """Finds the mentions of a sentence, given how the document writes its words elsewhere."""

    def __init__(self, common: Collection[str], capitals: Collection[str], known: Collection[str] = ()) -> None:
        self.common = common  # written in lower case somewhere
        self.capitals = capitals  # capitalised in the middle of a sentence somewhere
        self.known = known  # in headings only names known from the body count

    def find(self, tokens: Sequence[Token], heading: bool = False) -> list[Mention]:
        """All mentions in order, never overlapping."""
        found: list[Mention] = []
        at = 0
        while at < len(tokens):
            mention = self._at(tokens, at, heading)
            if mention:
                found.append(mention)
            at = mention.stop if mention else at + 1
        return with_roles(tokens, found)

    def _at(self, tokens: Sequence[Token], at: int, heading: bool) -> Mention | None:
        low = tokens[at].text.lower()
        if low in _PRONOUNS or tokens[at].text == "I":
            gender = "m" if low == "he" else "f" if low == "she" else ""
            return Mention(at, at + 1, "pronoun", low, "", gender)
        if heading:
            return self._known_name(tokens, at)
        if not tokens[at].text[:1].isalpha():
            return None
        return self._phrase(tokens, at) or self._titled(tokens, at) or self._plain(tokens, at)

    def _phrase(self, tokens: Sequence[Token], at: int) -> Mention | None:
        """“a retired builder”, “its chief engineer”: a determiner and a noun for a person, with the name after it."""
        end = person_phrase(tokens, at)
        if end == at or name_end(tokens, end) > end:
            return None
        head = tokens[end - 1].text.lower()
        if not tokens[end - 1].person or tokens[at].text.lower() in _NUMBERS:
            return Mention(at, end, "unnamed", joined(tokens[at:end])) if is_people(head) else None
        stop = complement_end(tokens, end)
        definite = tokens[at].text.lower() in _DEFINITE
        role, gender = joined(tokens[at + 1 : stop]), gender_of(tokens[at:end])
        return Mention(at, stop, "role", f"{tokens[at].text.lower()} {role}", role, gender, definite)

    def _known_name(self, tokens: Sequence[Token], at: int) -> Mention | None:
        stop = at
        while stop < len(tokens) and tokens[stop].text in self.known:
            stop += 1
        return Mention(at, stop, "name", joined(tokens[at:stop])) if stop > at else None

    def _titled(self, tokens: Sequence[Token], at: int) -> Mention | None:
        """Role words, in any case, with the name that follows them; or the role alone."""
        end = role_end(tokens, at)
        honorific = honorifics(tokens, end)
        if end == at and not honorific:
            return None
        stop = name_end(tokens, end + honorific)
        named = stop > end + honorific
        if end == at and not named:
            return None
        gender = gender_of(tokens[at : end + honorific])
        role = joined(tokens[at:end])
        if named and _body_words([t.text for t in tokens[end + honorific : stop]]):
            named = False
        if named:
            title = joined(tokens[end : end + honorific])
            return Mention(at, stop, "name", joined(tokens[end + honorific : stop]), role, gender, title=title)
        return _role_alone(tokens, at, end, gender) if end > at else None

    def _plain(self, tokens: Sequence[Token], at: int) -> Mention | None:
        stop = _joined_body(tokens, at, name_end(tokens, at))
        if stop == at or stop - at > _LONGEST_NAME:
            return None
        if stop - at == 1 and initial(tokens, at) and not self._really_name(tokens, at):
            return None
        return _classified(tokens, at, stop)

    def _really_name(self, tokens: Sequence[Token], at: int) -> bool:
        """For a single word at the start of a sentence, which has its capital from its place."""
        word, after = tokens[at].text, tokens[at + 1].text if at + 1 < len(tokens) else ""
        if word.lower() in self.common:
            return word in self.capitals and bool(lexicon.lemma(after) or after in {"’s", "'s"})
        speaks = lexicon.lemma(after) or after in lexicon.AUXILIARIES or after == ":"
        return word in self.capitals or bool(speaks) or word.isupper() or word.lower() in lexicon.COUNTRIES


def _joined_body(tokens: Sequence[Token], at: int, stop: int) -> int:
    """“the Trade and Fisheries Commission” is one body."""
    if at < stop and at and tokens[at - 1].text.lower() == "the" and tokens[stop : stop + 1]:
        end = name_end(tokens, stop + 1) if tokens[stop].text.lower() == "and" else stop + 1
        if end > stop + 1 and tokens[end - 1].text.lower() in lexicon.BODY_SUFFIXES:
            return end
    return stop


def _classified(tokens: Sequence[Token], at: int, stop: int) -> Mention | None:
    words = [token.text for token in tokens[at:stop]]
    head = collective_end(tokens, stop)
    if head:
        kind: MentionKind = "body" if tokens[head - 1].text.lower() in lexicon.BODY_HEADS_LOWER else "unnamed"
        return Mention(with_determiner(tokens, at), head, kind, joined(tokens[at:head]))
    if len(words) == 1 and words[0].lower() in _DEMONYMS:
        return Mention(at, stop, "name", words[0]) if _speaks(tokens, at, stop) else None
    article = at > 0 and tokens[at - 1].text.lower() == "the"
    if article or _body_words(words):
        return Mention(at - article, stop, "body", " ".join(words))
    return Mention(at, stop, "name", joined(tokens[at:stop]))


def _speaks(tokens: Sequence[Token], at: int, stop: int) -> bool:
    """“Norlandic said” is no adjective: a verb of speech stands next to the word."""
    beside = ([tokens[at - 1].text] if at else []) + ([tokens[stop].text] if stop < len(tokens) else [])
    return any(lexicon.lemma(text) for text in beside)


def _role_alone(tokens: Sequence[Token], at: int, end: int, gender: str) -> Mention | None:
    before = tokens[at - 1].text.lower() if at else ""
    capital = tokens[at].text[0].isupper() and not initial(tokens, at)
    definite = before in {"the", "’s", "'s", "his", "her", "their"} or capital or bool(lexicon.demonym(tokens[at].text))
    stop = complement_end(tokens, end)
    role = joined(tokens[at:stop])
    first = with_determiner(tokens, at)
    return Mention(first, stop, "role", role, role, gender, definite and before not in {"a", "an", "one"})


def _body_words(words: Sequence[str]) -> bool:
    lows = [word.lower().rstrip(".") for word in words]
    acronym = len(words) == 1 and words[0].isupper() and 2 <= len(words[0].replace(".", "")) <= 6
    single = len(words) == 1 and (lows[0] in lexicon.COUNTRIES or words[0].lower() in lexicon.COUNTRIES)
    if " ".join(lows) in lexicon.PLACES or len(words[0]) == len(words) == 1:
        return True
    suffix = lows[-1] in lexicon.BODY_SUFFIXES and len(words) > 1
    return acronym or single or suffix or "of" in lows or lows[0] in _BODY_OPENERS
