# make run · make test · make check · make bench
#
# Tests run in several processes, each file in one of them: some files start a server, or do things in turn.
# Each sets up what it needs first. A set-up is remembered by a stamp that names the lock file it was made from, so the
# second time is instant and needs no network.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Compiled modules are kept: the tests start many processes, and each would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

PORT ?= 8000
COUNCIL ?= cambridgeshire
# Debian's own Python first: it is built with every optimisation, others often are not and take half as long again. One that
# can make an environment goes before one that needs another package for it.
PYTHON ?= $(shell for needed in 'ensurepip, venv, ' ''; do \
	for python in /usr/bin/python3 python3 python3.11 python3.12 python3.13 python3.14; do \
	$$python -c "import $${needed}sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null && echo $$python && break 2; done; done)

PIP := bin/python -m pip -qq --disable-pip-version-check --no-input
LOCKED := install --require-hashes --no-build-isolation -r
ITSELF := install --no-deps --no-build-isolation --no-index -e .

# A stamp also names the folder, because an environment that was moved or copied no longer works.
stamp = $(1)/.set-up/$(2)-$(shell { pwd; cat $(3); } | sha256sum | cut -c 1-16)
ENVIRONMENT := $(call stamp,.venv,environment,requirements/build.txt requirements/run.txt)
RUN := $(call stamp,.venv,run,requirements/build.txt requirements/run.txt)
PROJECT := $(call stamp,.venv,project,pyproject.toml)
TEST := $(call stamp,.venv,test,requirements/test.txt)
SPARK := $(call stamp,.venv,spark,requirements/spark.txt)
COMPILED := $(call stamp,.venv,compiled,requirements/test.txt)
BENCH := $(call stamp,.venv-bench,bench,requirements/build.txt requirements/bench.txt pyproject.toml)

# Files in the order of their rooms, so that the slowest, of browsers, do not come last. As many processes as there are cores,
# for each database: while one waits for a browser, one of the other works.
AT_ONCE := -n $(shell nproc) --dist loadfile --no-loadscope-reorder

# What `make test` tries on PostgreSQL beside SQLite: the rooms of the service, and what collides or is killed; of the pages,
# which ask nothing of a database themselves, what is marked `on_both`; and a third as often what is drawn anew each time
# (tests/effort.py). Everything is tried there by `make test-postgresql`.
WITH_DATABASE := tests/service tests/browser/test_faults.py tests/cli/test_service.py \
	$(addprefix --ignore tests/service/,demonstration design questions uploads \
	access/test_every_route_declares_who_may_see_it.py)

# What the tests write lies in memory where there is room for it: a file is made there seven times as fast, and it all goes.
define write_in_memory
	room=$$(df -m --output=avail /dev/shm 2>/dev/null | tail -n 1); \
	if [ "$${room:-0}" -ge 4000 ]; then export TMPDIR=/dev/shm; fi; \
	export TMPDIR=$$(mktemp -d -t farthing-tests-XXXXXXXX); chmod 711 "$$TMPDIR"
endef

AS_ROOT := [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null
INSTALL := DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 install -y --no-install-recommends

.PHONY: help setup run test test-postgresql check bench docs snapshot wheel lock test-setup all-set-up java-setup spark-setup browser-setup postgres-setup

help:
	@echo "make run      set up and start the service with an invented council in it (PORT=8000)"
	@echo "make test     set up and run every test, in a real browser and on SQLite, and on PostgreSQL what turns on the database"
	@echo "make test-postgresql  run every test on PostgreSQL alone"
	@echo "make check    lint, types, import contracts and the house tests"
	@echo "make bench    measure, and write the table (ONLY=\"billing_sqlite\" for some)"
	@echo "make setup    set up only: .venv/bin/farthing"
	@echo "make docs     write the pages that are made from the law"
	@echo "make snapshot write anew what the invented people pay"
	@echo "make wheel    build dist/farthing-*.whl"
	@echo "make lock     resolve requirements/*.in again (UPGRADE=1 for newer versions)"

setup: $(RUN) $(PROJECT)

run: setup
	@FARTHING_COUNCIL=$(COUNCIL) .venv/bin/farthing service run --demonstration --port $(PORT)

# The service is tested twice, on SQLite and beside it on PostgreSQL: one waits while the other works.
test: all-set-up
	@$(write_in_memory); said="$$TMPDIR/said"; again=; \
	if { $(postgres_there); }; then \
		TRIES=fewer .venv/bin/python -m tests.postgres .venv/bin/python -m pytest -q $(AT_ONCE) $(WITH_DATABASE) \
			>"$$said" 2>&1 & again=$$!; \
	fi; \
	trap 'kill $$again 2>/dev/null || true; rm -rf "$$TMPDIR"' EXIT; failed=0; \
	.venv/bin/python -m pytest -q $(AT_ONCE) || failed=1; \
	if [ "$$again" ]; then \
		wait $$again || failed=1; echo "The service again, on PostgreSQL"; cat "$$said"; \
	fi; \
	exit $$failed

test-postgresql: all-set-up
	@$(write_in_memory); trap 'rm -rf "$$TMPDIR"' EXIT; \
	.venv/bin/python -m tests.postgres .venv/bin/python -m pytest -q $(AT_ONCE)

check: test-setup
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo
	@.venv/bin/python -m pytest -q $(AT_ONCE) tests/house
	@.venv/bin/farthing recheck examples

bench: $(BENCH)
	@.venv-bench/bin/python tests/bench/run.py $(if $(ONLY),--only $(ONLY) --write docs/benchmarks.md)

docs: setup
	@.venv/bin/python docs/generate.py

snapshot: test-setup
	@.venv/bin/python -m tests.house.test_snapshot --write

wheel: setup
	@.venv/$(PIP) wheel --no-deps --no-build-isolation --no-index --wheel-dir dist .
	@ls dist/*.whl

lock:
	@test -x .venv-lock/bin/uv || { $(PYTHON) -m venv .venv-lock && .venv-lock/$(PIP) install uv==0.13.9; }
	@for name in build run test spark bench; do \
		.venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
			--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade) \
			requirements/$$name.in --output-file requirements/$$name.txt; done

test-setup: setup $(TEST)

# What pip installs and what apt installs go beside each other, each one after another.
all-set-up:
	@$(MAKE) -j 2 test-setup spark-setup postgres-setup
	@$(MAKE) $(COMPILED)

$(ENVIRONMENT):
	$(call environment,.venv)
	@mkdir -p $(@D) && touch $@

$(RUN): $(ENVIRONMENT)
	@echo "Installing what Farthing needs"
	@.venv/$(PIP) $(LOCKED) requirements/build.txt
	@.venv/$(PIP) $(LOCKED) requirements/run.txt
	@touch $@

$(PROJECT): $(RUN)
	@.venv/$(PIP) $(ITSELF)
	@rm -f $(@D)/project-* && touch $@

$(TEST): $(RUN) | $(PROJECT)
	@echo "Installing what its tests need"
	@rm -f $(@D)/test-* $(@D)/spark-* $(@D)/compiled-*
	@.venv/$(PIP) $(LOCKED) requirements/test.txt
	@touch $@

# Once, not in every process of a run. What cannot be collected is said by the run itself.
$(COMPILED): $(TEST)
	@.venv/bin/python -m pytest -q --collect-only >/dev/null || true
	@touch $@

$(SPARK): $(TEST)
	@echo "Installing Spark (about 450 MB)"
	@rm -f $(@D)/spark-*
	@.venv/$(PIP) $(LOCKED) requirements/spark.txt
	@touch $@

$(BENCH):
	$(call environment,.venv-bench)
	@echo "Installing what the benchmarks measure against"
	@.venv-bench/$(PIP) $(LOCKED) requirements/build.txt
	@.venv-bench/$(PIP) $(LOCKED) requirements/bench.txt
	@.venv-bench/$(PIP) $(ITSELF)
	@mkdir -p $(@D) && touch $@

# Spark runs on Java 17 or newer. Without it the Spark test is left out, and that is said.
define java_there
java_there() { "$${JAVA_HOME:+$$JAVA_HOME/bin/}java" -version 2>&1 | grep -qE 'version "(1[7-9]|[2-9][0-9])'; }
endef

java-setup: | $(ENVIRONMENT)
	@$(java_there); \
	if ! java_there && $(AS_ROOT); then \
		echo "Installing Java for the Spark test"; \
		apt-get -qq update || true; \
		for package in default-jre-headless openjdk-21-jre-headless openjdk-17-jre-headless; do \
			$(INSTALL) $$package >/dev/null || true; \
			if java_there; then break; fi; \
		done; \
	fi

spark-setup: java-setup | test-setup
	@$(java_there); \
	if java_there; then $(MAKE) -s $(SPARK); \
	else echo "Left out: the Spark test, because there is no Java 17 or newer (sudo apt-get install default-jre-headless)."; fi

# The browser tests need Chromium, with its windows or without; the second half of the tests needs PostgreSQL.
browser_there = command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null
postgres_there = ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null

browser-setup: | java-setup
	@if ! { $(browser_there); } && $(AS_ROOT); then \
		echo "Installing Chromium for the browser tests"; \
		apt-get -qq update || true; \
		$(INSTALL) chromium-headless-shell fonts-liberation >/dev/null 2>&1 || $(INSTALL) chromium fonts-liberation >/dev/null || true; \
	fi; \
	{ $(browser_there); } || \
		echo "Left out: the browser tests, because there is no Chromium (sudo apt-get install chromium-headless-shell)."

postgres-setup: | browser-setup
	@if ! { $(postgres_there); } && $(AS_ROOT); then \
		echo "Installing PostgreSQL for the tests of the service"; \
		apt-get -qq update || true; $(INSTALL) postgresql >/dev/null || true; \
	fi; \
	{ $(postgres_there); } || echo "Left out: the tests on PostgreSQL, because it is not installed (sudo apt-get install postgresql)."

# A new virtual environment. Debian and Ubuntu leave out a part of Python that this needs.
define environment
	@if [ -z "$(PYTHON)" ]; then \
		echo "Farthing needs Python 3.11 or newer: sudo apt-get install python3.11 python3.11-venv" >&2; exit 1; \
	fi; \
	needed="$$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"; \
	if ! $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; then \
		if $(AS_ROOT); then \
			echo "Installing $$needed"; apt-get -qq update || true; $(INSTALL) $$needed >/dev/null; \
		else \
			echo "Python cannot make a virtual environment here: sudo apt-get install $$needed" >&2; exit 1; \
		fi; \
	fi; \
	$(PYTHON) -m venv --clear $(1)
endef
