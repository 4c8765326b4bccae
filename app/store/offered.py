"""What `variorum export` offers; apart, so that the command line can name it without loading the store."""

AGGREGATES = ("quotations", "quotes", "variants", "documents", "speakers", "decisions")
