# `make serve` and `make test` are all that a fresh machine needs: Python 3.11 and make.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
# Without the second every worker of the tests compiles all modules anew, each time.
unexport PYTHONPATH PYTHONDONTWRITEBYTECODE

.PHONY: install test-tools serve test test-servers check audit faults bench screenshots lock clean

# Compiles the packages with every core, where pip uses one; without what nothing here imports, or
# little of it: that is half. It ends with an error because some hold templates that are no Python.
UNUSED := kubernetes|tests|mypy|networkx|pip|pygments|setuptools|torch/(_inductor|testing)|transformers/models
COMPILE = $(BIN)/python -m compileall -qq -j 0 -x '/($(UNUSED))/' $(VENV)/lib

install: $(VENV)/.installed
	@$(BIN)/routewijzer setup --model-only

$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 of nieuwer is nodig; geef het pad met: make PYTHON=/pad/naar/python3.11" >&2; exit 2; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) \
	  || { echo "Een virtuele omgeving maken lukt niet; op Debian: apt-get install python3-venv" >&2; exit 2; }
	@echo "Pakketten installeren in $(VENV) (de eerste keer enkele minuten)…"
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-compile --requirement requirements.lock
	@$(COMPILE) || true
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

serve: install
	@$(BIN)/routewijzer setup
	@$(BIN)/routewijzer serve --host $(HOST) --port $(PORT)

# What some tests compare with or recognise scans with. Without it they are skipped, and say so.
TEST_TOOLS := poppler-utils ocrmypdf tesseract-ocr-nld debian-faq-nl chromium redis-server postgresql
APT := timeout 300 apt-get -qq -o Acquire::Retries=0 -o Acquire::http::Timeout=10
test-tools:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && ! dpkg -s $(TEST_TOOLS) >/dev/null 2>&1; then \
	  echo "Hulpmiddelen voor de tests installeren…"; \
	  { $(APT) update && DEBIAN_FRONTEND=noninteractive $(APT) install -y --no-install-recommends $(TEST_TOOLS); } >/dev/null 2>&1 \
	    || echo "Dat lukt niet; de tests die ze nodig hebben worden overgeslagen."; \
	fi

# A file stays with one worker: its tests share what is costly to make. Files go in the order in
# which they are collected, the slow ones first (tests/conftest.py).
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder
# The second run has tests of the corpus and of the chat once more, on PostgreSQL and a Chroma server:
# those that read and write most. `make test-servers` and `make check` run all of them so.
ON_SERVERS := $(PYTEST) --shape server
MOST_STORED := $(addprefix tests/corpus/test_,$(addsuffix .py,editions library ledger registry job_queue questions_log originals)) \
  $(addprefix tests/web/test_,$(addsuffix .py,api pages conversation sharing))
test: install test-tools
	@$(PYTEST)
	@$(ON_SERVERS) $(MOST_STORED)

test-servers: install test-tools
	@$(ON_SERVERS) tests/corpus tests/assistant tests/web

check: install test-tools
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(MAKE) --no-print-directory audit
	@$(PYTEST)
	@$(MAKE) --no-print-directory test-servers

# Whether a vulnerability is known in a package of requirements.lock. It says so when nobody knows.
audit: install
	@$(BIN)/python -m tests.audit

# What breaks on purpose, and how many seconds it takes until all is well again.
faults: install test-tools
	@mkdir -p eval/results
	@$(PYTEST) -m fault --no-header -q > eval/results/faults.txt; ended=$$?; cat eval/results/faults.txt; exit $$ended

# The one table comes last; the others go to eval/results. With 100000 in it, search is measured at
# that size, too: that takes a quarter of an hour.
BENCH_PASSAGES ?= 200 10000
BENCH_SOAK_MINUTES ?= 10

bench: install
	@echo "Meten duurt naar schatting een uur; laat de computer zolang met rust."
	@mkdir -p eval/results
	@$(BIN)/python -m eval.bench.documents > eval/results/bench-documents.txt
	@$(BIN)/python -m eval.bench.retrieval --sizes $(BENCH_PASSAGES) > eval/results/bench-retrieval.txt
	@$(BIN)/python -m eval.bench.browsing > /dev/null
	@$(BIN)/python -m eval.bench.load > /dev/null
	@$(BIN)/python -m eval.bench.soak --minutes $(BENCH_SOAK_MINUTES) > /dev/null
	@$(BIN)/python -m eval.bench

# Every page as it looks now, in docs/screenshots.
screenshots: install test-tools
	@$(BIN)/python -m tests.browser.screenshots

# Renew the lock file from pyproject.toml. The build tag of torch is dropped: it names one index.
lock: install
	@$(BIN)/pip-compile --quiet --all-extras --strip-extras --no-header --no-emit-options \
	  --no-emit-find-links --no-emit-index-url --output-file requirements.lock pyproject.toml
	@sed -i 's/^torch==\([0-9.]*\)+.*/torch==\1/' requirements.lock

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
