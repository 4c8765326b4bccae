"""The speed of extraction: every figure printed, and textacy's beside ours only where it can be had."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from app.errors import InputError
from app.evaluation.speed import texts_of
from tests.command import Done, variorum

TEXTS = [
    'Ann Ashby closed the pier on Monday. "Nobody swims here," Ashby said.',
    '"The ferry is late," said Tom Venn, the harbour master.',
    'The mayor said that "the ice is thin.',
]
SPACY = """
__version__ = "3.0"

class Pipeline:
    meta = {"lang": "en", "name": "invented", "version": "1"}
    max_length = 60

    def pipe(self, texts, batch_size):
        return iter(texts)

def load(name):
    if name == "absent":
        raise OSError(name)
    return Pipeline()
"""
TEXTACY = """
def direct_quotations(doc):
    if doc.count('"') % 2:
        raise ValueError("unclosed")
    yield doc
"""


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    lines = "".join(json.dumps({"id": str(number), "text": text}) + "\n" for number, text in enumerate(TEXTS))
    path = tmp_path / "articles.jsonl.gz"
    path.write_bytes(gzip.compress(lines.encode()))
    return path


@pytest.fixture
def peers(tmp_path: Path) -> str:
    """A folder to import from, with as much of spaCy and textacy as is called."""
    folder = tmp_path / "peers"
    (folder / "textacy").mkdir(parents=True)
    (folder / "spacy.py").write_text(SPACY)
    (folder / "textacy" / "__init__.py").write_text('__version__ = "0.1"')
    (folder / "textacy" / "extract.py").write_text(TEXTACY)
    return str(folder)


@pytest.fixture
def without_peers(tmp_path: Path) -> str:
    """A folder to import from that hides spaCy, installed or not."""
    (tmp_path / "spacy.py").write_text('raise ImportError("No module named spacy", name="spacy")')
    return str(tmp_path)


def bench(path: Path, *options: str, importing: str) -> Done:
    return variorum("bench", "extraction", str(path), "--repetitions", "1", *options, PYTHONPATH=importing)


def figures(path: Path, *options: str, importing: str) -> dict[str, Any]:
    done = bench(path, *options, importing=importing)
    assert done.code == 0, done.err
    return dict(json.loads(done.out))


def assert_measured(system: dict[str, Any]) -> None:
    assert system["one_process"]["tokens_per_cpu_second"] > 0
    assert system["one_process"]["articles_per_cpu_second"] > 0
    assert system["two_processes"]["tokens_per_second"] > 0
    assert system["two_processes"]["articles_per_second"] > 0
    assert system["import_seconds"] >= 0
    assert system["model_load_seconds"] >= 0
    assert 0 < system["resident_megabytes"] <= system["peak_megabytes"] + 1  # medians of different processes


def test_without_textacy_our_figures_are_printed_and_what_is_missing(articles: Path, without_peers: str) -> None:
    found = figures(articles, "--stages", importing=without_peers)
    assert (found["articles"], found["tokens"], found["repetitions"]) == (3, 42, 1)
    assert_measured(found["variorum"])
    assert found["variorum"]["quotations"] >= 2
    stages = found["variorum"]["milliseconds_per_article"]
    assert set(stages) == {"segment", "tag", "extract", "attribute", "all"}
    assert stages["all"] == pytest.approx(sum(stages.values()) / 2, abs=0.05)
    assert found["textacy"] == {"missing": "spacy can't be imported.", "install": 'pip install "variorum[bench]"'}
    assert "variorum_to_textacy" not in found


def test_with_textacy_both_are_measured_and_the_articles_that_it_fails_on_are_counted(
    articles: Path, peers: str
) -> None:
    found = figures(articles, importing=peers)
    assert_measured(found["variorum"])
    assert_measured(found["textacy"])
    assert found["textacy"]["versions"] == {"textacy": "0.1", "spacy": "3.0", "model": "en_invented-1"}
    assert found["textacy"]["quotations"] == 1
    assert found["textacy"]["articles_failed"] == 2
    assert found["textacy"]["failures"] == {"ValueError": 1, "too long": 1}
    assert set(found["variorum_to_textacy"]) == {"tokens_per_cpu_second", "tokens_per_second", "peak_megabytes"}
    assert "milliseconds_per_article" not in found["variorum"]


def test_a_spacy_model_that_is_not_installed_is_named_with_what_to_do(articles: Path, peers: str) -> None:
    found = figures(articles, "--articles", "1", "--spacy-model", "absent", importing=peers)
    assert found["articles"] == 1
    assert found["textacy"]["missing"] == "spaCy has no model absent."
    assert "spacy download absent" in found["textacy"]["install"]


def test_a_reader_that_breaks_down_fails_the_command(articles: Path, peers: str) -> None:
    (Path(peers) / "spacy.py").write_text("1 / 0")
    done = bench(articles, importing=peers)
    assert done.code == 1
    assert "stopped" in done.err


@pytest.mark.parametrize(
    ("lines", "told"), [("", "holds no articles"), ('{"id": "a"}\n', "Line 1"), ('{"text": 4}\n', "Line 1")]
)
def test_a_file_without_articles_is_refused(lines: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text(lines)
    with pytest.raises(InputError, match=told):
        texts_of(path, None)


def test_only_as_many_articles_are_read_as_wanted(articles: Path) -> None:
    assert texts_of(articles, 2) == TEXTS[:2]
