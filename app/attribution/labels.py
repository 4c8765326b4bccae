"""Who a label means: the name at the start of a turn, behind a dash, or in the sentence above a block quote."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from app.attribution.findings import Finding
from app.attribution.frames import Frame, frames
from app.attribution.lexicon import HONORIFICS
from app.attribution.links import Place
from app.attribution.mentions import Finder
from app.attribution.names import fold, parts
from app.attribution.people import Figure, initials
from app.attribution.persons import is_person
from app.attribution.scanning import Mention
from app.attribution.scene import Answer, Scene, subject_of
from app.attribution.sources import Sentence
from app.attribution.subjects import Subject
from app.records import Layout, Paragraph, Passage, Span, Speaker

_SURE = 0.97
_INTRODUCED = 0.9  # certainty that the one person whom an introduction names is the one who answers
_QUESTIONS = frozenset({"q", "question", "interviewer", "questioner"})
_ANSWERS = frozenset({"a", "answer", "interviewee"})
_NAMELESS = frozenset(
    "unidentified unknown speaker audience crowd voice caller reporter participant questioner man woman male female"
    " student viewer all both juror operator moderator host anchor presenter announcer narrator translator interpreter"
    " questioners reporters".split()
)
_PASSING = frozenset("in of at near from on by".split())  # before a place, or whoever conducted an interview
_ASIDE = re.compile(r"\s{0,2}\(([^()\n]{2,60})\)")
_ACRONYM = re.compile(r"[B-DF-HJ-NP-TV-XZ]{2,5}")  # no vowels: no surname
_INITIALS = 3  # letters at most
_BOLD = ("**", "__")


class Labels:
    """The labels of one document's passages, with what its narrator's sentences tell of the people behind them."""

    def __init__(
        self, text: str, passages: Sequence[Passage], read: Sequence[Frame], sentences: Sequence[Sentence], scene: Scene
    ) -> None:
        self.text = text
        self.passages = passages
        self.spans = {number: passage.label for number, passage in enumerate(passages) if passage.label}
        self.frames = read
        self.sentences = sentences
        self.scene = scene
        self.met: dict[str, Answer] = {}
        placed = {label: self._place(label) for label in self.spans.values()}
        self.places = {slot: placed[label] for slot, label in self.spans.items()}
        self.due: dict[int, list[int]] = defaultdict(list)  # the passages whose label stands in a sentence, by it
        for slot, place in self.places.items():
            self.due[place.frame].append(slot)

    def __contains__(self, slot: int) -> bool:
        return slot in self.spans

    def _place(self, label: Span) -> Place:
        number = max(0, bisect_right(self.frames, label.start, key=lambda frame: frame.tokens[0].start) - 1)
        inside = [n for n, t in enumerate(self.frames[number].tokens) if t.start < label.end and t.end > label.start]
        return Place(number, inside[0], inside[-1] + 1) if inside else Place(number, 0, 1)

    def finding(self, slot: int, answers: Mapping[int, Answer]) -> Finding:
        """Who the label of a passage names; `answers` are those of the sentence that it stands in."""
        label, place = self.spans[slot], self.places[slot]
        words = self.text[label.start : label.end]
        if not any(map(str.isalnum, words)):  # bold, or the end of a question: nobody's name
            answer = self._who("**" if words in _BOLD else "?", label)
            return Finding(None, None, answer, _SURE, answer.reason)
        if self._stands_alone(place):
            answer = self._who(words, label)
        else:
            mention = self.sentences[place.frame].named_in(place.first, place.stop)
            answer = subject_of(answers, Subject(place.first, place.stop, mention), words, self.scene)
        return Finding(label, None, answer, _SURE, answer.reason or self._told(slot, words, answer))

    def _stands_alone(self, place: Place) -> bool:
        """Whether a label opens its paragraph, or stands behind a dash or a quotation: it is no part of a sentence."""
        tokens = self.frames[place.frame].tokens
        before, after = tokens[: place.first], tokens[place.stop : place.stop + 1]
        apart = not before or before[-1].slot >= 0 or not before[-1].text[0].isalnum()
        said = self.sentences[place.frame].cued
        return apart and not said and all(token.slot >= 0 or not token.text[0].isalnum() for token in after)

    def _told(self, slot: int, words: str, answer: Answer) -> str:
        """“Named at the start of the turn: ‘ASHBY’, who is Ann Ashby in this document.”"""
        before = self.spans[slot].start < self.passages[slot].outer.start
        where = "at the start of the turn" if before else "behind the dash"
        if not self._stands_alone(self.places[slot]):
            where = "in the sentence that introduces it"
        who = answer.figure.name if answer.figure else words
        known = f", who is {who} in this document" if fold(who) not in fold(words) else ""
        return f"Named {where}: ‘{words}’{known}."

    def _who(self, words: str, label: Span) -> Answer:
        if words not in self.met:
            self.met[words] = self._meet(words, fold(words), self._aside(label))
        return self.met[words]

    def _meet(self, words: str, key: str, aside: Mention | None) -> Answer:
        if not key:
            bold = words in _BOLD
            return _asks("A question in bold is by") if bold else self._interviewee("An answer without a label is by")
        first = key.removeprefix("the ").partition(" ")[0]
        nameless = key in _QUESTIONS or first in _NAMELESS
        if nameless and aside and aside.kind == "name":
            return Answer(self._figure(aside))
        if key in _QUESTIONS:
            return _asks(f"‘{words}’ stands for")
        if key in _ANSWERS:
            return self._interviewee(f"‘{words}’ stands for")
        if nameless:
            return _unnamed(words)
        return self._named(words, aside)

    def _named(self, words: str, aside: Mention | None) -> Answer:
        mention = _mention(words)
        shortened = self._shortened(words)
        if len(shortened) == 1:
            return Answer(shortened[0])
        if mention and mention.kind == "role":
            known = {figure for number in self._opening() for figure in self._introduced(number)}
            holders = [figure for figure in self.scene.cast.with_role(mention.role) if figure in known]
            return Answer(holders[0]) if len(holders) == 1 else _unnamed(words)
        if mention is None or mention.kind not in {"name", "body"}:
            return _unnamed(words)
        figure = self._figure(mention)
        if aside and aside.kind == "role":
            self.scene.cast.take_on(figure, aside.role)
        return Answer(figure)

    def _shortened(self, words: str) -> list[Figure]:
        """Whose initials a label is: “AA” is Ann Ashby."""
        if len(words) > _INITIALS or not (words.isupper() and words.isalpha()):
            return []
        return [figure for figure in self.scene.cast.figures if initials(figure.name) == words.lower()]

    def _figure(self, mention: Mention) -> Figure:
        """The figure of a name, spelled in small letters from now on."""
        figure = self.scene.cast.add(mention)
        if figure.kind == "person":
            figure.names[:] = dict.fromkeys(map(_spelled, figure.names))
            figure.uses = Counter(_spelled(name) for name in figure.uses.elements())
        return figure

    def _aside(self, label: Span) -> Mention | None:
        """Whom or what the brackets behind a label name: Mr. Venn (mayor)."""
        found = _ASIDE.match(self.text, label.end)
        return _mention(found[1]) if found else None

    def _interviewee(self, who: str) -> Answer:
        """The person whom the text before the first label names, where it is one alone."""
        opening = self._opening()
        named = {figure for n in opening if not self.frames[n].heading for figure in self._introduced(n)}
        if len(named) > 1:
            on_top = [n for n in opening if self.frames[n].heading]
            heads = [self.scene.in_heading(m).figure for n in on_top for m in self.sentences[n].clause.mentions]
            named = named & set(heads) or named
        if len(named) != 1:
            return Answer(reason=f"{who} the interviewee, and the introduction leaves open who that is.")
        (figure,) = named
        reason = f"{who} the interviewee, and the introduction names {figure.name} alone."
        return Answer(figure, certainty=_INTRODUCED, reason=reason)

    def _opening(self) -> range:
        """The sentences before the one that the first label stands in."""
        return range(min(place.frame for place in self.places.values()))

    def _introduced(self, number: int) -> list[Figure]:
        """The persons that a sentence names in full, places and bylines left out."""
        tokens = self.frames[number].tokens
        found = (
            self.scene.assigned.get((number, mention.first))
            for mention in self.sentences[number].clause.mentions
            if not mention.first or tokens[mention.first - 1].text.lower() not in _PASSING
        )
        return [figure for figure in found if figure and figure.kind == "person" and len(parts(figure.name)) > 1]


def _asks(who: str) -> Answer:
    return Answer(reason=f"{who} the interviewer, whom the document does not name there.")


def _unnamed(words: str) -> Answer:
    return Answer(speaker=Speaker(_spelled(words), "unnamed", (_spelled(words),)))


def _mention(words: str) -> Mention | None:
    """How a label names somebody, by the rules for narrator sentences."""
    line = f"{_spelled(words)}:"
    whole = Span(0, len(line))
    (frame, *_) = frames(line, Layout((Paragraph(whole, (whole,)),)), [])
    return next(iter(Finder((), ()).find(frame.tokens)), None)


def _spelled(name: str) -> str:
    """A name in capitals as it is written elsewhere: ANN O’HARA gives Ann O’Hara."""
    return " ".join(_capitalised(word) for word in name.split())


def _capitalised(word: str) -> str:
    bare = word.rstrip(".")
    low = bare.lower()
    acronym = _ACRONYM.fullmatch(bare) and low not in HONORIFICS and not is_person(low)
    if not bare.isupper() or len(bare) < 2 or "." in bare or acronym:
        return word
    small = re.sub(r"[^\W\d_]+", lambda found: found[0].capitalize(), word)
    return re.sub(r"\bMc([a-z])", lambda found: "Mc" + found[1].upper(), small)
