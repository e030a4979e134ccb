# Everything that a person or a machine does with Quarterdeck. `make run` is enough to begin.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.run
DEV_STAMP := $(VENV)/.dev
SYSTEM := python3-venv
JOBS ?= 2
# Tests of what knows neither database nor store: `make test` has run them.
WITHOUT_SERVICES := $(addprefix --ignore=tests/,text evidence example benchmarks deploy \
  backends/search backends/extraction backends/preview backends/mail \
  test_architecture.py test_bitmaps.py test_clock.py test_config.py test_readme.py)
# Outages of S3 are played in front of the same moto either way, without a database.
WITHOUT_SERVICES += --ignore=tests/backends/storage/test_s3.py
# What the web server itself does with long lines and silence comes before any database.
WITHOUT_SERVICES += --ignore=tests/faults/test_sockets.py
# How a page looks is the same HTML; that it answers on PostgreSQL is asked by the table of routes.
WITHOUT_SERVICES += $(addprefix --deselect=tests/browser/test_pages.py::, \
  test_axe_finds_nothing_on_any_page test_no_page_is_wider_than_a_small_phone)

.PHONY: run test check test-services bench bench-relevance bench-evidence clean

run: $(RUN_STAMP)
	@$(BIN)/python deploy/frontend.py
	@exec $(BIN)/python -m app.supervisor

test: $(DEV_STAMP)
	@$(BIN)/python deploy/frontend.py
	@$(BIN)/python deploy/browser.py
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m "not services"
	@echo "Left out: tests that need a PostgreSQL or an S3 server of their own: make test-services"

check: $(DEV_STAMP)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -q -p no:randomly tests/test_architecture.py

test-services: $(DEV_STAMP)
	@$(BIN)/python deploy/frontend.py
	@$(BIN)/python deploy/browser.py
	@$(BIN)/python -m deploy.services -n $(JOBS) --dist worksteal $(WITHOUT_SERVICES)

bench: $(DEV_STAMP)
	@$(BIN)/python deploy/frontend.py
	@$(BIN)/python -m benchmarks

bench-relevance: $(DEV_STAMP)
	@$(BIN)/python -m benchmarks.relevance

bench-evidence: $(DEV_STAMP)
	@$(BIN)/python -m benchmarks.evidence

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Quarterdeck needs Python 3.11 or newer."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  if [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq $(SYSTEM); \
	  else echo "Please run first: sudo apt-get install $(SYSTEM)"; exit 1; fi; }
	@$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): requirements.txt | $(VENV)/bin/python
	@echo "Installing what the hub needs ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(DEV_STAMP): requirements.txt requirements-dev.txt | $(VENV)/bin/python
	@echo "Installing what development needs ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(RUN_STAMP)

clean:
	rm -rf $(VENV) node_modules app/static/vendor .mypy_cache .ruff_cache
