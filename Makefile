# Everything a newcomer needs is `make demo` and `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
export TOUCHLINE_DATA ?= $(CURDIR)/data
# What is installed is compiled when it is first asked for: most of it never is, and to compile
# all takes the better part of a minute.
INSTALL := $(BIN)/pip install --quiet --no-compile --disable-pip-version-check
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo run test thorough check bench lint clean

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --constraint constraints.txt --editable ".[dev]"
	touch $@

demo: $(STAMP)
	TOUCHLINE_DATA=$(CURDIR)/data/demo $(BIN)/touchline demo

run: $(STAMP)
	$(BIN)/touchline serve

# The whole suite, once on each database. PostgreSQL comes as a wheel; where there is
# none for this Python, TEST_DATABASE_URL names a server to use instead.
test: $(STAMP)
	$(BIN)/python -m tests.run

# Every property on twenty times the examples of a push, and what else tries more than there:
# before a release, or over night.
thorough: $(STAMP)
	TOUCHLINE_EXAMPLES=20 $(BIN)/python -m pytest -n 2 -m "hypothesis or thorough"

lint: $(STAMP)
	$(BIN)/ruff format --check touchline tests
	$(BIN)/ruff check touchline tests
	$(BIN)/mypy touchline
	$(BIN)/lint-imports

# Both at once: reading all types leaves a core idle for a minute.
check: $(STAMP)
	$(MAKE) --jobs=2 lint test

# The sets that the likely doubles are measured against come with a package of their own.
bench: $(STAMP)
	$(INSTALL) --constraint constraints.txt --editable ".[bench]"
	$(BIN)/python -m tests.bench

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
