"""The counters of a suite: kept in reports/<suite>.json and printed at the end of `make test`."""

import json
from pathlib import Path

DOSSIER = Path(__file__).resolve().parents[1] / "reports"


def consigner(suite: str, **compteurs: int) -> None:
    """Keep what a suite counted; the test itself asserts its floor."""
    DOSSIER.mkdir(exist_ok=True)
    texte = json.dumps(compteurs, ensure_ascii=False, indent=2, sort_keys=True)
    (DOSSIER / f"{suite}.json").write_text(f"{texte}\n", encoding="utf-8")


def lignes() -> list[str]:
    """One line a suite, for the end of the run."""
    return [
        f"{fichier.stem}: " + ", ".join(f"{nom} {valeur}" for nom, valeur in json.loads(fichier.read_text()).items())
        for fichier in sorted(DOSSIER.glob("*.json"))
    ]
