# Everything that can be done with the project, on any machine with Python 3.11 or later and make.
# Each command first sets up what it needs. `make` alone lists them.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT

BIN := .venv/bin
FLASK := $(BIN)/flask --app wsgi
TEMPLATE := build/messages.pot
TRANSLATIONS := $(wildcard app/translations/*/LC_MESSAGES/messages.po)

.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := help

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

# --- setting up ------------------------------------------------------------------------------------------

install: packages $(TRANSLATIONS:.po=.mo) ## set up: system libraries, virtual environment, packages, translations

packages:
	@$(PYTHON) -m tools.install

browser: install
	@$(PYTHON) -m tools.system test

%.mo: %.po | packages
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

# --- using it --------------------------------------------------------------------------------------------

run: install ## start the product on HOST:PORT, with demo data when the database is empty
	@$(FLASK) prepare
	@export DEMO=$${DEMO:-1}; $(FLASK) work --beside $$$$ & exec $(BIN)/gunicorn wsgi:app

demo: install ## fill an empty database with the demo programme and its projects
	$(FLASK) prepare

# --- proving it ------------------------------------------------------------------------------------------

test: browser ## run all tests
	$(BIN)/pytest --numprocesses auto --dist worksteal

drill-pages: browser ## every page in every language, width and colour scheme
	EVERY_VIEW=1 $(BIN)/pytest --numprocesses auto --dist worksteal tests/browser/test_pages.py

drill-access: install ## who sees and does what: everybody asks for everything, and of PostgreSQL too
	EVERY_CASE=1 $(BIN)/pytest --numprocesses auto --dist worksteal --database postgresql tests/access

check: check-style check-types check-imports check-templates check-translations check-packages ## read the code: style, types, contracts, templates, translations, packages

check-style: install
	$(BIN)/ruff check
	$(BIN)/ruff format --check

check-types: install
	$(BIN)/mypy

check-imports: install
	$(BIN)/lint-imports

check-templates: install
	$(BIN)/djlint --quiet --lint templates

check-translations: $(TEMPLATE)
	$(BIN)/python -m tools.check_translations $(TEMPLATE) $(TRANSLATIONS)

check-packages: install
	$(BIN)/deptry .

mutants: install ## break the rules of access one at a time, and see that the tests of access notice (long)
	$(BIN)/python -m tests.access.mutants $(numbers)

db-check: install ## try every migration both ways on a filled database, and compare it with the models
	$(BIN)/python -m tools.check_migrations

drill: install ## try at length what must hold when many work at once and when something breaks
	$(BIN)/python -m tools.drill $(only)

drill-paper: install ## hand the makers of documents 500 hostile ones: nothing may be fetched or read
	$(BIN)/python -m tools.drill paper

bench-paper: install ## measure documents: one of six pages, and packs of 40 and 160 cases
	$(BIN)/python -m tools.bench_paper

bench: install ## measure the calculation, the pages and the documents
	$(BIN)/python -m tools.bench $(only)

.PHONY: load
load: database ?= sqlite
load: install ## let hundreds of people write at once, and look for what they saved: database=postgresql people=1000 seconds=300
	$(BIN)/python -m tools.load $(database) $(or $(people),0) $(seconds)

# --- changing it -----------------------------------------------------------------------------------------

format: install ## put the code in its form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.PHONY: $(TEMPLATE)
$(TEMPLATE): install
	@mkdir -p $(@D)
	@$(BIN)/pybabel --quiet extract --mapping-file pyproject.toml --keywords _l --keywords lazy_gettext \
		--keywords lazy_pgettext:1c,2 --keywords lazy_ngettext:1,2 --sort-by-file --add-location file \
		--project Hemtag --version 1 --copyright-holder Hemtag --output-file $@ .

translations: $(TEMPLATE) ## bring the translation files up to date with the texts of the code
	$(BIN)/pybabel update --input-file $< --output-dir app/translations --no-fuzzy-matching \
		--ignore-obsolete --ignore-pot-creation-date --init-missing --locale en

migration: install ## write the next migration from the models: make migration about="add needs"
	$(BIN)/python -m tools.next_migration "$(about)"

LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header

lock: install ## pin the newest packages that requirements*.in allow
	$(BIN)/uv pip compile $(LOCK) requirements.in --output-file requirements.txt
	$(BIN)/uv pip compile $(LOCK) --constraints requirements.txt requirements-dev.in \
		--output-file requirements-dev.txt

policy-table: install ## write docs/policy.md: every route and who may use it
	$(BIN)/python -m tools.policy_table

screenshots: browser ## photograph every page in every role, also those about faults, in every view
	$(BIN)/python -m tools.screenshots $(roles)

clean: ## remove what the commands above made, but not the database
	rm -rf .venv build .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find app -name '*.mo' -delete

.PHONY: bench-paper drill-access drill-pages drill-paper mutants policy-table help install packages browser run demo test check check-style check-types check-imports \
	check-templates check-translations check-packages db-check bench drill format translations migration \
	lock screenshots clean
