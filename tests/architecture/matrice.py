"""`python -m tests.architecture.matrice` rewrites docs/matrice-urls.md and docs/etats/ by running their tests."""

import os
import sys

ESSAIS = ["-m", "lanceur.essais", "tests/architecture/test_documents_generes.py", "-n0", "-q"]

if __name__ == "__main__":
    os.execve(sys.executable, [sys.executable, *ESSAIS], os.environ | {"TDU_REGENERER": "1"})  # noqa: S606  # our own command
