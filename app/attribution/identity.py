"""Identity across documents: whether a speaker of one document is one that the corpus knows.

The rules, fullest names first:

- A full name joins the one known full name that is the same, or a form of it: a transliteration, a misspelling of a
  long surname, an initial, a nickname, a middle name or a title more or less.
- “A. Ashby” and a bare “Ashby” join the one full name that they fit, unless titles or offices contradict (“Mrs.” and
  “Mr.”, “judge” and “minister”). Of several, only the one with whom they share an office. A bare given name needs
  such an office too, or a title (“Sir Marten”), and a bare surname somebody who is named in full about that time.
  Where several share the office, those whom one document alone names do not count.
- A role with its nation joins the one who holds it.
- A body joins by the normal form of its name; an acronym joins the one body that some document spells it out for.
- Whatever fits nobody, or more than one, is a speaker of its own, together with others that are named no more fully.

An answer depends on fuller names than its own, and on none less full: the order of documents does not matter.
"""

from collections.abc import Collection, Sequence

from rapidfuzz import fuzz

from app.attribution.fullness import BARE, FULL, ROLE, acronym, fullness, generic
from app.attribution.names import father_and_son, fold, generation, given_names_agree, parts, skeleton
from app.attribution.offices import is_role, offices, said_gender, shared, telling
from app.attribution.people import body_key, role_fit
from app.attribution.periods import near
from app.attribution.trimming import adds
from app.records import Identity, KnownSpeaker, Speaker

_ALIKE = 88.0  # ratio of two spellings of one surname, 0 to 100
_LONG = 8  # letters below which spelling must agree by skeleton
_BARE = 6  # letters below which a name that stands alone must be spelled the same
_TWICE = 2  # documents that make a full name more than a slip
_SHOWN = 3  # of those who fit


def identify(
    speaker: Speaker,
    known: Sequence[KnownSpeaker],
    apart: Collection[int] = (),
    kept: Collection[str] = (),
) -> Identity:
    """Which of the known speakers this is; None where none fits, or more than one does. Pure and order-free.

    `apart` are those whom the same document names at least as fully, as somebody else; `kept` are the keys of the
    speaker, which tell when its document came out.
    """
    if speaker.kind == "unnamed":
        return Identity(None, "Unnamed sources are never joined.")
    if speaker.kind == "body" and generic(speaker.name):
        return Identity(None, f"Many bodies are called “{speaker.name}”: it stands for one in this document.")
    level = fullness(speaker.name, speaker.kind)
    same = sorted((one for one in known if one.kind == speaker.kind), key=lambda one: one.name)
    fits = [one for one in same if one.fullness >= level and _fits(speaker, one, level)]
    fuller = [one for one in fits if one.fullness > level]
    peers = _peers(speaker, [one for one in fits if one.fullness == level], level)
    if level == FULL:  # two figures of a document with forms of one full name are one that it lost sight of
        apart = {one.id for one in peers if one.id in apart and generation(one.name) != generation(speaker.name)}
    if not fuller:
        return _joined(speaker, peers, apart, _how(speaker, level, peers))
    chosen, evidence = _chosen(speaker, fuller, level, kept)
    if chosen and chosen.id not in apart:
        return Identity(chosen.id, evidence)
    doubt = f"The document keeps “{speaker.name}” and {chosen.name} apart." if chosen else evidence
    alone = [one for one in peers if one.id not in apart]
    return Identity(alone[0].id if len(alone) == 1 else None, doubt)


def _joined(speaker: Speaker, peers: Sequence[KnownSpeaker], apart: Collection[int], how: str) -> Identity:
    free = [one for one in peers if one.id not in apart]
    if len(peers) == 1 and free:
        return Identity(free[0].id, f"“{speaker.name}” {how}: {free[0].name}.")
    if peers and not free:
        return Identity(None, f"The document keeps “{speaker.name}” and {peers[0].name} apart.")
    return Identity(None, _several(peers) if peers else f"The first document taken in that names “{speaker.name}”.")


def _several(fits: Sequence[KnownSpeaker]) -> str:
    if len(fits) == 1:
        return f"One known speaker fits: {fits[0].name}."
    more = ", …" if len(fits) > _SHOWN else ""
    return f"{len(fits)} known speakers fit: {', '.join(one.name for one in fits[:_SHOWN])}{more}."


def _names(one: KnownSpeaker) -> list[str]:
    return [form for form in dict.fromkeys((one.name, *sorted(one.aliases))) if one.kind == "body" or not is_role(form)]


def _fits(speaker: Speaker, one: KnownSpeaker, level: int) -> bool:
    if speaker.kind == "body":
        return _same_body(speaker, one, level)
    if level == ROLE:
        return _same_office(speaker, one)
    genders = {said_gender((speaker.name, *speaker.forms)), said_gender(one.aliases)} - {""}
    if level < FULL and len(genders) > 1:
        return False
    names = [name for name in _names(one) if parts(name)]
    if level == BARE:
        return any(_called(speaker.name, name) for name in names)
    full = [name for name in one.full_names or names if len(parts(name)) > 1]
    return fold(speaker.name) in map(fold, full) or _one_person(speaker.name, full)


def _called(word: str, name: str) -> bool:
    """Whether a single word, “Jr.” and the like aside, is the surname of a name, or its given name."""
    own, other = parts(word), parts(name)
    same = bool(own) and (_respelt(own[-1], other[-1]) or own[-1] == other[0])
    return same and generation(word) in ("", generation(name))


def _respelt(one: str, other: str) -> bool:
    """Whether two words are one surname as two languages write it, where no given name says the same."""
    long = min(len(one), len(other)) >= _BARE and skeleton(one) == skeleton(other)
    return one == other or (long and fuzz.ratio(one, other) >= _ALIKE)


def _one_person(name: str, names: Sequence[str]) -> bool:
    """Same surname in some spelling, and no part of any name that contradicts; a name with words stuck to it tells
    nothing."""
    clean = [other for other in names if not any(adds(other, shorter) for shorter in names)]
    return bool(clean) and all(_agree(name, other) for other in clean)


def _agree(one: str, other: str) -> bool:
    a, b = parts(one), parts(other)
    if father_and_son(one, other):
        return False
    alike = skeleton(a[-1]) == skeleton(b[-1]) or _misspelt(a[-1], b[-1])
    return alike and given_names_agree(a, b)


def _misspelt(one: str, other: str) -> bool:
    short, long = sorted((skeleton(one), skeleton(other)), key=len)
    near = len(short) >= _LONG and len(long) - len(short) <= 1 and short[0] == long[0]
    return near and fuzz.ratio(short, long) >= _ALIKE


def _same_body(speaker: Speaker, one: KnownSpeaker, level: int) -> bool:
    """A name is told by its full forms; an acronym by any form of the body."""
    own = {body_key(form) for form in (speaker.name, *speaker.forms) if level < FULL or not acronym(form)}
    return bool(own & {body_key(form) for form in _names(one) if level < FULL or not acronym(form)})


def _same_office(speaker: Speaker, one: KnownSpeaker) -> bool:
    held = offices([speaker.name])
    return any(offices([alias]) & held and role_fit(speaker.name, alias) for alias in (one.name, *one.aliases))


def _peers(speaker: Speaker, fits: list[KnownSpeaker], level: int) -> list[KnownSpeaker]:
    """Of several who are named as fully: the one who has exactly this name, else those of whom it is a form.

    Words before a name tell less than a middle name. Those of less than a full name are nobody for sure: the one that
    shares most of the forms will do.
    """
    if level == FULL:
        exact = [one for one in fits if fold(speaker.name) in map(fold, _names(one))]
        most = sorted(exact, key=lambda one: (-one.documents, one.id))[:1]
        return most or [one for one in fits if not _stuck(speaker.name, one)] or fits
    forms = {speaker.name, *speaker.forms}
    free = [one for one in fits if speaker.kind == "body" or not _contradicted(speaker, one)]
    return sorted(free, key=lambda one: (-len(forms & one.aliases), len(one.aliases), sorted(one.aliases)))[:1]


def _stuck(name: str, one: KnownSpeaker) -> bool:
    """Whether one name is the other with words before or behind it."""
    return any(adds(name, other) or adds(other, name) for other in _names(one))


def _contradicted(speaker: Speaker, one: KnownSpeaker) -> bool:
    """Whether both hold offices and none is the same; for a full name the name counts for more."""
    if fullness(speaker.name, speaker.kind) != BARE:
        return False
    own, theirs = filter(telling, speaker.forms), filter(telling, one.aliases)
    return any(own) and any(theirs) and not shared(speaker.forms, one.aliases)


def _chosen(
    speaker: Speaker, fuller: list[KnownSpeaker], level: int, kept: Collection[str]
) -> tuple[KnownSpeaker | None, str]:
    """The one fuller name that fits, with the evidence; None with the doubt."""
    if speaker.kind == "body" or level == ROLE:
        how = "is a role of theirs alone" if level == ROLE else "is short for one known body"
        return _alone(speaker, fuller, how)
    surnamed, given = _by_surname(speaker, fuller)
    fits = surnamed or given or fuller
    office = {one.id: shared(speaker.forms, one.aliases) for one in fits}
    holders = [one for one in fits if office[one.id]]
    holders = [one for one in holders if one.documents >= _TWICE] or holders
    if len(holders) == 1:
        name = "surname" if surnamed or level > BARE else "given name"
        evidence = f"“{speaker.name}” is the {name}, and “{office[holders[0].id]}” a role, of {holders[0].name} alone."
        return holders[0], evidence
    if level == BARE and not surnamed and not _titled(speaker):
        return None, f"“{speaker.name}” is a given name, which alone tells too little: {_several(fits)}"
    chosen, evidence = _alone(speaker, fits, "fits one known name")
    if chosen and _contradicted(speaker, chosen):
        return None, f"“{speaker.name}” fits {chosen.name}, but their offices differ."
    if chosen and level == BARE and not near(kept, chosen.keys, level):
        return None, f"“{speaker.name}” fits {chosen.name}, but no document of about that time has the full name."
    return chosen, evidence


def _by_surname(speaker: Speaker, fits: Sequence[KnownSpeaker]) -> tuple[list[KnownSpeaker], list[KnownSpeaker]]:
    """Those whose surname the last word is, in whatever spelling, and those whose given name.

    A word that is the given name of more people than it is the surname of is taken for a given name.
    """
    word = parts(speaker.name)[-1]
    names = [(one, [words for words in map(parts, _names(one)) if len(words) > 1]) for one in fits]
    same = any(name[-1] == word for _, known in names for name in known)
    given = [one for one, known in names if any(name[0] == word for name in known)]
    alike = [one for one, known in names if any(_respelt(name[-1], word) for name in known)]
    others = [one for one in given if one not in alike]
    return alike if not given or (same and len(others) <= len(alike)) else [], given


def _alone(speaker: Speaker, fits: list[KnownSpeaker], how: str) -> tuple[KnownSpeaker | None, str]:
    if len(fits) == 1:
        return fits[0], f"“{speaker.name}” {how}: {fits[0].name}."
    return None, _several(fits)


def _titled(speaker: Speaker) -> bool:
    return any(said_gender([form]) for form in (speaker.name, *speaker.forms))


def _how(speaker: Speaker, level: int, peers: Sequence[KnownSpeaker]) -> str:
    same = any(fold(speaker.name) in map(fold, _names(one)) for one in peers)
    if speaker.kind == "body" or same or level <= BARE:
        return "is the same name" if level != ROLE else "is the same role"
    return "is a spelling or form of the same name"
