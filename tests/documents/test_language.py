import json
from pathlib import Path

import pytest

from app.records import Document, Rejected
from tests.documents.helpers import TEXT, read_bytes, read_one, refused

OTHERS = {
    "German": "Die Bürgermeisterin sagte am Montag, die Brücke werde ein Jahr lang geschlossen. „Wir haben keine Wahl“,"
    " erklärte sie vor der Presse.",
    "French": "La maire a déclaré lundi que le pont serait fermé pendant un an. « Nous n'avons pas le choix », a-t-elle"
    " dit devant la presse.",
    "Spanish": "La alcaldesa dijo el lunes que el puente estará cerrado durante un año. «No tenemos otra opción»,"
    " afirmó ante la prensa.",
    "Russian": "Мэр города заявила в понедельник, что мост будет закрыт на год. «У нас нет выбора», — сказала она"
    " журналистам.",
    "Chinese": "市长周一表示,这座桥将关闭一年。她对记者说:“我们别无选择。”" * 3,
}


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_is_skipped_by_its_name(tmp_path: Path, language: str) -> None:
    rejected = refused(tmp_path, "a.txt", OTHERS[language].encode())
    assert rejected.outcome == "skipped"
    assert language in rejected.reason


def test_english_is_recorded_as_such(tmp_path: Path) -> None:
    assert read_one(tmp_path, "a.txt", TEXT.encode()).language == "en"


def test_the_text_is_believed_more_than_its_label(tmp_path: Path) -> None:
    rows = [{"text": OTHERS["German"], "language": "en"}, {"text": TEXT, "language": "de-DE"}]
    data = "\n".join(map(json.dumps, rows)).encode()
    german, english = read_bytes(tmp_path, "a.jsonl", data)
    assert isinstance(german, Rejected)
    assert isinstance(english, Document)
    assert english.language == "en"


def test_a_text_too_short_to_judge_goes_by_its_label_and_else_counts_as_english(tmp_path: Path) -> None:
    rows = [{"text": "Nein danke.", "language": "de"}, {"text": "No, thanks.", "language": "en-US"}, {"text": "Okay."}]
    german, *english = read_bytes(tmp_path, "a.jsonl", "\n".join(map(json.dumps, rows)).encode())
    assert isinstance(german, Rejected)
    assert [one.language for one in english if isinstance(one, Document)] == ["en", "en"]
