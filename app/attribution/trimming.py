"""Names that capitals spoil: a verb of a headline, an adverb or a label that sticks to the name beside it."""

from collections.abc import Mapping
from functools import lru_cache

from app.attribution.names import parts
from app.attribution.persons import is_people, is_person

_LEADING = frozenset("former everything everyone nothing nobody something somebody anything anyone miss".split())
_ADVERB = ("ingly", "edly", "ously", "ently", "antly", "ately", "ively", "fully", "lessly", "ably", "ibly", "ically")
_LABEL = 3  # letters of a word in capitals among others that are not
# Verbs of news whose inflected forms are nobody's name.
_VERBS = frozenset(
    """
    accept accuse add address admit agree announce appear approve argue arrest arrive ask attack back beat become
    begin believe blast block boost bring buy call cancel carry change charge choose claim clinch clash condemn confirm
    confront consider continue create criticise criticize crush debate decide declare defeat defend delay demand
    deny describe destroy develop die discuss dismiss dominate drop earn elect emerge endorse enter expect explain
    expose express face fail fight fire follow force gain get give grill happen hear help hire hit host ignore inject
    insist insult investigate invite join keep kick kill know lambast laud launch lead learn leave let look lose
    make meet mention mock move name need nominate note offer oppose pick plan play pledge plunge praise predict
    prepare present promise propose protest prove pull push put question raise react receive recover refuse reject
    release remain resign respond return reveal rip run say seek seem send set sell share show side sign skip slam
    slip speak spend spar stand start stay stop struggle sue suggest support surge survive sweep tackle take talk taunt
    tell testify thank think threaten trail trash try turn undergo unveil urge use veto visit vote vow wait want
    warn weigh win withdraw work
    """.split()
)
_PAST = frozenset(
    "became began brought came did does gave goes got has had kept knew lost made said sent spent".split()
)
_MORE_PAST = frozenset("spoke stood thought threw told took understood was went were withdrew won’t wrote".split())


def trimmed(name: str) -> str:
    """A personal name without what is none at its ends: “Ada Orlova Wants”, “Senators Ada Orlova”, “VIDEO Ada Orlova”.

    A name all in capitals stays as it is, and so does the first of two words: “Standing Ashby” may be called so.
    """
    words = name.split()
    if not any(char.islower() for char in name):
        return name
    label = next((number for number, word in enumerate(words) if number and _label(word)), len(words))
    words = words[label + 1 :] if label + 1 < len(words) else words[:label]
    while len(words) > 1 and _sticks(words[0], alone=len(words) == 2):
        words = words[1:]
    verb = next((number for number, word in enumerate(words) if number and verbal(word.lower())), len(words))
    return " ".join(words[:verb])


def used_name(fullest: str, uses: Mapping[str, int]) -> str:
    """The fullest of a document's names for a person, or a shorter one where the rest is shown to be no part of it.

    `uses` counts each name. “Universe Ada Orlova” and “Ada Orlova Harbour” are “Ada Orlova” where that is no rarer and
    “Orlova” stands alone.
    """
    alone = {words[0] for words in map(parts, uses) if len(words) == 1}
    shorter = (name for name in uses if adds(fullest, name) and uses[name] >= uses.get(fullest, 0))
    fitting = (
        name for name in shorter if parts(name)[-1] in alone and (adds(fullest, name) < 0 or not _last(fullest) & alone)
    )
    return max(fitting, key=lambda name: uses[name], default=fullest)


def adds(longer: str, name: str) -> int:
    """Whether a name has words before (-1) or behind (1) another full name, and is else the same; 0 if neither."""
    words, short = parts(longer), parts(name)
    if not 1 < len(short) < len(words):
        return 0
    return -1 if words[-len(short) :] == short else 1 if words[: len(short)] == short else 0


def _last(name: str) -> set[str]:
    return set(parts(name)[-1:])


def _label(word: str) -> bool:
    return word.isalpha() and word.isupper() and len(word) >= _LABEL and word not in {"III", "VIII"}


def _sticks(word: str, alone: bool) -> bool:
    return _label(word) or word.lower() in _LEADING or (not alone and opens(word.lower()))


@lru_cache(maxsize=65536)
def opens(low: str) -> bool:
    """Whether a word before a name is rather a plural, an adverb or a participle with the capital of its place."""
    plural = is_people(low) or (low.endswith("ies") and is_person(low[:-3] + "y"))
    if low.endswith("-based") or (low.startswith("co-") and is_person(low[3:])):
        return True
    return low in _LEADING or plural or low.endswith(_ADVERB) or (low.endswith(("ing", "ed")) and verbal(low))


@lru_cache(maxsize=65536)
def verbal(low: str) -> bool:
    """Whether a word is an inflected form of a verb of news."""
    if low in _PAST or low in _MORE_PAST:
        return True
    stems: tuple[str, ...] = ()
    if low.endswith("ing"):
        stems = low[:-3], low[:-3] + "e", low[:-4]
    elif low.endswith("ied"):
        stems = (low[:-3] + "y",)
    elif low.endswith("ed"):
        stems = low[:-2], low[:-1], low[:-3]
    elif low.endswith("ies"):
        stems = (low[:-3] + "y",)
    elif low.endswith("s"):
        stems = low[:-1], low[:-2] if low.endswith("es") else low[:-1]
    return any(stem in _VERBS for stem in stems)
