# make tutor   set up .venv where needed and open the tutor
# make test    set up and run the tests
# make check   everything CI runs: format, lint, types, import contracts, course lint, tests
# TORCH=cpu or TORCH=cuda chooses torch's build where pip sees both; the default is what pip prefers.

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
BIN := .venv/bin
TORCH ?=
CONSTRAINT := $(if $(TORCH),-c constraints/torch-$(TORCH).txt)
READY := .venv/.ready$(if $(TORCH),-$(TORCH))

.PHONY: tutor test quick check format lint types contracts course pictures schemas golden clean

tutor: $(READY)
	@$(BIN)/dl-tutor

$(READY): pyproject.toml
	@$(if $(TORCH),test -f constraints/torch-$(TORCH).txt || { echo "TORCH is cpu or cuda, not $(TORCH)." >&2; exit 2; })
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if (3, 11) <= v < (3, 14) else f"dl-tutor needs Python 3.11 to 3.13, not {v.major}.{v.minor}. Run: make $(MAKECMDGOALS) PYTHON=python3.11")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet $(CONSTRAINT) -e '.[dev]' \
	  || { $(if $(filter cpu,$(TORCH)),echo "pip sees no CPU build of torch in the tested range. Tell pip where PyTorch keeps its CPU builds (PIP_EXTRA_INDEX_URL; the address is on PyTorch's start page under CPU), then run this again." >&2;) exit 1; }
	@rm -f .venv/.ready*
	@touch $@

test: $(READY)
	$(BIN)/python -m pytest

quick: $(READY)
	$(BIN)/python -m pytest -m "not slow"

check: format lint types contracts course test

format: $(READY)
	$(BIN)/ruff format --check .

lint: $(READY)
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports

course: $(READY)
	$(BIN)/dl-tutor lint

pictures: $(READY)
	$(BIN)/python -m docs.pictures

schemas: $(READY)
	$(BIN)/python -m lessons.json_schema

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
