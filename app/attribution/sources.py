"""Which cue and which words name the speaker of a quotation, by their places in one narrator sentence."""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.attribution import lexicon
from app.attribution.cues import Cue
from app.attribution.cues import cues as find_cues
from app.attribution.frames import Token
from app.attribution.scanning import Mention
from app.attribution.subjects import Clause, Subject

_SEVERAL = frozenset("both sides parties delegations rivals pair duo two".split())
_NEAR = 4  # tokens between a cue and the quotation that it opens
_FAR = 14
_CUES = 12  # cues on either side of a quotation that are weighed


@dataclass(frozen=True, slots=True)
class Found:
    """A subject and, unless the sentence only mentions it, the cue; `confidence` follows from the pattern."""

    subject: Subject
    cue: Cue | None
    confidence: float


class Sentence:
    """One narrator sentence with its cues and their subjects."""

    def __init__(self, tokens: Sequence[Token], mentions: Sequence[Mention]) -> None:
        self.tokens = tokens
        self.clause = Clause(tokens, mentions)
        pairs = ((cue, self.clause.subject(cue)) for cue in find_cues(tokens, mentions))
        self.places = {token.slot: number for number, token in enumerate(tokens) if token.slot >= 0}
        self.cued = [(cue, subject) for cue, subject in pairs if subject]
        self.subjects = {subject.first for _, subject in self.cued}
        # nothing but quotations stands here
        self.bare = not any(token.slot < 0 and token.text[:1].isalnum() for token in tokens)
        self.starts = [cue.first for cue, _ in self.cued]

    def main(self) -> Subject | None:
        """The subject of the sentence."""
        return self.clause.main()

    def named_in(self, first: int, stop: int) -> Mention | None:
        """The mention that a span of tokens is about: the subject of a cue, else the first that can be a subject.

        A name that only describes, as in “officials in Norland”, is not the one.
        """
        inside = list(dict.fromkeys(self.clause.at[n] for n in range(first, stop) if n in self.clause.at))
        ranked = (
            [m for m in inside if m.first in self.subjects]
            + [m for m in inside if self.clause.eligible(m)]
            + [m for m in inside[:1] if not self._describes(first, m)]
        )
        return next(iter(ranked), None)

    def _describes(self, first: int, mention: Mention) -> bool:
        """Whether a mention is the object of a preposition behind a noun of the span; “a report by Ashby” is his."""
        before = [token.text.lower() for token in self.tokens[first : mention.first]]
        articles = lexicon.PREPOSITIONS | lexicon.DETERMINERS
        described = not articles.isdisjoint(before) and any(low.isalpha() and low not in articles for low in before)
        return described and "by" not in before

    def meant(self, first: int, stop: int) -> Subject:
        """What a span of tokens stands for; a relative pronoun alone, for what is named or described before it."""
        if stop - first > 1 or self.tokens[first].text.lower() not in lexicon.RELATIVES:
            return Subject(first, stop, self.named_in(first, stop))
        return self.clause.antecedent(first) or Subject(first, stop, None)

    def closing(self) -> Found | None:
        """The speaker that a sentence ending in a colon announces."""
        if not self.tokens or self.tokens[-1].text != ":":
            return None
        if self.cued:
            cue, subject = self.cued[-1]
            return Found(subject, cue, 0.9)
        subject_only = self.main()
        return Found(subject_only, None, 0.8) if subject_only else None

    def source(self, slot: int) -> Found | None:
        """The best source of the passage in this slot, or None where no cue fits."""
        at = self.places[slot]
        tagged = self._tag_after(at)
        marked = self._marked(at)
        before = self._before(at, weak=False)
        options = [tagged, marked, before] if before is None or before.confidence > 0.6 else [tagged, marked]
        chosen = next((option for option in options if option), None)
        return chosen or self._after(at) or before or self._before(at, weak=True)

    def _cued_after(self, at: int) -> list[tuple[Cue, Subject]]:
        place = bisect(self.starts, at)
        return self.cued[max(0, place - 1) : place + _CUES]

    def _cued_before(self, at: int) -> list[tuple[Cue, Subject]]:
        place = bisect(self.starts, at)
        return self.cued[max(0, place - _CUES) : place]

    def _tag_after(self, at: int) -> Found | None:
        """“A,” Ashby said. / “A,” said Ashby."""
        for cue, subject in self._cued_after(at):
            first = min(cue.first, subject.first)
            if first > at and not cue.weak and self._only_marks(at + 1, first):
                return Found(subject, cue, 0.97)
        return None

    def _only_marks(self, first: int, stop: int) -> bool:
        between = self.tokens[first:stop]
        return len(between) <= 2 and all(
            t.slot < 0 and not t.text[0].isalnum() and t.text not in ".;(" for t in between
        )

    def _marked(self, at: int) -> Found | None:
        """Ashby: “A” / “A”: Ashby / “A” — Ashby"""
        for mention in (self.clause.at.get(at - 2), self.clause.at.get(at + 2)):
            if mention is None:
                continue
            colon = at - mention.stop == 1 and self.tokens[mention.stop].text == ":"
            before = colon and not self._addressed(mention)
            after = mention.first - at == 2 and self.tokens[at + 1].text in {":", "—", "–", "-"}
            if before or (after and mention.stop >= len(self.tokens) - 1):
                mark = mention.stop if before else at + 1
                return Found(Subject(mention.first, mention.stop, mention), Cue(mark, mark + 1, "mark"), 0.9)
        return None

    def _addressed(self, mention: Mention) -> bool:
        """“he told Harbour Radio:”: the name before the colon is the hearer of a verb whose subject stands before."""
        return any(
            cue.stop <= mention.first and mention.first - cue.stop <= _NEAR and subject.first != mention.first
            for cue, subject in self._cued_before(mention.first)
        )

    def _before(self, at: int, weak: bool) -> Found | None:
        """Ashby said that … “a” … / what Ashby called “a”"""
        several: Found | None = None
        for cue, subject in reversed(self._cued_before(at)):
            if cue.stop <= at and cue.weak == weak and max(subject.stop, cue.stop) <= at:
                gap = at - max(cue.stop, subject.stop)
                confidence = 0.92 if gap <= _NEAR else 0.8 if gap <= _FAR else 0.65
                found = Found(subject, cue, confidence - (0.25 if weak else 0))
                if not self._several(subject):
                    return found
                several = several or replace(found, confidence=0.4)
        return several

    def _several(self, subject: Subject) -> bool:
        """“both sides”, “the two parties”: nobody says words together, so whoever reports them comes first."""
        words = {token.text.lower() for token in self.tokens[subject.first : subject.stop]}
        return (subject.mention is None or subject.mention.kind == "unnamed") and bool(words & _SEVERAL)

    def _after(self, at: int) -> Found | None:
        """The “a” …, Ashby said."""
        for cue, subject in reversed(self._cued_after(at)):
            first = min(cue.first, subject.first)
            if first > at and not cue.weak:
                paused = self.tokens[first - 1].text == ","
                return Found(subject, cue, 0.8 if paused else 0.55)
        return None
