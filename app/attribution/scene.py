"""Coreference: who a name, role, pronoun or noun phrase of one document is, read in order of text."""

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.attribution import lexicon
from app.attribution.frames import Frame
from app.attribution.names import fold
from app.attribution.people import Cast, Figure, nations
from app.attribution.phrases import called
from app.attribution.scanning import Mention
from app.attribution.sorts import is_place
from app.attribution.sources import Sentence
from app.attribution.subjects import Subject
from app.records import Speaker

_GOVERNING = frozenset("government administration regime military army forces parliament".split())
_ALSO = {"union": frozenset("union association federation guild brotherhood".split())}
_GENERAL = frozenset(
    """
    agency office department group organization organisation company firm bank network station newspaper magazine
    """.split()
)
_MEMORY = 30  # mentions that a pronoun can look back on
_WINDOW = 6  # sentences
_CLEAR = 0.35  # lead of the best candidate for a pronoun over the next


@dataclass(frozen=True, slots=True)
class Answer:
    """Who a source is: a figure of the cast, or a speaker that has no name; None with a reason."""

    figure: Figure | None = None
    speaker: Speaker | None = None
    certainty: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Trace:
    frame: int
    token: int
    figure: Figure
    weight: float  # of a subject; 0 elsewhere


@dataclass(slots=True)
class Scene:
    """What a reader has in mind at one point of the document."""

    cast: Cast
    assigned: dict[tuple[int, int], Figure] = field(default_factory=dict)  # (sentence, first token) → figure
    traces: deque[_Trace] = field(default_factory=lambda: deque(maxlen=_MEMORY))
    speaker: Figure | None = None
    spoke_at: int = -99

    def read(self, number: int, frame: Frame, sentence: Sentence) -> dict[int, Answer]:
        """Take in a sentence; the answer for each of its mentions, by first token."""
        main = sentence.main()
        subjects = {subject.first: 0.9 for cue, subject in sentence.cued if not cue.weak}
        subjects |= {main.first: 1.2} if main else {}
        answers: dict[int, Answer] = {}
        for mention in sentence.clause.mentions:
            answer = self.who(mention, number)
            answers[mention.first] = answer
            if answer.figure and (answer.figure.kind != "unnamed" or mention.first in subjects):
                self.traces.append(_Trace(number, mention.first, answer.figure, subjects.get(mention.first, 0.0)))
        return answers

    def spoke(self, figure: Figure | None, number: int) -> None:
        """Note whose words a quotation of this sentence were."""
        if figure:
            self.speaker, self.spoke_at = figure, number

    def who(self, mention: Mention, number: int) -> Answer:
        """The figure or nameless speaker behind one mention."""
        if mention.kind in {"name", "body"}:
            return Answer(self.assigned.get((number, mention.first)))
        if mention.kind == "role":
            return self._role(mention)
        if mention.kind == "pronoun":
            return self._pronoun(mention, number)
        return Answer(speaker=Speaker(mention.name, "unnamed", (mention.name,)))

    def in_heading(self, mention: Mention) -> Answer:
        """The figure that a heading names; pronouns there stand for nobody."""
        if mention.kind == "pronoun":
            return Answer(reason=f"‘{mention.name}’ stands in a heading.")
        return Answer(self.cast.named(mention))

    def phrase(self, words: str) -> Answer:
        """The figure or nameless speaker behind a noun phrase without a name (“the company”)."""
        name = called(words)
        if not name:
            return Answer(reason=f"‘{words}’ names nobody.")
        body = self._body(name.lower().split()[-1]) if name.lower().startswith(("the ", "its ")) else None
        return Answer(body, certainty=0.7) if body else Answer(speaker=Speaker(name, "unnamed", (name,)))

    def _body(self, head: str) -> Figure | None:
        """“the council”: the body last called one, else the last that can be; a place nearby is not enough."""
        if head not in lexicon.BODY_HEADS_LOWER:
            return None
        near = list(dict.fromkeys(trace.figure for trace in reversed(self.traces) if trace.figure.kind == "body"))
        named = (figure for figure in near if _ALSO.get(head, {head}) & set(fold(figure.name).split()))
        acting = {trace.figure for trace in self.traces if trace.weight or trace.figure.speaks}
        can_be = (figure for figure in near if _can_be(head, figure, acts=figure in acting))
        return next(named, None) or next(can_be, None)

    def _role(self, mention: Mention) -> Answer:
        surname = self.cast.named(replace(mention, kind="name")) if mention.stop - mention.first == 1 else None
        if surname and mention.name[0].isupper():
            return Answer(surname)
        if not mention.definite:
            return Answer(self.cast.nameless(mention.name, mention.role, mention.gender))
        fits = self.cast.with_role(mention.role)
        if fits:
            latest = {trace.figure: place for place, trace in enumerate(self.traces)}
            best = max(fits, key=lambda figure: (latest.get(figure, -1), figure.count))
            return Answer(best, certainty=1.0 if len(fits) == 1 else 0.75)
        if nations(mention.role):
            return Answer(speaker=Speaker(mention.role, "person", (mention.role,)))
        return Answer(self.cast.nameless(mention.name, mention.role, mention.gender))

    def _pronoun(self, mention: Mention, number: int) -> Answer:
        if mention.name in {"i", "we"}:
            writer = mention.name.replace("i", "I")
            return Answer(reason=f"‘{writer}’ outside quotation marks is the writer.")
        kinds = {"person", "unnamed"} if mention.name in {"he", "she"} else {"body"}
        scores = self._candidates(mention, number, kinds)
        if not scores:
            return Answer(reason=f"Nobody named before fits ‘{mention.name}’.")
        ranked = sorted(scores, key=lambda figure: -scores[figure])
        lead = scores[ranked[0]] - scores[ranked[1]] if len(ranked) > 1 else 9.0
        if lead == 0:
            return Answer(reason=f"‘{mention.name}’ fits two people here.")
        return Answer(ranked[0], certainty=0.95 if lead > 1 else 0.85 if lead >= _CLEAR else 0.65)

    def _candidates(self, mention: Mention, number: int, kinds: Collection[str]) -> Mapping[Figure, float]:
        scores: dict[Figure, float] = {}
        for place, trace in enumerate(self.traces):
            figure = trace.figure
            clash = mention.gender and figure.gender and mention.gender != figure.gender
            if figure.kind not in kinds or not figure.sure or clash or number - trace.frame > _WINDOW:
                continue
            score = 0.01 * place - (number - trace.frame) + trace.weight
            score += 0.4 if mention.gender and figure.gender == mention.gender else 0.0
            scores[figure] = max(scores.get(figure, -99.0), score)
        if self.speaker in scores and number - self.spoke_at <= 2:
            scores[self.speaker] += 0.8
        return scores


def _can_be(head: str, body: Figure, acts: bool) -> bool:
    """Whether a body may be called so though its name doesn't say it: a country a government, a firm a company."""
    if head in _GOVERNING or is_place(body.name):
        return head in _GOVERNING and is_place(body.name)
    words = set(fold(body.name).split())
    organised = acts or bool(words & lexicon.BODY_SUFFIXES)
    return head in _GENERAL and organised and not words & (lexicon.BODY_HEADS_LOWER - _GENERAL)


def subject_of(answers: Mapping[int, Answer], subject: Subject, words: str, scene: Scene) -> Answer:
    """The answer for a subject: that of its mention, else of its words."""
    if subject.mention is None or subject.mention.kind == "unnamed":
        return scene.phrase(words)
    answer = answers.get(subject.mention.first) or scene.phrase(words)
    if answer.figure and answer.figure.kind == "unnamed" and subject.mention.kind == "role":
        answer.figure.described(words)
    return answer


def sentences(frames: Sequence[Frame], mentions: Sequence[Sequence[Mention]]) -> list[Sentence]:
    """The narrator sentences with their cues found."""
    return [Sentence(frame.tokens, found) for frame, found in zip(frames, mentions, strict=True)]
