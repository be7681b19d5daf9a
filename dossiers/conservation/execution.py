"""What the worker does of an approved decision, in one transaction a case: all of it, or nothing and again later."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from convention import quatre_yeux
from convention.acteur import Acteur, acteur_de
from dossiers.conservation.avertissements import destruction_refusee
from dossiers.conservation.bordereau import etablir
from dossiers.conservation.effacement import effacer_contenu
from dossiers.conservation.examen import examiner
from dossiers.conservation.gels import est_gele
from dossiers.conservation.verbes import Acte, contenu_de, nom_d_acte
from dossiers.models import Conservation, DecisionConservation, Dossier
from dossiers.models.dossier import Phase
from dossiers.suivi import relater
from journal.carnet import noter

LIBELLES = {
    Acte.GELER: "Attente légale\u00a0: rien de ce dossier ne sera détruit",
    Acte.LEVER: "Fin de l’attente légale",
    Acte.PROLONGER: "Conservation prolongée",
}
EMPECHEMENTS = {
    "attente_legale": "il est en attente légale",
    "dossier_rouvert": "il a été rouvert",
    "echeance_changee": "son échéance a changé",
    "contenu_change": "son contenu a changé",
}


@transaction.atomic
def executer(charge: Mapping[str, Any]) -> None:
    """Carry out `conservation.executer`: use the approval, once, and change the case."""
    decision = DecisionConservation.objects.select_related("suivi").get(pk=charge["decision"])
    acteur = acteur_de(User.objects.get(pk=charge["par"]))
    if decision.suivi is None or decision.suivi.detruit_le:
        return
    dossier = Dossier.objects.select_for_update().get(pk=decision.suivi.dossier_id)
    if not quatre_yeux.approuvee(nom_d_acte(decision.acte), decision.cle, contenu_de(decision.cle)):
        noter("appliquer_decision", acteur=acteur, objet="conservation", cle=dossier.cle, resultat="refuse")
        return
    if decision.acte == Acte.DETRUIRE:
        detruire(dossier=dossier, decision=decision, acteur=acteur)
        return
    if decision.acte == Acte.PROLONGER:
        jusqu_au = date.fromisoformat(decision.contenu["prolonge_au"])
        Conservation.objects.filter(pk=decision.suivi.pk).update(prolonge_au=jusqu_au)
    relater(dossier=dossier, nom=decision.acte, libelle=LIBELLES[Acte(decision.acte)], acteur=acteur)
    examiner(dossier.pk)


@transaction.atomic
def detruire(*, dossier: Dossier, decision: DecisionConservation, acteur: Acteur) -> bool:
    """Destroy everything but the stub, if nothing changed since the list was drawn; else say why and propose anew."""
    registre = Conservation.objects.select_for_update(of=("self",)).select_related("regle")
    suivi = registre.get(dossier=dossier)
    if raison := _empechement(dossier, suivi, decision):
        suivi.propose, suivi.prochaine = None, timezone.localdate()
        suivi.save(update_fields=["propose", "prochaine"])
        destruction_refusee(suivi, EMPECHEMENTS[raison])
        noter("detruire", acteur=acteur, objet=dossier.nature.lower(), cle=dossier.cle, resultat="refuse", motif=raison)
        return False
    # The database lets a sealed case go only when it reads there that two persons approved it (dossiers/sceau.py).
    suivi.detruit_le, suivi.detruit_par_id, suivi.prochaine = timezone.now(), acteur.utilisateur_id, None
    suivi.save(update_fields=["detruit_le", "detruit_par", "prochaine"])
    comptes = effacer_contenu(dossier)
    details = {"regle": str(suivi.regle), "bordereau": suivi.bordereau["empreinte"], "decision": decision.cle}
    noter(
        "detruire",
        acteur=acteur,
        objet=dossier.nature.lower(),
        cle=dossier.cle,
        motif="fin_de_conservation",
        details={**details, "lignes": sum(comptes.values())},
    )
    return True


def _empechement(dossier: Dossier, suivi: Conservation, decision: DecisionConservation) -> str:
    """Asked again at the last moment, under the lock: hold, state, dates, and the list itself."""
    if est_gele(dossier):
        return "attente_legale"
    if suivi.detruit_le or dossier.phase != Phase.ARCHIVE:
        return "dossier_rouvert"
    if suivi.propose is None or suivi.echeance is None or suivi.echeance > timezone.localdate():
        return "echeance_changee"
    if etablir(dossier, suivi)["empreinte"] != decision.contenu["bordereau"]:
        return "contenu_change"
    return ""
