"""The exclusion list: a person who must never know of a case. It beats every grant, and says nothing of itself."""

import uuid

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.roles import Role
from convention.acteur import Acteur, rattachements_valides
from convention.models import Rattachement
from dossiers.bris_de_glace import de_l_institution
from dossiers.models import Dossier, Exclusion, ParticipationPersonnelle
from dossiers.models.participation import Part
from dossiers.participations import participe
from journal.carnet import noter
from notifications.models import Avis
from notifications.portee import portee_systeme
from transitions.verdict import OUI, Verdict, non
from transitions.workflow import TransitionRefusee

TROUVES = 10
INCONNUE = "Choisissez une personne de votre établissement dans la liste."


def suit_pour_la_protection(dossier: Dossier, acteur: Acteur) -> bool:
    """Data protection of a house that takes part: reads who has access, never what is inside."""
    maisons = [place.institution_id for place in acteur.places if place.role == Role.DPO]
    if not maisons or est_ecarte(dossier, acteur):
        return False
    with portee_systeme("La protection des données lit qui accède à un dossier, jamais son contenu."):
        return Dossier.objects.filter(de_l_institution(maisons), pk=dossier.pk).exists()


def est_ecarte(dossier: Dossier, acteur: Acteur) -> bool:
    return Exclusion.objects.filter(dossier_id=dossier.pk, utilisateur_id=acteur.utilisateur_id).exists()


def peut_exclure(dossier: Dossier, acteur: Acteur) -> Verdict:
    """The author, the recipient, legal affairs that take part, and data protection."""
    if participe(dossier, acteur, Part.Role.AUTEUR, Part.Role.DESTINATAIRE):
        return OUI
    if acteur.a(Role.JURISTE) and participe(dossier, acteur):
        return OUI
    if suit_pour_la_protection(dossier, acteur):
        return OUI
    return non("Une personne est écartée par l’auteur, le destinataire, les affaires juridiques ou le délégué.")


def collegues(texte: str, acteur: Acteur) -> list[Rattachement]:
    """People of the actor's own institutions whose name or address contains these letters; at least two."""
    texte = texte.strip()
    if len(texte) < 2:
        return []
    nomme = (
        Q(utilisateur__nom__icontains=texte)
        | Q(utilisateur__prenom__icontains=texte)
        | Q(utilisateur__courriel__icontains=texte)
    )
    lignes = _de_la_maison(acteur).filter(nomme).select_related("utilisateur")
    personnes: dict[int, Rattachement] = {}
    for ligne in lignes.order_by("utilisateur__nom", "utilisateur__prenom", "pk")[: 4 * TROUVES]:
        personnes.setdefault(ligne.utilisateur_id, ligne)
    return list(personnes.values())[:TROUVES]


def _de_la_maison(acteur: Acteur) -> QuerySet[Rattachement]:
    return rattachements_valides().filter(service__institution_id__in=acteur.institutions)


@transaction.atomic
def exclure(*, dossier: Dossier, personne: uuid.UUID, motif: str, acteur: Acteur) -> Exclusion:
    """Keep this colleague out of the case from now on; what told them of it disappears too."""
    verdict = peut_exclure(dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    if motif not in Exclusion.Motif.values:
        raise TransitionRefusee("Choisissez le motif.")
    utilisateur = User.objects.filter(
        pk__in=_de_la_maison(acteur).order_by().values("utilisateur_id"), cle=personne
    ).first()
    if utilisateur is None:
        raise TransitionRefusee(INCONNUE)
    _verifier(dossier, utilisateur, acteur)
    exclusion, nouvelle = Exclusion.objects.get_or_create(
        dossier_id=dossier.pk,
        utilisateur=utilisateur,
        defaults={"pose_par_id": acteur.utilisateur_id, "motif": motif},
    )
    if nouvelle:
        _oublier(dossier, utilisateur)
        noter(
            "exclure",
            acteur=acteur,
            objet="dossier",
            cle=dossier.cle,
            motif=motif,
            details={"personne": utilisateur.cle},
        )
    return exclusion


def _verifier(dossier: Dossier, utilisateur: User, acteur: Acteur) -> None:
    """Neither oneself nor the author, and never the last person who can follow the case in a service."""
    if utilisateur.pk == acteur.utilisateur_id:
        raise TransitionRefusee("Vous ne pouvez pas vous écarter vous-même. Demandez-le au délégué.")
    auteur = ParticipationPersonnelle.objects.vivantes().filter(
        content_object_id=dossier.pk, user=utilisateur, role=Part.Role.AUTEUR
    )
    if auteur.exists():
        raise TransitionRefusee("L’auteur du dossier ne peut pas en être écarté. Faites d’abord reprendre le dossier.")
    ecartes = Exclusion.objects.filter(dossier_id=dossier.pk).values("utilisateur_id")
    parties = rattachements_valides().filter(
        service__groupe__participation__content_object_id=dossier.pk,
        service__groupe__participation__fin_le=None,
    )
    siens = parties.filter(utilisateur=utilisateur).order_by().values_list("service_id", flat=True)
    for service_id in set(siens):
        restants = parties.filter(service_id=service_id).exclude(utilisateur=utilisateur)
        if not restants.exclude(utilisateur_id__in=ecartes).exists():
            raise TransitionRefusee(
                "Il ne resterait personne pour suivre ce dossier dans son service. Faites d’abord entrer un collègue."
            )


def _oublier(dossier: Dossier, utilisateur: User) -> None:
    """Notices already given would still name the case."""
    dit = Q(adresse__contains=str(dossier.cle))
    if dossier.reference:
        dit |= Q(texte__contains=dossier.reference)
    Avis.objects.filter(dit, destinataire=utilisateur).delete()


@transaction.atomic
def lever_exclusion(*, exclusion: Exclusion, dossier: Dossier, acteur: Acteur) -> None:
    """The person may know of the case again, by the grants they have; the journal keeps both acts."""
    verdict = peut_lever(exclusion, dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    noter(
        "lever_exclusion",
        acteur=acteur,
        objet="dossier",
        cle=dossier.cle,
        details={"personne": exclusion.utilisateur.cle},
    )
    exclusion.delete()


def peut_lever(exclusion: Exclusion, dossier: Dossier, acteur: Acteur) -> Verdict:
    """Who set it, or data protection: the others do not even read it."""
    if exclusion.pose_par_id == acteur.utilisateur_id and peut_exclure(dossier, acteur):
        return OUI
    if suit_pour_la_protection(dossier, acteur):
        return OUI
    return non("Une mise à l’écart est levée par la personne qui l’a décidée ou par le délégué.")


def exclusions_lisibles(dossier: Dossier, acteur: Acteur) -> QuerySet[Exclusion]:
    """The author of the case and data protection read those of their own house, others those they set."""
    lisibles = Q(pose_par_id=acteur.utilisateur_id)
    if participe(dossier, acteur, Part.Role.AUTEUR) or suit_pour_la_protection(dossier, acteur):
        maison = Rattachement.objects.filter(service__institution_id__in=acteur.institutions)
        lisibles |= Q(utilisateur_id__in=maison.values("utilisateur_id"))
    toutes = Exclusion.objects.filter(lisibles, dossier_id=dossier.pk)
    return toutes.select_related("utilisateur", "pose_par").order_by("pk")


def cles_ecartees(acteur: Acteur) -> list[uuid.UUID]:
    """Keys of the cases this person must not meet, not even as a line of the journal."""
    with portee_systeme("Écarter du journal les dossiers qu’une personne ne doit pas connaître."):
        return list(
            Dossier.objects.filter(exclusions__utilisateur_id=acteur.utilisateur_id).values_list("cle", flat=True)
        )
