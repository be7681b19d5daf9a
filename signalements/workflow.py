"""The verbs of a signalement. Every change of state goes through WORKFLOW."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from convention.acteur import Acteur
from convention.models import Service
from dossiers import echeances
from dossiers.classes import Classe
from dossiers.concurrence import version_attendue
from dossiers.models import Brouillon, Dossier, Participation
from dossiers.models.participation import Part
from dossiers.ouverture import numeroter
from dossiers.reprise import depart_des_delais
from dossiers.suivi import consigner, verrouiller
from notifications.boite_envoi import publier
from signalements import documents, etats, policies, remise
from signalements.contenu import canonique, copies_de, lire, nom_dit, rassembler
from signalements.delais import delai_accuse, delai_suite
from signalements.parcours import etapes_manquantes
from signalements.remise import Signature
from signalements.voies import Voie, voie_de
from signalements.voies.modele import Delais
from transitions.workflow import Transition, Workflow

DESTINATAIRE = policies.est_destinataire
OUVERTS = frozenset({etats.AR_RECU, etats.SUITES_EN_COURS})
TRANSITIONS = (
    Transition(
        "transmettre",
        frozenset({etats.BROUILLON}),
        etats.TRANSMIS,
        "Signalement transmis",
        policies.peut_transmettre,
        "transmis",
    ),
    Transition(
        "decider_non_signalement",
        frozenset({etats.BROUILLON}),
        etats.DECISION_NON_SIGNALEMENT,
        "Décision de ne pas signaler, motivée",
        policies.peut_transmettre,
    ),
    Transition(
        "orienter",
        frozenset({etats.BROUILLON}),
        etats.ORIENTE_SANS_SIGNALEMENT,
        "Personne orientée, rien n’est transmis",
        policies.peut_orienter,
        "clos",
    ),
    Transition(
        "suivre_prevention",
        frozenset({etats.BROUILLON}),
        etats.PREVENTION_SUIVIE,
        "Prévention suivie, contrôle prévu au retour",
        policies.peut_suivre_prevention,
    ),
    Transition(
        "remettre",
        frozenset({etats.BROUILLON}),
        etats.REMIS,
        "Certificat remis en main propre",
        policies.peut_remettre,
        "clos",
    ),
    Transition(
        "suspendre",
        frozenset({etats.BROUILLON}),
        etats.SUSPENDU,
        "Suspendu, son accord écrit est attendu",
        policies.peut_suspendre,
    ),
    Transition(
        "reprendre",
        frozenset({etats.SUSPENDU}),
        etats.BROUILLON,
        "Repris après l’attente de son accord",
        policies.est_auteur,
    ),
    Transition(
        "retirer_accord",
        frozenset({etats.BROUILLON, etats.SUSPENDU}),
        etats.RETIRE,
        "Accord retiré avant l’envoi, rien n’est transmis",
        policies.peut_retirer_accord,
        "clos",
    ),
    Transition("accuser_reception", frozenset({etats.TRANSMIS}), etats.AR_RECU, "Réception accusée", DESTINATAIRE),
    Transition("prendre_en_examen", frozenset({etats.AR_RECU}), etats.SUITES_EN_COURS, "Pris à l’examen", DESTINATAIRE),
    Transition("demander_complement", OUVERTS, etats.COMPLEMENT_DEMANDE, "Complément demandé", DESTINATAIRE),
    Transition(
        "completer",
        frozenset({etats.COMPLEMENT_DEMANDE}),
        etats.SUITES_EN_COURS,
        "Complément transmis",
        policies.peut_completer,
    ),
    Transition(
        "enregistrer_suite",
        OUVERTS | {etats.COMPLEMENT_DEMANDE, etats.SUITES_CONNUES},
        etats.SUITES_CONNUES,
        "Suite donnée",
        DESTINATAIRE,
    ),
    Transition("reorienter", OUVERTS | {etats.TRANSMIS}, etats.REORIENTE, "Transmis à un autre parquet", DESTINATAIRE),
    Transition(
        "clore",
        frozenset({etats.SUITES_CONNUES, etats.REORIENTE}),
        etats.CLOS,
        "Signalement clos",
        DESTINATAIRE,
        "clos",
    ),
    Transition(
        "clore_decision",
        frozenset({etats.DECISION_NON_SIGNALEMENT}),
        etats.CLOS,
        "Situation réévaluée",
        policies.est_auteur,
        "clos",
    ),
    Transition(
        "clore_prevention",
        frozenset({etats.PREVENTION_SUIVIE}),
        etats.CLOS,
        "Contrôle au retour fait",
        policies.est_auteur,
        "clos",
    ),
)
WORKFLOW = Workflow("SIG", etats.ETATS, TRANSITIONS, consigner=consigner, verrouiller=verrouiller)

ACCUSE, SUITE, REEVALUATION = "accuser_reception", "premiere_suite", "reevaluer"
# A day that the letter itself plans for its author: nobody else's deadline, so an outbox row and no `Echeance`.
JOUR_PREVU = "signalement.jour_prevu"
PREVUS = {
    "reevaluation_le": "Nouvel examen prévu aujourd’hui, ITT à réévaluer",
    "controle_retour_le": "Contrôle au retour prévu aujourd’hui",
    "nouvelles": "Prenez des nouvelles du professionnel touché",
}


@transaction.atomic
def transmettre(*, dossier: Dossier, acteur: Acteur, signature: Signature, version: str | None = None) -> Dossier:
    """Control, freeze, number, print, address, start the clocks. Raises ControlesBloquants or TransitionRefusee."""
    verifier_version = version_attendue(version)

    def preparer(verrouille: Dossier) -> None:
        verifier_version(verrouille)
        numeroter(verrouille, WORKFLOW.nom)
        _signer(verrouille, acteur, signature)

    voie = voie_de(dossier.variante)
    dossier = WORKFLOW.appliquer(
        "transmettre", dossier, acteur=acteur, avant_ecriture=preparer, donnees={"libelle": voie.mots.transmis}
    )
    lu, destinataire = lire(dossier), signature.destinataire
    copies = copies_de(lu)
    remise.figer(
        lettre=lu.lettre,
        contenu=canonique(lu),
        document=documents.produire_signalement(lu),
        intitule=lu.voie.titre_document,
        classe=Classe.MEDICAL,
        pieces=lu.pieces,
        receveurs=[destinataire, *copies],
        acteur=acteur,
    )
    remise.adresser(
        dossier=dossier,
        acteur=acteur,
        ligne=ligne_destinataire(voie, lu.sexe, lu.concernee.age if lu.concernee else None),
        base=voie.base_libelle,
        destinataire=destinataire,
        copies=copies,
        noms={service.pk: nom_dit(lu, service) for service in copies},
    )
    poser_delais(dossier, voie.delais)
    poser_les_jours_prevus(dossier, lu.lettre.propres or {})
    Brouillon.objects.filter(dossier=dossier).delete()
    return dossier


def _signer(dossier: Dossier, acteur: Acteur, signature: Signature) -> None:
    """Write the signature on the letter, then run the controls of the voie."""
    place = policies.place_d_auteur(acteur)
    lu = lire(dossier)
    lettre = lu.lettre
    remise.signer(lettre, acteur, signature)
    lettre.attestation_conscience = signature.attestation
    lettre.profession = place.profession if place else ""
    lettre.signataire_matricule = place.matricule if place else ""
    lettre.signataire_service = place.service_nom if place else ""
    remise.passer_les_controles(
        objet="signalement",
        dossier=dossier,
        acteur=acteur,
        manquantes=etapes_manquantes(lu),
        faits=replace(rassembler(lu, acteur), contact_confirme=signature.contact_confirme),
        numeros=lu.voie.controles,
    )
    lettre.save()


def ligne_destinataire(voie: Voie, sexe: str, age: int | None) -> str:
    """The neutral line of the recipient's list: situation, sex and age, agreement; never a name."""
    qui = {"F": "femme", "H": "homme"}.get(sexe, "personne")
    return f"{voie.libelle} · {qui}{f', {age} ans' if age is not None else ''} · {voie.resume}"


def poser_delais(dossier: Dossier, delais: Delais) -> None:
    debut, depuis = depart_des_delais(dossier)
    for nom, libelle, (echeance, calcul) in (
        (ACCUSE, "Accuser réception", delai_accuse(debut, delais, depuis)),
        (SUITE, "Première suite", delai_suite(debut, delais, dossier.urgence, depuis)),
    ):
        echeances.poser(dossier=dossier, nom=nom, libelle=libelle, debut_le=debut, echeance_le=echeance, calcul=calcul)


def poser_les_jours_prevus(dossier: Dossier, propres: Mapping[str, Any]) -> None:
    """The days that the letter itself plans, told to its author when they come."""
    for champ in PREVUS:
        if jour := propres.get(champ):
            prevoir(dossier, champ, date.fromisoformat(jour))


def prevoir(dossier: Dossier, champ: str, jour: date) -> None:
    publier(
        JOUR_PREVU,
        cle_unique=f"jour:{dossier.pk}:{champ}:{jour}",
        charge={"dossier": dossier.pk, "champ": champ, "jour": jour.isoformat()},
        pas_avant=neuf_heures(jour),
    )


def neuf_heures(jour: date) -> datetime:
    """Nine in the morning of that day, in Paris."""
    return datetime.combine(jour, time(9), tzinfo=echeances.PARIS)


def service_destinataire(dossier: Dossier) -> Service | None:
    """The service the case was addressed to."""
    part = (
        Participation.objects.filter(content_object=dossier, role=Part.Role.DESTINATAIRE)
        .select_related("group__service__institution")
        .order_by("pk")
        .first()
    )
    return part.group.service if part else None
