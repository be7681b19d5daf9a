"""SEC-50: whatever leaves as a file is a numbered copy, known to the journal before its first byte.

`RequeteTracee` calls `remettre` for every answer that is not a page: no view has to think of it, and none can avoid it.
"""

import hashlib
import json
import re
import uuid
from datetime import UTC
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.utils import timezone

from convention.requete import Requete
from documents.marque import marquer
from journal.models import Entree

PAGES = {"text/html", "application/json"}
ESPACE = uuid.UUID("6f0c2b0e-6a0b-4b52-9d2c-0d8c5f1f8a50")
_NOM = re.compile(r'filename="([^"]+?)(?:\.[a-z0-9]{1,5})?"')
_INTERDITS = re.compile(r"[^\w.:-]+", re.ASCII)


def est_une_remise(response: HttpResponse) -> bool:
    genre = response.headers.get("Content-Type", "text/html").partition(";")[0]
    return "Content-Disposition" in response.headers or genre not in PAGES


def remettre(request: Requete, response: HttpResponse) -> dict[str, Any]:
    """Number, hash and mark this copy; what the journal's entry says of it. Nothing for a page.

    A file of the vault leaves as it is: `documents.envoi.servir` says its hash (`empreinte`).
    """
    if request.method == "HEAD" or not est_une_remise(response):
        return {}
    reference = reference_de(request, response)
    cle = cle_de(request, reference)
    scellee: str = getattr(response, "empreinte", "")
    details = {
        "remise": reference,
        "exemplaire": exemplaire_suivant(reference, cle),
        "sha256": scellee or hashlib.sha256(response.content).hexdigest(),
        "remis_le": timezone.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    if not scellee:
        demandeur = request.acteur.cle if request.acteur else "visiteur"
        mention = " ".join(f"{nom}={valeur}" for nom, valeur in {**details, "a": demandeur}.items())
        response.content = marquer(response.content, response.headers["Content-Type"], mention)
    return details


def reference_de(request: Requete, response: HttpResponse) -> str:
    """Its name without extension, which is opaque (SEC-68); else the address that gave it."""
    nom = _NOM.search(response.headers.get("Content-Disposition", ""))
    vue = request.resolver_match.view_name if request.resolver_match else "sans-adresse"
    return _INTERDITS.sub("-", nom[1] if nom else vue)[:80]


def cle_de(request: Requete, reference: str) -> uuid.UUID:
    """What the journal files it under: the key of the address, or one that its reference alone decides."""
    donnee = request.resolver_match.kwargs.get("cle") if request.resolver_match else None
    return donnee or uuid.uuid5(ESPACE, reference)


def exemplaire_suivant(reference: str, cle: uuid.UUID) -> int:
    """One more than the last copy; of two readers at once, the second waits until the journal has the first."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 50))", [reference])
    remises = Entree.objects.filter(cle=cle, contenu__contains=f'"remise":"{reference}"')
    derniere = remises.order_by("-le", "-pk").values_list("contenu", flat=True).first()
    return int(json.loads(derniere)["details"]["exemplaire"]) + 1 if derniere else 1
