# Everything that is done with this repository. Each target sets up what it needs; that costs nothing when it is done.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup run example test check lint types house bench conformance hostile golden schema lock clean

setup: .venv/ready

.venv/ready: requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# One round of the main job on the example, without the internet.
run: setup
	$(BIN)/nyhetsflode run --once

# Most tests wait for a site or a database: more of them than there are processors run at a time. Those of pages are apart,
# since the browser that they share holds the event loop that others need.
test: setup
	$(BIN)/pytest -q -n 4 --dist worksteal --ignore tests/publishing
	$(BIN)/pytest -q -n 2 --dist loadfile tests/publishing

# The larger example, all of Västra Götaland, made and published in example/.
example: setup
	$(BIN)/python examples/vastra-gotaland/build.py example
	$(BIN)/nyhetsflode run --once --config example/feeds.toml --at 2026-11-24T12:00

# All checks: what .ci/run asks for.
check: lint types house test

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: setup
	$(BIN)/mypy

house: setup
	$(BIN)/lint-imports

# Figures, as docs/performance.md has them.
bench: setup
	$(BIN)/python -m benchmarks.street
	$(BIN)/python -m benchmarks.facebook
	$(BIN)/python -m benchmarks.publishing
	$(BIN)/python -m benchmarks.check

# The collector's scorecard, a line a rule; then the same with collectors that were broken on purpose.
conformance: setup
	cd tests && ../$(BIN)/python -m conformance
	cd tests && ../$(BIN)/python -m conformance --broken

# How much fifty hostile hosts delay five hundred good ones; takes some minutes.
hostile: setup
	$(BIN)/python -m benchmarks.hostile

# Write the golden files and the pictures in docs/ anew; read the diff before committing it.
golden: setup
	$(BIN)/pytest -q --golden tests/publishing

# What editors check feeds.toml by, made from the tables.
schema: setup
	$(BIN)/python -m aggregator.config.schema > feeds.schema.json

# New versions of what we depend on; needs uv.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--extra bench --extra dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
