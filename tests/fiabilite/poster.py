"""A client that posts forms to the real server and keeps count of what it was answered."""

import http.client
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.utils import timezone

from tests.distribution import Distribution
from tests.serveur import Serveur

JETON = "j" * 32
ADRESSE = "/detenus/extraction/"


def demande(distribution: Distribution) -> dict[str, object]:
    """A demand that every control accepts: no document is drawn, so that the server is what is measured."""
    debut = timezone.localtime() + timedelta(days=2)
    moment = "%Y-%m-%dT%H:%M"
    return {
        "etablissement": distribution.service("MA-GREFFE").pk,
        "genre": "H",
        "age": 41,
        "service_accueil": distribution.service("CHV-IMA").pk,
        "motif_acte": "IMAGERIE",
        "consignes": "À jeun.",
        "creneau_debut": debut.strftime(moment),
        "creneau_fin": (debut + timedelta(hours=1)).strftime(moment),
        "acces": "LATERALE",
    }


def poster(serveur: Serveur, session: str, cle: UUID, champs: Mapping[str, object]) -> int:
    """Status of the answer; 0 when none came whole."""
    corps = urlencode({"csrfmiddlewaretoken": JETON, "demande_cle": cle, **champs})
    entetes = {
        "Cookie": f"tdu_session={session}; csrftoken={JETON}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Connection": "close",
    }
    liaison = http.client.HTTPConnection("127.0.0.1", serveur.port, timeout=60)
    try:
        liaison.request("POST", ADRESSE, corps, entetes)
        reponse = liaison.getresponse()
        reponse.read()
        return reponse.status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        liaison.close()
