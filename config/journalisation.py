"""What the product says of itself in its logs: JSON, UTC, an allow-list of facts, never a value.

A log is read by people who have no right to a case. So no interpolated message, no address, no body, no cookie, no
exception text: the template of the message, opaque ids, the name of the view, and where in the code an error arose.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

RACINE = Path(__file__).resolve().parents[1]
NOTRES = frozenset(chemin.parent.name for chemin in RACINE.glob("*/__init__.py"))
PROFONDEUR = 30


class FormatSobre(logging.Formatter):
    """One JSON object a line: a line break in a value cannot forge a second line."""

    def format(self, record: logging.LogRecord) -> str:
        ligne: dict[str, Any] = {
            "quand": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "niveau": record.levelname,
            "source": record.name,
            "ou": f"{_endroit(record.pathname)}:{record.lineno}",
            "message": modele(record),
            **_valeurs(record),
            **_requete(record),
        }
        if record.exc_info and record.exc_info[1] is not None:
            ligne["erreur"] = erreur(record.exc_info[1])
        return json.dumps({nom: valeur for nom, valeur in ligne.items() if valeur not in (None, "", [])})


def modele(record: logging.LogRecord) -> str:
    """The message before its values. Without arguments, it may already hold some: kept for our own code only."""
    if not isinstance(record.msg, str):
        return ""
    interne = record.name.split(".")[0] in NOTRES
    return record.msg if record.args or interne else ""


def _valeurs(record: logging.LogRecord) -> dict[str, Any]:
    """Numbers and opaque ids among the arguments; a text never."""
    if not isinstance(record.args, tuple):
        return {}
    permises = [str(valeur) for valeur in record.args if isinstance(valeur, int | float | UUID)]
    return {"valeurs": permises} if permises else {}


def _requete(record: logging.LogRecord) -> dict[str, Any]:
    """The view and the status; not the path, which a visitor writes."""
    requete = getattr(record, "request", None)
    resolu = getattr(requete, "resolver_match", None)
    statut = getattr(record, "status_code", None)
    return {
        "methode": getattr(requete, "method", None) if resolu else None,
        "vue": getattr(resolu, "view_name", None),
        "statut": statut if isinstance(statut, int) else None,
    }


def erreur(exception: BaseException) -> list[dict[str, Any]]:
    """The chain of causes: type, place of each frame, PostgreSQL's code and constraint. Neither text nor locals."""
    chaine: list[dict[str, Any]] = []
    courante: BaseException | None = exception
    while courante is not None and len(chaine) < PROFONDEUR:
        cadres = traceback.extract_tb(courante.__traceback__)[-PROFONDEUR:]
        diagnostic = getattr(courante, "diag", None)
        chaine.append(
            {
                "type": f"{type(courante).__module__}.{type(courante).__qualname__}",
                "sqlstate": getattr(courante, "sqlstate", None),
                "contrainte": getattr(diagnostic, "constraint_name", None),
                "cadres": [f"{_endroit(cadre.filename)}:{cadre.lineno} {cadre.name}" for cadre in cadres],
            }
        )
        courante = courante.__cause__ or courante.__context__
    return chaine


def _endroit(chemin: str) -> str:
    """From our root or from the package: a machine's folders are nobody's business."""
    chemin_ = Path(chemin)
    if chemin_.is_relative_to(RACINE) and ".venv" not in chemin_.parts:
        return chemin_.relative_to(RACINE).as_posix()
    return "/".join(chemin_.parts[-2:])


def reglages(niveau: str = "INFO") -> dict[str, Any]:
    """For Django's LOGGING: everything goes through the one handler, nothing is mailed."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"sobre": {"()": "config.journalisation.FormatSobre"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "sobre"}},
        "root": {"handlers": ["console"], "level": niveau},
        "loggers": {
            "django": {"handlers": [], "level": niveau, "propagate": True},
            "django.server": {"handlers": [], "level": niveau, "propagate": True},
            "pikepdf": {"level": "WARNING"},
            "weasyprint": {"level": "ERROR"},
            "fontTools": {"level": "ERROR"},
        },
    }
