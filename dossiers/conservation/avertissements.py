"""Who is told that a case is about to go: those of the keeping house who can see it, its DPO, its archives."""

from accounts.models import User
from accounts.roles import Role
from convention.acteur import acteur_de, rattachements_valides
from dossiers.avis import parties
from dossiers.models import Conservation, Dossier, MiseEnAttente
from dossiers.registre import type_de
from notifications.avis import prevenir
from presentation.temps import date_fr

PAGE = "/conservation/"


def personnes_de(institutions: list[int], *roles: Role) -> list[User]:
    """The people who hold one of these roles now in these institutions."""
    lignes = rattachements_valides().filter(service__institution_id__in=institutions, role__in=roles)
    ids = lignes.order_by().values("utilisateur_id")
    return list(User.objects.filter(pk__in=ids, is_active=True).order_by("pk"))


def echeance_proche(dossier: Dossier, suivi: Conservation) -> None:
    """Thirty days before: the parties who still see the case, and the DPO of each house."""
    if suivi.echeance is None:
        return
    terme = date_fr(suivi.echeance)
    cle = f"conservation:avis:{dossier.cle}:{suivi.echeance}"
    for personne in parties(dossier):
        acteur = acteur_de(personne)
        if Dossier.objects.visibles_par(acteur).filter(pk=dossier.pk).exists():
            texte = f"{suivi.reference} arrive au terme de sa conservation le {terme}."
            adresse = type_de(dossier).adresse(dossier, acteur)
            prevenir([personne], cle_unique=cle, texte=texte, adresse=adresse, reference=suivi.reference)
    _dire(suivi, cle, f"{suivi.reference} arrive à échéance le {terme}. Prolongez ou gelez s’il le faut.")


def destruction_proposee(dossier: Dossier, suivi: Conservation) -> None:
    """The DPO decides; the archives receive the elimination list when the rule provides for it."""
    cle = f"conservation:proposition:{dossier.cle}:{suivi.propose}"
    _dire(suivi, cle, f"{suivi.reference} peut être détruit. Demandez la destruction ou prolongez la conservation.")
    if suivi.regle and suivi.regle.archives:
        prevenir(
            personnes_de(suivi.institutions, Role.ARCHIVES),
            cle_unique=f"{cle}:archives",
            texte=f"{suivi.reference}\u00a0: bordereau d’élimination à examiner avant destruction.",
            adresse=f"{PAGE}{suivi.cle}/bordereau/",
            reference=suivi.reference,
        )


def gel_a_revoir(gel: MiseEnAttente, suivi: Conservation) -> None:
    """Every six months a hold is justified again or lifted."""
    cle = f"conservation:revue:{gel.cle}:{gel.revoir_avant}"
    _dire(suivi, cle, f"{suivi.reference}\u00a0: revoyez l’attente légale avant le {date_fr(gel.revoir_avant)}.")


def _dire(suivi: Conservation, cle: str, texte: str) -> None:
    prevenir(
        personnes_de(suivi.institutions, Role.DPO),
        cle_unique=f"{cle}:dpo",
        texte=texte,
        adresse=f"{PAGE}{suivi.cle}/",
        reference=suivi.reference,
    )


def destruction_refusee(suivi: Conservation, raison: str) -> None:
    """The approval came too late: something changed in between."""
    texte = f"{suivi.reference} n’est pas détruit\u00a0: {raison}. Une nouvelle proposition suivra à son terme."
    _dire(suivi, f"conservation:refus:{suivi.cle}:{suivi.prochaine}:{raison}", texte)
