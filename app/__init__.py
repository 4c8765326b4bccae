"""Variorum: a quote attribution explorer."""
