"""What the corpus knows about words that somebody gives: one answer for each sentence, in one of five outcomes.

Exact, shortened and altered speak of the words; “other speaker” of who said them; “not here” of this corpus alone.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz import fuzz
from sqlalchemy import Connection

from app import attribution, clustering, documents
from app.clustering import normal_form
from app.ingest import quotations_of
from app.records import Document, Label, Span, Speaker, Unit
from app.store.read_check import Answer, Named, Near, read_known, read_named
from app.store.read_standing import read_standing

MOST_ANSWERS = 10  # sentences of one passage
_TELLS = 1.8  # words of content with which a wording is somebody's own; clustering asks as much of those it joins
_PART = 0.5  # of the asked words of content: a known wording that has fewer is a part of them, not the same utterance
_COMMON = 5  # quotes that hold the same cut: which one is meant can't be told
_CLUSTERED = 150  # wordings that are looked at closely, the likest first
_SURE = 0.88  # likeness of letters with which two wordings are one utterance, whatever was replaced
_WORDS = 4  # words from which letters alone can tell that
_NEAR = 0.5  # likeness below which a quote is not offered
_SHOWN = 5
_DOCUMENTS = 3  # that are named where words stand in no quotation
_ASKED = 10  # quotes that are asked who said them
_MARKS = re.compile(r"[“”„«»\"]")

Verdict = Literal["exact", "shortened", "altered"]
_RANK = {"exact": 0, "shortened": 1, "altered": 2}


@dataclass(frozen=True, slots=True)
class _Claim:
    text: str
    speaker: str | None


@dataclass(frozen=True, slots=True)
class _Match:
    """A known wording that is taken for the asked one."""

    near: Near
    verdict: Verdict
    labels: tuple[Label, ...]


def check(connection: Connection, asked: str, speaker: str = "") -> tuple[tuple[Answer, ...], int]:
    """An answer for each sentence of `asked`, at most MOST_ANSWERS, and how many sentences were left out.

    In a passage with quotation marks only what stands between them counts, and who the passage says said it, unless
    `speaker` is given. Raises ModelError.
    """
    claims = _claims(asked, speaker.strip())
    answers = tuple(_answer(connection, claim) for claim in claims[:MOST_ANSWERS])
    return answers, max(len(claims) - MOST_ANSWERS, 0)


def _claims(asked: str, speaker: str) -> list[_Claim]:
    found = _quoted(asked, speaker) if _MARKS.search(asked) else []
    if not found:
        plain = _MARKS.sub(" ", asked).strip()
        found = [_Claim(plain[start:end], speaker or None) for start, end in _sentences(plain, Span(0, len(plain)))]
    return list(dict.fromkeys(found))


def _quoted(asked: str, speaker: str) -> list[_Claim]:
    document = Document("asked", asked, "text")
    return [
        _Claim(asked[start:end], speaker or _name(quotation.speaker))
        for quotation in quotations_of(asked, documents.segment(document))
        if quotation.quoted
        for start, end in _sentences(asked, quotation.span)
    ]


def _sentences(text: str, span: Span) -> Sequence[Span]:
    return clustering.parts(text, span) or ((span,) if text[span.start : span.end].strip() else ())


def _name(speaker: Speaker | None) -> str | None:
    return speaker.name if speaker and speaker.kind != "unnamed" else None


def _answer(connection: Connection, claim: _Claim) -> Answer:
    form = normal_form(claim.text)
    known = read_known(connection, claim.text, form, clustering.telling_words(claim.text))
    ranked = sorted((Near(one, _likeness(form, one.text)) for one in known), key=_nearest)
    matches = _matches(claim, ranked)
    near = _one_a_quote(ranked)
    if not matches:
        return _without(connection, claim, near)
    matches.sort(key=lambda match: (_RANK[match.verdict], _base(match, ranked)))
    first = list(dict.fromkeys(match.near.wording.quote for match in matches))[:_ASKED]
    named = read_named(connection, first)
    best = min(
        (match for match in matches if match.near.wording.quote in first),
        key=lambda match: (_RANK[match.verdict], not _agrees(claim, match, named)),
    )
    cuts = {match.near.wording.quote for match in matches if match.verdict == "shortened"}
    if best.verdict == "shortened" and len(cuts) > _COMMON:
        remark = f"These words stand in {len(cuts)} quotes or more here: too common to say which is meant."
        return replace(_without(connection, claim, near), outcome="too short", remark=remark)
    return _found(claim, best, named.get(best.near.wording.quote, ()), near)


def _nearest(near: Near) -> tuple[float, int, str]:
    return -near.likeness, near.wording.rank, near.wording.variant


def _matches(claim: _Claim, ranked: Sequence[Near]) -> list[_Match]:
    """Known wordings that are the same utterance: equal, holding the asked words, or taken for it by clustering."""
    tells = clustering.content(claim.text)
    joined = _joined(claim, ranked) if tells >= _TELLS else frozenset()
    whole = len(claim.text.split()) >= _WORDS
    found = []
    for near in ranked:
        verdict, labels = clustering.verdict(near.wording.text, claim.text)
        long_enough = clustering.content(near.wording.text) >= _PART * tells
        alike = long_enough and (near.wording.quote in joined or (near.likeness >= _SURE and whole))
        if verdict == "exact" or alike or (verdict == "shortened" and tells >= _TELLS):
            found.append(_Match(near, verdict, labels))
    return found


def _joined(claim: _Claim, ranked: Sequence[Near]) -> frozenset[str]:
    """The quotes that clustering puts the asked words with."""
    close = ranked[:_CLUSTERED]
    units = [Unit("", claim.text), *(Unit(near.wording.variant, near.wording.text) for near in close)]
    asked, *labels = clustering.cluster(units)
    return frozenset(near.wording.quote for near, label in zip(close, labels, strict=True) if label == asked)


def _base(match: _Match, ranked: Sequence[Near]) -> tuple[float, int, str]:
    """The nearest quote first, and of its wordings the likely original unless another is much nearer."""
    quote = match.near.wording.quote
    nearest = next(near for near in ranked if near.wording.quote == quote)
    far = match.verdict == "altered" and match.near.likeness < nearest.likeness - 0.15
    return -nearest.likeness, match.near.wording.rank + 1000 * far, match.near.wording.variant


def _agrees(claim: _Claim, match: _Match, named: Mapping[str, Sequence[Named]]) -> bool:
    """Whether no other speaker is named for a match than the asked one."""
    known = named.get(match.near.wording.quote, ())
    return not claim.speaker or not known or any(attribution.called(claim.speaker, one.forms) for one in known)


def _found(claim: _Claim, best: _Match, named: Sequence[Named], near: Sequence[Near]) -> Answer:
    wording = best.near.wording
    agrees = _agrees(claim, best, {wording.quote: named})
    labels = best.labels
    if not agrees:
        told = ", ".join(one.speaker.name for one in named)
        labels = (*labels, Label("other speaker", ((told, claim.speaker or ""),)))
    return Answer(
        asked=claim.text,
        speaker=claim.speaker,
        outcome=best.verdict if agrees else "other speaker",
        found=wording,
        labels=labels,
        said_by=tuple(one.speaker for one in named),
        remark=_remark(claim, named, agrees),
        near=tuple(one for one in near if one.wording.quote != wording.quote)[:_SHOWN],
    )


def _remark(claim: _Claim, named: Sequence[Named], agrees: bool) -> str:
    if not named:
        return "No document here names who said it."
    if agrees and len(named) > 1:
        return f"Documents disagree on who said it: {', '.join(one.speaker.name for one in named)}."
    return "" if agrees else f"No document here names {claim.speaker} for these words."


def _without(connection: Connection, claim: _Claim, near: Sequence[Near]) -> Answer:
    short = clustering.content(claim.text) < _TELLS
    remark = "These are too few telling words to know a quote by. A whole sentence finds more." if short else ""
    return Answer(
        asked=claim.text,
        speaker=claim.speaker,
        outcome="too short" if short else "not here",
        found=None,
        labels=(),
        said_by=(),
        remark=remark,
        near=tuple(near[:_SHOWN]),
        documents=read_standing(connection, claim.text, _DOCUMENTS),
    )


def _one_a_quote(ranked: Sequence[Near]) -> list[Near]:
    nearest: dict[str, Near] = {}
    for near in ranked:
        if near.likeness >= _NEAR:
            nearest.setdefault(near.wording.quote, near)
    return list(nearest.values())


def _likeness(asked: str, known: str) -> float:
    """Whole against whole; a cut against the place it was cut from counts nearly as much."""
    form = normal_form(known)
    whole = fuzz.ratio(asked, form)
    words = min(len(asked.split()), len(form.split()))
    cut = fuzz.partial_ratio(asked, form) if words >= 3 else 0.0
    return max(whole, 0.8 * cut + 0.2 * whole) / 100
