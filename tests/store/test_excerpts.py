"""Excerpts come from the body of a document, and from where it has most of what was sought."""

from app.store.excerpts import excerpt

FRONT = "---\ntitle: Good vibes\n---\n"


def marked(text: str, *words: str) -> str:
    """A text with marks around words, as the search table sets them."""
    for word in words:
        text = text.replace(word, f"\x02{word}\x03")
    return text


def shown(text: str, *words: str, body_start: int = 0) -> str:
    return "".join(f"[{p.text}]" if p.hit else p.text for p in excerpt(marked(text, *words), body_start))


def test_front_matter_is_passed_over() -> None:
    text = f"{FRONT}She got good vibes."
    assert shown(text, "Good", "good", "vibes", body_start=len(FRONT)) == "She got [good] [vibes]."


def test_a_body_without_what_was_sought_gives_no_excerpt() -> None:
    assert shown(f"{FRONT}She left early.", "Good", "vibes", body_start=len(FRONT)) == ""


def test_the_place_with_most_of_what_was_sought_is_taken() -> None:
    text = f"good day. {'word ' * 50}\n\nIt ended with good\nvibes for all. {'word ' * 50}"
    assert "It ended with [good] [vibes] for all." in shown(text, "good", "vibes")


def test_different_words_count_more_than_one_word_often() -> None:
    text = f"good good good {'word ' * 50} good vibes"
    assert shown(text, "good", "vibes").endswith("[good] [vibes]")


def test_what_is_left_out_before_and_after_is_told() -> None:
    found = shown(f"{'before ' * 20} vibes {'after ' * 40}", "vibes")
    assert found == f"…{'before ' * 6}[vibes]{' after' * 17}…"


def test_a_short_body_is_shown_whole() -> None:
    assert shown("Only (vibes)!", "vibes") == "Only ([vibes])!"
