"""What a service of the circuit is told: that something awaits and until when, then that nothing does any more."""

from collections.abc import Iterable, Mapping
from typing import Any

from dossiers.models import Dossier, Exclusion, Participation
from dossiers.models.participation import Part
from notifications.avis import prevenir
from notifications.boite_envoi import publier
from presentation.temps import date_fr, heure_fr
from requisitions.notifications import gens, prevenir_de
from requisitions.types_acte import type_acte

SUJET = "requisition.circuit"
PLUS_RIEN = "La demande s’arrête, vous n’avez plus rien à prévoir"
CHANGE = "La demande va à un autre service, vous n’avez plus rien à prévoir"


def avertis(dossier: Dossier) -> list[str]:
    """The services told ahead, to which nothing is entrusted."""
    parts = Participation.objects.vivantes().filter(content_object=dossier, role=Part.Role.AVERTI)
    return list(parts.order_by("pk").values_list("group__service__code", flat=True))


def annoncer_a_prevoir(*, dossier: Dossier, codes: Iterable[str]) -> None:
    _publier(dossier, list(codes), "")


def annoncer_la_fin(*, dossier: Dossier, codes: Iterable[str], mots: str = PLUS_RIEN) -> None:
    _publier(dossier, list(codes), mots)


def _publier(dossier: Dossier, codes: list[str], fin: str) -> None:
    if codes:
        cle = f"circuit:{dossier.pk}:{dossier.version}:{'fin' if fin else 'debut'}"
        publier(SUJET, cle_unique=cle, charge={"dossier": dossier.pk, "codes": codes, "fin": fin, "cle": cle})


def prevenir_le_circuit(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.circuit`: idempotent, without a name nor a ground. A notice of the end leads home."""
    dossier = Dossier.objects.get(pk=charge["dossier"])
    ecartes = Exclusion.objects.filter(dossier=dossier).values("utilisateur")
    personnes = gens(*charge["codes"]).exclude(pk__in=ecartes)
    if charge["fin"]:
        texte = f"{charge['fin']} : {dossier.reference}"
        prevenir(
            personnes.order_by("pk"),
            cle_unique=charge["cle"],
            texte=texte,
            adresse="/",
            reference=dossier.reference or "",
        )
        return
    prevenir_de(personnes, dossier, charge["cle"], a_prevoir(dossier))


def a_prevoir(dossier: Dossier) -> str:
    """What awaits, and until when, in the words of its own list."""
    due = dossier.echeances.filter(nom="reponse", tenue_le=None).first()
    quand = f", pour le {date_fr(due.echeance_le)} à {heure_fr(due.echeance_le)}" if due else ""
    return f"{type_acte(dossier.variante).ligne_executant}{quand}"


TRAITEMENTS = {SUJET: prevenir_le_circuit}
