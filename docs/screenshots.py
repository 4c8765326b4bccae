"""Pictures of the pages with the sample documents in them: `make screenshots`."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from app.store.story_tables import StoryRow
from app.store.tables import DocumentRow, QuoteRow, SpeakerRow

ROOT = Path(__file__).parents[1]
SHOTS = ROOT / "docs" / "screenshots"
VARIORUM = Path(sys.executable).with_name("variorum")
WIDTHS = {1280: 900, 390: 844}  # height of the window, in pixels
START_SECONDS = 30


def main() -> None:
    SHOTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/seeds.db"
        environment = os.environ | {"VARIORUM_DATABASE_URL": database}
        subprocess.run([VARIORUM, "ingest", ROOT / "seeds"], env=environment, check=True)
        with served(environment) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
            for name, path in pages(database).items():
                for width, height in WIDTHS.items():
                    shoot(browser, f"{address}{path}", SHOTS / f"{name}-{width}.png", width, height)
            browser.close()


def pages(database: str) -> dict[str, str]:
    """Paths of the pages to take: what the README tells to look at."""
    vibes = QuoteRow.text.contains("good vibes")
    with Session(create_engine(database)) as session:
        quote = session.scalars(select(QuoteRow).where(vibes).order_by(QuoteRow.variant_count.desc())).first()
        document = session.scalar(select(DocumentRow.public_id).where(DocumentRow.name == "ferry/northwire.txt"))
        assert quote is not None, "the sample documents lack the quote that the README shows"
        story = session.scalar(select(StoryRow.public_id).order_by(StoryRow.document_count.desc()))
        speaker = session.scalar(select(SpeakerRow.public_id).where(SpeakerRow.id == quote.speaker_id))
        return {
            "home": "/",
            "search": "/search?q=good+vibes",
            "quote": f"/quotes/{quote.public_id}",
            "travel": f"/quotes/{quote.public_id}#when",
            "story": f"/stories/{story}",
            "document": f"/documents/{document}",
            "speaker": f"/speakers/{speaker}",
        }


@contextmanager
def served(environment: dict[str, str]) -> Iterator[str]:
    """Serve on a free local port for as long as the block runs; yields the address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen([VARIORUM, "serve", "--port", str(port)], env=environment)
    try:
        wait_until_healthy(address, server)
        yield address
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_healthy(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(START_SECONDS * 10):
        if server.poll() is not None:
            sys.exit(f"The server ended with exit code {server.returncode}.")
        try:
            if httpx2.get(f"{address}/healthz").is_success:
                return
        except httpx2.TransportError:
            time.sleep(0.1)
    sys.exit(f"The server did not answer within {START_SECONDS} seconds.")


def shoot(browser: Browser, address: str, target: Path, width: int, height: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(address, wait_until="networkidle")
    page.screenshot(path=target)
    page.close()
    print(target.relative_to(ROOT))


if __name__ == "__main__":
    main()
