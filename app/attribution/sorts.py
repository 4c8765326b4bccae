"""What a capitalised word is that stands where a name may stand: a person's name, a crowd, a place or a body."""

from functools import lru_cache

from app.attribution import lexicon
from app.attribution.names import fold
from app.attribution.persons import is_people, is_person
from app.records import SpeakerKind

_CROWDS = frozenset(
    """
    others authorities blacks whites asians latinos latinas hispanics muslims christians jews catholics evangelicals
    protestants hindus sikhs buddhists women men people goers liberals conservatives moderates progressives democrats
    republicans independents socialists communists millennials seniors adults celebrities aides elites locals natives
    """.split()
)
_ADJECTIVES = ("-linked", "-based", "-backed", "-led", "-born", "-controlled", "-era", "-style")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_STATES = frozenset(
    """
    alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho illinois indiana iowa
    kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska
    nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont wisconsin wyoming ontario quebec alberta
    manitoba saskatchewan queensland calif
    """.split()
)
_BODY_ENDS = frozenset(
    """
    affairs airlines analytics associates bancorp brands brewing business capital coal communications consulting
    electric elections energy enforcement enterprises entertainment financial foods foundries gas holdings insurance
    laboratories logistics mining oil partners petroleum pharmaceuticals polling poll properties publishing research
    resources securities shipping software solutions steel strategies survey ventures wealth
    """.split()
)


@lru_cache(maxsize=65536)
def sort_of(name: str) -> SpeakerKind:
    """Whether a run of capitals that is taken for a person is one, as far as its words tell by themselves."""
    words = fold(name).split()
    if len(words) > 1 and "-" not in name:
        return "body" if words[-1] in _BODY_ENDS else "person"
    low = name.lower()
    if _crowd(low) or low.endswith(_ADJECTIVES) or low.startswith(_TENS):
        return "unnamed"
    bodies = lexicon.BODY_SUFFIXES | lexicon.BODY_HEADS_LOWER | lexicon.BODY_NAMES
    return "body" if low in bodies or low in _STATES or low in lexicon.COUNTRIES else "person"


def is_place(name: str) -> bool:
    """Whether a name is that of a country, a state or a city that is known."""
    low = fold(name).removeprefix("the ")
    return low in lexicon.COUNTRIES or low in _STATES or low in lexicon.PLACES


def _crowd(low: str) -> bool:
    last = low.rsplit("-", 1)[-1]
    plural = last.endswith("s") and (
        bool(lexicon.demonym(last[:-1])) or (last.endswith("ies") and is_person(last[:-3] + "y"))
    )
    return last in _CROWDS or is_people(last) or plural
