"""The subjects of cues: which words of a sentence say who speaks."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.attribution import lexicon
from app.attribution.cues import Cue, is_adverb
from app.attribution.frames import Token
from app.attribution.persons import is_people
from app.attribution.scanning import Mention

_BREAKS = lexicon.PREPOSITIONS | lexicon.AUXILIARIES | lexicon.CONJUNCTIONS | {"you", "who", "which", "what", "to"}
_INVERTING = frozenset({"say", "add", "write", "explain", "continue", "conclude", "declare", "note", "recall", "reply"})
_CLAUSE = 40  # tokens over which commas around an apposition are matched
_RELATIVES = frozenset("which who that whose".split())
_PAUSES = frozenset([",", "—", "–", "-", "--"])
_PHRASE = 5  # tokens of a noun phrase behind its verb
_REACH = 14  # tokens over which a noun phrase before its verb is followed


@dataclass(frozen=True, slots=True)
class Subject:
    """Tokens `first` to `stop` name who speaks; `mention` is the name, role or pronoun among them."""

    first: int
    stop: int
    mention: Mention | None


class Clause:
    """Finds the subjects of cues in one sentence."""

    def __init__(self, tokens: Sequence[Token], mentions: Sequence[Mention]) -> None:
        self.tokens = tokens
        self.mentions = mentions
        fit = (mention for mention in mentions if mention.name != "it" and self.eligible(mention))
        self.first = next((_whole(mention) for mention in fit), None)
        self.at = {number: mention for mention in mentions for number in range(mention.first, mention.stop)}

    def subject(self, cue: Cue) -> Subject | None:
        """Who speaks, by this cue."""
        if cue.form == "according":
            return self._noun_phrase_after(cue.stop)
        if cue.form == "participle":
            return self._before(cue) if self._attached(cue) else self.main(cue.first)
        return self._inverted(cue) or self._before(cue) or self.main(cue.first)

    def main(self, limit: int | None = None) -> Subject | None:
        """The subject of the sentence: the first mention that is no object of a preposition nor possessive."""
        first = self.first
        return first if first and (limit is None or first.first < limit) else None

    def eligible(self, mention: Mention) -> bool:
        """Whether a mention can be the subject of a verb."""
        before = self.tokens[mention.first - 1].text.lower() if mention.first else ""
        if before in {"the", "a", "an"} and mention.first > 1:
            before = self.tokens[mention.first - 2].text.lower()
        after = self.tokens[mention.stop].text if mention.stop < len(self.tokens) else ""
        return before not in lexicon.PREPOSITIONS and after not in {"'s", "’s", "’"}

    def _attached(self, cue: Cue) -> bool:
        """“Ashby, warning that …” and “Ashby warning”: the participle stands behind its own subject."""
        before = cue.first - 1
        return before >= 0 and before in self.at and self.eligible(self.at[before])

    def _inverted(self, cue: Cue) -> Subject | None:
        before = cue.first - 1
        opens = (
            before < 0 or self.tokens[before].slot >= 0 or self.tokens[before].text in {",", "—", "–", "-", "”", '"'}
        )
        if before >= 0 and self.tokens[before].text.lower() == "as":
            opens = True
        own = before >= 0 and self.tokens[before].text == "," and self._before(cue) is not None
        if not opens or (own and not self._after_slot(before)):
            return None
        found = self._noun_phrase_after(cue.stop)
        return found if found and self._starts_subject(cue, found) else None

    def _after_slot(self, comma: int) -> bool:
        return comma > 0 and (self.tokens[comma - 1].slot >= 0 or self.tokens[comma - 1].text in '”"’')

    def _starts_subject(self, cue: Cue, found: Subject) -> bool:
        """“said Ashby” but not “, urging Venn to …”: nothing but the end or a pause follows the name."""
        low = self.tokens[cue.first].text.lower()
        if lexicon.lemma(low) in _INVERTING:
            return True
        if found.stop >= len(self.tokens):
            return True
        follower = self.tokens[found.stop]
        return follower.slot >= 0 or not follower.text[0].isalnum()

    def _noun_phrase_after(self, at: int) -> Subject | None:
        for number in range(at, min(at + 6, len(self.tokens))):
            mention = self.at.get(number)
            if mention:
                return Subject(mention.first, mention.stop, mention)
            low = self.tokens[number].text.lower()
            if not low[:1].isalnum() or low in lexicon.PREPOSITIONS or low in lexicon.CONJUNCTIONS:
                break
            if low in lexicon.UNNAMED_HEADS or low in lexicon.BODY_HEADS_LOWER:
                return Subject(at, number + 1, None)
        return self._closed_phrase(at)

    def _closed_phrase(self, at: int) -> Subject | None:
        """“said the 46-year-old.”: whatever noun, when a determiner opens the phrase and a mark ends it."""
        if at >= len(self.tokens) or self.tokens[at].text.lower() not in lexicon.DETERMINERS:
            return None
        stop = at + 1
        while stop < min(at + _PHRASE, len(self.tokens)) and self.tokens[stop].text[:1].isalnum():
            if self.tokens[stop].text.lower() in lexicon.DETERMINERS:
                return None
            stop += 1
        rest = self.tokens[stop : stop + 1]
        closed = not rest or rest[0].slot >= 0 or rest[0].text in {",", ".", ":", ";"}
        return Subject(at, stop, None) if closed and stop > at + 1 else None

    def _before(self, cue: Cue) -> Subject | None:
        number = _skip_verb_group(self.tokens, cue.first)
        if number < 0 or self.tokens[number].slot >= 0:
            return None
        if self.tokens[number].text == ",":
            return self._across_comma(number)
        if self.tokens[number].text.lower() == "who":
            return self._named_before(number)
        if self.tokens[number].text == ")":
            return self._before_bracket(number)
        return self._noun_phrase_before(number)

    def _named_before(self, who: int) -> Subject | None:
        """“Ashby, who said”: the relative stands for the name before it."""
        mention = self.at.get(self._before_relative(who))
        return Subject(mention.first, who + 1, mention) if mention else None

    def antecedent(self, relative: int) -> Subject | None:
        """The name or noun phrase that a relative pronoun stands for; “who” is no body that only describes."""
        last = self._before_relative(relative)
        mention = self.at.get(last)
        person = self.tokens[relative].text.lower() != "which"
        if mention and not (person and mention.kind == "body" and not self.eligible(mention)):
            return _whole(mention)
        found = self._noun_phrase_before(last) if last >= 0 and self.tokens[last].slot < 0 else None
        return found if found and (found.mention or not person or self._people(found)) else None

    def _people(self, phrase: Subject) -> bool:
        words = self.tokens[phrase.first : phrase.stop]
        return any(t.person or is_people(t.text.lower()) or t.text.lower() in lexicon.UNNAMED_HEADS for t in words)

    def _before_relative(self, relative: int) -> int:
        """The last token before a relative pronoun and its pause: a comma, a dash or two hyphens."""
        last = relative - 1
        while last >= 0 and self.tokens[last].text in _PAUSES:
            last -= 1
        return last

    def _before_bracket(self, number: int) -> Subject | None:
        for at in range(number, max(-1, number - 8), -1):
            if self.tokens[at].text == "(":
                return self._noun_phrase_before(at - 1)
        return None

    def _across_comma(self, comma: int) -> Subject | None:
        """“Ashby, who met Venn in Oslo, said”: the subject ends where an earlier comma stands."""
        for number in range(comma - 1, max(0, comma - _CLAUSE), -1):
            if self.tokens[number].slot >= 0:
                return None
            ends = self.tokens[number].text == "," and number - 1 in self.at
            if ends and self.eligible(self.at[number - 1]):
                return _whole(self.at[number - 1])
            if self.tokens[number].text == "," and self.tokens[number + 1].text.lower() in _RELATIVES:
                chunk = self._chunk(number - 1)
                if chunk is not None and not self._preposition(chunk - 1):
                    return Subject(chunk, number, None)
        held = self.at.get(comma - 1)
        return _whole(held) if held and self.eligible(held) else None

    def _noun_phrase_before(self, last: int) -> Subject | None:
        """Follow a noun phrase to its left end, over prepositions: “an official of the ministry said”."""
        stop, number = last + 1, last
        while number >= 0 and last - number < _REACH:
            mention = self.at.get(number)
            if mention and self._preposition(mention.first - 1):
                number = mention.first - 2
                continue
            if mention:
                return self._conjoined(mention, stop)
            chunk = self._chunk(number)
            if chunk is None:
                return None
            if not self._preposition(chunk - 1):
                return Subject(chunk, stop, None)
            number = chunk - 2
        return None

    def _conjoined(self, mention: Mention, stop: int) -> Subject:
        """“Ashby and Venn said”: the first of them speaks for both."""
        joined = mention.first > 1 and self.tokens[mention.first - 1].text.lower() == "and"
        first = self.at.get(mention.first - 2) if joined else None
        if first and self.eligible(first):
            return Subject(first.first, mention.stop, first)
        nameless = mention.kind == "unnamed" or not mention.definite
        return Subject(mention.first, stop if nameless else mention.stop, mention)

    def _preposition(self, number: int) -> bool:
        return number > 0 and self.tokens[number].text.lower() in lexicon.PREPOSITIONS

    def _chunk(self, last: int) -> int | None:
        """The first token of the common-noun phrase that ends at `last`."""
        number = last
        while number >= max(0, last - _REACH) and self.tokens[number].slot < 0:
            low = self.tokens[number].text.lower()
            if low in lexicon.DETERMINERS:
                return number if number < last or low in {"many", "some", "others", "most", "both", "one"} else None
            if not low[:1].isalnum() or low in _BREAKS or number in self.at:
                break
            number -= 1
        head = self.tokens[last].text.lower()
        plural = head in lexicon.UNNAMED_HEADS or head in lexicon.BODY_HEADS_LOWER
        opens = number < 0 and head.endswith("s") and self.tokens[0].text.lower() not in lexicon.NOT_NAMES
        return number + 1 if (plural or opens) and last > number else None


def _whole(mention: Mention) -> Subject:
    return Subject(mention.first, mention.stop, mention)


def _skip_verb_group(tokens: Sequence[Token], at: int) -> int:
    """The last token before the auxiliaries and adverbs that belong to the verb at `at`."""
    number = at - 1
    while number >= 0 and tokens[number].slot < 0:
        text, low = tokens[number].text, tokens[number].text.lower()
        if low not in lexicon.AUXILIARIES and low not in lexicon.ADVERBS and not is_adverb(text):
            break
        number -= 1
    return number
