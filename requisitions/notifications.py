"""Telling the house that an internal step was done: the other institutions are not told, nor marked unread."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from convention.acteur import Acteur, acteur_de
from convention.models import Service
from dossiers.models import Dossier, Evenement, Message, Participation, ParticipationPersonnelle
from dossiers.models.participation import Part
from dossiers.participations import Octroi, accorder
from dossiers.registre import type_de
from dossiers.suivi import relater
from notifications.avis import prevenir
from notifications.boite_envoi import publier
from requisitions.circuit import ACCUEIL, DAJ, DIRECTION, GARDE, service
from requisitions.delais import hors_heures_ouvrees
from requisitions.etats import AVANT_REMISE, PRETE
from requisitions.models import Convocation, InstructionGenerale, Memoire, RefusPropose, TitreJudiciaire

SUJET = "requisition.interne"
SUJET_MESSAGE = "requisition.message"
SUJET_FRAIS = "requisition.frais"
SUJET_REPRISE = "requisition.reprise"
SUJET_COMPTE_RENDU = "requisition.compte_rendu"
SUJET_TITRE = "requisition.titre_revoque"
SUJET_INSTRUCTION = "requisition.instruction_revoquee"
SUJET_REFUS = "requisition.refus"
SUJET_REMPLACE = "requisition.remplace"
ISSUES = (Memoire.Situation.REJETE, Memoire.Situation.PAYE)


def relater_en_interne(*, dossier: Dossier, nom: str, libelle: str, acteur: Acteur, commentaire: str = "") -> Evenement:
    """An event of the hospital alone, announced to the hospital's parties."""
    evenement = relater(dossier=dossier, nom=nom, libelle=libelle, acteur=acteur, commentaire=commentaire, reserve=True)
    annoncer(dossier=dossier, acteur=acteur)
    return evenement


def annoncer(*, dossier: Dossier, acteur: Acteur) -> None:
    """Announce the last internal event to the parties of the actor's institution."""
    evenement = dossier.evenements.filter(reserve_a_id__in=acteur.institutions).first()
    if evenement is None or evenement.reserve_a_id is None:
        return
    groupes = Service.objects.filter(institution_id=evenement.reserve_a_id).values("groupe_id")
    maison = Participation.objects.engagees().filter(content_object=dossier, group_id__in=groupes)
    maison.exclude(group_id__in=acteur.groupes).update(non_lu=True)
    propres = ParticipationPersonnelle.objects.vivantes().filter(content_object=dossier)
    propres.exclude(user_id=acteur.utilisateur_id).update(non_lu=True)
    publier(SUJET, cle_unique=f"interne:{evenement.pk}", charge={"evenement": evenement.pk})


def prevenir_la_maison(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.interne`: idempotent, one notice a person and an event."""
    evenement = Evenement.objects.select_related("dossier").get(pk=charge["evenement"])
    dossier = evenement.dossier
    groupes = Participation.objects.engagees().filter(content_object=dossier).values("group_id")
    personnes = ParticipationPersonnelle.objects.vivantes().filter(content_object=dossier).values("user_id")
    ici = Q(rattachements__service__institution_id=evenement.reserve_a_id, rattachements__fin_le=None)
    parties = User.objects.filter(
        ici & (Q(rattachements__service__groupe_id__in=groupes) | Q(pk__in=personnes)), is_active=True
    ).distinct()
    prevenir_de(parties.exclude(pk=evenement.par_id or 0), dossier, f"interne:{evenement.pk}", evenement.libelle)


def prevenir_de(personnes: QuerySet[User], dossier: Dossier, cle_unique: str, mots: str) -> None:
    """One notice each, to those who may still see the case."""
    for personne in personnes.order_by("pk"):
        acteur = acteur_de(personne)
        if Dossier.objects.visibles_par(acteur).filter(pk=dossier.pk).exists():
            prevenir(
                [personne],
                cle_unique=cle_unique,
                texte=f"{mots} : {dossier.reference}",
                adresse=type_de(dossier).adresse(dossier, acteur),
                reference=dossier.reference or "",
            )


def gens(*codes: str) -> QuerySet[User]:
    """Everybody attached to one of these services."""
    places = {"rattachements__service__code__in": codes, "rattachements__fin_le": None}
    return User.objects.filter(**places, is_active=True).distinct()


def _lecteurs(message: Message) -> QuerySet[Participation]:
    """The other side: the unit that asked, or those of the hospital who instruct."""
    roles = (Part.Role.AUTEUR, Part.Role.DESTINATAIRE, Part.Role.OBSERVATEUR)
    groupes = Service.objects.filter(institution_id=message.vers_service.institution_id).values("groupe_id")
    lignes: QuerySet[Participation] = Participation.objects.vivantes().filter(
        content_object_id=message.dossier_id, role__in=roles, group_id__in=groupes
    )
    return lignes


def annoncer_message(*, message: Message) -> None:
    """The other side's list shows it; the rest of the case is told nothing."""
    _lecteurs(message).update(non_lu=True)
    Dossier.objects.filter(pk=message.dossier_id).update(derniere_activite=message.envoye_le)
    publier(SUJET_MESSAGE, cle_unique=f"message:{message.cle}", charge={"message": message.pk})


def prevenir_du_message(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.message`: idempotent, without a word of what was written."""
    message = Message.objects.select_related("dossier", "vers_service").get(pk=charge["message"])
    parties = User.objects.filter(
        rattachements__service__groupe_id__in=_lecteurs(message).values("group_id"),
        rattachements__fin_le=None,
        is_active=True,
    ).distinct()
    prevenir_de(parties.exclude(pk=message.auteur_id), message.dossier, f"message:{message.cle}", message.objet)


def annoncer_memoire(*, memoire: Memoire) -> None:
    """Opened: the accounts office. Rejected or paid: whoever opened it."""
    etape = f"{memoire.suivi_le:%Y%m%d%H%M%S%f}" if memoire.suivi_le else "ouvert"
    publier(SUJET_FRAIS, cle_unique=f"memoire:{memoire.pk}:{etape}", charge={"memoire": memoire.pk, "etape": etape})


def prevenir_du_memoire(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.frais`: idempotent. The accounts office is led to its own row, never to the case."""
    memoire = Memoire.objects.select_related("dossier").get(pk=charge["memoire"])
    cle = f"memoire:{memoire.pk}:{charge['etape']}"
    if charge["etape"] == "ouvert":
        regie = User.objects.filter(
            rattachements__service_id=memoire.service_id, rattachements__fin_le=None, is_active=True
        )
        prevenir(
            regie.exclude(pk=memoire.ouvert_par_id).distinct(),
            cle_unique=cle,
            texte=f"Mémoire de frais à établir : {memoire.reference}",
            adresse=reverse("requisitions:memoire", args=[memoire.cle]),
            reference=memoire.reference,
        )
    elif memoire.situation in ISSUES:
        mots = f"Mémoire de frais {memoire.get_situation_display().lower()}"
        prevenir_de(User.objects.filter(pk=memoire.ouvert_par_id, is_active=True), memoire.dossier, cle, mots)


def annoncer_reprise(*, evenement: Evenement, ancien: int) -> None:
    charge = {"evenement": evenement.pk, "ancien": ancien}
    publier(SUJET_REPRISE, cle_unique=f"reprise:{evenement.pk}", charge=charge)


def prevenir_de_la_reprise(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.reprise`: whoever followed learns that a colleague does now."""
    evenement = Evenement.objects.select_related("dossier").get(pk=charge["evenement"])
    ancien = User.objects.filter(pk=charge["ancien"], is_active=True)
    prevenir_de(ancien, evenement.dossier, f"reprise:{evenement.pk}", "Suivi repris par un collègue de l’unité")


def annoncer_compte_rendu(*, convocation: Convocation) -> None:
    cle = f"ordre-compte-rendu:{convocation.pk}:{convocation.rendu_le:%Y%m%d%H%M%S%f}"
    publier(SUJET_COMPTE_RENDU, cle_unique=cle, charge={"convocation": convocation.pk, "cle": cle})


def prevenir_du_compte_rendu(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.compte_rendu`: idempotent. Legal affairs learn that the Ordre reported."""
    convocation = Convocation.objects.select_related("dossier").get(pk=charge["convocation"])
    prevenir_de(gens(DAJ), convocation.dossier, charge["cle"], "Compte rendu de l’Ordre déposé")


def annoncer_remplacement(*, dossier: Dossier, anciens: list[User]) -> None:
    for ancien in anciens:
        cle = f"remplace:{dossier.pk}:{ancien.pk}:{dossier.version}"
        publier(SUJET_REMPLACE, cle_unique=cle, charge={"dossier": dossier.pk, "ancien": ancien.pk, "cle": cle})


def prevenir_du_remplacement(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.remplace`: idempotent. The case is closed to them: the notice leads home."""
    dossier = Dossier.objects.get(pk=charge["dossier"])
    prevenir(
        User.objects.filter(pk=charge["ancien"], is_active=True),
        cle_unique=charge["cle"],
        texte=f"Un autre médecin est désigné, vous n’avez plus rien à faire : {dossier.reference}",
        adresse="/",
        reference=dossier.reference or "",
    )


def annoncer_titre_revoque(*, titre: TitreJudiciaire) -> None:
    publier(SUJET_TITRE, cle_unique=f"titre-revoque:{titre.pk}", charge={"titre": titre.pk})


def prevenir_du_titre_revoque(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.titre_revoque`: idempotent, one notice a case that rests on it and still runs."""
    titre = TitreJudiciaire.objects.get(pk=charge["titre"])
    vises = Q(requisition__titre=titre)
    if titre.genre == TitreJudiciaire.Genre.COMMISSION:
        vises |= Q(
            requisition__titre=None,
            requisition__cr_reference__iexact=titre.reference,
            requisition__service_requerant=titre.beneficiaire_id,
        )
    for dossier in Dossier.objects.filter(vises, etat__in=AVANT_REMISE).order_by("pk"):
        cle = f"titre-revoque:{titre.pk}:{dossier.pk}"
        suite = ", la réponse prête ne part plus" if dossier.etat == PRETE else " par le magistrat"
        if hors_heures_ouvrees(timezone.localtime()):
            motif = "Titre révoqué hors heures ouvrées"
            garde = Octroi(Part.Role.OBSERVATEUR, motif, motif, ACCUEIL, service=service(GARDE))
            accorder(dossier=dossier, octrois=[garde], acteur=None)
            prevenir_de(gens(GARDE), dossier, cle, f"Titre révoqué{suite}")
        prevenir_de(gens(DAJ), dossier, cle, f"Titre révoqué{suite}")
        prevenir_de(gens(titre.beneficiaire.code), dossier, cle, f"Titre révoqué{suite}")
        prevenir_de(executants_de(dossier), dossier, cle, "À suspendre, voyez les affaires juridiques")


def executants_de(dossier: Dossier) -> QuerySet[User]:
    """Whoever executes, or was told to expect it: as a service or as the one who is named."""
    executants = {"content_object": dossier, "role__in": (Part.Role.EXECUTANT, Part.Role.AVERTI)}
    groupes = Participation.objects.vivantes().filter(**executants).values("group_id")
    nommes = ParticipationPersonnelle.objects.vivantes().filter(**executants).values("user_id")
    des_services = Q(rattachements__service__groupe_id__in=groupes, rattachements__fin_le=None)
    return User.objects.filter(des_services | Q(pk__in=nommes), is_active=True).distinct()


def annoncer_instruction_revoquee(*, instruction: InstructionGenerale) -> None:
    cle = f"instruction-revoquee:{instruction.pk}"
    publier(SUJET_INSTRUCTION, cle_unique=cle, charge={"instruction": instruction.pk})


def prevenir_de_l_instruction_revoquee(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.instruction_revoquee`: idempotent. What was received before stays covered (R-02):
    nobody suspends anything, and no new demand rests on it."""
    instruction = InstructionGenerale.objects.get(pk=charge["instruction"])
    vises = Q(requisition__instruction_reference__iexact=instruction.reference)
    for dossier in Dossier.objects.filter(vises, etat__in=AVANT_REMISE).select_related("service_emetteur"):
        mots = "Instruction générale révoquée, cette demande reçue avant reste couverte"
        cle = f"instruction-revoquee:{instruction.pk}:{dossier.pk}"
        prevenir_de(gens(DAJ, dossier.service_emetteur.code), dossier, cle, mots)


# Who learns of each step of a refusal, and in which words: those who must act now, and whoever calls them when late.
ETAPES_DU_REFUS: dict[str, dict[str, tuple[str, ...]]] = {
    "propose": {"Refus à viser": (DIRECTION,)},
    "renvoye": {"Refus renvoyé par la direction": (DAJ,)},
    "retire": {"Proposition de refus retirée": (DIRECTION,)},
    "retard": {"Refus toujours sans visa": (DIRECTION,), "Refus sans visa, appelez la direction": (DAJ, GARDE)},
}


def annoncer_refus(*, refus: RefusPropose, jalon: str) -> None:
    publier(SUJET_REFUS, cle_unique=f"refus:{refus.pk}:{jalon}", charge={"refus": refus.pk, "jalon": jalon})


def prevenir_du_refus(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.refus`: idempotent, and never to who did it, but for a lateness."""
    refus = RefusPropose.objects.select_related("dossier").get(pk=charge["refus"])
    jalon = charge["jalon"]
    auteur = {"propose": refus.propose_par_id, "retard": None}.get(jalon, refus.decide_par_id)
    for mots, codes in ETAPES_DU_REFUS[jalon].items():
        cle = f"refus:{refus.pk}:{jalon}"
        prevenir_de(gens(*codes).exclude(pk=auteur or 0), refus.dossier, cle, mots)


TRAITEMENTS = {
    SUJET: prevenir_la_maison,
    SUJET_MESSAGE: prevenir_du_message,
    SUJET_FRAIS: prevenir_du_memoire,
    SUJET_REPRISE: prevenir_de_la_reprise,
    SUJET_COMPTE_RENDU: prevenir_du_compte_rendu,
    SUJET_TITRE: prevenir_du_titre_revoque,
    SUJET_INSTRUCTION: prevenir_de_l_instruction_revoquee,
    SUJET_REFUS: prevenir_du_refus,
    SUJET_REMPLACE: prevenir_du_remplacement,
}
