"""Clustering: sentences of quotations in, quotes out, with what each wording changed and which came first."""

from app.clustering.collation import collate
from app.clustering.grouping import cluster
from app.clustering.inheritance import Inheritance, inherit
from app.clustering.normal import normal_form
from app.clustering.original import likely_original
from app.clustering.sentences import parts

__all__ = ["Inheritance", "cluster", "collate", "inherit", "likely_original", "normal_form", "parts"]
