"""Which documents keep to the words that others have, found from the corpus alone.

Truth discovery in the manner of TruthFinder (Yin, Han and Yu 2008) and of Galland et al. (2010): what documents agree
on is likely right, documents that are often right weigh more, and so on to a fixed point. The model is Dawid and
Skene's (1979), word by word: each document alters a word of the original with a rate of its own, the original is one
of the wordings at hand, and expectation maximisation finds both. Only quotes that three or more independent documents
carry teach a rate, because of two that differ nobody can tell which one changed. Words that a document has alone where
others agree are the singular readings of textual criticism: many of them mark a text that was re-worded.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations
from math import exp, inf, log
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from app.clustering.collation import words
from app.clustering.contractions import written_out
from app.records import Reworded

_USUAL = 0.1  # rate at which a document that nothing is known of alters words
_STRENGTH = 25.0  # words that this assumption weighs as much as, for an outlet and again for a document
_LEAST, _MOST = 0.01, 0.6  # bounds of a rate
_WITNESSES = 3  # independent documents of a quote that teaches
_CANDIDATES = 12  # wordings of one quote that are compared
_ROUNDS, _STILL = 30, 1e-3
_TAUGHT = 60  # quotes of one document that are looked at

_USUALLY = {"'s": "is", "'d": "had"}  # contractions that can stand for two words

_FEW_QUOTES, _FEW_WORDS = 5, 20  # below this, a document is not judged
_OWN_QUOTES, _ALONE, _ALTERED = 1 / 3, 0.12, 0.2  # shares of quotes and words from which it is taken for re-worded


class Claim(NamedTuple):
    """One independent document's wording of a quote; `outlet` is what documents of one outlet share."""

    document: int
    outlet: Hashable
    text: str


@dataclass(frozen=True, slots=True)
class Trust:
    """What the corpus says of its documents: the rate at which each alters words, 0 to 1, and which are re-worded."""

    rates: Mapping[int, float] = field(default_factory=dict)
    reworded: Mapping[int, Reworded] = field(default_factory=dict)


class _Compared(NamedTuple):
    """Two wordings: words that differ, words compared (cuts at the ends left out), words of the second not covered."""

    differ: float
    of: int
    left: int


class _Case(NamedTuple):
    """One quote: its distinct wordings, and who has which."""

    wordings: list[list[str]]
    claims: list[tuple[Claim, int]]
    table: list[list[_Compared]]


def weigh(quotes: Iterable[Sequence[Claim]], known: Mapping[int, float] | None = None) -> Trust:
    """Rates of all documents that share a quote with two others; `known` ones are kept as they are."""
    cases = [_case(claims) for claims in _teaching(quotes)]
    rates = dict(known or {})
    for _ in range(_ROUNDS):
        found = {**_rates(cases, rates), **(known or {})}
        change = max((abs(rate - rates.get(document, _USUAL)) for document, rate in found.items()), default=0.0)
        rates = found
        if change < _STILL:
            break
    alone = _alone(cases)
    return Trust(rates, {d: found for d, found in alone.items() if _is_reworded(found, rates[d])})


def _is_reworded(found: Reworded, rate: float) -> bool:
    """Whether words are its own throughout, not in one quote that went wrong, and differ from the favoured ones."""
    return found.quotes >= _OWN_QUOTES * found.of and found.share >= _ALONE and rate >= _ALTERED


def support(claims: Sequence[Claim], texts: Sequence[str], trust: Trust) -> list[float]:
    """How well each of `texts` explains what all documents say of a quote: log-likelihoods, 0 for the best."""
    case = _case(claims)
    forms = [_form(text) for text in texts]
    rows = ([_compare(form.split(), wording) for wording in case.wordings] for form in forms)
    scores = [_likelihood(case, row, trust.rates) for row in rows]
    scores = [max(score, _of_cuts(form, forms, scores)) for form, score in zip(forms, scores, strict=True)]
    best = max(scores, default=0.0)
    return [score - best for score in scores]


def _of_cuts(whole: str, forms: Sequence[str], scores: Sequence[float]) -> float:
    """The best score of a verbatim cut of a wording: what speaks for the cut speaks for the whole, too."""
    cuts = [score for form, score in zip(forms, scores, strict=True) if form != whole and f" {form} " in f" {whole} "]
    return max(cuts, default=-inf)


def reworded_reason(found: Reworded) -> str:
    """Why a document is taken for re-worded, in words."""
    share = f"{found.share:.0%}".replace("%", " %")
    return f"its words are its own in {found.quotes} of {found.of} quotes on which others agree ({share} of the words)"


def _teaching(quotes: Iterable[Sequence[Claim]]) -> list[Sequence[Claim]]:
    """Quotes with enough documents and more than one wording, so many for each document."""
    taken: dict[int, int] = defaultdict(int)
    chosen = []
    for claims in quotes:
        documents = {claim.document for claim in claims}
        if len(documents) < _WITNESSES or len({claim.text for claim in claims}) < 2:
            continue
        if min(taken[document] for document in documents) < _TAUGHT:
            chosen.append(claims)
            for document in documents:
                taken[document] += 1
    return chosen


def _case(claims: Sequence[Claim]) -> _Case:
    forms = [_form(claim.text) for claim in claims]
    carried: dict[str, set[int]] = defaultdict(set)
    for claim, form in zip(claims, forms, strict=True):
        carried[form].add(claim.document)
    kept = sorted(carried, key=lambda form: (-len(carried[form]), form))[:_CANDIDATES]
    number = {form: index for index, form in enumerate(kept)}
    wordings = [form.split() for form in kept]
    told = {(claim.document, number[form]): claim for claim, form in zip(claims, forms, strict=True) if form in number}
    table = [[_compare(one, other) for other in wordings] for one in wordings]
    return _Case(wordings, [(claim, wording) for (_, wording), claim in told.items()], table)


def _form(text: str) -> str:
    """The words of a wording as they are compared: to contract them is how a house writes, and alters none."""
    return " ".join(_USUALLY.get(word, word) for word in written_out(words(text)))


def _compare(base: list[str], other: list[str]) -> _Compared:
    """Two wordings word by word. What the longer one has more of at an end was cut there, in whichever order the two
    come: a cut that also changed its first word is no nearer to the whole than the whole is to it."""
    steps = list(Levenshtein.opcodes(min(base, other), max(base, other)))
    sides = [(step.src_end - step.src_start, step.dest_end - step.dest_start) for step in steps]
    if base > other:
        sides = [(dest, src) for src, dest in sides]
    kept = [n for n, step in enumerate(steps) if step.tag == "equal"]
    first, last = (kept[0], kept[-1] + 1) if kept else (len(steps), len(steps))
    middle = list(zip(steps, sides, strict=True))[first:last]
    ends = [(sum(ours for ours, _ in end), sum(theirs for _, theirs in end)) for end in (sides[:first], sides[last:])]
    replaced = sum(min(end) for end in ends)
    differ = sum(max(sizes) for step, sizes in middle if step.tag != "equal")
    left = sum(max(theirs - ours, 0) for ours, theirs in ends)
    return _Compared(differ + replaced, sum(max(sizes) for _, sizes in middle) + replaced, left)


def _likelihood(case: _Case, row: Sequence[_Compared], rates: Mapping[int, float]) -> float:
    """Log-likelihood of what the documents say, if the wording that `row` compares with theirs is the original.

    A word that it does not cover costs what a word of that document costs on average, so that a cut neither gains
    nor loses by its shortness.
    """
    total = 0.0
    for claim, wording in case.claims:
        differ, of, left = row[wording]
        rate = rates.get(claim.document, _USUAL)
        altered, kept = log(rate), log(1.0 - rate)
        total += differ * altered + (of - differ) * kept + left * (rate * altered + (1.0 - rate) * kept)
    return total


def _rates(cases: Sequence[_Case], rates: Mapping[int, float]) -> dict[int, float]:
    """One step of expectation maximisation."""
    altered: dict[int, float] = defaultdict(float)
    words: dict[int, float] = defaultdict(float)
    outlets: dict[int, Hashable] = {}
    for case in cases:
        chances = _chances([_likelihood(case, row, rates) for row in case.table])
        for claim, wording in case.claims:
            outlets[claim.document] = claim.outlet
            for chance, row in zip(chances, case.table, strict=True):
                altered[claim.document] += chance * row[wording].differ
                words[claim.document] += chance * row[wording].of
    pooled: dict[Hashable, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for document, outlet in outlets.items():
        pooled[outlet][0] += altered[document]
        pooled[outlet][1] += words[document]
    usual = {outlet: _smoothed(part, whole, _USUAL) for outlet, (part, whole) in pooled.items()}
    return {d: _smoothed(altered[d], words[d], usual[outlet]) for d, outlet in outlets.items()}


def _smoothed(part: float, whole: float, usual: float) -> float:
    return min(max((part + _STRENGTH * usual) / (whole + _STRENGTH), _LEAST), _MOST)


def _chances(logs: Sequence[float]) -> list[float]:
    best = max(logs)
    weights = [exp(value - best) for value in logs]
    return [weight / sum(weights) for weight in weights]


def _alone(cases: Sequence[_Case]) -> dict[int, Reworded]:
    """For each document that enough is known of, how often its words are its own where two others agree."""
    found: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for case in cases:
        for claim, wording in case.claims:
            others = [w for c, w in case.claims if c.document != claim.document and c.outlet != claim.outlet]
            reading = _singular(case, wording, others)
            if reading:
                found[claim.document].append(reading)
    return {
        document: Reworded(sum(own >= 1.0 for own, _ in readings), len(readings), _share(readings))
        for document, readings in found.items()
        if len(readings) >= _FEW_QUOTES and sum(of for _, of in readings) >= _FEW_WORDS
    }


def _share(readings: Sequence[tuple[float, int]]) -> float:
    return round(sum(own for own, _ in readings) / sum(of for _, of in readings), 4)


def _singular(case: _Case, wording: int, others: Sequence[int]) -> tuple[float, int] | None:
    """Words that a wording has alone, and words compared: its distance from where any two others still agree.

    In a tree of copies that is the length of its own branch (Gromov product, as in joining neighbours).
    """
    near = Counter(w for w in others if 2 * case.table[w][wording].of >= len(case.wordings[wording]))
    if near.total() < 2:
        return None
    table = case.table
    agreeing = ((w, w) for w, count in near.items() if count > 1)  # hundreds may have one wording: look at it once
    own = min(
        (table[one][wording].differ + table[other][wording].differ - table[one][other].differ) / 2
        for one, other in chain(agreeing, combinations(near, 2))
    )
    return max(own, 0.0), min(table[one][wording].of for one in near)
