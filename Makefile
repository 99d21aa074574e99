# What CI does, by hand. Needs Python 3.11+, git and make; everything else is
# set up in $(VENV) on first use and again whenever pyproject.toml changes.
#
#   make demo      a whole release, for real, in a throw-away directory
#   make test      the tests
#   make check     lint, types, docs, test, journeys and demo, as CI runs them; each is a target, too
#   make format    mend what the linter can mend
#   make journeys  the long tests: every kill, every fault, whole releases and installations
#   make language  the tests of what depends on the version of Python
#   make zoo       build and release every project of tests/zoo by its real build backend
#   make leaks     look for leaks of secrets in new places, with random seeds
#   make lock      pin anew, by hash, what the Action installs
#   make bench     measure, against a floor or a peer in the same run
#   make clean     remove the environment and the built site

VENV ?= .venv
# Any interpreter from 3.11 on will do; the first one found makes the environment.
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11 python3.14 python; do \
  if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
    echo $$name; break; fi; done)

ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
# uv, where it is on PATH, installs in a tenth of the time. It does not read pip's settings; who
# needs those says `make UV=`.
UV ?= $(shell command -v uv 2>/dev/null)
ifeq ($(UV),)
INSTALL := $(BIN)/python -m pip --disable-pip-version-check install --quiet
else
INSTALL := "$(UV)" pip install --quiet --python $(BIN)/python
endif

# How many processes run the tests; tests/conftest.py says what auto is.
WORKERS ?= auto

unexport PYTHONDONTWRITEBYTECODE # each process would compile all that it imports

# Of each version of Python; git, sockets and file systems are the same on all of them.
LANGUAGE := tests/rules tests/config tests/text tests/errors tests/test_frozen.py \
  tests/test_credentials.py tests/world/archives tests/world/processes \
  tests/world/build/test_builder.py tests/world/build/test_isolation.py::TestIsolatedBuild \
  tests/world/build/test_metadata.py tests/world/build/test_twine_opinion.py \
  tests/cli/test_commands.py tests/cli/test_environment.py tests/cli/test_help.py \
  tests/cli/test_imports.py tests/cli/test_json.py
# How long a reading takes is counted in steps, which are the same on all of them; what is made up
# at random was looked for on one.
ONCE := --ignore=tests/rules/test_linear.py --hypothesis-profile=few

.NOTPARALLEL: # two pips in one environment trip over each other
.PHONY: help environment demo test journeys language leaks lint types docs lock bench check format clean

help:
	@sed -n 's/^#   //p' Makefile

environment: $(VENV)/.test $(VENV)/.lint $(VENV)/.docs

demo: $(VENV)/.installed
	$(BIN)/releasio rehearse --demo

test: $(VENV)/.test
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not journey" $(TESTS)

journeys: $(VENV)/.test
	LEAK_EXAMPLES=110 $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "journey or leaks" $(TESTS)

language: $(VENV)/.test
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not journey" $(ONCE) $(LANGUAGE)

zoo: $(VENV)/.test
	ZOO=1 $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m zoo

leaks: $(VENV)/.test
	LEAK_EXAMPLES=1000 $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m leaks

lint: $(VENV)/.lint
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-logo
	$(BIN)/zizmor --offline --persona=auditor .github/workflows/*.yml .github/dependabot.yml action.yml action/action.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-actions action.yml action/action.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	rm -rf $(VENV)/recipes
	$(BIN)/python -m tests.setup.recipes.written $(VENV)/recipes
	$(BIN)/zizmor --offline --persona=auditor --collect=all --strict-collection --quiet $(VENV)/recipes
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows $(VENV)/recipes/*/.github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema custom.github-workflows-require-timeout $(VENV)/recipes/*/.github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.gitlab-ci $(VENV)/recipes/*/.gitlab-ci.yml

types: $(VENV)/.lint
	$(BIN)/mypy

docs: $(VENV)/.docs
	$(BIN)/sphinx-build --fresh-env --fail-on-warning --keep-going --quiet docs docs/_build/html
	@echo "Open docs/_build/html/index.html"

# for all systems and versions of Python at once, with what releasio itself is built with
lock: $(VENV)/.test
	$(BIN)/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['build-system']['requires'], sep='\n')" | \
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" --extra api --extra attestations --extra templates \
	  --output-file action/requirements.txt pyproject.toml -

bench: $(VENV)/.installed
	$(BIN)/python -m bench

check: lint types docs test journeys demo

format: $(VENV)/.lint
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean:
	rm -rf $(VENV) docs/_build

# The stamps: each says that its part of pyproject.toml is installed as it stands now.

$(VENV)/.python:
	@test -n "$(PYTHON)" || { echo "releasio needs Python 3.11 or newer, and none was found on PATH." >&2; \
	  echo "Install one, or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$(PYTHON) is older than 3.11, or does not run." >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' || { \
	  echo "$(PYTHON) lacks venv or ensurepip; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)
	$(INSTALL) --upgrade "pip>=25.1" # the first that knows --group
	@touch $@

$(VENV)/.installed: $(VENV)/.python pyproject.toml
	$(INSTALL) --editable ".[api,rehearsal,attestations,templates]"
	@touch $@

$(VENV)/.test: $(VENV)/.installed tests/github/package-lock.json
	$(INSTALL) --group test
	$(BIN)/python -m tests.github.library
	@touch $@

$(VENV)/.lint: $(VENV)/.installed
	$(INSTALL) --group lint
	@touch $@

$(VENV)/.docs: $(VENV)/.installed
	$(INSTALL) --group docs
	@touch $@
