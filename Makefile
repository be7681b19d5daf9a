# Every target works from a fresh clone with python3 (3.11 to 3.13), its venv module, git and make.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/pip install -qq --require-hashes
ESSAIS := $(BIN)/python -m lanceur.essais
VERROU := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-annotate --custom-compile-command make-lock pyproject.toml
DEMO_PRET := $(VENV)/.demo-installe
DEV_PRET := $(VENV)/.dev-installe

export PYTHONUNBUFFERED := 1
.DEFAULT_GOAL := help
.PHONY: help demo run test check fix bench lock sbom

help: ## Montre cette aide
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sort | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

demo: $(DEMO_PRET) ## Démonstration complète sur http://127.0.0.1:8000 (PORT=, DOSSIERS=, GRAINE=)
	@exec $(BIN)/python -m lanceur.demo

run: $(DEMO_PRET) ## Comme demo, sans dossiers fictifs, et relu à chaque modification
	@exec $(BIN)/python -m lanceur.demo --sans-dossiers

test: $(DEV_PRET) ## Tous les essais (ARGS="tests/dossiers -x")
	@exec $(ESSAIS) $(ARGS)

check: $(DEV_PRET) ## Style, gabarits, types, étages, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@find templates -name '*.html' -print0 | xargs -0 -r $(BIN)/djade --target-version 5.2 --check
	$(BIN)/lint-imports
	$(ESSAIS) -m mypy .
	$(ESSAIS) manage.py makemigrations --check --dry-run

fix: $(DEV_PRET) ## Corrige le style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	@find templates -name '*.html' -print0 | xargs -0 -r $(BIN)/djade --target-version 5.2

bench: $(DEV_PRET) ## Mesures de performance (ARGS=)
	@exec $(ESSAIS) -m bench $(ARGS)

lock: $(DEV_PRET) ## Recompile requirements/ d’après pyproject.toml
	$(VERROU) --output-file requirements/base.txt
	$(VERROU) --group demo --constraints requirements/base.txt --output-file requirements/demo.txt
	$(VERROU) --group dev --constraints requirements/base.txt --output-file requirements/dev.txt
	! grep -nE 'https?://' requirements/*.txt

sbom: $(DEV_PRET) ## Nomenclature CycloneDX des paquets livrés, dans reports/nomenclature/
	@mkdir -p reports/nomenclature
	@$(BIN)/cyclonedx-py requirements requirements/base.txt --pyproject pyproject.toml --output-reproducible \
		--output-file reports/nomenclature/paquets.cdx.json

# A present pip says that the environment is whole: an interrupted creation is done again.
$(BIN)/pip:
	@$(PYTHON) -m lanceur.systeme
	@echo "• Environnement Python"
	@$(PYTHON) -m venv $(VENV)

$(DEMO_PRET): requirements/demo.txt | $(BIN)/pip
	@echo "• Dépendances de la démonstration (une minute ou deux la première fois)"
	@$(PIP) -r $<
	@touch $@

# The development lock contains the demonstration's.
$(DEV_PRET): requirements/dev.txt | $(BIN)/pip
	@echo "• Dépendances de développement (quelques minutes la première fois)"
	@$(PIP) -r $<
	@touch $(DEMO_PRET) $@
