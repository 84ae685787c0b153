.SILENT:
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory --no-builtin-rules

PORT ?= 8000
WORKERS ?= auto
VENV := .venv
PYTHON_HERE := $(VENV)/bin/python
READY_TO_RUN := $(VENV)/installed-local
READY_TO_TEST := $(VENV)/installed-dev
EMULATOR := .emulator
READY_TO_EMULATE := $(EMULATOR)/installed
CHECKS := check-format check-lint check-types check-templates check-house check-template check-packages

export PYTHONUTF8 := 1

.PHONY: help run test check bench package deploy rotate parked person office-keys officers texts fmt shots clean $(CHECKS)

help:
	echo "make run [PORT=8000]    start the portal with example data on 127.0.0.1"
	echo "make test [ARGS=...]    run every test; ARGS go to pytest"
	echo "make check              format, lint, types, templates, tests of the house, known holes in packages"
	echo "make bench [ARGS=...]   what each path, job, cold start and journey costs; ARGS='--pairs 50' measures longer"
	echo "make package            template and zip of the functions, in build/package"
	echo "make deploy STAGE=prod  deploy the package to AWS, or where AWS_ENDPOINT_URL leads"
	echo "make texts              bring the catalogues up to date with templates and code, and compile them"
	echo "make fmt                format the code"
	echo "make shots              take the pictures of the README anew"
	echo "make clean              remove the virtual environment and everything else that was made"

# The running Python is missing from a virtual environment that was moved or whose interpreter was removed.
ifneq ($(shell $(PYTHON_HERE) -c 'print(1)' 2>/dev/null),1)
.PHONY: $(READY_TO_RUN) $(READY_TO_TEST)
endif

$(READY_TO_RUN): requirements-local.txt requirements.txt
	tools/install-into-venv $< $@

$(READY_TO_TEST): requirements-dev.txt requirements-local.txt requirements.txt
	tools/install-into-venv $< $@
	touch $(READY_TO_RUN)

# The emulator pins another botocore than ours, so it has an environment of its own; it runs the zip on its own Python.
$(READY_TO_EMULATE): requirements-emulator.txt | $(READY_TO_TEST)
	PYTHON=$(abspath $(PYTHON_HERE)) tools/install-into-venv $< $@

run: $(READY_TO_RUN)
	exec $(PYTHON_HERE) -m local.run --port $(PORT)

test: $(READY_TO_TEST) $(READY_TO_EMULATE)
	$(PYTHON_HERE) -m tools.browser
	$(PYTHON_HERE) -m pytest -n $(WORKERS) --dist loadgroup $(ARGS)

check: $(READY_TO_TEST)
	$(MAKE) -k $(CHECKS)

check-format: $(READY_TO_TEST)
	$(PYTHON_HERE) -m ruff format --check .

check-lint: $(READY_TO_TEST)
	$(PYTHON_HERE) -m ruff check .

check-types: $(READY_TO_TEST)
	$(PYTHON_HERE) -m mypy

check-templates: $(READY_TO_TEST)
	$(PYTHON_HERE) -m djlint templates --lint --quiet

check-house: $(READY_TO_TEST)
	$(PYTHON_HERE) -m pytest -q $(wildcard tests/test_*.py)

check-template: package
	$(PYTHON_HERE) -m infra.check

check-packages: $(READY_TO_TEST)
	$(PYTHON_HERE) -m tools.audit requirements.txt

package: $(READY_TO_TEST)
	$(PYTHON_HERE) -m infra.package

deploy: package
	$(PYTHON_HERE) -m infra.deploy $(STAGE)

# For operators: docs/operations.md says when. STAGE as for deploy.
ON_STAGE = TABLE_PREFIX=madoguchi-$(STAGE) SECRETS_PATH=/madoguchi-$(STAGE) $(PYTHON_HERE) -m

rotate: $(READY_TO_TEST)
	$(PYTHON_HERE) -m infra.keys $(STAGE) $(or $(STEP),add) $(if $(KEYS),--keys $(KEYS))

parked: $(READY_TO_TEST)
	$(ON_STAGE) infra.parked $(ARGS)

person: $(READY_TO_TEST)
	$(ON_STAGE) infra.person $(ADDRESS) $(ARGS)

office-keys: $(READY_TO_TEST)
	$(ON_STAGE) infra.office_keys $(ARGS)

officers: $(READY_TO_TEST)
	$(ON_STAGE) infra.officers $(ARGS)

bench: $(READY_TO_TEST)
	$(PYTHON_HERE) -m bench $(ARGS)

texts: $(READY_TO_TEST)
	$(PYTHON_HERE) -m tools.texts

fmt: $(READY_TO_TEST)
	$(PYTHON_HERE) -m ruff format .
	$(PYTHON_HERE) -m ruff check --fix-only --quiet .

shots: $(READY_TO_TEST)
	$(PYTHON_HERE) -m tools.browser
	$(PYTHON_HERE) -m tools.shots

clean:
	rm -rf $(VENV) $(EMULATOR) build artefacts .hypothesis .mypy_cache .pytest_cache .ruff_cache .coverage .coverage.* htmlcov .chalice/deployments
	find . -name '*.mo' -delete
	find . -name __pycache__ -prune -exec rm -rf {} +
