# `make run` starts MSP, `make test` tests it. Both need only Python 3.11+, git and make.

# The first Python on the path that is new enough; PYTHON=... names another.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest

.PHONY: run test journeys services bench-facts check lint env dev lock python

run: python
	@$(PYTHON) -m scripts.run

test: dev
	$(PYTEST) --ignore=tests/journeys --ignore=tests/services $(ARGS)

# In a real browser, against a server and a worker of their own.
journeys: dev
	$(PYTEST) tests/journeys $(ARGS)

# With a real Celery worker; DATABASE_URL and REDIS_URL name its services.
services: dev
	$(PYTEST) tests/services $(ARGS)

# Each figure beside its reference; DATABASE_URL chooses the database, MSP_TESTDATA the
# folder of the real registers.
bench-facts: dev
	$(BIN)/python -m benchmarks $(MSP_TESTDATA)

check: lint test

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/djlint --lint templates
	$(BIN)/djhtml --check templates
	$(BIN)/python manage.py makemigrations --check --dry-run

env: python
	@$(PYTHON) -m scripts.prepare env

dev: python
	@$(PYTHON) -m scripts.prepare dev

# Pins every package, with hashes, for all Pythons we support.
lock:
	uv pip compile --universal --generate-hashes --python-version 3.11 \
		requirements.in --output-file requirements.txt
	uv pip compile --universal --generate-hashes --python-version 3.11 \
		--constraint requirements.txt requirements-dev.in --output-file requirements-dev.txt

python:
	@$(or $(PYTHON),false) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "MSP needs Python 3.11 or newer: install one, or name it with PYTHON=/path/to/python3.12 make $(or $(MAKECMDGOALS),run)." >&2; \
		exit 1; }
