"""Models run on this machine, and nobody elsewhere hears of it."""

import os
import subprocess
import sys
from pathlib import Path

_LOAD = "from app.inference import load_tagger; load_tagger().tag('“No,” she said.', [])"


def test_what_runs_the_models_reports_to_nobody(tmp_path: Path) -> None:
    # Reports wait in a database below the home folder until they are sent.
    home = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    subprocess.run([sys.executable, "-c", _LOAD], check=True, env=home, cwd=Path(__file__).parents[2])
    assert list(tmp_path.rglob("*")) == []
