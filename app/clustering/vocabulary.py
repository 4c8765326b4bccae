"""What clustering knows about a wording: stems and what kinds of words they are, numbers, negations."""

from collections.abc import Iterable
from functools import cache, lru_cache

from app.clustering.normal import normal_form
from app.stemming import english

NEGATIONS = frozenset(
    "no not never none nobody nothing neither nor nowhere without cannot cant dont doesnt didnt wont wouldnt isnt "
    "arent wasnt werent shouldnt couldnt hasnt havent hadnt aint mustnt neednt shant "
    "mightnt maynt oughtnt darent".split()
)  # in normal form
_FUNCTION_WORDS = frozenset(
    "a about above after again against all also am an and any are arent as at be because been before being below "
    "between both but by can cannot cant could couldnt did didnt do does doesnt doing dont down during each either "
    "else ever every few for from further had hadnt has hasnt have havent having he hed hell her here heres hers "
    "herself hes him himself his how however i id if ill im in into is isnt it itd itll its itself ive just lest "
    "let lets may me might mine more most much must my myself neither no nor not now of off on once only onto or "
    "other ought our ours ourselves out over own per shall she shed shes should shouldnt since so some such than "
    "that thats the their theirs them themselves then there theres therefore these they theyd theyll theyre theyve "
    "this those though through thus to too under until unto up upon us very via was wasnt we wed well were werent "
    "weve what when where whether which while who whom whose why will with within without wont would wouldnt yet "
    "you youd youll your youre yours yourself yourselves youve".split()
)
_COMMON_WORDS = frozenset(
    "able ago agree already always another anything ask away back bad believe best better big bit bring call came "
    "clear come comes coming continue country course day days different done end enough even everybody everyone "
    "everything fact feel find first fine forward full gave get gets getting give given go goes going gone good got "
    "great happen happened happy hard help high hope important keep kind knew know known knows last left less life "
    "like little long look looking lot love made make makes making man many matter mean means men moment morning "
    "move need never new next nobody nothing ok okay old one open part people person place please point possible "
    "problem put question quite ready real really reason right said same saw say saying says see seen set show side "
    "situation soon sorry start state still stop strong sure take taken talk tell thank thanks thing things think "
    "thought time today together told tomorrow took true try trying two understand use used want wanted way week "
    "went whole woman women wont word words work working world wrong yeah year years yes yesterday young".split()
)
_NUMBERS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
    if value > 1  # "one" is more often a pronoun
}
_SPELLINGS = (("enc", "ens"), ("our", "or"), ("is", "iz"), ("ys", "yz"), ("tr", "ter"))  # at the end of a stem
_FUNCTION_WEIGHT = 0.08
_COMMON_WEIGHT = 0.45


@lru_cache(maxsize=500_000)
def stem(word: str) -> str:
    """Stem of a word in normal form (Porter's second English stemmer), British and American spelling alike.

    Function words stay as they are, and no other word becomes one ("willing" is not "will").
    """
    if word in _FUNCTION_WORDS:
        return word
    stemmed = english(_NUMBERS.get(word, word))
    return word if stemmed in _FUNCTION_WORDS else _american(stemmed)


@lru_cache(maxsize=2_000)  # a page compares one wording with many
def stems(text: str) -> tuple[str, ...]:
    """Stems of the words of a text, in their order."""
    return tuple(map(stem, normal_form(text).split()))


def _american(stemmed: str) -> str:
    for british, american in _SPELLINGS:
        if len(stemmed) > len(british) + 2 and stemmed.endswith(british):
            return stemmed.removesuffix(british) + american
    return stemmed


def commonness(word: str) -> float:
    """Weight of a stem by what kind of word it is: 1 for one that carries content of its own."""
    if word in _FUNCTION_WORDS:
        return _FUNCTION_WEIGHT
    return _COMMON_WEIGHT if word in _common_stems() else 1.0


def is_function(word: str) -> bool:
    """Whether a stem is a function word ("the", "of"), which says nothing by itself."""
    return word in _FUNCTION_WORDS


def carried(stems: Iterable[str]) -> float:
    """How many different words carry content; common ones count in part."""
    return sum(commonness(word) for word in dict.fromkeys(stems) if word not in _FUNCTION_WORDS)


def negations(stems: Iterable[str]) -> frozenset[str]:
    """The stems that negate, such as "not" and "nobody"."""
    return frozenset(word for word in stems if word in _negation_stems())


def numbers(stems: Iterable[str]) -> frozenset[str]:
    """The stems that are numbers; words for small ones are figures there."""
    return frozenset(word for word in stems if word[0].isdigit())


@cache
def _common_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in _COMMON_WORDS)


@cache
def _negation_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in NEGATIONS)
