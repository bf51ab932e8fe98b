# Everything works on a fresh clone with python3 (3.11 or later) and make; `make` alone lists the targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: bench claims-page editors help install check test lint cover cover-kernel mutate-kernel docs reports lock clean

help:
	@echo "make check    decide every claim in claims/"
	@echo "make test     run the tests"
	@echo "make editors  fetch the language server that tests/editors drive (needs npm)"
	@echo "make lint     ruff and mypy --strict"
	@echo "make cover    run the tests and show what they do not reach"
	@echo "make docs     build the documentation into build/docs/"
	@echo "make reports  renew the report of the claims in reports/"
	@echo "make claims-page  renew docs/claims.md, the table of the claims"
	@echo "make cover-kernel   show the branches of the kernel that its tests do not reach"
	@echo "make mutate-kernel  break the kernel in small ways and see its tests fail"
	@echo "make bench    measure symproof against other tools (installs them from packages where it may)"
	@echo "make lock     renew requirements.lock from pyproject.toml (needs uv)"
	@echo "make clean    remove what these made"

install: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "symproof needs Python 3.11 or later; name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || uv venv --seed --allow-existing --python $(PYTHON) $(VENV) || \
		{ echo "neither python3 -m venv nor uv works here: install python3-venv or uv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

check: $(VENV)/.ready
	$(BIN)/symproof check --timeout 40  # so that a slow or busy machine decides the same

test: $(VENV)/.ready
	$(BIN)/python -m pytest -n auto

editors:
	cd tests/editors && npm install --no-package-lock --no-audit --no-fund --silent

lint: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --quiet --check .
	$(BIN)/mypy

cover: $(VENV)/.ready
	$(BIN)/python -m pytest --cov --cov-report=term-missing:skip-covered

docs: $(VENV)/.ready
	$(BIN)/python -m sphinx -q -W --keep-going -n -d build/docs/.state docs build/docs

reports: $(VENV)/.ready
	$(BIN)/symproof report --no-times

claims-page: $(VENV)/.ready
	mkdir -p build
	$(BIN)/symproof check claims/ --json build/claims.json
	$(BIN)/python docs/claims_page.py build/claims.json

cover-kernel: $(VENV)/.ready
	$(BIN)/python -m pytest tests/kernel tests/soundness --cov --cov-config=tests/kernel/coverage.ini

mutate-kernel: $(VENV)/.ready
	$(BIN)/python -m tests.kernel.mutation_run

# Peers have an environment of their own: what symproof needs stays what pyproject.toml says.
bench:
	@command -v maxima >/dev/null || apt-get install --yes --quiet maxima || echo "no Maxima: it is left out"
	@$(PYTHON) -m venv .venv-bench || uv venv --seed --allow-existing --python $(PYTHON) .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --editable .
	for peer in math-verify z3-solver giacpy; do \
		.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check $$peer || echo "no $$peer: it is left out"; \
	done
	.venv-bench/bin/python -m benchmarks run --open

lock:
	uv lock --quiet
	uv export --quiet --frozen --no-emit-project --no-header --no-annotate --format requirements.txt \
		--output-file requirements.lock

clean:
	rm -rf $(VENV) .venv-bench .symproof build dist .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis
