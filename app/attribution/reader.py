"""Reads a document sentence by sentence and decides on the source of each quotation."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from app.attribution import lexicon
from app.attribution.findings import Finding, nothing, surer, told
from app.attribution.frames import Frame, frames
from app.attribution.introductions import Sighting, introduce
from app.attribution.labels import Labels
from app.attribution.links import Place, Places, links
from app.attribution.mentions import Finder
from app.attribution.people import Cast, Figure, learn_gender
from app.attribution.scanning import Mention
from app.attribution.scene import Answer, Scene, sentences, subject_of
from app.attribution.sources import Found
from app.attribution.subjects import Subject
from app.attribution.teaching import taught
from app.inference import Tags
from app.records import Layout, Passage, Span

_LOWER = re.compile(r"\b[^\W\d_A-Z][^\WA-Z]*\b")
_MIDDLE = re.compile(r"(?<=[a-z,;] )[A-Z][\w’'-]*?(?=[’']s\b|[^\w’'-]|$)")
_NOBODY = 0.7  # how far the tagger's "nobody" weakens a guess
_CONTINUES = "Continues the quotation before it."


class Reader:
    """One reading of one document; `findings` holds an entry per passage that a rule decided."""

    def __init__(self, text: str, layout: Layout, passages: Sequence[Passage], tags: Tags) -> None:
        self.text = text
        self.frames = taught(frames(text, layout, passages))
        self.links = links(text, layout, tags, passages)
        self.mentions = _mentions(text, self.frames)
        self.sentences = sentences(self.frames, self.mentions)
        self.scene = Scene(Cast())
        self.labels = Labels(text, passages, self.frames, self.sentences, self.scene)
        self.due = self._due(passages)
        self.found: dict[int, Finding] = {}
        self.waiting: list[int] = []  # bare quotations of this paragraph whose cue may follow
        self.unsigned: list[int] = []  # the same of the paragraph before, where a signature may follow
        self.last: Finding | None = None  # of the paragraph so far
        self.turn: Finding | None = None  # of the paragraph before
        self.announced: Finding | None = None  # a sentence that ended in a colon

    def _due(self, passages: Sequence[Passage]) -> dict[int, list[tuple[int, Place]]]:
        """By sentence: the passages whose source stands there, as their links say; a heading looks into no body."""
        places, due = Places(self.frames), defaultdict(list)
        for number, link in enumerate(self.links):
            place = places.find(link.source) if link and number not in self.labels else None
            if place and (self.frames[place.frame].heading or not passages[number].heading):
                due[place.frame].append((number, place))
        return due

    def findings(self) -> dict[int, Finding]:
        """Read the body in order, then the headings; passage index → finding."""
        self._meet()
        paragraph = -1
        for number, frame in enumerate(self.frames):
            if frame.heading:
                continue
            if frame.paragraph != paragraph:
                self._new_paragraph()
                paragraph = frame.paragraph
            self._read(number, frame)
        self._close_waiting()
        self._headings()
        return self.found

    def _meet(self) -> None:
        """Collect names, roles and genders of the whole document before any pronoun is resolved."""
        votes: list[tuple[Figure, str]] = []
        sightings: list[Sighting] = []
        for order, (frame, found) in enumerate(zip(self.frames, self.mentions, strict=True)):
            figures = [] if frame.heading else [self._meet_one(order, m) for m in found if m.kind in {"name", "body"}]
            persons = {figure for figure in figures if figure.kind == "person"}
            if len(persons) == 1:
                votes += [(persons.copy().pop(), gender) for gender in _genders(frame)]
            self._mark_speakers(order)
            sightings += [] if frame.heading else self._sightings(order, frame)
        learn_gender(votes)
        introduce(self.scene.cast, sightings)

    def _mark_speakers(self, order: int) -> None:
        for cue, subject in self.sentences[order].cued:
            figure = self.scene.assigned.get((order, subject.first))
            if figure and not cue.weak:
                figure.speaks = True

    def _sightings(self, order: int, frame: Frame) -> list[Sighting]:
        """The persons and the definite roles of a sentence."""
        sentence, result = self.sentences[order], []
        speaking = {subject.first for cue, subject in sentence.cued if not cue.weak}
        hearing = {cue.stop for cue, _ in sentence.cued} - speaking
        main, quoted = sentence.main(), bool(frame.slots)
        for mention in self.mentions[order]:
            figure = self.scene.assigned.get((order, mention.first))
            person = figure and figure.kind == "person" and mention.first not in hearing
            if person or (mention.kind == "role" and mention.definite):
                speaks = mention.first in speaking
                subject = speaks or bool(main and main.first == mention.first)
                passing = _in_passing(frame, mention)
                result.append(Sighting(order, frame.paragraph, mention, figure, subject, speaks, quoted, passing))
        return result

    def _meet_one(self, order: int, mention: Mention) -> Figure:
        figure = self.scene.cast.add(mention)
        self.scene.assigned[order, mention.first] = figure
        return figure

    def _new_paragraph(self) -> None:
        self._close_waiting()
        self.turn, self.last = self.last or self.turn, None

    def _close_waiting(self) -> None:
        self.unsigned = self.waiting
        for slot in self.waiting:
            self._hold(slot, self.turn.passed_on(0.8, _CONTINUES) if self.turn else nothing())
        if self.waiting and self.turn:
            self.last = self.turn.passed_on(0.9, _CONTINUES)
        self.waiting = []

    def _read(self, number: int, frame: Frame) -> None:
        sentence = self.sentences[number]
        answers = self.scene.read(number, frame, sentence)
        for slot in self._undecided(number, answers):
            self._decide(slot, number, answers)
        for slot, place in self.due.get(number, ()):
            finding = self._linked(slot, place, answers)
            self.scene.spoke(finding.answer.figure, number)
            if slot in frame.slots:
                self._settle(slot, finding, number)
            else:
                self._hold(slot, finding)
        if frame.slots:
            self.announced = None
        elif self._signs(number, frame, answers):
            return
        elif not sentence.bare:
            closing = sentence.closing()
            self.announced = self._finding(closing, number, answers) if closing else None

    def _signs(self, number: int, frame: Frame, answers: dict[int, Answer]) -> bool:
        """A paragraph “— Ashby” under a quotation that stood alone names its speaker."""
        tokens, found = frame.tokens, self.mentions[number]
        dash = bool(tokens) and tokens[0].text in {"-", "–", "—", "―"}
        if not (dash and found and found[0].first == 1 and found[0].stop >= len(tokens) - 1 and self.unsigned):
            return False
        signed = self._finding(Found(Subject(1, found[0].stop, found[0]), None, 0.95), number, answers)
        for slot in self.unsigned:
            self.found[slot] = signed
        self.turn = signed
        return True

    def _undecided(self, number: int, answers: dict[int, Answer]) -> list[int]:
        """The quotations of a sentence that are left to rules, once the labels in it have spoken."""
        for slot in self.labels.due.get(number, ()):
            self._settle(slot, self.labels.finding(slot, answers), number)
        return [slot for slot in dict.fromkeys(self.frames[number].slots) if slot not in self.labels]

    def _decide(self, slot: int, number: int, answers: dict[int, Answer]) -> None:
        sentence = self.sentences[number]
        found = sentence.source(slot)
        if found:
            self._settle(slot, self._finding(found, number, answers), number)
        elif self.announced:
            self._settle(slot, self.announced.passed_on(0.98, "The sentence before it ends in a colon."), number)
        elif sentence.bare and self.last:
            self._settle(slot, self.last.passed_on(0.95, _CONTINUES), number)
        elif sentence.bare:
            self.waiting.append(slot)
        else:
            guess, link = self._uncued(number, answers), self.links[slot]
            doubt = _NOBODY * link.absent if link else 0.0
            self._settle(slot, replace(guess, sure=guess.sure * (1 - doubt)), number)

    def _settle(self, slot: int, finding: Finding, number: int) -> None:
        """Hold a finding for a quotation of this sentence, and let those that wait for a speaker have it too."""
        held = self.found.get(slot)
        finding = self._hold(slot, finding)
        if finding is held or not finding.source:
            return
        for waiting in self.waiting:
            self._hold(waiting, finding.passed_on(0.9, "The quotation after it names the speaker."))
        self.waiting = []
        self.last = finding
        self.scene.spoke(finding.answer.figure, number)

    def _hold(self, slot: int, finding: Finding) -> Finding:
        """Keep a finding beside what was found before."""
        held = self.found.get(slot)
        found = self.found[slot] = surer(held, finding) if held else finding
        return found

    def _linked(self, slot: int, place: Place, answers: dict[int, Answer]) -> Finding:
        """The finding that the tagger's link gives."""
        link = self.links[slot]
        assert link is not None
        words = self.text[link.source.start : link.source.end]
        meant = self.sentences[place.frame].meant(place.first, place.stop)
        whose = (
            words if meant.first == place.first else self.text[slice(*self._span(place.frame, meant.first, meant.stop))]
        )
        answer = subject_of(answers, meant, whose, self.scene)
        said = self.text[link.cue.start : link.cue.end] if link.cue else ""
        reason = answer.reason or told(words, said, answer)
        return Finding(link.source, link.cue, answer, link.sure, reason, linked=True)

    def _uncued(self, number: int, answers: dict[int, Answer]) -> Finding:
        """No cue in the sentence: its subject, else whoever spoke before, with little confidence."""
        main = self.sentences[number].main()
        own = self._finding(Found(main, None, 0.45), number, answers) if main else None
        if own and own.answer.figure and own.answer.figure.kind == "person":
            return own
        earlier = self.last or self.turn
        if earlier:
            return earlier.passed_on(0.5, "No cue in its sentence; the speaker of the quotation before it.")
        return own or nothing()

    def _finding(self, found: Found, number: int, answers: dict[int, Answer]) -> Finding:
        source = self._span(number, found.subject.first, found.subject.stop)
        cue = self._span(number, found.cue.first, found.cue.stop) if found.cue else None
        words = self.text[source.start : source.end]
        answer = subject_of(answers, found.subject, words, self.scene)
        said = self.text[cue.start : cue.end] if cue else ""
        reason = answer.reason or told(words, said, answer)
        return Finding(source, cue, answer, found.confidence, reason)

    def _span(self, number: int, first: int, stop: int) -> Span:
        tokens = self.frames[number].tokens
        return Span(tokens[first].start, tokens[stop - 1].end)

    def _headings(self) -> None:
        """A heading names a speaker only by a cue or a colon of its own."""
        for number, frame in enumerate(self.frames):
            if not frame.heading:
                continue
            answers = {m.first: self.scene.in_heading(m) for m in self.mentions[number]}
            for slot in self._undecided(number, answers):
                found = self.sentences[number].source(slot) or self._headed(number)
                if found:
                    self._settle(slot, self._finding(found, number, answers), number)
            for slot, place in self.due.get(number, ()):
                if place.first in answers:
                    self._settle(slot, self._linked(slot, place, answers), number)

    def _headed(self, number: int) -> Found | None:
        """“Ashby: Norland must ‘come to the table’”"""
        first = next(iter(self.mentions[number]), None)
        tokens = self.frames[number].tokens
        if first and first.first == 0 and first.stop < len(tokens) and tokens[first.stop].text == ":":
            return Found(Subject(0, first.stop, first), None, 0.75)
        return None


def _mentions(text: str, all_frames: Sequence[Frame]) -> list[list[Mention]]:
    common, capitals = set(_LOWER.findall(text)), set(_MIDDLE.findall(text))
    body = {n: Finder(common, capitals).find(f.tokens) for n, f in enumerate(all_frames) if not f.heading}
    known = {
        word
        for found in body.values()
        for m in found
        if m.kind == "name"
        for word in re.split(r"\s+", m.name)
        if len(word) > 1
    } - lexicon.PARTICLES
    finder = Finder(common, capitals, known)
    return [body[n] if n in body else finder.find(f.tokens, heading=True) for n, f in enumerate(all_frames)]


def _in_passing(frame: Frame, mention: Mention) -> bool:
    """“in the hall of North Harbour”: two capitals that may well be a place."""
    before = frame.tokens[mention.first - 1].text.lower() if mention.first else ""
    return before in {"in", "of", "at", "near", "from", "on"} and not mention.gender


def _genders(frame: Frame) -> list[str]:
    words = {token.text.lower() for token in frame.tokens if token.slot < 0}
    male, female = bool(words & lexicon.MALE), bool(words & lexicon.FEMALE)
    return ["m" if male else "f"] if male != female else []
