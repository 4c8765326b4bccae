"""Keeping a database: whether it holds what it should, deriving again what can be, copies of it."""

LISTED = 20  # findings of one check that are kept
