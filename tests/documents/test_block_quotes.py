"""Block quotes and inline quotations of pages, whose markup is gone in the text."""

from pathlib import Path

from app.documents import segment
from app.documents.webpage import plain_text
from app.records import Document
from tests.documents.helpers import ARTICLE, page, read_one


def lines(folder: Path, markup: str) -> list[str]:
    """The lines of a page that has this markup in the middle of its article."""
    middle = f"<p>{ARTICLE[2]}</p>"
    text = read_one(folder, "a.html", page().replace(middle, middle + markup).encode()).text
    found = text.split("\n")
    assert [line for line in found if line in ARTICLE] == list(ARTICLE)
    return [line for line in found[1:] if line not in ARTICLE]


def test_each_line_of_a_block_quote_begins_with_its_mark(tmp_path: Path) -> None:
    markup = "<blockquote><p>We <em>will</em> mend it.</p><p><b>Nobody</b> is left.<br>Not one.</p></blockquote>"
    assert lines(tmp_path, markup) == ["> We will mend it.", "> Nobody is left.", "> Not one."]


def test_the_signature_of_a_block_quote_is_a_line_of_it(tmp_path: Path) -> None:
    cited = "<blockquote>The sea takes what it wants.<cite>— Ada Moreau</cite></blockquote>"
    footer = "<blockquote><p>It gives nothing back.</p><footer>— Tom Venn, <cite>The Quay</cite></footer></blockquote>"
    assert lines(tmp_path, cited + footer) == [
        "> The sea takes what it wants.",
        "> — Ada Moreau",
        "> It gives nothing back.",
        "> — Tom Venn, The Quay",
    ]


def test_an_embedded_post_is_a_block_quote(tmp_path: Path) -> None:
    markup = (
        '<blockquote class="twitter-tweet"><p lang="en">The bridge is open.</p>&mdash; Ann Ashby (@ashby)'
        ' <a href="https://post.example/1">March 3, 2025</a></blockquote>'
    )
    assert lines(tmp_path, markup) == ["> The bridge is open.", "> — Ann Ashby (@ashby) March 3, 2025"]


def test_quotations_in_a_block_quote_are_marked_once(tmp_path: Path) -> None:
    markup = "<blockquote><p>He wrote:</p><blockquote><p>Never.</p></blockquote></blockquote>"
    assert lines(tmp_path, markup) == ["> He wrote:", "> Never."]


def test_an_article_that_is_only_set_in_has_no_marks(tmp_path: Path) -> None:
    raw = page().replace("<article>", "<article><blockquote>").replace("</article>", "</blockquote></article>")
    assert ">" not in read_one(tmp_path, "a.html", raw.encode()).text


def test_inline_quotations_have_the_marks_that_browsers_show(tmp_path: Path) -> None:
    markup = "<p>The mayor called it <q>a <i>bad</i> day</q> for all.</p><p>She said <q>“Never.”</q></p>"
    assert lines(tmp_path, markup) == ["The mayor called it “a bad day” for all.", "She said “Never.”"]


def test_markup_in_a_record_keeps_its_block_quotes() -> None:
    assert plain_text("<p>She wrote:</p><blockquote>We <b>stay</b>.</blockquote>") == "She wrote:\n> We stay."


def test_a_short_block_quote_is_no_heading() -> None:
    text = "She wrote to the board on Friday:\n> We stay\nThe board met on Monday and talked of other things for hours."
    assert [paragraph.heading for paragraph in segment(Document("a.txt", text, "text")).paragraphs] == [False] * 3


def test_in_wrapped_text_a_block_quote_is_a_paragraph_of_its_own() -> None:
    wrapped = "The board has been told of the plan to mend the bridge, and nobody spoke\n" * 3
    text = f"{wrapped}> We will mend the bridge before winter, whatever it may cost us all, and\n{wrapped}"
    spans = [paragraph.span for paragraph in segment(Document("a.txt", text, "text")).paragraphs]
    assert [text[start] for start, _ in spans] == ["T", ">", "T"]
