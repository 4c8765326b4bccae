"""Lighthouse's four scores of the quote page, with the sample documents in it: `make lighthouse`."""

import json
import os
import shutil
import subprocess
import sys
import tempfile

from screenshots import ROOT, VARIORUM, pages, served

LIGHTHOUSE = ["npm", "exec", "--yes", "--package=lighthouse@12.8.2", "--", "lighthouse"]
FLAGS = ["--quiet", "--output=json", "--chrome-flags=--headless --no-sandbox --disable-gpu"]


def main() -> None:
    if not shutil.which("npm"):
        sys.exit("npm is missing: Lighthouse comes by it.")
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/seeds.db"
        environment = os.environ | {"VARIORUM_DATABASE_URL": database, "CHROME_PATH": str(shutil.which("chromium"))}
        subprocess.run([VARIORUM, "ingest", ROOT / "seeds"], env=environment, check=True, stdout=sys.stderr)
        with served(environment) as address:
            command = [*LIGHTHOUSE, f"{address}{pages(database)['quote']}", *FLAGS]
            said = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, cwd=folder)
    report = json.loads(said.stdout)
    for category in report["categories"].values():
        print(f"{category['title']}: {category['score'] * 100:.0f}")
        for audit in category["auditRefs"]:
            found = report["audits"][audit["id"]]
            if audit["weight"] and found["score"] is not None and found["score"] < 0.9:
                print(f"  {found['title']}: {found.get('displayValue', '')}")


if __name__ == "__main__":
    main()
