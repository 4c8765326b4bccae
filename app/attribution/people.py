"""The cast of one document: which mentions are the same person or body, under which names and roles."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from app.attribution import lexicon
from app.attribution.names import father_and_son, fold, given_names_agree, is_son, parts, skeleton
from app.attribution.persons import is_person, spelled_out
from app.attribution.phrases import called
from app.attribution.scanning import Mention
from app.attribution.sorts import sort_of
from app.attribution.trimming import adds, opens, trimmed, used_name
from app.records import Speaker, SpeakerKind


@dataclass(slots=True, eq=False)
class Figure:
    """One person or body of the document."""

    kind: SpeakerKind
    names: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    titled: list[str] = field(default_factory=list)  # “Mr. Ashby”
    uses: Counter[str] = field(default_factory=Counter)  # of each name
    gender: str = ""
    count: int = 0
    speaks: bool = False  # is the subject of a verb of speech somewhere
    order: int = 0  # of the last mention that was taken in

    @property
    def sure(self) -> bool:
        """Whether a pronoun may stand for it: a lone capital without title, role or speech can be a place."""
        return self.kind == "unnamed" or self.speaks or bool(self.gender or self.roles) or len(parts(self.name)) > 1

    @property
    def name(self) -> str:
        """The fullest name, the first of equals; words that stick to it are left out."""
        if self.kind == "unnamed" or len(self.names) == 1:
            return self.names[-1]
        fullest = max(self.names, key=lambda name: (len(parts(name)), -self.names.index(name)))
        return used_name(fullest, self.uses)

    def described(self, words: str) -> None:
        """Take the words of a nameless figure's first introduction as its name: “a guide of the museum”."""
        name = called(words)
        if len(self.names) == 1 and words[:1].isalpha() and len(name) >= len(self.name):
            self.names.append(name)

    def speaker(self) -> Speaker:
        """The record of this figure; forms are names first, then roles."""
        shown = self.name
        kind = sort_of(shown) if self.kind == "person" and not self.titled else self.kind
        if kind == "unnamed":
            return Speaker(shown, kind, (shown,))
        names = [name for name in self.names if not adds(name, shown)]
        forms = dict.fromkeys([shown, *names, *self.titled, *self.roles])
        return Speaker(shown, kind, tuple(forms))


class Cast:
    """All figures of a document, filled from its name mentions in order of text."""

    def __init__(self) -> None:
        self.figures: list[Figure] = []
        self._by_surname: dict[str, list[Figure]] = {}
        self._by_given: dict[str, list[Figure]] = {}
        self._by_start: dict[str, list[Figure]] = {}  # the first two words
        self._by_body: dict[str, Figure] = {}
        self._by_role: dict[str, list[Figure]] = {}
        self._clock = 0

    def add(self, mention: Mention) -> Figure:
        """The figure that a name or body mention belongs to, made if it is new."""
        mention = self._cleaned(mention)
        figure = self._body(mention) if mention.kind == "body" else self._person(mention)
        figure.count += 1
        figure.uses[mention.name] += 1
        self._clock += 1
        figure.order = self._clock
        figure.gender = figure.gender or mention.gender
        if mention.name not in figure.names:
            figure.names.append(mention.name)
        if mention.title and (titled := f"{mention.title} {mention.name}") not in figure.titled:
            figure.titled.append(titled)
        self.take_on(figure, mention.role)
        return figure

    def _cleaned(self, mention: Mention) -> Mention:
        """A name without what sticks to it; “Interestingly Ashby” where “Ann Ashby” is known is “Ashby”."""
        if mention.kind != "name":
            return mention
        name = trimmed(mention.name)
        first, _, rest = name.partition(" ")
        if rest and " " not in rest and opens(first.lower()):
            same = self._by_surname.get(skeleton(rest), ())
            name = rest if any(len(parts(known.name)) > 1 for known in same) else name
        return replace(mention, name=name) if name != mention.name else mention

    def take_on(self, figure: Figure, role: str) -> None:
        """Note that the document calls this figure by a role."""
        if role and role not in figure.roles:
            figure.roles.append(role)
            _put(self._by_role, role_head(role), figure)

    def nameless(self, words: str, role: str, gender: str) -> Figure:
        """A person of whom the document gives no name; “the guide” later on finds them."""
        figure = Figure("unnamed", [words], gender=gender)
        self.take_on(figure, role)
        return figure

    def named(self, mention: Mention) -> Figure | None:
        """The figure of a name or body mention among those added, None if there is none."""
        if mention.kind == "body":
            return self._by_body.get(body_key(mention.name))
        return self._find_person(self._cleaned(mention))

    def with_role(self, role: str) -> list[Figure]:
        """Figures that the document introduces with this role, or one that agrees with it, best first."""
        same = dict.fromkeys(self._by_role.get(role_head(role), ()))
        fits = [(max(role_fit(role, known) for known in figure.roles), figure) for figure in same]
        named = [(fit, figure) for fit, figure in fits if fit and figure.kind != "unnamed"] or fits
        best = max((fit for fit, _ in named), default=0)
        return [figure for fit, figure in named if fit == best and fit > 0]

    def _person(self, mention: Mention) -> Figure:
        figure = self._find_person(mention)
        words = parts(mention.name)
        if figure is None:
            figure = Figure("person")
            self.figures.append(figure)
        if words:
            _put(self._by_surname, skeleton(words[-1]), figure)
            if len(words) > 1:
                _put(self._by_start, " ".join(words[:2]), figure)
                for word in words[:-1]:
                    _put(self._by_given, word, figure)
        return figure

    def _find_person(self, mention: Mention) -> Figure | None:
        words = parts(mention.name)
        if not words:
            return None
        fits = [
            figure for figure in self._by_surname.get(skeleton(words[-1]), ()) if _one_person(words, mention, figure)
        ]
        if not fits:
            fits = self._by_given.get(words[0], []) if len(words) == 1 else self._extended(mention, words)
        return max(fits, key=lambda figure: _closeness(mention, len(words) > 1, figure), default=None)

    def _extended(self, mention: Mention, words: tuple[str, ...]) -> list[Figure]:
        """“Ann Ashby Harbour” where “Ann Ashby” is known, or the other way round: what follows sticks to a name."""
        same = self._by_start.get(" ".join(words[:2]), ())
        return [
            figure
            for figure in same
            if any(adds(mention.name, name) > 0 or adds(name, mention.name) > 0 for name in figure.names)
        ]

    def _body(self, mention: Mention) -> Figure:
        key = body_key(mention.name)
        figure = self._by_body.get(key)
        if figure is None:
            figure = self._by_body[key] = Figure("body")
            self.figures.append(figure)
            letters = initials(mention.name)
            if len(letters) > 2:
                self._by_body.setdefault(letters, figure)
        return figure


def _put(index: dict[str, list[Figure]], key: str, figure: Figure) -> None:
    held = index.setdefault(key, [])
    if figure not in held:
        held.append(figure)


def _closeness(mention: Mention, full: bool, figure: Figure) -> tuple[bool, bool, int]:
    same_gender = bool(mention.gender) and mention.gender == figure.gender
    return full and mention.name in figure.names, same_gender, figure.order


def _one_person(words: tuple[str, ...], mention: Mention, figure: Figure) -> bool:
    """“Owen T. Ashby Jr.” and “Owen T. Ashby” of one document are two."""
    if mention.gender and figure.gender and mention.gender != figure.gender:
        return False
    full = [name for name in figure.names if len(words) > 1 < len(parts(name))]
    if any(father_and_son(name, mention.name) for name in full):
        return False
    if any(parts(name) == words and is_son(name) != is_son(mention.name) for name in full):
        return False
    return all(given_names_agree(words, parts(name)) for name in figure.names)


def body_key(name: str) -> str:
    """Normal form of a body's name: no article, no full stops, a country as its demonym."""
    bare = fold(name).removeprefix("the ")
    return lexicon.demonym(bare) if bare in lexicon.COUNTRIES and lexicon.demonym(bare) else bare


def initials(name: str) -> str:
    """“Norland Fisheries Agency” gives "nfa"."""
    words = [word for word in fold(name).split() if word not in {"the", "of", "and", "for", "on"}]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


_SAME_HEAD = {"premier": "minister", "congressman": "representative", "congresswoman": "representative",
              "lawmaker": "representative",
              "chairwoman": "chairman", "chair": "chairman", "chairperson": "chairman",
              "spokeswoman": "spokesman", "spokesperson": "spokesman", "businesswoman": "businessman",
              "ceo": "executive", "hopeful": "candidate", "leader": "president"}  # fmt: skip


def role_head(role: str) -> str:
    """The head noun of a role ("British prime minister" gives "minister"), synonyms brought together."""
    words = fold(role).split()
    cut = next((number for number, word in enumerate(words) if number and word in lexicon.PREPOSITIONS), len(words))
    heads = [word for word in words[:cut] if is_person(word)]
    head = spelled_out(heads[-1] if heads else (words[cut - 1] if words else ""))
    return _SAME_HEAD.get(head, head)


def nations(role: str) -> frozenset[str]:
    """The demonyms that a role names, by word or behind "of"."""
    return frozenset(filter(None, map(lexicon.demonym, role.split())))


_PAST = frozenset({"former", "ex"})
# Words that make another office of a role with the same head.
KINDS = _PAST | frozenset("prime foreign vice deputy defence defense finance interior home state premier".split())


def role_fit(asked: str, known: str) -> int:
    """0 where two roles of one head contradict each other, else 1 plus the words that they share."""
    if nations(asked) and nations(known) and not nations(asked) & nations(known):
        return 0
    a, b = set(fold(asked).split()), set(fold(known).split())
    kinds = (a | b) & KINDS - _PAST
    if any((kind in a) != (kind in b) for kind in kinds) and "premier" not in a | b:
        return 0
    if a & _PAST and not b & _PAST:
        return 0
    return 1 + len(a & b) + 2 * len(nations(asked) & nations(known))


def learn_gender(figures: Iterable[tuple[Figure, str]]) -> None:
    """Set the gender of figures from votes (figure, "m" or "f") where all but a few agree."""
    votes: dict[Figure, Counter[str]] = {}
    for figure, gender in figures:
        votes.setdefault(figure, Counter())[gender] += 1
    for figure, count in votes.items():
        (gender, top), total = count.most_common(1)[0], sum(count.values())
        if not figure.gender and top >= 2 and top / total >= 0.75:
            figure.gender = gender
