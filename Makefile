# Prepares, starts and tests deskapp with nothing but python3 (3.11 or newer), pip and make.
#   make run PYTHON=python3.13       another interpreter
#   make test ARGS="-k drafts -x"    arguments for the command that is run

PYTHON ?= python3
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/runtime.stamp
DEV := $(VENV)/dev.stamp
LOCALE := deskapp/locale
POT := build/deskapp.pot

# Holds the command that installs into .venv. It goes with the interpreter of .venv, which a
# system upgrade may have removed.
PIP := $(VENV)/pip.command
$(shell test -x $(BIN)/python || rm -f $(PIP))
INSTALL = $$(cat $(PIP)) install --quiet --no-input --disable-pip-version-check --no-deps --no-compile
FETCH = $(INSTALL) --require-hashes --only-binary :all:
NOT_FETCHED = echo "The packages could not be installed. Check the network and the settings" \
	"of pip, then run make again." >&2
# The start script of many a pip imports `re` first: half of the time to the first visible text.
WITHOUT_RE = -e '/^import re$$/d' -e '/ = re\.sub(/d'
# An import without compiled files is 2.8 times slower.
COMPILE = $(BIN)/python -m compileall -q -j 0

# Nothing is compiled twice, whatever whoever runs make has set.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help venv run demo test sim coverage lint format bench bench-sync bench-crowd pictures lock catalogues clean

help:  ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile | expand -t 14

venv: $(RUNTIME)  ## Prepare .venv, so that .venv/bin/deskapp works

run: $(RUNTIME)  ## Start deskapp
	@$(BIN)/deskapp $(ARGS)

demo: $(RUNTIME)  ## Start deskapp with invented people and contacts
	@$(BIN)/deskapp demo $(ARGS)

# Half of its time a test waits, for a terminal or the disk: one process more than processors.
PROCESSES = $$(($$(getconf _NPROCESSORS_ONLN) + 1))

test: $(DEV)  ## Run every test
	$(BIN)/python -m pytest --numprocesses $(PROCESSES) --maxprocesses 4 --dist worksteal $(ARGS)

SEEDS ?= 2000

sim: $(DEV)  ## Simulate exchanges between desks: make sim SEEDS=200000
	@$(BIN)/python -m tests.sim --seeds $(SEEDS) $(ARGS)

coverage: $(DEV)  ## Run every test and list the lines that none reaches
	$(BIN)/python -m coverage run -m pytest $(ARGS)
	$(BIN)/python -m coverage report

lint: $(DEV)  ## Check format, style and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(DEV)  ## Put format and style right where a tool can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(DEV)  ## Measure start, keys, memory and search
	@$(BIN)/python -m bench $(ARGS)

bench-sync: $(DEV)  ## Measure the exchange with a real PostgreSQL
	@$(BIN)/python -m bench.sync $(ARGS)

bench-crowd: $(DEV)  ## Measure many desks that exchange at once
	@$(BIN)/python -m bench.crowd $(ARGS)

PICTURED = build/pictured
PICTURE = $(BIN)/python bench/ttyprobe.py dump
CALL = f2 wait:Topic type:jury wait:Jury tab "type:Ben Sample" tab \
	"type:Can he come a week later? The summons is for 7 December." tab \
	"type:Told how to ask the bureau to move the dates, and by when." wait:by.when

# The third start finds the contact that the second left running; its message goes by itself.
pictures: $(DEV)  ## Make the pictures of the documents anew
	@rm -rf $(PICTURED)
	@$(BIN)/deskapp --lang en demo --contacts 40 --seed 2 --keep $(PICTURED) --no-screen
	@$(PICTURE) --ready 'kept here' --png docs/images/home.png \
	  -- $(BIN)/deskapp --home $(PICTURED) >/dev/null
	@$(PICTURE) --ready 'kept here' --keys '$(CALL)' --png docs/images/contact.png \
	  -- $(BIN)/deskapp --home $(PICTURED) >/dev/null
	@$(PICTURE) --ready 'Ben Sample' --keys 'sleep:6 f9 wait:Resolved' --png docs/images/outcome.png \
	  -- $(BIN)/deskapp --home $(PICTURED) >/dev/null

# A recent pip fills an environment from outside, which needs no ensurepip and saves seconds;
# with an older one the environment has a pip of its own.
$(PIP):
	@command -v $(PYTHON) >/dev/null || { \
	  echo "$(PYTHON) was not found. Install Python 3.11 or newer, or name it:" \
	    "make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "deskapp needs Python 3.11 or newer, and $(PYTHON) is older. Name a newer one:" \
	    "make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; exit 1; }
	@python=$$($(PYTHON) -c 'import os, sys; print(os.path.realpath(sys.executable))'); \
	if $$python -m pip --python $$python --version >/dev/null 2>&1; then \
	  $$python -m venv --clear --without-pip $(VENV) && \
	  echo "$$python -m pip --python $(BIN)/python" >$@; \
	elif $$python -m venv --clear $(VENV) >/dev/null; then \
	  echo "$(BIN)/python -m pip" >$@; \
	else \
	  echo "$$python has neither pip 22.3 or newer nor its venv package. Install one:" \
	    "pip as your system does it, or on Debian and Ubuntu the package python3-venv." >&2; \
	  exit 1; \
	fi

$(RUNTIME): requirements.txt pyproject.toml $(PIP)
	@echo "Preparing $(VENV). The first time takes about a quarter of a minute."
	@$(FETCH) -r requirements.txt || { $(NOT_FETCHED); exit 1; }
	@$(INSTALL) --no-index --no-build-isolation --editable .
	@sed -i.pip $(WITHOUT_RE) $(BIN)/deskapp && rm $(BIN)/deskapp.pip
	@$(COMPILE) $(VENV)/lib deskapp
	@touch $@

$(DEV): requirements-dev.txt $(RUNTIME)
	@echo "Adding the tools for tests and checks."
	@$(FETCH) -r requirements-dev.txt || { $(NOT_FETCHED); exit 1; }
	@$(COMPILE) $(VENV)/lib
	@touch $@

# Locked for every platform and Python from 3.11 on; no settings of the machine enter.
UV_LOCK = $(BIN)/uv pip compile --no-config --system-certs --quiet --upgrade --universal \
	--python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-annotate --custom-compile-command "make lock"

lock: $(DEV)  ## Lock the newest allowed versions of all dependencies
	$(UV_LOCK) pyproject.toml --group build --output-file requirements.txt
	$(UV_LOCK) --group dev --constraints requirements.txt --output-file requirements-dev.txt

catalogues: $(DEV)  ## Bring the texts of both languages up to date and compile them
	@mkdir -p $(dir $(POT))
	$(BIN)/pybabel --quiet extract --no-location --sort-output --no-wrap --no-default-keywords \
	  --keywords "_ N_ ngettext:1,2" --header-comment "# Texts of deskapp." --output $(POT) deskapp
	@for language in en cy; do \
	  $(BIN)/pybabel --quiet update --domain deskapp --input-file $(POT) --output-dir $(LOCALE) \
	    --locale $$language --init-missing --ignore-pot-creation-date --ignore-obsolete \
	    --no-fuzzy-matching --no-wrap || exit; \
	done
	$(BIN)/pybabel --quiet compile --domain deskapp --directory $(LOCALE)

clean:  ## Remove everything that make made
	rm -rf $(VENV) build .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
	rm -f snapshot_report.html
	find deskapp tests bench -name __pycache__ -type d -prune -exec rm -rf {} +
