"""A corpus of invented quotations of any size: lengths, repeats and variants as news has them, words made up.

Words follow Zipf's law with Mandelbrot's shift and mix with English function words; how often an utterance is repeated
follows a power law as well. Reports quote several utterances of one event, so that context is there to be used.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, product
from random import Random

from app.records import Unit

_SYLLABLES = ["".join(pair) for pair in product("bdfgklmnprstvw", "aeiou")]
_FUNCTION = (
    "the of and to a in that is it for we i you are was not on be have with this they as will at has but by from "
    "our all do who what can an if would there their or so no when than because about were it's don't"
).split()
_CONTENT_WORDS = 60_000
_FUNCTION_SHARE = 0.52
_EXPONENT, _SHIFT = 1.05, 2.7  # Zipf and Mandelbrot, for words
_LENGTH, _SPREAD = 2.7, 0.55  # mean and deviation of the logarithm of the number of words: median 15
_SHORTEST, _LONGEST = 2, 70
_PER_EVENT = 12  # utterances
_PER_REPORT = 6
_REPEATS = 1.6  # exponent of the number of reports of an event
_MOST = 400
_AS_SPOKEN = 0.6  # share of quotations in the very words
_SPEAKERS = 4  # of one event
_NAMED = 0.8  # share of quotations with a speaker


class Words:
    """Invented words and how to draw them."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._words = [
            "".join(chance.choices(_SYLLABLES, k=chance.choice((2, 3, 3, 4)))) for _ in range(_CONTENT_WORDS)
        ]
        self._shares = list(accumulate((rank + _SHIFT) ** -_EXPONENT for rank in range(1, _CONTENT_WORDS + 1)))
        self._function_shares = list(accumulate(1.0 / rank for rank in range(1, len(_FUNCTION) + 1)))

    def name(self) -> str:
        """A name of two words."""
        return " ".join(self._chance.choices(self._words, k=2)).title()

    def drawn(self, count: int) -> list[str]:
        """So many words in a row."""
        content = self._chance.choices(self._words, cum_weights=self._shares, k=count)
        function = self._chance.choices(_FUNCTION, cum_weights=self._function_shares, k=count)
        return [f if self._chance.random() < _FUNCTION_SHARE else c for c, f in zip(content, function, strict=True)]


def invented_units(count: int, seed: int = 1) -> Iterator[Unit]:
    """So many units; the id of each begins with the number of its utterance."""
    chance = Random(seed)
    words = Words(chance)
    made = 0
    event = 0
    while made < count:
        for unit in _event(event, words, chance):
            if made < count:
                yield unit
                made += 1
        event += 1


def utterance(unit: Unit) -> str:
    """The utterance that an invented unit is a wording of."""
    return unit.id.rpartition("-")[0]


def _event(event: int, words: Words, chance: Random) -> Iterator[Unit]:
    said = [words.drawn(_length(chance)) for _ in range(_PER_EVENT)]
    speakers = [words.name() for _ in range(_SPEAKERS)]
    reports = min(_MOST, int(chance.paretovariate(_REPEATS - 0.6)))
    for report in range(reports):
        document = f"report {event}.{report}"
        for place, number in enumerate(sorted(chance.sample(range(_PER_EVENT), _PER_REPORT))):
            text = " ".join(_reported(said[number], words, chance))
            speaker = speakers[number % _SPEAKERS] if chance.random() < _NAMED else None
            start = place * 1000
            yield Unit(f"{event}.{number}-{report}", text, document, speaker, start, start + len(text))


def _length(chance: Random) -> int:
    return min(_LONGEST, max(_SHORTEST, round(chance.lognormvariate(_LENGTH, _SPREAD))))


def _reported(said: Sequence[str], words: Words, chance: Random) -> list[str]:
    """An utterance as one report has it: as it was, cut at an end, or with words dropped, replaced and inserted."""
    if chance.random() < _AS_SPOKEN:
        return list(said)
    if chance.random() < 0.35 and len(said) > 6:
        kept = chance.randint(max(4, len(said) // 3), len(said) - 1)
        return list(said[:kept] if chance.random() < 0.5 else said[-kept:])
    share = chance.uniform(0.03, 0.25)
    found: list[str] = []
    for word in said:
        draw = chance.random()
        if draw >= share:
            found.append(word)
        elif draw < share * 0.55:
            found += words.drawn(1)
        elif draw < share * 0.7:
            found += [word, *words.drawn(1)]
    return found or list(said)
