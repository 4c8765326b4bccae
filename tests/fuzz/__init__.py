"""Harnesses that hypothesis and atheris share: a module a target, each with `check(data)` and `EXAMPLES`.

`check` raises AssertionError where an invariant does not hold. `python -m tests.fuzz TARGET` runs one for long.
"""

TARGETS = ("readers", "marks", "extraction", "query", "difference")
