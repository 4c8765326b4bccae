"""Clustering: sentences of quotations in, quotes out, with what each wording changed and which came first."""

from app.clustering.clues import clues
from app.clustering.collation import collate
from app.clustering.decided import decided
from app.clustering.descent import descent
from app.clustering.grouping import cluster
from app.clustering.inheritance import Inheritance, inherit
from app.clustering.labels import LABEL_ORDER, labels
from app.clustering.nearness import nearness
from app.clustering.network import load_model
from app.clustering.normal import normal_form
from app.clustering.original import likely_original
from app.clustering.parallel import Parallel, parallel
from app.clustering.provenance import is_primary
from app.clustering.sentences import parts
from app.clustering.stories import Carried, Report, stories
from app.clustering.telling import telling_words
from app.clustering.topics import is_topical
from app.clustering.trust import Claim, Trust, reworded_reason, support, weigh
from app.clustering.verdict import content, verdict
from app.clustering.witnesses import gathered, witnesses

__all__ = [
    "LABEL_ORDER",
    "Carried",
    "Claim",
    "Inheritance",
    "Parallel",
    "Report",
    "Trust",
    "clues",
    "cluster",
    "collate",
    "content",
    "decided",
    "descent",
    "gathered",
    "inherit",
    "is_primary",
    "is_topical",
    "labels",
    "likely_original",
    "load_model",
    "nearness",
    "normal_form",
    "parallel",
    "parts",
    "reworded_reason",
    "stories",
    "support",
    "telling_words",
    "verdict",
    "weigh",
    "witnesses",
]
