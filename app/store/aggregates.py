"""What is counted of quotes and variants when they are stored, and counted again when they are verified."""

from collections.abc import Collection, Sequence

from app.store.counts import independent_count, outlet_count
from app.store.parts import PartRecord


def variant_counts(parts: Sequence[PartRecord]) -> dict[str, object]:
    """The counts of a variant with these sentences, by column."""
    return {
        "quotation_count": len(parts),
        "outlet_count": outlet_count(parts),
        "independent_count": independent_count(parts),
        "first_published_at": min((part.published_at for part in parts if part.published_at), default=None),
    }


def quote_counts(members: Sequence[PartRecord]) -> dict[str, object]:
    """The counts of a quote with these sentences, by column."""
    return variant_counts(members) | {
        "speaker_count": len(speaker_votes(members)),
        "document_count": len({part.document_id for part in members}),
        "last_published_at": max((part.published_at for part in members if part.published_at), default=None),
    }


def speaker_votes(members: Sequence[PartRecord]) -> dict[int, float]:
    """For each person or body named as the speaker of these sentences, the sum of the confidences."""
    votes: dict[int, float] = {}
    for part in members:
        if part.speaker_id is not None and part.speaker_named:
            votes[part.speaker_id] = votes.get(part.speaker_id, 0.0) + part.confidence
    return votes


def quote_speaker(members: Sequence[PartRecord]) -> int | None:
    """The speaker most often named; where none is, the first unnamed source."""
    votes = speaker_votes(members)
    fallback = next((part.speaker_id for part in members if part.speaker_id is not None), None)
    return max(votes, key=lambda speaker: (votes[speaker], -speaker)) if votes else fallback


def search_row(wordings: Sequence[str], members: Sequence[PartRecord]) -> dict[str, str]:
    """What full-text search knows of a quote: its wordings in order, and the names of its speakers."""
    names = {part.speaker for part in members if part.speaker}
    return {"wordings": " \u2016 ".join(wordings), "speaker": search_speakers(names)}


def search_speakers(names: Collection[str]) -> str:
    """What full-text search knows of the speakers of a quote."""
    return " \u2016 ".join(sorted({*names} - {""}))
