"""One number for a pair of short wordings, seen closely: how likely they are the same utterance."""

from app.clustering.similarity import Features

# Logistic regression on verses in ten public-domain translations, which knows nothing of speakers; what follows it
# is set by reasoning from how quotations travel.
_BIAS = -9.3
_JACCARD, _CONTAINMENT, _ORDER, _NEARNESS, _CONTENT = 3.7, 1.9, 5.9, 5.7, 0.45
_MOST_CONTENT = 8.0  # more shared words than this prove nothing more
_NEEDED = {1: 1.0, 0: 1.8, -1: 4.0}  # shared content words, by agreement of speakers: common phrases join nobody
_AMBIGUOUS = 5.0  # words of content up to which a cut may fit several quotes
_LACK = 24.0
SPEAKER = {1: 1.5, 0: 0.0, -1: -2.0}
_CONFLICT = 40.0  # shared among the content words: a long wording outweighs a changed number, a short one doesn't
_STRANGE = 10.0  # for each word of content on both sides that is not shared; a long wording outweighs these too

# Words that stand apart: "a coalition willing to sell the valley" is no "coalition of the valley".
_SCATTER = 85.0


def is_cut(features: Features) -> bool:
    """Whether one wording is a piece of the other, so nearly verbatim and so short that it may fit others too."""
    piece = features.containment >= 0.85 and features.nearness >= 0.75 and features.order <= 0.65
    return piece and features.content <= _AMBIGUOUS


def evidence(features: Features) -> float:
    """Log odds that two wordings with these features are one utterance."""
    wording = (
        _BIAS
        + _JACCARD * features.jaccard
        + _CONTAINMENT * features.containment
        + _ORDER * features.order
        + _NEARNESS * features.nearness
        + _CONTENT * min(features.content, _MOST_CONTENT)
    )
    needed = _NEEDED[features.agreement]
    lack = _LACK * max(0.0, needed - features.content) / needed
    conflicts = features.numbers_differ + features.negation_differs
    shared = max(features.content, 1.0)
    apart = _STRANGE * features.strange + _SCATTER * features.scatter * (1.0 - features.jaccard)
    against = _CONFLICT * conflicts / shared**2 + apart / shared**3
    return wording + SPEAKER[features.agreement] - lack - against
