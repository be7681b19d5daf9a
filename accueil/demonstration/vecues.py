"""Requisitions that the demonstration lives through the verbs themselves: what no drawn case can tell."""

import uuid
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from accounts.models import User
from convention.acteur import Acteur
from convention.models import Rattachement, Service
from documents import coffre
from documents.models import Fichier
from documents.render import rendre_pdf
from dossiers.models import Dossier, Personne
from requisitions import workflow
from requisitions.annonces.alertes import inscrire_le_retard
from requisitions.levees import a_justifier, a_lever
from requisitions.models import Recusation, Requisition
from requisitions.pour_le_requerant import Parole
from requisitions.workflow.enregistrement import Cible
from requisitions.workflow.requerant import Reponse

PROCEDURE = "2026/018834"
PRESENTS = (("Mourdois", "Assia", 29), ("Taquinet", "Norbert", 51), ("Orchival", "Théo", 22))


def vivre(*, opj: Acteur, juriste: Acteur, medecin: Acteur) -> None:
    _plusieurs_personnes(opj)
    _recherche(opj, juriste)
    _medecin_recuse(opj, juriste, medecin)
    _reponse_rapportee(juriste)
    _point_leve(opj, juriste)
    _echeance_manquee(juriste)


def _cle(rang: int) -> uuid.UUID:
    return uuid.UUID(int=0xDE40 + rang, version=4)


def _acte() -> Fichier:
    octets = rendre_pdf("pdf/piece_fictive.html", {"dossier": SimpleNamespace(reference=PROCEDURE)})
    return coffre.deposer(octets, extension="pdf", type_mime="application/pdf")


def _lettre(type_acte: str, mission: str, **champs: Any) -> Requisition:
    commun = {"cadre": "FLAG", "num_procedure": PROCEDURE, "qualification": "Violences volontaires en réunion"}
    return Requisition(type_acte=type_acte, mission=mission, **{**commun, **champs})


def _personne(nom: str, prenoms: str, age: int) -> Personne:
    return Personne(nom=nom, prenoms=prenoms, age=age)


def _plusieurs_personnes(opj: Acteur) -> None:
    """One act about three persons: three cases, tied."""
    mission = "Dire si la personne est présente dans l’établissement."
    premiere, *autres = [(_lettre("PRESENCE", mission, statut_personne="temoin"), _personne(*qui)) for qui in PRESENTS]
    workflow.deposer(
        cle_depot=_cle(0), lettre=premiere[0], personne=premiere[1], fichier=_acte(), urgence="ORDINAIRE", acteur=opj,
        autres=[Cible(lettre, personne) for lettre, personne in autres],
    )  # fmt: skip


def _lue(dossier: Dossier, juriste: Acteur) -> Dossier:
    dossier = workflow.controler(dossier=dossier, acteur=juriste)
    lues = {m.numero: ("conforme", "") for m in dossier.mentions.all() if m.resultat == "a_verifier"}
    workflow.noter_mentions(dossier=dossier, acteur=juriste, mentions=lues)
    return dossier


def _validee(dossier: Dossier, juriste: Acteur, motif: str = "Vu au téléphone avec le service requérant.") -> Dossier:
    alertes = a_justifier(workflow.points_bloquants(dossier, Requisition.objects.get(pk=dossier.pk))[2])
    return workflow.valider(dossier=dossier, acteur=juriste, motifs={point.cle: motif for point in alertes})


def _criteres() -> dict[str, Any]:
    maintenant = timezone.now()
    periode = {"periode_du": maintenant - timedelta(hours=10), "periode_au": maintenant - timedelta(hours=4)}
    signes = {"critere_signe": "plaie à l’avant-bras gauche", "critere_sexe": "homme"}
    return {**periode, **signes, "critere_age_min": 18, "critere_age_max": 30}


def _recherche(opj: Acteur, juriste: Acteur) -> None:
    """Nobody is named: the archives search on criteria."""
    mission = "Identifier la personne blessée venue se faire soigner après les faits."
    dossier = workflow.deposer(
        cle_depot=_cle(1), lettre=_lettre("RECH_CRIT", mission, **_criteres()), personne=None, fichier=_acte(),
        urgence="ORDINAIRE", acteur=opj,
    )  # fmt: skip
    consigne = "Cherchez dans les admissions de la nuit, sur tous les critères à la fois."
    workflow.affecter(dossier=_validee(_lue(dossier, juriste), juriste), acteur=juriste, consigne=consigne)


def _medecin_recuse(opj: Acteur, juriste: Acteur, medecin: Acteur) -> None:
    """The doctor who was named is away: legal affairs have another one to name."""
    dossier = workflow.deposer(
        cle_depot=_cle(2), lettre=_lettre("DOSSIER", "Certificat descriptif du passage.", statut_personne="victime"),
        personne=_personne("Wibergue", "Clémence", 37), fichier=_acte(), urgence="ORDINAIRE", acteur=opj,
    )  # fmt: skip
    nomme = User.objects.get(pk=medecin.utilisateur_id)
    dossier = _validee(_lue(dossier, juriste), juriste)
    dossier = workflow.affecter(dossier=dossier, acteur=juriste, consigne="Certificat du passage.", medecin=nomme)
    workflow.decliner(dossier=dossier, acteur=medecin, motif=Recusation.Motif.ABSENCE)


def _reponse_rapportee(juriste: Acteur) -> None:
    """A unit telephones, is asked for what is missing, and telephones again: the hospital writes both down."""
    lettre = _lettre(
        "PRESENCE", "Dire si la personne a été admise cette nuit.", canal=Requisition.Canal.TELEPHONE, num_procedure="",
        service_requerant=Service.objects.get(code="GEND-BR"), autorite_nom="Adj. Rombaut",
        autorite_qualite=Rattachement.Qualite.OPJ, statut_personne="inconnu", orale=True,
        orale_motif="Reçue par téléphone, écrit demandé.",
    )  # fmt: skip
    dossier = workflow.recevoir(
        cle_depot=_cle(3), lettre=lettre, personne=_personne("Dazinier", "Wassim", 44), fichier=None,
        urgence="ORDINAIRE", recue_le=timezone.now() - timedelta(minutes=20), acteur=juriste,
    )  # fmt: skip
    dossier = workflow.controler(dossier=dossier, acteur=juriste)
    dossier = workflow.regulariser(
        dossier=dossier, acteur=juriste, points=["M6"], texte="Donnez le numéro de la procédure."
    )
    reponse = Reponse("Le numéro est celui de la nuit.", {"num_procedure": "2026/021406"})
    parole = Parole("Adj. Rombaut", Requisition.Canal.TELEPHONE)
    workflow.noter_reponse(dossier=dossier, acteur=juriste, parole=parole, reponse=reponse)


def _point_leve(opj: Acteur, juriste: Acteur) -> None:
    """The table foresees no search for a judge: legal affairs lift that point in writing, then pass over an alert."""
    jour = timezone.localdate()
    lettre = _lettre(
        "RECH_CRIT", "Identifier la personne blessée pendant sa fuite.", cadre="CR", articles_cites="99-3 CPP",
        cr_reference="JI 4/27", cr_juge="Mme Cordonnier", cr_date=jour - timedelta(days=12),
        cr_jusqu_au=jour + timedelta(days=50), **_criteres(),
    )  # fmt: skip
    dossier = workflow.deposer(
        cle_depot=_cle(4), lettre=lettre, personne=None, fichier=_acte(), urgence="ORDINAIRE", acteur=opj
    )
    dossier = _lue(dossier, juriste)
    ecrit = "Recherche admise sur commission rogatoire, aux mêmes critères qu’en flagrance."
    points = a_lever(dossier, Requisition.objects.get(pk=dossier.pk))
    workflow.lever(dossier=dossier, acteur=juriste, motifs={point.cle: ecrit for point in points})
    _validee(dossier, juriste, "Commission rogatoire lue au téléphone par le greffe de la juge.")


def _echeance_manquee(juriste: Acteur) -> None:
    """A letter was left two hours at the counter: its half hour was over before anybody read it."""
    lettre = _lettre(
        "PRESENCE", "Dire si la personne est présente dans l’établissement.", canal=Requisition.Canal.PAPIER,
        service_requerant=Service.objects.get(code="GEND-COB1"), autorite_nom="Adj. Lecaudey",
        autorite_qualite=Rattachement.Qualite.OPJ, statut_personne="victime",
    )  # fmt: skip
    dossier = workflow.recevoir(
        cle_depot=_cle(5), lettre=lettre, personne=_personne("Hespelin", "Odile", 63), fichier=_acte(),
        urgence="ORDINAIRE", recue_le=timezone.now() - timedelta(hours=2), acteur=juriste,
    )  # fmt: skip
    workflow.controler(dossier=dossier, acteur=juriste)
    inscrire_le_retard(dossier.echeances.get(nom="reponse"))
