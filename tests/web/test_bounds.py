"""However long a document's words are, a page of them stays a page."""

from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from app.main import create_app
from app.store.engine import writing
from app.store.tables import DocumentRow
from app.web.templating import environment
from tests.databases import NewDatabase, opened
from tests.web.corpus import write
from tests.web.pages import GOOD_VIBES, Page

LONG = "<" * 5000
CHECKED = ("слово " * 330).strip()  # at most 2,000 characters may be checked, each of them six in an address
SOUGHT = ("𝒶" * 297).strip()  # at most 300, each of them twelve


def test_what_a_template_writes_is_cut_and_says_so_unless_it_is_markup() -> None:
    template = environment(Path("templates"), {}).from_string("{{ words }}|{{ words | e }}")
    cut, whole = template.render(words=LONG).split("|")
    assert cut == "&lt;" * 4000 + " … (1,000 further characters in the document)"
    assert whole == "&lt;" * 5000


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("/check", {"q": CHECKED}),
        ("/search", {"q": SOUGHT, "speaker": "𝒷" * 99}),
        ("/quotes", {"q": SOUGHT, "outlet": "x" * 16, "speaker": "y" * 16, "sort": "carried"}),
    ],
)
def test_the_address_of_a_page_is_whole_however_long_it_is(
    client: TestClient, path: str, values: dict[str, str]
) -> None:
    response = client.get(path, params=values)
    assert response.status_code == 200
    assert "in the document)" not in response.text
    twin = next(it for it in Page(response.text).links if it.startswith(f"{path}.json"))
    assert dict(parse_qsl(urlsplit(twin).query)) == values


def test_the_address_of_an_article_is_whole_however_long_it_is(new_database: NewDatabase) -> None:
    url, address = "https://outlet.example/" + "a" * 5000, new_database()
    with opened(address) as engine:
        write(engine)
        with writing(engine) as session:
            session.execute(update(DocumentRow).values(url=url))
    with TestClient(create_app(address)) as client:
        for page in ("/documents/docharbour01", GOOD_VIBES):
            assert any(link.partition("#")[0] == url for link in Page(client.get(page).text).links)
