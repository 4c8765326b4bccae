"""Identity across documents: whether a speaker of one document is one that the corpus knows."""

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from app.attribution import lexicon
from app.attribution.names import consonants, fold, given_names_agree, parts, skeleton
from app.attribution.people import body_key, nations, role_fit, role_head
from app.records import Identity, KnownSpeaker, Speaker

_ALIKE = 88.0  # ratio of two surnames of one skeleton length or more, 0 to 100
_LONG = 6  # letters below which spelling must agree by skeleton


def keys(speaker: Speaker) -> frozenset[str]:
    """Blocking keys: two speakers that may be one share a key. Empty for unnamed sources.

    `n:` and the consonants of a name's first or last word, `r:` and a role with its nation, `b:` and a body's
    normal form.
    """
    if speaker.kind == "unnamed":
        return frozenset()
    forms = (speaker.name, *speaker.forms)
    if speaker.kind == "body":
        return frozenset(f"b:{body_key(form)}" for form in forms)
    words = (parts(form) for form in forms if not is_role(form))
    names = {f"n:{consonants(word)}" for name in words if name for word in (name[0], name[-1])}
    return frozenset(names | {f"r:{head}:{nation}" for head, nation in _offices(forms)})


def identify(speaker: Speaker, known: Sequence[KnownSpeaker]) -> Identity:
    """Which of the known speakers this is; None where none fits, or more than one does. Pure and order-free."""
    if speaker.kind == "unnamed":
        return Identity(None, "Unnamed sources are never joined.")
    same_kind = [one for one in known if one.kind == speaker.kind]
    if speaker.kind == "body":
        return _only(_same_bodies(speaker, same_kind), f"“{speaker.name}” is the same name")
    if is_role(speaker.name):
        return _only(_same_office(speaker, same_kind), f"“{speaker.name}” is a role of theirs alone")
    return _person(speaker, same_kind)


def is_role(form: str) -> bool:
    """Whether a form is a role (“British prime minister”) and no name."""
    words = form.split(" of ")[0].split()
    return bool(words) and all(_role_word(word) for word in words) and bool(role_head(form))


def _role_word(word: str) -> bool:
    low = word.lower().rstrip(".")
    listed = low in lexicon.OFFICES or low in lexicon.CALLINGS or low in lexicon.ROLE_MODIFIERS
    return listed or word.islower() or bool(lexicon.demonym(word))


def _offices(forms: Iterable[str]) -> set[tuple[str, str]]:
    return {(role_head(form), nation) for form in forms if is_role(form) for nation in nations(form)}


def _same_bodies(speaker: Speaker, known: Sequence[KnownSpeaker]) -> list[KnownSpeaker]:
    own = {body_key(form) for form in (speaker.name, *speaker.forms)}
    return [one for one in known if own & {body_key(alias) for alias in (one.name, *one.aliases)}]


def _same_office(speaker: Speaker, known: Sequence[KnownSpeaker]) -> list[KnownSpeaker]:
    office = _offices([speaker.name])
    return [
        one
        for one in known
        if any(_offices([alias]) & office and role_fit(speaker.name, alias) for alias in (one.name, *one.aliases))
    ]


def _only(fits: Sequence[KnownSpeaker], evidence: str) -> Identity:
    if len(fits) == 1:
        return Identity(fits[0].id, f"{evidence}: {fits[0].name}.")
    if fits:
        return Identity(None, f"{len(fits)} known speakers fit: {', '.join(sorted(one.name for one in fits[:3]))}.")
    return Identity(None, "No known speaker has this name.")


def _person(speaker: Speaker, known: Sequence[KnownSpeaker]) -> Identity:
    own = parts(speaker.name)
    if not own:
        return Identity(None, "The name has no word to compare.")
    fits = [one for one in known if _one_person(own, one)]
    exact = [one for one in fits if any(fold(speaker.name) == fold(name) for name in _names(one))]
    if len(own) > 1 and len(exact) == 1:
        return _only(exact, f"“{speaker.name}” is the same name")
    full = [one for one in fits if any(len(parts(name)) > 1 for name in _names(one))]
    if len(own) > 1 and full:
        return _only(full, f"“{speaker.name}” is a spelling or form of the same name")
    if fits:
        return _only(fits, f"“{speaker.name}” fits one known name")
    given = [one for one in known if len(own) == 1 and any(parts(name)[:1] == own for name in _names(one))]
    return _only(given, f"“{speaker.name}” is the given name of one known speaker")


def _names(one: KnownSpeaker) -> list[str]:
    return [form for form in (one.name, *sorted(one.aliases)) if not is_role(form)]


def _one_person(own: tuple[str, ...], one: KnownSpeaker) -> bool:
    """Same surname in some spelling, and no given name that contradicts; a misspelling needs a given name."""
    names = [name for name in map(parts, _names(one)) if name]
    longest = max(names, key=len, default=())
    if not longest or not given_names_agree(own, longest):
        return False
    if any(skeleton(own[-1]) == skeleton(name[-1]) for name in names):
        return True
    return min(len(own), len(longest)) > 1 and any(_misspelt(own[-1], name[-1]) for name in names)


def _misspelt(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _LONG and fuzz.ratio(skeleton(one), skeleton(other)) >= _ALIKE
