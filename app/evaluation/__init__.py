"""Measuring quality against gold labels, and speed; nothing here runs in production."""
