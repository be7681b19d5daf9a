"""The canonical hash of a content. Apart from `render`, so that hashing never loads the PDF engine."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def empreinte(contenu: Mapping[str, Any]) -> str:
    """SHA-256 of canonical JSON: the same content gives the same hash, whatever the order of its keys."""
    texte = json.dumps(contenu, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(texte.encode()).hexdigest()
