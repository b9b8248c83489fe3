# Casefile. `make run` shows the demonstration council; `make check` proves everything that is quick to prove.

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/installed
ASSETS := $(shell find webapp/assets -type f -not -path "*/node_modules/*")
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_BUILD_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: install run test lint check bench browser torture

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt hatch_build.py $(ASSETS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Casefile needs Python 3.11 or newer. Install it, or name it: make install PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[test]'
	@touch $(STAMP)

run: install
	$(BIN)/casefile demo

test: install
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not browser and not torture"

lint: install
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy

check: lint test

bench: install
	$(BIN)/python -m tests.benchmarks

browser: install
	$(BIN)/python -m pytest tests/browser -m browser

torture: install
	$(BIN)/python -m pytest tests/torture -m torture
