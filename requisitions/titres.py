"""Authorisations and commissions rogatoires: declared by the magistrate's service, picked by the unit they name."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.roles import Role
from convention.acteur import Acteur, Place
from convention.models import Service
from documents import coffre
from documents.models import Fichier
from requisitions.controles import Titre
from requisitions.controles.modele import sans_accents
from requisitions.models import Requisition, TitreJudiciaire
from requisitions.notifications import annoncer_titre_revoque
from requisitions.policies import DEPOSANTS
from transitions.verdict import OUI, Verdict, non
from transitions.workflow import TransitionRefusee

Genre = TitreJudiciaire.Genre
DECLARANTS = {Genre.AUTORISATION: Role.PARQUET, Genre.COMMISSION: Role.JUGE_INSTRUCTION}
MAGISTRATS = tuple(DECLARANTS.values())


def peut_declarer(acteur: Acteur) -> Verdict:
    return OUI if acteur.a(*MAGISTRATS) else non("Un titre se déclare par le magistrat qui le donne.")


def peut_lire(acteur: Acteur) -> Verdict:
    return OUI if acteur.a(*DEPOSANTS) else non("Les titres se lisent par qui les donne et par l’unité qu’ils nomment.")


def visibles(acteur: Acteur) -> QuerySet[TitreJudiciaire]:
    """Those the actor's own service gave, and those that name it: another unit's title does not exist."""
    donnes = [place.service_id for place in acteur.places if place.role in MAGISTRATS]
    recus = [place.service_id for place in acteur.places if place.role in DEPOSANTS]
    return TitreJudiciaire.objects.filter(Q(emetteur__in=donnes) | Q(beneficiaire__in=recus)).select_related(
        "emetteur", "beneficiaire"
    )


def utilisables(acteur: Acteur) -> QuerySet[TitreJudiciaire]:
    """What a deposit may pick today."""
    recus = [place.service_id for place in acteur.places if place.role in DEPOSANTS]
    return _en_vigueur().filter(beneficiaire__in=recus)


def toujours_vise(r: Requisition) -> QuerySet[TitreJudiciaire]:
    """The title the letter picked, while it stands: all that somebody of another house learns of the unit's titles."""
    return _en_vigueur().filter(pk=r.titre_id or 0)


def _en_vigueur() -> QuerySet[TitreJudiciaire]:
    jour = timezone.localdate()
    return TitreJudiciaire.objects.filter(revoque_le=None, debut__lte=jour, fin__gte=jour)


def en_fait(titre: TitreJudiciaire | None, *, service: int | None, procedure: str, nom: str) -> Titre | None:
    """The title as the controls read it: whether it names this unit, this procedure and this person, never the name."""
    if titre is None:
        return None
    return Titre(
        reference=titre.reference,
        genre=titre.genre,
        debut=titre.debut,
        fin=titre.fin,
        types_acte=tuple(titre.types_acte),
        adresse=service == titre.beneficiaire_id,
        procedure_visee=not titre.procedure or _serre(titre.procedure) == _serre(procedure),
        personne_visee=not titre.personne or _serre(titre.personne) == _serre(nom),
        revoque=titre.revoque_le is not None,
    )


def vise_par(r: Requisition) -> TitreJudiciaire | None:
    """The picked title, or the declared one whose number the requester wrote: the hospital alone looks that up."""
    titre: TitreJudiciaire | None = r.titre
    if titre is None and r.cr_reference:
        memes = TitreJudiciaire.objects.filter(genre=Genre.COMMISSION, reference__iexact=r.cr_reference.strip())
        titre = memes.filter(beneficiaire=r.service_requerant_id).order_by("-debut").first() or memes.first()
    return titre


def de_la_lettre(r: Requisition, nom: str) -> Titre | None:
    return en_fait(vise_par(r), service=r.service_requerant_id, procedure=r.num_procedure, nom=nom)


def champs_du_titre(titre: TitreJudiciaire) -> dict[str, Any]:
    """What the title says for the letter, so that nobody types it again."""
    if titre.genre == Genre.COMMISSION:
        return {
            "cr_reference": titre.reference,
            "cr_date": timezone.localdate(titre.signe_du),
            "cr_juge": titre.magistrat,
            "cr_jusqu_au": titre.fin,
        }
    return {
        "autorisation_mode": Requisition.Autorisation.ECRITE,
        "autorisation_magistrat": titre.magistrat,
        "autorisation_le": titre.signe_du,
    }


def copie_pour_un_dossier(titre: TitreJudiciaire) -> Fichier | None:
    return coffre.copier(titre.copie) if titre.copie else None


@transaction.atomic
def declarer(
    *,
    acteur: Acteur,
    genre: str,
    reference: str,
    magistrat: str,
    beneficiaire: Service,
    signe_du: datetime,
    fin: date,
    types_acte: list[str],
    procedure: str = "",
    personne: str = "",
    copie: Fichier | None = None,
) -> TitreJudiciaire:
    place = _place(acteur, genre)
    if TitreJudiciaire.objects.filter(emetteur=place.service_id, reference__iexact=reference).exists():
        raise TransitionRefusee("Ce numéro est déjà déclaré par votre service. Un titre nouveau porte le sien.")
    debut = timezone.localdate(signe_du)
    if fin < debut:
        raise TransitionRefusee("La fin du titre suit sa date.")
    return TitreJudiciaire.objects.create(
        genre=genre,
        reference=reference,
        magistrat=magistrat,
        emetteur_id=place.service_id,
        beneficiaire=beneficiaire,
        signe_du=signe_du,
        debut=debut,
        fin=fin,
        types_acte=types_acte,
        procedure=procedure,
        personne=personne,
        copie=copie,
        declare_par_id=acteur.utilisateur_id,
    )


@transaction.atomic
def revoquer(*, acteur: Acteur, titre: TitreJudiciaire) -> None:
    """From now on no control accepts it, the demands already deposited included: legal affairs learn which."""
    ligne = TitreJudiciaire.objects.select_for_update().get(pk=titre.pk)
    if _place(acteur, ligne.genre).service_id != ligne.emetteur_id:
        raise TransitionRefusee("Ce titre se révoque par le service qui l’a donné.")
    if ligne.revoque_le:
        raise TransitionRefusee("Ce titre est déjà révoqué.")
    ligne.revoque_le, ligne.revoque_par_id = timezone.now(), acteur.utilisateur_id
    ligne.save()
    annoncer_titre_revoque(titre=ligne)


def _place(acteur: Acteur, genre: str) -> Place:
    place = acteur.place(DECLARANTS[Genre(genre)])
    if place is None:
        raise TransitionRefusee(
            "Une autorisation se déclare par le parquet, une commission rogatoire par le juge d’instruction."
        )
    return place


def _serre(texte: str) -> str:
    return "".join(lettre for lettre in sans_accents(texte) if lettre.isalnum())
