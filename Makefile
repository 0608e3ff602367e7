# Everything Parley does from a command line. Python 3.11 to 3.13 and make are all it expects to find.

SHELL := bash
STAGE ?= dev
# The first Python here that AWS Lambda runs too, and that Parley's packages are made for.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null \
	&& echo $$python && break; done)
VENV := .venv/bin/python
INSTALLED := .venv/installed

export STAGE

.DEFAULT_GOAL := help
.PHONY: help venv lint unit test soak bench package deploy run up down reset logs

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s%s\n", $$1, $$2 }' Makefile

venv: $(INSTALLED) ## the virtual environment, with everything that is needed

$(INSTALLED): requirements.txt requirements-dev.txt
	@test -n "$(PYTHON)" || { echo "make: Python 3.11, 3.12 or 3.13 is needed; name it with PYTHON=…" >&2; exit 1; }
	@$(VENV) -c '' 2>/dev/null || { echo "Making .venv with $$($(PYTHON) -V)"; $(PYTHON) -m venv --clear .venv; }
	@echo "Installing packages"
	@$(VENV) -m pip install -qq --no-compile --disable-pip-version-check -r requirements-dev.txt
	@touch $@

run: $(INSTALLED) ## everything on this machine, in the foreground; Ctrl-C stops it all
	@$(VENV) -m infra.local run

up: $(INSTALLED) ## the same in the background; returns when the stack answers
	@$(VENV) -m infra.local up

down: $(INSTALLED) ## stop it; what it holds stays
	@$(VENV) -m infra.local down

reset: $(INSTALLED) ## stop it and forget what it holds
	@$(VENV) -m infra.local reset

logs: $(INSTALLED) ## what the functions of the local stack wrote in the last minutes
	@$(VENV) -m infra.local logs

test: lint ## lint, types, import rules and every test but the long ones
	@$(VENV) -m infra.prepare_tests
	@$(VENV) -m pytest -m "not soak" --numprocesses 2 --dist loadfile --no-loadscope-reorder --durations 25 --durations-min 8

lint: $(INSTALLED) ## ruff, mypy and the import rules
	@$(VENV) -m ruff check .
	@$(VENV) -m ruff format --check .
	@$(VENV) -m mypy
	@.venv/bin/lint-imports

unit: $(INSTALLED) ## the tests that need no stack: seconds
	@$(VENV) -m pytest tests/unit

soak: $(INSTALLED) ## the tests that take long: kills, floods, replays
	@$(VENV) -m infra.prepare_tests
	@$(VENV) -m pytest -m soak --numprocesses 2 --dist loadgroup --durations 25 --durations-min 30

bench: $(INSTALLED) ## the benchmarks: a table here, and bench/results.json
	@$(VENV) -m infra.prepare_tests
	@$(VENV) -m bench

package: $(INSTALLED) ## dist/deployment.zip and dist/template.json
	@$(VENV) -m infra.package

deploy: package ## to AWS: make deploy STAGE=dev
	@$(VENV) -m infra.deploy
