"""The path that the README tells of, through the sample documents: it leads where it says."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.web.pages import Page

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture(scope="module")
def steps() -> list[str]:
    """The numbered steps, without their pictures."""
    section = README.read_text("utf-8").partition("## What became of")[2].partition("Then look at")[0]
    return [re.sub(r"!\[.*?\]\(.*?\)", "", " ".join(step.split())) for step in re.split(r"\n\d\. ", section)[1:]]


@pytest.fixture(scope="module")
def quote(seeded_client: TestClient, steps: list[str]) -> Page:
    """The quote that the first step finds first."""
    typed = re.findall("`(.+?)`", steps[0])[0]
    found = seeded_client.get("/search.json", params={"q": typed}).json()["quotes"]["lines"][0]["quote"]
    assert found["speaker"]["name"] in steps[0]
    return Page(seeded_client.get(f"/quotes/{found['id']}", follow_redirects=True).text)


def test_each_wording_and_link_that_is_told_of_stands_on_the_page(quote: Page, steps: list[str]) -> None:
    told = re.findall("“(.+?)”", " ".join(steps[1:]))
    assert len(told) >= 3
    for words in told:
        assert all(word in quote.text for word in words.split()), words


def test_each_outlet_that_is_told_of_carries_it(quote: Page, steps: list[str]) -> None:
    names = set(re.findall(r"the ((?:[A-Z]\w+ ?){2})", steps[1])) | {"Northwire"}
    assert len(names) >= 4
    for name in names:
        assert name.strip() in quote.text


def test_the_pictures_that_are_told_of_have_those_headings(quote: Page, steps: list[str]) -> None:
    for heading in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", steps[2]):
        assert heading in quote.all("h2")
