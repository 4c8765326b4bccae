"""Identity across documents: whether a speaker of one document is one that the corpus knows.

The rules, fullest names first:

- A full name joins the one known full name that is the same, or a form of it: a transliteration, a misspelling of a
  long surname, an initial, a nickname, a middle name or a title more or less.
- “A. Ashby” and a bare “Ashby” join the one full name that they fit, unless titles or offices contradict (“Mrs.” and
  “Mr.”, “judge” and “minister”). Of several, only the one with whom they share an office. A bare given name needs
  such an office too, or a title (“Sir Marten”).
- A role with its nation joins the one who holds it.
- A body joins by the normal form of its name; an acronym joins the one body that some document spells it out for.
- Whatever fits nobody, or more than one, is a speaker of its own, together with others that are named no more fully.

An answer depends on fuller names than its own, and on none less full: the order of documents does not matter.
"""

from collections.abc import Collection, Sequence

from rapidfuzz import fuzz

from app.attribution.fullness import BARE, FULL, ROLE, acronym, fullness, generic
from app.attribution.names import fold, generation, generations_differ, given_names_agree, parts, skeleton
from app.attribution.offices import is_role, offices, said_gender, shared, telling
from app.attribution.people import body_key, role_fit
from app.records import Identity, KnownSpeaker, Speaker

_ALIKE = 88.0  # ratio of two surnames of one skeleton length or more, 0 to 100
_LONG = 8  # letters below which spelling must agree by skeleton
_SHOWN = 3  # of those who fit


def identify(speaker: Speaker, known: Sequence[KnownSpeaker], apart: Collection[int] = ()) -> Identity:
    """Which of the known speakers this is; None where none fits, or more than one does. Pure and order-free.

    `apart` are those whom the same document names at least as fully, as somebody else.
    """
    if speaker.kind == "unnamed":
        return Identity(None, "Unnamed sources are never joined.")
    if speaker.kind == "body" and generic(speaker.name):
        return Identity(None, f"Many bodies are called “{speaker.name}”: it stands for one in this document.")
    level = fullness(speaker.name, speaker.kind)
    same = sorted((one for one in known if one.kind == speaker.kind), key=lambda one: one.name)
    fits = [one for one in same if _level(one) >= level and _fits(speaker, one, level)]
    fuller = [one for one in fits if _level(one) > level]
    peers = _same_name(speaker, [one for one in fits if _level(one) == level])
    if not fuller:
        return _joined(speaker, peers, apart, _how(speaker, level, peers))
    chosen, evidence = _chosen(speaker, fuller, level)
    if chosen and chosen.id not in apart:
        return Identity(chosen.id, evidence)
    doubt = f"The document tells “{speaker.name}” from {chosen.name}." if chosen else evidence
    alone = [one for one in peers if one.id not in apart]
    return Identity(alone[0].id if len(alone) == 1 else None, doubt)


def _joined(speaker: Speaker, peers: Sequence[KnownSpeaker], apart: Collection[int], how: str) -> Identity:
    free = [one for one in peers if one.id not in apart]
    if len(peers) == 1 and free:
        return Identity(free[0].id, f"“{speaker.name}” {how}: {free[0].name}.")
    if peers and not free:
        return Identity(None, f"The document tells “{speaker.name}” from {peers[0].name}.")
    return Identity(None, _several(peers) if peers else f"No document named “{speaker.name}” before.")


def _several(fits: Sequence[KnownSpeaker]) -> str:
    if len(fits) == 1:
        return f"One known speaker fits: {fits[0].name}."
    more = ", …" if len(fits) > _SHOWN else ""
    return f"{len(fits)} known speakers fit: {', '.join(one.name for one in fits[:_SHOWN])}{more}."


def _names(one: KnownSpeaker) -> list[str]:
    return [form for form in dict.fromkeys((one.name, *sorted(one.aliases))) if one.kind == "body" or not is_role(form)]


def _level(one: KnownSpeaker) -> int:
    return max((fullness(form, one.kind) for form in (one.name, *one.aliases)), default=ROLE)


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
    return _one_person(speaker.name, [name for name in names if len(parts(name)) > 1])


def _called(word: str, name: str) -> bool:
    """Whether a single word, “Jr.” and the like aside, is the surname of a name, or its given name."""
    own, other = parts(word), parts(name)
    same = bool(own) and (skeleton(own[-1]) == skeleton(other[-1]) or own[-1] == other[0])
    return same and generation(word) in ("", generation(name))


def _one_person(name: str, names: Sequence[str]) -> bool:
    """Same surname in some spelling, and no part of any name that contradicts."""
    return bool(names) and all(_agree(name, other) for other in names)


def _agree(one: str, other: str) -> bool:
    a, b = parts(one), parts(other)
    if generations_differ(one, other) and not _formal(one, other):
        return False
    alike = skeleton(a[-1]) == skeleton(b[-1]) or _misspelt(a[-1], b[-1])
    return alike and given_names_agree(a, b)


def _formal(one: str, other: str) -> bool:
    """“Owen T. Ashby Jr.” is how some papers write Owen Ashby; “Owen Ashby Jr.” tells a son from his father."""
    marked, plain = (one, other) if generation(one) else (other, one)
    return not generation(plain) and len(parts(marked)) > 2


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


def _same_name(speaker: Speaker, peers: list[KnownSpeaker]) -> list[KnownSpeaker]:
    """Of several who fit, the one who has exactly this name; roles of bare names must not contradict."""
    if speaker.kind == "person":
        peers = [one for one in peers if not _contradicted(speaker, one)]
    exact = [one for one in peers if fold(speaker.name) in map(fold, _names(one))]
    return exact if len(exact) == 1 else peers


def _contradicted(speaker: Speaker, one: KnownSpeaker) -> bool:
    """Whether both hold offices and none is the same; for a full name the name counts for more."""
    if fullness(speaker.name, speaker.kind) != BARE:
        return False
    own, theirs = filter(telling, speaker.forms), filter(telling, one.aliases)
    return any(own) and any(theirs) and not shared(speaker.forms, one.aliases)


def _chosen(speaker: Speaker, fuller: list[KnownSpeaker], level: int) -> tuple[KnownSpeaker | None, str]:
    """The one fuller name that fits, with the evidence; None with the doubt."""
    if speaker.kind == "body" or level == ROLE:
        how = "is a role of theirs alone" if level == ROLE else "is short for one known body"
        return _alone(speaker, fuller, how)
    surnamed, given = _by_surname(speaker, fuller)
    fits = surnamed or given
    office = {one.id: shared(speaker.forms, one.aliases) for one in fits}
    holders = [one for one in fits if office[one.id]]
    if len(holders) == 1:
        name = "surname" if surnamed else "given name"
        evidence = f"“{speaker.name}” is the {name}, and “{office[holders[0].id]}” a role, of {holders[0].name} alone."
        return holders[0], evidence
    if not surnamed and not _titled(speaker):
        return None, f"“{speaker.name}” is a given name, which alone tells too little: {_several(fits)}"
    chosen, evidence = _alone(speaker, fits, "fits one known name")
    if chosen and _contradicted(speaker, chosen):
        return None, f"“{speaker.name}” fits {chosen.name}, but their offices differ."
    return chosen, evidence


def _by_surname(speaker: Speaker, fits: Sequence[KnownSpeaker]) -> tuple[list[KnownSpeaker], list[KnownSpeaker]]:
    """Those whose surname the last word is, in whatever spelling, and those whose given name.

    A word that is the given name of some and the surname of none is no other spelling of a surname.
    """
    word = parts(speaker.name)[-1]
    names = [(one, [parts(name) for name in _names(one) if parts(name)]) for one in fits]
    same = any(name[-1] == word for _, known in names for name in known)
    given = [one for one, known in names if any(name[0] == word for name in known)]
    alike = [one for one, known in names if any(skeleton(name[-1]) == skeleton(word) for name in known)]
    return alike if same or not given else [], given


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
