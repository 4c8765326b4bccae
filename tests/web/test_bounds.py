"""However long a document's words are, a page of them stays a page."""

from pathlib import Path

from app.web.templating import environment

LONG = "<" * 5000


def test_what_a_template_writes_is_cut_and_says_so_unless_it_is_markup() -> None:
    template = environment(Path("templates"), {}).from_string("{{ words }}|{{ words | e }}")
    cut, whole = template.render(words=LONG).split("|")
    assert cut == "&lt;" * 4000 + " … (1,000 further characters in the document)"
    assert whole == "&lt;" * 5000
