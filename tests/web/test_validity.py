"""The markup: what html-validate, which knows HTML as its standard has it, finds to say about every page."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.web.pages import ADDRESSES

HERE = Path(__file__).parent
VALIDATOR = HERE / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
NODE = shutil.which("node")

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(
        NODE is None or not VALIDATOR.exists(), reason="needs html-validate (make test fetches it by npm)"
    ),
]


def test_every_page_is_valid_html(client: TestClient, tmp_path: Path) -> None:
    names = {str(tmp_path / f"{number}.html"): address for number, address in enumerate((*ADDRESSES, "/nowhere"))}
    for name, address in names.items():
        Path(name).write_text(client.get(address).text, "utf-8")
    command = [str(NODE), str(VALIDATOR), "--config", str(HERE / "htmlvalidate.json"), "--formatter", "json", *names]
    answers = tmp_path / "answers.json"
    with answers.open("w") as out:  # node ends before a pipe has taken more than 64 kB
        answer = subprocess.run(command, cwd=HERE, stdout=out, stderr=subprocess.PIPE, text=True, check=False)
    results = json.loads(answers.read_text("utf-8") or "null")
    assert results is not None, answer.stderr
    faults = [
        f"{names[result['filePath']]}:{fault['line']} {fault['ruleId']}: {fault['message']}"
        for result in results
        for fault in result["messages"]
    ]
    assert not faults, "\n".join(faults)
