"""What a variant changed against the likely original: several labels, each with the words that it rests on.

The kinds of change inside marks follow Simmons, Adamic and Adar (2011). An alarm that "the meaning is inverted" has
been seen to be wrong as often as right, so labels say what differs and leave the judgement to the reader.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, get_args

from app.clustering.collation import Window, windows, word_key, words
from app.clustering.context import longest_chain
from app.clustering.contractions import within, written_out
from app.clustering.denials import PAUSE, denying
from app.clustering.inflection import is_form, is_subject, same_but_for_plural, same_word
from app.clustering.names import differing_names
from app.clustering.numerals import is_numeral, values
from app.clustering.vocabulary import NEGATIONS, is_function
from app.records import Label, LabelKind

LABEL_ORDER: dict[LabelKind, int] = {kind: rank for rank, kind in enumerate(get_args(LabelKind))}

_SURPLUS = 4  # words by which a window at an end is longer, so that it was cut (or extended) as well as replaced
_LEAP = 5  # words left out between two stretches without a sign
_STRETCH = 3  # words that make a stretch
_REWORDED_WORDS, _REWORDED_SHARE = 2, 0.25  # replaced words of content, and their share
_MOVED = 2  # words of content in another order
_SHOWN = 6  # pieces of evidence for one label
_BRACKETS = ("[", "]")

Evidence = tuple[str, str]
Found = tuple[LabelKind, Evidence]


class _Pair(NamedTuple):
    """Two wordings word by word: tokens as they stand, and the keys that they are compared by."""

    base: Sequence[str]
    other: Sequence[str]
    base_keys: Sequence[str]
    other_keys: Sequence[str]

    def evidence(self, window: Window) -> Evidence:
        return _joined(self.base, window.base), _joined(self.other, window.other)


def labels(
    base: str,
    other: str,
    base_speakers: Sequence[str] = (),
    other_speakers: Sequence[str] = (),
    reworded: str | None = None,
) -> tuple[Label, ...]:
    """Labels of `other` against `base`, those that change the sense most first; never none.

    The speakers are those that documents name for each wording; `reworded` says why the documents that carry
    `other` are taken for re-worded by machine, where they are.
    """
    found = list(_differences(_pair(base, other)))
    if base_speakers and other_speakers and not set(base_speakers) & set(other_speakers):
        found.append(("other speaker", (", ".join(base_speakers), ", ".join(other_speakers))))
    if reworded:
        found.append(("machine-translated or spun", ("", reworded)))
    kinds = {kind for kind, _ in found}
    return tuple(
        Label(kind, tuple(dict.fromkeys(evidence for k, evidence in found if k == kind))[:_SHOWN])
        for kind in sorted(kinds, key=LABEL_ORDER.__getitem__)
    ) or (Label("same words"),)


def _pair(base: str, other: str) -> _Pair:
    ours, theirs = words(base), words(other)
    return _Pair(ours, theirs, [word_key(word) for word in ours], [word_key(word) for word in theirs])


def _differences(pair: _Pair) -> Iterator[Found]:
    found = windows(pair.base_keys, pair.other_keys)
    replaced: list[Window] = []
    for window in [part for whole in found for part in _without_surplus(pair, whole)]:
        facts = list(_facts(pair, window))
        yield from facts
        if window.base and window.other:
            replaced += [] if _explained(pair, window, facts) else [window]
        elif not (facts and _is_small(pair, window)) or _is_end(pair, window):
            yield from _one_sided(pair, window)
    yield from _replacements(pair, replaced)
    yield from _reordered(pair)


def _without_surplus(pair: _Pair, window: Window) -> Iterator[Window]:
    """A window at either end that is much longer on one side, as the cut (or extension) and what was replaced."""
    ours, theirs = window
    surplus = len(ours) - len(theirs)
    if not ours or not theirs or abs(surplus) < _SURPLUS or not (_at_start(window) or _at_end(pair, window)):
        yield window
        return
    short = min(len(ours), len(theirs))
    if _at_start(window):
        yield Window(range(ours.start, ours.stop - short), range(theirs.start, theirs.stop - short))
        yield Window(range(ours.stop - short, ours.stop), range(theirs.stop - short, theirs.stop))
    else:
        yield Window(range(ours.start, ours.start + short), range(theirs.start, theirs.start + short))
        yield Window(range(ours.start + short, ours.stop), range(theirs.start + short, theirs.stop))


def _at_start(window: Window) -> bool:
    return not window.base.start and not window.other.start


def _at_end(pair: _Pair, window: Window) -> bool:
    return window.base.stop == len(pair.base) and window.other.stop == len(pair.other)


def _is_end(pair: _Pair, window: Window) -> bool:
    return _at_start(window) or _at_end(pair, window)


# What changes the sense: numbers, negations, names


def _facts(pair: _Pair, window: Window) -> Iterator[Found]:
    near = _reached(pair, window)
    denials = [sum(key in NEGATIONS for key in keys) for keys in _keys(pair, near)]
    if denials[0] % 2 != denials[1] % 2:
        yield "negation differs", pair.evidence(near)
    wide = _with_numerals(pair, window)
    numbers = [values(keys) for keys in _keys(pair, wide)]
    if numbers[0] != numbers[1] and all(numbers):
        yield "number differs", pair.evidence(wide)
    if window.base and window.other:
        yield from (("name differs", names) for names in differing_names(pair.base, pair.other, window))


def _explained(pair: _Pair, window: Window, facts: Sequence[Found]) -> bool:
    """Whether what differs in a window is said by its facts already."""
    told = {word_key(word) for _, sides in facts for side in sides for word in words(side)}
    return all(key in told or is_function(key) for keys in _keys(pair, window) for key in keys) and bool(facts)


def _reached(pair: _Pair, window: Window) -> Window:
    """Of words that were cut (or put on) only those beside what is kept: the rest denies other things."""
    if window.base and window.other:
        return window
    tokens, keys, side = (
        (pair.base, pair.base_keys, window.base) if window.base else (pair.other, pair.other_keys, window.other)
    )
    near = range(side.stop, side.stop)
    if _at_start(window):
        near = denying(tokens, keys, side)
    elif _at_end(pair, window):
        near = side[:0] if PAUSE.search(tokens[side.start - 1]) else side[:1]
    elif len(side) < _LEAP:
        near = side
    return Window(near, window.other) if window.base else Window(window.base, near)


def _with_numerals(pair: _Pair, window: Window) -> Window:
    """The window with the number words beside it: "14 million" against "14 billion" differs in one word only."""
    ours, theirs = window
    before = after = 0
    while ours.start > before and theirs.start > before and is_numeral(pair.base_keys[ours.start - before - 1]):
        before += 1
    while (
        ours.stop + after < len(pair.base)
        and theirs.stop + after < len(pair.other)
        and is_numeral(pair.base_keys[ours.stop + after])
    ):
        after += 1
    return Window(range(ours.start - before, ours.stop + after), range(theirs.start - before, theirs.stop + after))


# Cuts and additions


def _one_sided(pair: _Pair, window: Window) -> Iterator[Found]:
    evidence = pair.evidence(window)
    if window.other and _bracketed(pair.other, window.other):
        yield "inserted in brackets", evidence
    elif _at_start(window) or _at_end(pair, window):
        yield _at_either_end(window), evidence
    elif _is_small(pair, window):
        yield "small words only", evidence
    elif window.other:
        yield "longer", evidence
    elif _leaps(pair, window):
        yield "spliced", evidence
    else:
        yield "cut inside", evidence


def _is_small(pair: _Pair, window: Window) -> bool:
    return all(is_function(key) for keys in _keys(pair, window) for key in keys)


def _at_either_end(window: Window) -> LabelKind:
    if window.other:
        return "longer"
    return "cut at start" if _at_start(window) else "cut at end"


def _bracketed(tokens: Sequence[str], span: range) -> bool:
    opened, closed = tokens[span.start].strip(), tokens[span.stop - 1].strip()
    return _BRACKETS[0] in opened[:2] and _BRACKETS[1] in closed[-2:]


def _leaps(pair: _Pair, window: Window) -> bool:
    """Whether two stretches that do not follow each other are joined, without an ellipsis that says so."""
    left, right = window.other.start, len(pair.other) - window.other.stop
    join = _joined(pair.other, range(max(0, left - 1), min(len(pair.other), left + 1)))
    signed = "…" in join or "..." in join or "[" in join
    return len(window.base) >= _LEAP and min(left, right) >= _STRETCH and not signed


def _reordered(pair: _Pair) -> Iterator[Found]:
    """Words of content that both have once, where some of them changed places with the others."""
    ours, theirs = map(_telling, pair[2:])
    shared = [key for key in theirs if key in ours]
    kept = {place for _, place in longest_chain([*enumerate(ours[key] for key in shared)])}
    moved = [key for key in shared if ours[key] not in kept]
    if len(moved) >= _MOVED:
        before = sorted(shared, key=ours.__getitem__)
        first = next(n for n, pair_of in enumerate(zip(before, shared, strict=True)) if len(set(pair_of)) > 1)
        yield "re-worded", (_listed(pair.base, ours, before[first:]), _listed(pair.other, theirs, shared[first:]))


def _listed(tokens: Sequence[str], places: Mapping[str, int], keys: Sequence[str]) -> str:
    return " … ".join(_joined(tokens, range(places[key], places[key] + 1)) for key in keys[:_SHOWN])


def _telling(keys: Sequence[str]) -> dict[str, int]:
    """Where the words of content stand that there are once."""
    counts = Counter(keys)
    return {key: place for place, key in enumerate(keys) if counts[key] == 1 and not is_function(key)}


# Replacements


def _replacements(pair: _Pair, replaced: Sequence[Window]) -> Iterator[Found]:
    strong = [window for window in replaced if _weak(pair, window) is None]
    for window in replaced:
        kind = _weak(pair, window)
        if kind is not None:
            yield from ((kind, pair.evidence(window)),) if kind != "same words" else ()
        elif _bracketed(pair.other, window.other):
            yield "inserted in brackets", pair.evidence(window)
    rest = [window for window in strong if not _bracketed(pair.other, window.other)]
    kind = "re-worded" if _is_reworded(pair, rest) else "word replaced"
    for window in rest:
        yield kind, pair.evidence(window)


def _weak(pair: _Pair, window: Window) -> LabelKind | None:
    """How a replacement changes little: the same number, other endings, small words; None where it changes more."""
    ours, theirs = _keys(pair, window)
    numbers = values(ours)
    if numbers and numbers == values(theirs) and all(map(_is_numeric, [*ours, *theirs])):
        return "same words"
    if _is_contracted(pair, window):
        return "small words only"
    if _only_forms(ours, theirs):
        return "word replaced" if _is_plural(pair, window) else "tense or person"
    return "small words only" if all(map(is_function, [*ours, *theirs])) else None


def _is_contracted(pair: _Pair, window: Window) -> bool:
    """Whether one side is the other with words contracted: "I'd" and "I had", or "that I had"."""
    shorter, longer = sorted(
        (written_out(pair.base[i] for i in window.base), written_out(pair.other[j] for j in window.other)), key=len
    )
    return within(shorter, longer) and (len(shorter) == len(longer) or _is_small(pair, window))


def _is_plural(pair: _Pair, window: Window) -> bool:
    """Whether words differ by their plural alone, and no pronoun before makes verbs of them."""
    before = pair.base_keys[window.base.start - 1] if window.base.start else ""
    ours, theirs = _keys(pair, window)
    return not is_subject(before) and len(ours) == len(theirs) and all(map(same_but_for_plural, ours, theirs))


def _is_numeric(key: str) -> bool:
    return is_numeral(key) or is_function(key)


def _only_forms(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether all words of content correspond one to one, and the small words carry tense or person."""
    content, other = ([key for key in keys if not _carries_form(key)] for keys in (ours, theirs))
    if len(content) != len(other) or not all(map(same_word, content, other)):
        return False
    small, against = ({key for key in keys if _carries_form(key)} for keys in (ours, theirs))
    changed = small ^ against
    return bool(content) or (bool(changed) and all(map(is_form, changed)))


def _carries_form(key: str) -> bool:
    return is_function(key) or is_form(key)


def _is_reworded(pair: _Pair, replaced: Sequence[Window]) -> bool:
    """Whether so many words of content were replaced that they are better called re-worded than counted."""
    content = sum(not is_function(key) for window in replaced for key in _keys(pair, window)[0])
    changed = {i for window in replaced for i in window.base}
    kept = sum(not is_function(key) for i, key in enumerate(pair.base_keys) if i not in changed)
    return content >= _REWORDED_WORDS and content >= _REWORDED_SHARE * (content + kept)


def _keys(pair: _Pair, window: Window) -> tuple[list[str], list[str]]:
    return [pair.base_keys[i] for i in window.base], [pair.other_keys[j] for j in window.other]


def _joined(tokens: Sequence[str], span: range) -> str:
    return " ".join("".join(tokens[i] for i in span).split()).strip(' ,.;:!?…—–“”‘"')
