# The same short names for people and for continuous integration.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin

.PHONY: demo test check bench docs clean

demo: $(VENV)/.demo ## set up and build the demo project
	$(BIN)/policygraph build

test: $(VENV)/.dev ## set up and run every test
	$(BIN)/python -m pytest -n auto --dist loadfile

check: $(VENV)/.dev ## lint and type-check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.dev ## run the benchmarks and print ratios; up to 45 minutes
	$(BIN)/python -m benchmarks

docs: $(VENV)/.dev ## build the documentation site into site/
	$(BIN)/mkdocs build --strict

clean: ## remove what was built, keep the set-up
	rm -rf build dist site .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("policygraph needs Python 3.11 or newer; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else 0'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[fast,frames,html]'
	touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@ $(VENV)/.demo
