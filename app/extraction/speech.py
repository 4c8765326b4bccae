"""Is it speech? Titles, nicknames, scare quotes and words mentioned as words stand between marks too.

Each clue is one question about a passage and its sentence; the answers' weights add up to log-odds of speech.
The weights were fitted on the training half of PolNeAR (Newell, Margolin, Ruths 2018) by logistic regression,
except those of uses too rare there, which are set by hand (marked so). Without evidence, a passage is speech.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from app.extraction.proposal import Proposal
from app.extraction.sentences import ends
from app.extraction.words import (
    CUES,
    FUNCTION_WORDS,
    LINKING,
    MENTIONING,
    NAMING_VERBS,
    PERSONAL,
    SECOND_HAND,
    WORKS,
    words,
)
from app.inference import Tags

_LEAST = 0.01  # probability that the tagger is never believed beyond
_TRUST = 0.35  # weight of the tagger's log-odds against the clues': what is lost can't be got back
_REACH = 300  # characters of the paragraph looked at on either side
_NAME_BEFORE = re.compile(r"(?<![^\s])[A-Z][\w.’'-]*\s$")
_NAME_AFTER = re.compile(r"\s[A-Z]\w")
_INNER_NAME = re.compile(r"\s[A-Z]")
_LOWER_WORD = re.compile(r"\s[a-z]+\b")


@dataclass(frozen=True)
class Evidence:
    """A proposal with its sentence, cut into the words before, inside and after the marks."""

    text: str
    proposal: Proposal

    @cached_property
    def inside(self) -> str:
        return self.text[self.proposal.span.start : self.proposal.span.end]

    @cached_property
    def before(self) -> str:
        outer, paragraph = self.proposal.outer, self.proposal.paragraph.span
        lead = self.text[max(paragraph.start, outer.start - _REACH) : outer.start]
        return lead[max(ends(lead.rstrip()), default=0) :]

    @cached_property
    def after(self) -> str:
        outer, paragraph = self.proposal.outer, self.proposal.paragraph.span
        rest = self.text[outer.end : min(paragraph.end, outer.end + _REACH)]
        return rest[: next(ends(rest), None)]

    @cached_property
    def words(self) -> list[str]:
        return words(self.inside)

    @cached_property
    def lead_words(self) -> list[str]:
        return words(self.before)

    @cached_property
    def rest_words(self) -> list[str]:
        return words(self.after)

    @cached_property
    def is_title_case(self) -> bool:
        """Whether every word that carries meaning begins with a capital; in a heading that says nothing."""
        if self.proposal.paragraph.heading:
            return False
        found = re.findall(r"[^\W_]+(?:['’][^\W_]+)*", self.inside)
        heavy = [word for word in found if word.lower() not in FUNCTION_WORDS]
        return bool(heavy) and found[0][:1].isupper() and all(not word[0].islower() for word in heavy)

    @cached_property
    def ends_in_stop(self) -> bool:
        return self.inside[-1:] in ".,?!…"

    @property
    def is_modifier(self) -> bool:
        """Whether a lower-case noun follows at once: the “night shift” question."""
        follows = bool(_LOWER_WORD.match(self.after)) and not self.ends_in_stop
        return follows and self.rest_words[0] not in LINKING and self.rest_words[0] not in CUES


def is_speech(text: str, proposal: Proposal, tags: Tags) -> bool:
    """Whether the evidence leaves a passage between marks as something that somebody said or wrote.

    Part of it is the tagger's: how probable it is that the words are the content of an attribution. That says
    nothing about words in the midst of content, which are reported with the rest, speech or nickname.
    """
    evidence = Evidence(text, proposal)
    told = _BIAS + sum(clue.weight for clue in CLUES if clue.holds(evidence))
    if any(c.span.start < proposal.outer.start and c.span.end > proposal.outer.end for c in tags.around(proposal.span)):
        return told > 0
    content = min(max(tags.coverage(proposal.span), _LEAST), 1 - _LEAST)
    return told + _TRUST * math.log(content / (1 - content)) > 0


class Clue(NamedTuple):
    """A question about a passage, and what a yes adds to the log-odds of speech."""

    question: str
    weight: float
    holds: Callable[[Evidence], bool]


def _stands_in_a_name(evidence: Evidence) -> bool:
    named = _NAME_BEFORE.search(evidence.before) and _NAME_AFTER.match(evidence.after)
    return bool(named) and len(evidence.words) <= 2 and evidence.words[0] not in CUES


def _names_a_thing(evidence: Evidence) -> bool:
    """Whether a noun follows a short phrase with a name in it: the “old Badger” engine."""
    short = len(evidence.words) <= 3 and evidence.inside[:1].islower()
    return short and evidence.is_modifier and bool(_INNER_NAME.search(evidence.inside))


def _near(words_before: list[str], count: int, sought: frozenset[str]) -> bool:
    return not sought.isdisjoint(words_before[-count:])


_BIAS = 1.9
_BE = frozenset(["is", "was", "are", "were", "be", "been"])
_AS = frozenset(["as"])
CLUES = (
    Clue("one word", -1.7, lambda p: len(p.words) == 1),
    Clue("two words", -1.0, lambda p: len(p.words) == 2),
    Clue("three words", -0.9, lambda p: len(p.words) == 3),
    Clue("four to eight words", -0.4, lambda p: 4 <= len(p.words) <= 8),
    Clue("several words, capitalised as in a title", -2.2, lambda p: p.is_title_case and len(p.words) > 1),
    Clue("one capitalised word", -0.9, lambda p: p.is_title_case and len(p.words) == 1),
    Clue("title after a comma", 0.6, lambda p: p.is_title_case and p.before.rstrip().endswith(",")),
    Clue(
        "title after a possessive",
        -1.8,
        lambda p: p.is_title_case and p.before.rstrip().endswith(("'s", "’s")),
    ),
    Clue("whole sentence", -0.2, lambda p: not p.lead_words and not p.rest_words),
    Clue("starts the sentence", 2.0, lambda p: not p.lead_words),
    Clue("stop inside the marks", 0.4, lambda p: p.ends_in_stop),
    Clue("verb of saying just before", 0.3, lambda p: _near(p.lead_words, 2, CUES)),
    Clue("verb of saying before", 1.9, lambda p: not CUES.isdisjoint(p.lead_words)),
    Clue("verb of saying after", 0.7, lambda p: not CUES.isdisjoint(p.rest_words[:6])),
    Clue("“as” or “that” before", 1.0, lambda p: p.lead_words[-1:] == ["that"] or _near(p.lead_words, 2, _AS)),
    Clue("“is” before", 0.8, lambda p: _near(p.lead_words, 1, _BE)),
    Clue("speaks in person", 0.8, lambda p: not PERSONAL.isdisjoint(p.words)),
    Clue("modifier of a noun", -0.3, lambda p: p.is_modifier),
    Clue("book, film or show before", -1.3, lambda p: _near(p.lead_words, 3, WORKS)),
    Clue("book, film or show after", -0.9, lambda p: p.is_title_case and not WORKS.isdisjoint(p.rest_words[:3])),
    Clue("so-called", -0.4, lambda p: _near(p.lead_words, 3, SECOND_HAND)),
    Clue("value of an attribute", -5.6, lambda p: p.before.endswith("=")),
    # By hand:
    Clue("modifier with a name in it", -1.5, _names_a_thing),
    Clue("within a name", -3.0, _stands_in_a_name),
    Clue(
        "known as, nicknamed, titled",
        -1.5,
        lambda p: len(p.words) <= 3 and _near(p.lead_words, 2, NAMING_VERBS),
    ),
    Clue("the word, the term", -2.0, lambda p: len(p.words) <= 2 and _near(p.lead_words, 1, MENTIONING)),
)
