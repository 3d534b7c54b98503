# make tutor   set up .venv where needed and open the tutor
# make test    set up and run the tests, but for those that take long
# make check   everything CI runs: format, lint, types, import contracts, course lint, all tests
# make fix     format, and mend what ruff can mend
# make release VERSION=1.2.3   says what it would do; with CONFIRM=yes it does it
# TORCH=cpu or TORCH=cuda chooses torch's build where pip sees both; the default is what pip prefers.

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || echo python3)
BIN := .venv/bin
TORCH ?=
INSTALLED := .venv/.installed$(TORCH)
READY := .venv/.ready$(TORCH)

.PHONY: tutor test slow gpu compiled check fix format lint types contracts course record numbers fuzz bench fairness pictures diagnosis schemas dist release clean

tutor: $(INSTALLED)
	@$(BIN)/dl-tutor

# What a learner needs.
$(INSTALLED): pyproject.toml
	@constraints/install.sh "$(PYTHON)" '.[kernels]' $(TORCH)
	@rm -f .venv/.installed* .venv/.ready*
	@touch $@

# What working on it needs besides.
$(READY): $(INSTALLED)
	@constraints/install.sh "$(PYTHON)" '.[dev]' $(TORCH)
	@touch $@

test: $(READY)
	$(BIN)/python -m pytest -m "not slow and not gpu" --durations 15
	TRITON_INTERPRET=1 $(BIN)/python -m pytest -m "not slow" tests/kernels/interpreted

slow: $(READY)
	$(BIN)/python -m pytest -m slow --durations 15
	TRITON_INTERPRET=1 $(BIN)/python -m pytest -m slow tests/kernels/interpreted

check: format lint types contracts course test slow

format: $(READY)
	$(BIN)/ruff format --check .

fix: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lint: $(READY)
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports

# make course AGAIN=8 proves one in eight again of what was proved before; each has its day.
AGAIN ?=
course: $(READY)
	$(BIN)/dl-tutor lint $(if $(AGAIN),--again $(AGAIN))
	$(BIN)/dl-tutor lint --mutants

# What the course's exercises and demos were proved to be, kept for other machines in lessons/units/proofs.json.
record: $(READY)
	$(BIN)/dl-tutor lint --record
	$(BIN)/dl-tutor lint --mutants

# make numbers UNIT=1: the numbers of a unit, stated and measured; all units without UNIT.
numbers: $(READY)
	@$(BIN)/dl-tutor numbers $(UNIT)

# make fuzz FRAMES=1000000: as many frames of garbage for the decoder; CI has 20,000.
FRAMES ?= 1000000
fuzz: $(READY)
	FRAMES=$(FRAMES) $(BIN)/python -m pytest tests/grader/protocol/test_fuzz.py -n 0

# How long a verdict takes, beside a fresh Python; how quick the screen is, beside the smallest Textual app; and what it
# costs to log and to draw; what models get right of the data sets; how long a large class takes on how many machines.
bench: $(READY)
	$(BIN)/python -m benchmarks.grader
	$(BIN)/python -m benchmarks.screen
	$(BIN)/python -m benchmarks.live
	$(BIN)/python -m benchmarks.data
	$(BIN)/python -m benchmarks.scale
	$(BIN)/python -P -m kernels.bench --quick

# What right answers in other styles, and wrong ones that the course does not list, are told.
fairness: $(READY)
	$(BIN)/python -m benchmarks.fairness

# What needs an NVIDIA GPU, in eight minutes: kernels are compiled, checked, and timed beside PyTorch's. It takes what
# there is, torch, Triton and pytest, and installs nothing; $$OUT is where kernels.csv and kernels.md go.
gpu:
	$(if $(wildcard $(BIN)/python),$(BIN)/python,$(PYTHON)) -P -m kernels.bench.gpu

# What the kernels become on GPUs that are not here; the slow tests hold the next change against these figures.
compiled: $(READY)
	$(BIN)/python -P -m kernels.compile --target sm_80 --keep tests/kernels/compile/figures
	$(BIN)/python -P -m kernels.compile --target sm_90 --keep tests/kernels/compile/figures

pictures: $(READY)
	$(BIN)/python -m docs.pictures

diagnosis: $(READY)
	$(BIN)/python -P -m grader.judge.findings > docs/diagnosis.md

schemas: $(READY)
	$(BIN)/python -P -m lessons.schema.json_schema
	$(BIN)/python -P -m grader.command.json_schema

# The source archive and the wheel, in dist/.
dist: $(READY)
	rm -rf dist
	$(BIN)/python -m build

release: $(READY)
	@$(BIN)/python constraints/release.py "$(VERSION)" $(if $(filter yes,$(CONFIRM)),--confirm)

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
