# `make run` and `make test` need nothing but Linux, make and Python 3.11 or 3.12.
SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help run test bench evaluate embedding check format schema requirements audit

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet

help:
	@echo "make run             the workbench with its demonstration newsroom at http://127.0.0.1:8000 (PORT=8001)"
	@echo "make test            the whole suite: SQLite, PostgreSQL, real processes, browser (ARGS='-k name')"
	@echo "make bench           how fast figures are read, statements compared and claims found, beside peers (ARGS='compare')"
	@echo "make evaluate        how well the engine does on research data (DATA=folder, ARGS='--only stance')"
	@echo "make embedding       install what rank --embedding needs (62 MB to download)"
	@echo "make check           lint, types, layers, migrations, templates, API schema, deployment checks"
	@echo "make format          sort imports and format the code"
	@echo "make schema          write docs/openapi.yaml"
	@echo "make requirements    pin the newest versions that pyproject.toml allows"
	@echo "make audit           look up the pinned versions among known vulnerabilities (needs the network)"

run: .venv/installed-run
	@exec $(BIN)/python -m factcheck.embedded

test: .venv/installed-dev
	@exec $(BIN)/python -m tests.run_suite $(ARGS)

bench: .venv/installed-dev
	@exec $(BIN)/python -m tests.benchmarks $(ARGS)

DATA ?= ../shared/data
evaluate: .venv/installed-dev
	@OMP_NUM_THREADS=1 exec $(BIN)/python -m claims.matching evaluate --data $(DATA) $(ARGS)

embedding: .venv/installed-embedding

check: .venv/installed-dev
	@exec $(BIN)/python -m tests.run_checks

format: .venv/installed-dev
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .

schema: .venv/installed-dev
	$(BIN)/python manage.py spectacular --validate --fail-on-warn --file docs/openapi.yaml

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --custom-compile-command "make requirements"
requirements: .venv/installed-dev
	$(COMPILE) --upgrade pyproject.toml --output-file requirements.txt
	$(COMPILE) --upgrade --extra dev --constraint requirements.txt pyproject.toml --output-file requirements-dev.txt
	$(COMPILE) --upgrade --extra embedding --constraint requirements-dev.txt pyproject.toml --output-file requirements-embedding.txt

audit: .venv/installed-dev
	$(BIN)/pip-audit --requirement requirements.txt --no-deps --disable-pip

# The installed-* files are stamps: pip runs again only after the requirements have changed.
.venv/installed-run: requirements.txt | $(BIN)/python
	@echo "Installing requirements.txt into .venv (about a minute the first time)"
	@$(PIP) install -r requirements.txt
	@touch $@

.venv/installed-dev: requirements.txt requirements-dev.txt | $(BIN)/python
	@echo "Installing requirements.txt and requirements-dev.txt into .venv (about two minutes the first time)"
	@$(PIP) install -r requirements.txt -r requirements-dev.txt
	@touch $@ .venv/installed-run

.venv/installed-embedding: requirements-embedding.txt | $(BIN)/python
	@echo "Installing requirements-embedding.txt into .venv"
	@$(PIP) install -r requirements-embedding.txt
	@touch $@

$(BIN)/python:
	@for python in $(PYTHON) python3.12 python3.11 python3; do \
	  if $$python -c 'import ensurepip, sys; sys.exit(sys.version_info[:2] not in [(3, 11), (3, 12)])' 2>/dev/null; then \
	    echo "Creating .venv with $$($$python --version)"; \
	    exec $$python -m venv --clear .venv; \
	  fi; \
	done; \
	echo "Python 3.11 or 3.12 with venv is needed and was not found on PATH." >&2; \
	echo "On Debian and Ubuntu: apt-get install python3.11 python3.11-venv. Elsewhere: make run PYTHON=/path/to/python3.11" >&2; \
	exit 1
