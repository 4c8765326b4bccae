"""The picture of a quote: its size, what it shows, and that no wording makes it fail or grow."""

import io
import time

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFont

from app.web import typeset
from app.web.card import Card, Reading, Run
from app.web.drawing import draw
from app.web.typeset import cut, fitted, font, lines, printable
from tests.web.corpus import HOSTILE
from tests.web.pages import GOOD_VIBES

ADDRESS = "/quotes/goodvibes001/card.png"
CARD = Card("We won", "Ada Quill", "2 variants in 2 outlets", (Reading("HP", (Run("won", "dropped"),)),))


def picture(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def test_a_quote_has_a_picture_of_the_size_that_its_page_announces(client: TestClient) -> None:
    response = client.get(ADDRESS)
    image = picture(response.content)
    assert (response.headers["Content-Type"], image.format, image.size) == ("image/png", "PNG", (1200, 630))
    html = client.get(GOOD_VIBES).text
    assert f'<meta property="og:image" content="http://testserver{ADDRESS}">' in html
    assert '<meta property="og:image:width" content="1200">' in html
    assert '<meta name="twitter:card" content="summary_large_image">' in html


def test_a_picture_that_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    response = client.get(ADDRESS)
    assert "max-age" in response.headers["Cache-Control"]
    again = client.get(ADDRESS, headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/quotes/dismissed001/card.png", headers={"If-None-Match": response.headers["ETag"]})
    assert other.status_code == 200


def test_the_picture_changes_with_what_it_says() -> None:
    other = Card(CARD.text, "Bo Tarn", CARD.extent, CARD.readings)
    assert CARD.version != other.version
    assert draw(CARD) != draw(other)
    assert draw(CARD) == draw.__wrapped__(CARD)


def test_ink_stays_within_the_margins() -> None:
    long = Card(
        "We are going down to the harbour " * 13,
        "Name " * 30,
        "2 variants " * 30,
        (Reading("HP " * 9, (Run("word " * 30, "added"),) * 5),) * 2,
    )
    image = picture(draw(long)).convert("L")
    ink = image.crop((15, 0, 1200, 630)).point(lambda value: 255 if value < 235 else 0).getbbox()
    assert ink is not None
    assert ink[2] <= 1200 - 60
    assert ink[3] <= 630 - 20


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=500), st.text(max_size=60), st.lists(st.text(min_size=1, max_size=60), max_size=8))
def test_any_wording_can_be_drawn(text: str, speaker: str, words: list[str]) -> None:
    runs = tuple(Run(word, "added") for word in words)
    assert picture(draw(Card(text, speaker, "1 variant", (Reading("HP", runs),)))).size == (1200, 630)


@pytest.mark.parametrize("quote", ["hostilequote", "foursigned01", "strong000001"])
def test_quotes_of_every_sort_have_one(client: TestClient, quote: str) -> None:
    assert picture(client.get(f"/quotes/{quote}/card.png").content).size == (1200, 630)


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=1000), max_size=300), st.integers(60, 600))
@settings(max_examples=50, deadline=None)
def test_broken_lines_keep_every_sign_and_fit(text: str, width: int) -> None:
    face = font("serif", 30)
    broken = lines(text, face, width)
    assert "".join("".join(broken).split()) == "".join(printable(text).split())
    assert all(face.getlength(line) <= width or len(line) == 1 for line in broken)


def test_a_long_text_is_set_smaller_and_then_cut() -> None:
    sizes = (64, 30)
    assert fitted("short", "serif", sizes, 1000, 200)[2] == ["short"]
    assert fitted("word " * 40, "serif", sizes, 1000, 200)[0] == font("serif", 30)
    _, leading, broken = fitted("word " * 400, "serif", sizes, 1000, 200)
    assert len(broken) * leading <= 200
    assert broken[-1].endswith("…")
    assert cut("words and words", font("serif", 30), 120).endswith("…")


def test_the_longest_text_takes_little_time() -> None:
    began = time.perf_counter()
    draw(Card("W" * 420, "W" * 60, "W" * 200, CARD.readings))
    assert time.perf_counter() - began < 2


def test_without_a_face_on_the_machine_the_drawing_library_s_own_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeset, "_FILES", {"serif": ("no-such-face.ttf",), "sans": ()})
    font.cache_clear()
    try:
        assert isinstance(font("serif", 40), ImageFont.FreeTypeFont)
        assert picture(draw.__wrapped__(CARD)).size == (1200, 630)
    finally:
        font.cache_clear()


def test_the_picture_of_a_merged_quote_is_that_of_its_survivor(client: TestClient) -> None:
    assert client.get("/quotes/mergedquote1/card.png").headers["location"] == ADDRESS
    assert client.get("/quotes/removedquot1/card.png").status_code == 410
    assert client.get("/quotes/neverexisted/card.png").status_code == 404


def test_a_hostile_name_stays_text_in_the_head_of_the_page(client: TestClient) -> None:
    html = client.get("/quotes/hostilequote/img-src-x-onerror-alert-1-and-so-on").text
    assert HOSTILE not in html
    assert "<img src=x" not in html
