"""A case type of the tests: the kernel is tried without any case app."""

import pytest

from convention.acteur import Acteur
from convention.models import Service
from dossiers import registre
from dossiers.models import Dossier
from dossiers.models.participation import Part
from dossiers.ouverture import numeroter, ouvrir
from dossiers.participations import Octroi, accorder
from dossiers.suivi import consigner, verrouiller
from transitions.verdict import OUI, Verdict, non
from transitions.workflow import Etat, Transition, Workflow

ETATS = (
    Etat("BROUILLON", "Brouillon", "mute", "pencil", "brouillon"),
    Etat("TRANSMIS", "Transmis", "info", "send", "en_cours"),
    Etat("CLOS", "Clos", "ok", "check", "clos"),
)


def peut_clore(dossier: Dossier, acteur: Acteur) -> Verdict:
    return OUI if dossier.cree_par_id == acteur.utilisateur_id else non("Seul l’auteur peut clore ce dossier.")


WORKFLOW = Workflow(
    "ESS",
    ETATS,
    (
        Transition("transmettre", frozenset({"BROUILLON"}), "TRANSMIS", "Transmis", marque="transmis"),
        Transition("clore", frozenset({"TRANSMIS"}), "CLOS", "Clos", peut_clore, marque="clos"),
    ),
    consigner=consigner,
    verrouiller=verrouiller,
)


def commencer(acteur: Acteur, urgence: str = "ORDINAIRE") -> Dossier:
    place = acteur.principale
    assert place is not None
    dossier = ouvrir(
        nature="SIGNALEMENT",
        variante="ESSAI",
        workflow=WORKFLOW,
        etat="BROUILLON",
        place=place,
        acteur=acteur,
        urgence=urgence,
    )
    accorder(dossier=dossier, octrois=[a_la_personne(acteur.utilisateur_id, Part.Role.AUTEUR)], acteur=acteur)
    return dossier


def transmettre(dossier: Dossier, acteur: Acteur, *services: Service) -> Dossier:
    """Number the case, send it, and let these services take part."""
    transmis: Dossier = WORKFLOW.appliquer(
        "transmettre", dossier, acteur=acteur, avant_ecriture=lambda d: numeroter(d, WORKFLOW.nom)
    )
    accorder(dossier=dossier, octrois=[au_service(service) for service in services], acteur=acteur)
    return transmis


def a_la_personne(personne: int, role: Part.Role = Part.Role.DESTINATAIRE) -> Octroi:
    return Octroi(role, "Dossier d’essai", "essai", "Hôpital, accueil", personne=personne)


def au_service(service: Service, role: Part.Role = Part.Role.DESTINATAIRE) -> Octroi:
    return Octroi(role, "Dossier d’essai", "essai", service.nom_externe, service=service)


@pytest.fixture
def type_essai(monkeypatch: pytest.MonkeyPatch) -> registre.TypeDossier:
    """Only this type is registered; its cases have the home page for address."""
    type_ = registre.TypeDossier("SIGNALEMENT", "ESS", "Essai", WORKFLOW, lambda dossier, acteur: "/accueil/")
    monkeypatch.setattr(registre, "_types", {"SIGNALEMENT": type_})
    return type_
