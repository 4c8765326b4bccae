"""What a document itself teaches about its words: which nouns are roles, which capitals before a name are titles."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.attribution import lexicon
from app.attribution.frames import Frame, Token
from app.attribution.persons import looks_like_person
from app.attribution.scanning import initial, name_end

_PHRASE = 8  # tokens of an apposition
_CLOSING = frozenset(",.;)")
_PLACING = frozenset("in at on from after before during since until near by for of across under over".split())


def taught(frames: Sequence[Frame]) -> list[Frame]:
    """The same sentences with every word marked that this document uses as a role or as a title before a name."""
    body = [frame.tokens for frame in frames if not frame.heading]
    heads = {head for tokens in body for head in _heads(tokens)}
    titles = _titles(body)
    surnames = {word for tokens in body for word in _surnames(tokens)}
    return [_marked(frame, heads, titles, surnames) for frame in frames]


def _marked(frame: Frame, heads: set[str], titles: set[str], surnames: set[str]) -> Frame:
    tokens = tuple(
        token._replace(person=False)
        if token.person and token.text in surnames
        else token._replace(person=True)
        if token.text in titles or (token.text.lower() in heads and token.slot < 0)
        else token
        for token in frame.tokens
    )
    return Frame(frame.paragraph, frame.heading, tokens)


def _surnames(tokens: Sequence[Token]) -> Iterator[str]:
    """“Tom Baker”: a job behind a given name is a surname in this document."""
    for at, stop in _runs(tokens):
        if stop - at == 2 and tokens[stop - 1].person and not _common(tokens[at]):
            yield tokens[stop - 1].text


def _common(token: Token) -> bool:
    low = token.text.lower().rstrip(".")
    return token.person or low in lexicon.ROLE_MODIFIERS or low in lexicon.HONORIFICS or bool(lexicon.demonym(low))


def _runs(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Runs of capitals, first and stop."""
    at = 0
    while at < len(tokens):
        stop = name_end(tokens, at)
        if stop > at:
            yield at, stop
        at = max(stop, at + 1)


def _heads(tokens: Sequence[Token]) -> Iterator[str]:
    """Nouns in apposition with a name, and nouns that speak."""
    for at, stop in _runs(tokens):
        if stop - at >= 2 and _person_name(tokens, at, stop):
            yield from _after(tokens, stop)
            yield from _before(tokens, at, stop)
    for at, token in enumerate(tokens):
        if looks_like_person(token.text) and token.text.islower() and _speaks(tokens, at):
            yield token.text


def _person_name(tokens: Sequence[Token], at: int, stop: int) -> bool:
    before = tokens[at - 1].text.lower() if at else ""
    last = tokens[stop - 1].text.lower()
    return before not in _PLACING | {"the"} and last not in lexicon.BODY_SUFFIXES


def _after(tokens: Sequence[Token], comma: int) -> Iterator[str]:
    """“Ann Ashby, the board’s glazier,” / “Ann Ashby, glazier of Norland,”"""
    if comma + 1 >= len(tokens) or tokens[comma].text != ",":
        return
    article = tokens[comma + 1].text.lower() in {"the", "a", "an", "its", "his", "her", "their"}
    head = _head(tokens, comma + 1 + article)
    if head is None:
        return
    closes = head + 1 >= len(tokens) or tokens[head + 1].text in _CLOSING
    follows = not closes and tokens[head + 1].text.lower() in {"of", "at", "for", "with", "in", "from", "on", "who"}
    if _fit(tokens[head].text) and (article or looks_like_person(tokens[head].text)) and (closes or follows):
        yield tokens[head].text


def _before(tokens: Sequence[Token], at: int, stop: int) -> Iterator[str]:
    """“its glazier, Ann Ashby, said”: from the comma back to the determiner, over one “of” phrase."""
    closes = stop >= len(tokens) or tokens[stop].text in _CLOSING
    if at < 3 or tokens[at - 1].text != "," or not closes:
        return
    for first in range(at - 2, max(-1, at - 2 - _PHRASE), -1):
        low = tokens[first].text.lower()
        if not low[:1].isalnum() and low not in {"'s", "’s"}:
            return
        if low in {"the", "its", "a", "an", "his", "her", "their"}:
            opener = tokens[first - 1].text.lower() if first else ""
            if opener in lexicon.PREPOSITIONS and opener != "to":
                continue
            head = _head(tokens, first + 1)
            if head is not None and _fit(tokens[head].text):
                yield tokens[head].text
            return


def _head(tokens: Sequence[Token], first: int) -> int | None:
    """The last word of the noun phrase that begins here: before a mark, a preposition or a relative."""
    last = None
    for number in range(first, min(first + _PHRASE, len(tokens))):
        low = tokens[number].text.lower()
        if low in {"'s", "’s"} and last is not None:
            continue
        if tokens[number].slot >= 0 or not low[:1].isalpha() or low in lexicon.PREPOSITIONS | lexicon.RELATIVES:
            return last
        if low in lexicon.AUXILIARIES or low in lexicon.CONJUNCTIONS or low in lexicon.DETERMINERS:
            return None
        last = number
    return None


def _fit(word: str) -> bool:
    """A word in lower case that can name one person: no body, thing of time, plural, adverb or verb form."""
    low = word.lower()
    closed = low in lexicon.BODY_HEADS_LOWER or low in lexicon.BODY_SUFFIXES or low in lexicon.TIMES
    plural = low.endswith("s") and not low.endswith(("ss", "us"))
    verbal = low.endswith(("ing", "ed", "ly")) or bool(lexicon.lemma(low)) or low in lexicon.ADVERBS
    return word.islower() and len(low) > 2 and not (closed or plural or verbal)


def _speaks(tokens: Sequence[Token], at: int) -> bool:
    """“a glazier who”, “one glazier said”, “said a glazier”: only persons stand there."""
    first = next((n for n in range(at - 1, max(-1, at - 4), -1) if tokens[n].text.lower() in lexicon.DETERMINERS), -1)
    if first < 0 or not all(tokens[n].text.islower() and tokens[n].slot < 0 for n in range(first + 1, at)):
        return False
    after = tokens[at + 1].text.lower() if at + 1 < len(tokens) else ""
    return after in {"who", "whose"} or lexicon.lemma(after) in {"say", "tell", "add", "ask", "recall", "reply"}


def _titles(body: Sequence[Sequence[Token]]) -> set[str]:
    """“Glazier Ann Ashby” where the document also has “the glazier”, or “Ann Ashby” by herself."""
    runs = [(tokens, at, stop) for tokens in body for at, stop in _runs(tokens) if stop - at > 1]
    names = {tuple(t.text for t in tokens[at:stop]) for tokens, at, stop in runs}
    nouns = {noun for tokens in body for noun in _nouns(tokens)}
    found: set[str] = set()
    for tokens, at, stop in runs:
        word = tokens[at].text
        bare = stop - at > 2 and tuple(t.text for t in tokens[at + 1 : stop]) in names
        titled = word.lower() in nouns and (bare or looks_like_person(word.lower()))
        if titled or (bare and initial(tokens, at) and looks_like_person(word.lower())):
            found.add(word)
    return found


def _nouns(tokens: Sequence[Token]) -> Iterator[str]:
    for before, token in pairwise(tokens):
        if before.text.lower() in {"the", "its", "a", "an", "their", "his", "her"} and token.text.islower():
            yield token.text
