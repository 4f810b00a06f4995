# The front door. `make` alone lists what there is.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.ready
DECISIONLOG_TEST_FAULT_ROUNDS ?= 300

.PHONY: help test-setup demo test test-server check bench faults mutants docs clean

help: ## List what there is
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 20

test-setup: $(STAMP) ## Build .venv with the program and every tool (the others do it when they need it)
	@:

demo: $(STAMP) ## Build an example log in build/demo and tour it
	@rm -rf build/demo
	@mkdir -p build
	@$(BIN)/decisionlog demo build/demo

test: $(STAMP) ## Run the tests
	@$(BIN)/python -m pytest -q -n auto --dist worksteal

test-server: $(STAMP) ## Run the tests of commands, read models and questions once more, on a PostgreSQL server
	@DECISIONLOG_TEST_STORE=postgresql $(BIN)/python -m pytest -q -n auto --dist worksteal tests/commands tests/projections tests/questions

check: $(STAMP) ## Everything that CI asks: format, lint, types, layers, reference pages, `make test-server`, then `make test`
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python docs/generate.py --check
	$(MAKE) test-server
	$(MAKE) test

bench: $(STAMP) ## Measure; one benchmark alone with ONLY=name
	@$(BIN)/python -m benchmarks $(if $(ONLY),--only $(ONLY))

faults: $(STAMP) ## Kill, fill, cut, damage and tamper at full length; how often with DECISIONLOG_TEST_FAULT_ROUNDS=300
	@DECISIONLOG_TEST_FAULT_ROUNDS=$(DECISIONLOG_TEST_FAULT_ROUNDS) $(BIN)/python -m pytest -q -m faults
	@DECISIONLOG_TEST_FLIP_EVERY=1 $(BIN)/python -m pytest -q -v tests/audit/test_tampering.py

mutants: $(STAMP) ## Change the rules of governance in small ways: a test must notice each; only some with ONLY=pattern
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt --no-build-isolation --editable '.[dev,mutants]'
	@$(BIN)/mutmut run $(ONLY)
	@$(BIN)/mutmut results

docs: $(STAMP) ## Write the reference pages of docs/ from the code
	@$(BIN)/python docs/generate.py

clean: ## Remove .venv and everything that was built
	rm -rf .venv build dist mutants .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests docs benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

$(STAMP): pyproject.toml constraints.txt .ci/venv .ci/browser
	@PYTHON='$(PYTHON)' bash .ci/venv
	@bash .ci/browser
	@touch $(STAMP)
