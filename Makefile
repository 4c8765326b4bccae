# Variorum's chores; `make help` lists them. Everything is installed into .venv, nothing outside this folder.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip --quiet --disable-pip-version-check
COMPILE = var/lock/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate --upgrade

.DEFAULT_GOAL := help
.PHONY: help run setup test lint fuzz kills screenshots lighthouse audit lock clean

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | awk -F '\t' '{printf "make %-12s %s\n", $$1, $$2}'

run: setup ## ingest the sample documents and serve them on http://127.0.0.1:8000
	$(BIN)/variorum ingest seeds
	$(BIN)/variorum serve

setup: .venv/.setup static/vendor/htmx.min.js ## .venv with the locked packages, and htmx for the pages

test: setup .venv/.test tests/web/node_modules/.package-lock.json ## every test
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: setup .venv/.test ## ruff, mypy, and models against migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@mkdir -p var && rm -f var/lint.db
	VARIORUM_DATABASE_URL=sqlite:///var/lint.db $(BIN)/alembic upgrade head
	VARIORUM_DATABASE_URL=sqlite:///var/lint.db $(BIN)/alembic check

SECONDS ?= 600
fuzz: setup .venv/.test ## every harness for ten minutes (SECONDS=60 for one), by atheris where there is one, else hypothesis
	$(PIP) install --require-hashes -r requirements-fuzz.lock || echo 'atheris could not be installed: hypothesis alone'
	@for target in query marks difference readers extraction; do \
		$(BIN)/python -m tests.fuzz $$target --seconds $(SECONDS) || exit 1; done

kills: setup .venv/.test ## ingest and recluster killed at 200 random moments, then compared with an undisturbed run
	$(BIN)/python -m tests.kills --rounds 200

screenshots: setup .venv/.test ## docs/screenshots/*.png, taken from the sample documents
	$(BIN)/python docs/screenshots.py

lighthouse: setup .venv/.test ## Lighthouse's four scores of the quote page (fetches Lighthouse by npm; not in CI)
	$(BIN)/python docs/lighthouse.py

audit: setup ## known weaknesses of what is locked (needs a network), security rules, secrets
	$(BIN)/ruff check .
	$(PYTHON) -m venv var/audit && var/audit/bin/pip --quiet install pip-audit detect-secrets
	var/audit/bin/detect-secrets-hook $$(git ls-files | grep -v -e '\.lock$$' -e lock.json -e manifest.json)
	var/audit/bin/pip-audit --require-hashes --disable-pip -r requirements.lock
	var/audit/bin/pip-audit --require-hashes --disable-pip -r requirements-test.lock
	cd static && npm audit
	cd tests/web && npm audit

lock: ## newest versions into the lock files but that of atheris (uv does it, from a scratch environment)
	$(PYTHON) -m venv var/lock && var/lock/bin/pip --quiet install uv
	$(COMPILE) --extra postgresql --output-file requirements.lock >/dev/null
	$(COMPILE) --extra postgresql --extra test --constraint requirements.lock --output-file requirements-test.lock >/dev/null

clean: ## remove what setup, tests and builds made; the database in var/ stays
	rm -rf .venv dist build static/node_modules static/vendor tests/web/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Variorum needs Python 3.11 or newer: make PYTHON=/path/to/python3 ...'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo 'Python cannot make virtual environments here: install the package python3-venv'; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.setup: requirements.lock pyproject.toml | .venv/bin/pip
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps -e .
	@touch $@

.venv/.test: requirements-test.lock .venv/.setup
	$(PIP) install --require-hashes -r requirements-test.lock
	@touch $@

static/vendor/htmx.min.js: static/package-lock.json
	@if ! command -v npm >/dev/null; then echo 'npm is missing: going on without htmx, every page works without it'; \
	elif (cd static && npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error); then \
		mkdir -p static/vendor && cp static/node_modules/htmx.org/dist/htmx.min.js $@; \
	else echo 'npm could not fetch htmx: going on without it, every page works without it'; fi

tests/web/node_modules/.package-lock.json: tests/web/package-lock.json
	@if ! command -v npm >/dev/null; then echo 'npm is missing: the tests with axe and html-validate will be skipped'; \
	else (cd tests/web && npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error) && touch $@ || \
		echo 'npm could not fetch axe and html-validate: their tests will be skipped'; fi
