"""Ink on paper and on every tint: contrast as WCAG 2.2 AA asks for."""

import re

import pytest

from app.settings import resource

PAIRS = [
    ("ink", "paper"),
    ("quiet", "paper"),
    ("accent", "paper"),
    ("ink", "tint"),
    ("quiet", "tint"),
    ("ink", "target"),
    ("in-ink", "in"),
    ("out-ink", "out"),
]


def themes() -> list[dict[str, str]]:
    """The colours of the light theme, and of the dark one."""
    css = (resource("static") / "variorum.css").read_text()
    light, dark = re.findall(r":root \{(.*?)\n\s*\}", css, re.S)[:2]
    return [dict(re.findall(r"--([\w-]+): #([0-9a-f]{6});", block)) for block in (light, dark)]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", themes(), ids=["light", "dark"])
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: " on ".join(pair))
def test_text_can_be_read_on_what_lies_under_it(theme: dict[str, str], pair: tuple[str, str]) -> None:
    assert contrast(theme[pair[0]], theme[pair[1]]) >= 4.5


@pytest.mark.parametrize("theme", themes(), ids=["light", "dark"])
def test_edges_of_fields_can_be_seen(theme: dict[str, str]) -> None:
    assert contrast(theme["strong-rule"], theme["paper"]) >= 3
