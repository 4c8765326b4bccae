"""Templates are compiled by a generator of ours: what they write has to be as safe as Jinja's own."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from markupsafe import Markup, escape

from app.records import Change
from app.web.compared import diff, one_side
from app.web.filters import written
from app.web.templating import environment

TEMPLATES = environment(Path("templates"), {})


@given(st.text())
def test_a_text_is_escaped_as_markupsafe_does_it(text: str) -> None:
    assert render("{{ value }}", value=text) == escape(text)
    assert render("{% macro it(x) %}{{ x }}{% endmacro %}{{ it(value) }}", value=text) == escape(text)


def test_markup_is_written_as_it_is_and_once() -> None:
    assert render("{{ value }}", value=Markup("<b>&amp;</b>")) == "<b>&amp;</b>"
    assert render("{% macro it(x) %}<i>{{ x }}</i>{% endmacro %}{{ it(value) }}", value="<&") == "<i>&lt;&amp;</i>"


def test_other_values_are_written_as_texts() -> None:
    assert render("{{ value }} {{ none }}", value=7) == "7 None"
    assert render("{{ value }}", value=SimpleNamespace(a="<")) == "namespace(a=&#39;&lt;&#39;)"


def test_a_long_text_is_cut_before_it_is_escaped() -> None:
    assert written("<" * 5000).count("&lt;") == 4000


def test_what_is_not_there_is_an_error() -> None:
    with pytest.raises(AttributeError):
        render("{{ value.missing }}", value=SimpleNamespace(found=1))
    with pytest.raises(UndefinedError):
        render("{{ value }}")


def test_a_comparison_keeps_every_word_and_escapes_it() -> None:
    changes = (Change("same", "a ", "a "), Change("replaced", "<b> ", "& "), Change("added", "", "c"))
    assert diff(changes).striptags() == "a [dropped: <b>] [added: &] [added: c]"
    assert one_side(changes, True).striptags() == "a [dropped: <b>]"
    assert one_side(changes, False).striptags() == "a [added: &] [added: c]"


def render(source: str, **values: object) -> str:
    return TEMPLATES.from_string(source).render(values)
