"""Quick pages of one worker are made in turn; what takes long holds none of them up."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from fastapi import APIRouter, FastAPI, Request
from starlette.testclient import TestClient

from app.web.contexts import NoticePage
from app.web.pages import in_turn, page

PATIENCE = 30  # seconds
MADE = NoticePage(title="Made", address="/", message="", hint="")


class Workshop:
    """An application of two pages, one of them quick, and how many quick ones were made at the same time at most."""

    def __init__(self, dialect: str) -> None:
        self.begun, self.released = Event(), Event()
        self.at_work, self.most = 0, 0
        router = APIRouter()

        @page(router, "/quick", NoticePage, quick=True)
        def quick(request: Request) -> NoticePage:
            self.at_work += 1
            self.most = max(self.most, self.at_work)
            sleep(0.05)
            self.at_work -= 1
            return MADE

        @page(router, "/long", NoticePage)
        def long(request: Request) -> NoticePage:
            self.begun.set()
            assert self.released.wait(PATIENCE)
            return MADE

        self.app = FastAPI()
        self.app.include_router(router)
        self.app.state.in_turn = in_turn(dialect, threads=8)


@pytest.mark.parametrize(("dialect", "together"), [("sqlite", False), ("postgresql", True)])
def test_quick_pages_are_made_one_at_a_time_where_the_database_is_in_the_process(dialect: str, together: bool) -> None:
    workshop = Workshop(dialect)
    with TestClient(workshop.app) as client, ThreadPoolExecutor(6) as readers:
        answers = list(readers.map(client.get, ["/quick.json"] * 6))
    assert [answer.status_code for answer in answers] == [200] * 6
    assert (workshop.most > 1) == together


def test_a_quick_page_does_not_wait_behind_one_that_takes_long() -> None:
    workshop = Workshop("sqlite")
    with TestClient(workshop.app) as client, ThreadPoolExecutor(1) as reader:
        waiting = reader.submit(client.get, "/long.json")
        assert workshop.begun.wait(PATIENCE)
        assert client.get("/quick.json").status_code == 200
        assert not waiting.done()
        workshop.released.set()
        assert waiting.result(PATIENCE).status_code == 200
