"""Keys across documents: which speakers of the corpus have to be compared with one of a document."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from app.attribution.fullness import BARE, FULL, INITIAL, ROLE, acronym, fullness, generic
from app.attribution.names import consonants, fold, parts, skeleton
from app.attribution.nicknames import full_forms
from app.attribution.offices import gist, is_role, offices, telling
from app.attribution.people import body_key
from app.attribution.periods import period, period_key
from app.records import Keys, Speaker

_LONGEST = 100  # characters of a key


def keys(speaker: Speaker, published: datetime | None = None) -> Keys:
    """The keys of a speaker of a document; none for unnamed sources and for bodies that have no name of their own.

    Full names stand under surname with initial (`f:`), surname (`s:`) and given name (`g:`), what is less than a full
    name under its word (`w:`), holders of an office under it (`r:`), those known by it alone under `o:`, bodies under
    their normal form (`b:`), acronyms that nobody spelled out under `a:`. Names, offices, titles and half-years stand
    under the fullness of the naming (`3:`) too: nobody looks there, but what is new there is news for the less full.
    """
    return _keys(speaker, period(published))


@lru_cache(maxsize=65536)
def _keys(speaker: Speaker, when: str) -> Keys:
    aliases = tuple(form for form in dict.fromkeys((speaker.name, *speaker.forms)) if _worth(speaker, form))
    level = fullness(speaker.name, speaker.kind)
    if speaker.kind == "unnamed" or (speaker.kind == "body" and generic(speaker.name)):
        return Keys(FULL, aliases)
    if speaker.kind == "body":
        return _body(aliases, level)
    return _role(aliases) if level == ROLE else _person(speaker.name, aliases, level, when)


def _worth(speaker: Speaker, form: str) -> bool:
    return form == speaker.name or speaker.kind != "person" or not is_role(form) or telling(form)


def _set(marked: Iterable[str]) -> frozenset[str]:
    return frozenset(key[:_LONGEST] for key in marked)


def _body(aliases: tuple[str, ...], level: int) -> Keys:
    forms = {form for form in aliases if not generic(form)}
    names = _set(f"b:{body_key(form)}" for form in forms)
    short = _set(f"a:{body_key(form)}" for form in forms if acronym(form))
    if level == FULL:
        return Keys(level, aliases, names, names | short, short)
    return Keys(level, aliases, names | short, names | short)


def _role(aliases: tuple[str, ...]) -> Keys:
    alone = _held("o", aliases)
    return Keys(ROLE, aliases, alone, alone | _held("r", aliases))


def _held(mark: str, aliases: tuple[str, ...]) -> frozenset[str]:
    return _set(f"{mark}:{head}:{nation}" for head, nation in offices(aliases))


def _person(name: str, aliases: tuple[str, ...], level: int, when: str) -> Keys:
    words = parts(name)
    if not any(words):
        return Keys(level, aliases)
    own, alone = _held("r", aliases) | _gists(aliases, level) | {period_key(level, when)}, _held("o", aliases)
    last, first = consonants(words[-1]), consonants(words[0])
    if level == BARE:
        found = _set({f"s:{last}", f"g:{last}", f"w:{last}"}) | alone
        return Keys(level, aliases, own | _set({f"w:{last}"}), found, alone)
    block = _set(f"f:{last}:{letter}" for letter in _letters(words[:-1]))
    loose = _set({f"w:{last}", f"w:{first}"}) | alone
    kept = {f"s:{last}", f"w:{last}"} if level == INITIAL else {f"s:{last}", f"g:{first}"}
    return Keys(level, aliases, own | block | _set(kept), block | loose, loose)


def _gists(aliases: tuple[str, ...], level: int) -> frozenset[str]:
    names = {fold(form) for form in aliases if not is_role(form)}
    return _set(f"{level}:{told}" for told in {*names, *map(gist, filter(telling, aliases))})


def _letters(given: Iterable[str]) -> set[str]:
    """First sounds of the given names and of what they are short for."""
    return {skeleton(full)[:1] for word in given for full in full_forms(word)}
