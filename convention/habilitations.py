"""Giving a right: an administrator asks, a second person validates (SEC-08). Taking one back needs one person."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.invitations import inviter
from accounts.models import User
from accounts.roles import Role
from convention import policies, quatre_yeux, rattachements
from convention.acteur import Acteur, rattachements_valides
from convention.comptes import (
    HabilitationRefusee,
    activer,
    administrateurs,
    institutions_de,
    rattachements_ouverts,
)
from convention.identites import meme_personne
from convention.models import DemandeDouble, Habilitation, Institution, Rattachement, SuiviCompte
from transitions.verdict import Verdict, non

OUVRIR = "comptes.ouvrir_droit"
RPPS = {Rattachement.Profession.MEDECIN, Rattachement.Profession.SAGE_FEMME, Rattachement.Profession.PHARMACIEN}
CHAMPS = ("civilite", "prenom", "nom", "courriel", "role", "profession", "qualite", "matricule", "debut_le", "fin_le")


def manques(role: str, *, profession: str, qualite: str, matricule: str) -> dict[str, str]:
    """What this role asks of its bearer and that is not given: a message by field."""
    oublis = {}
    if role in policies.AVEC_QUALITE and not qualite:
        oublis["qualite"] = "Choisissez la qualité judiciaire\u00a0: elle décide des actes permis."
    if role not in policies.AVEC_QUALITE | {Role.PREFECTURE} and qualite:
        oublis["qualite"] = "Ce rôle n’a pas de qualité judiciaire\u00a0: laissez ce champ vide."
    if role in policies.AVEC_PROFESSION and not profession:
        oublis["profession"] = "Choisissez la profession\u00a0: elle figure sur les documents signés."
    if role in policies.AVEC_MATRICULE and not matricule:
        oublis["matricule"] = "Donnez le numéro RPPS, le matricule ou le numéro d’habilitation."
    elif profession in RPPS and matricule and not (matricule.isdigit() and len(matricule) == 11):
        oublis["matricule"] = "Un numéro RPPS compte 11 chiffres."
    return oublis


@transaction.atomic
def proposer(
    *,
    acteur: Acteur,
    institution: Institution,
    donnees: Mapping[str, Any],
    motif: str,
    utilisateur: User | None = None,
    remplace: Rattachement | None = None,
) -> Habilitation:
    """Ask a right for a new person, or for one of the house; `remplace` ends when it begins. Nothing is given yet."""
    seule = not administrateurs(institution.pk)
    if not (verdict := policies.peut_proposer(acteur, institution, donnees["role"], sans_administrateur=seule)):
        raise HabilitationRefusee(verdict.raison)
    if donnees["service"].institution_id != institution.pk:
        raise HabilitationRefusee("Choisissez un service de cette institution.")
    _verifier_personne(acteur, institution, donnees, utilisateur, remplace)
    valeurs = {nom: donnees.get(nom) or ("" if nom != "fin_le" else None) for nom in CHAMPS}
    habilitation = Habilitation.objects.create(
        institution=institution,
        utilisateur=utilisateur,
        service=donnees["service"],
        remplace=remplace,
        proposee_par_id=acteur.utilisateur_id,
        **valeurs,
    )
    quatre_yeux.demander(
        acte=OUVRIR,
        objet=habilitation.cle,
        contenu=contenu_du_droit(habilitation.cle),
        motif=motif,
        acteur=acteur,
        institution_id=institution.pk,
    )
    return habilitation


def _verifier_personne(
    acteur: Acteur,
    institution: Institution,
    donnees: Mapping[str, Any],
    utilisateur: User | None,
    remplace: Rattachement | None,
) -> None:
    propres = ("profession", "qualite", "matricule")
    oublis = manques(donnees["role"], **{nom: str(donnees.get(nom) or "") for nom in propres})
    if oublis:
        raise HabilitationRefusee(next(iter(oublis.values())))
    if utilisateur is None:
        if User.objects.filter(courriel__iexact=donnees["courriel"].strip()).exists():
            raise HabilitationRefusee(
                "Cette adresse a déjà un compte\u00a0: ouvrez sa fiche dans la liste, ou écrivez à la référente."
            )
        return
    if utilisateur.pk == acteur.utilisateur_id:
        raise HabilitationRefusee("Vous ne pouvez pas demander un droit pour vous-même.")
    if institution.pk not in institutions_de(utilisateur):
        raise HabilitationRefusee("Cette personne n’est pas de cette institution.")
    deja = rattachements_ouverts(utilisateur).filter(service=donnees["service"], role=donnees["role"])
    if any(remplace is None or droit.pk != remplace.pk for droit in deja):
        raise HabilitationRefusee("Cette personne a déjà ce rôle dans ce service.")
    if remplace is not None and remplace.utilisateur_id != utilisateur.pk:
        raise HabilitationRefusee("Le droit remplacé est celui d’une autre personne.")


def contenu_du_droit(cle: uuid.UUID) -> dict[str, Any]:
    """What would be given, as it stands now."""
    ligne = Habilitation.objects.select_related("service", "utilisateur").get(cle=cle)
    return {nom: str(getattr(ligne, nom) or "") for nom in CHAMPS} | {
        "service": ligne.service.code,
        "compte": str(ligne.utilisateur.cle) if ligne.utilisateur else "",
        "remplace": ligne.remplace_id or 0,
    }


def accorder(*, demande: DemandeDouble, acteur: Acteur) -> None:
    """Run by the second person's approval: the account, its right and its invitation, in one transaction."""
    ligne = Habilitation.objects.select_for_update(of=("self",)).get(cle=demande.objet)
    if ligne.accordee_le or not quatre_yeux.approuvee(OUVRIR, ligne.cle, contenu_du_droit(ligne.cle)):
        raise HabilitationRefusee("Ce droit n’attend plus d’approbation\u00a0: faites une nouvelle demande.")
    nouveau = ligne.utilisateur is None
    compte = ligne.utilisateur or _ouvrir_compte(ligne)
    if not compte.is_active:
        _rouvrir(compte, acteur)
    if ligne.remplace is not None:
        rattachements.terminer(rattachement=ligne.remplace, acteur=acteur)
    rattachements.rattacher(
        utilisateur=compte,
        service=ligne.service,
        role=Role(ligne.role),
        acteur=acteur,
        profession=ligne.profession,
        qualite=ligne.qualite,
        matricule=ligne.matricule,
        debut_le=ligne.debut_le,
        fin_le=ligne.fin_le,
    )
    ligne.utilisateur, ligne.accordee_le, ligne.accordee_par_id = compte, timezone.now(), acteur.utilisateur_id
    ligne.save()
    if nouveau:
        inviter(utilisateur=compte)


def _ouvrir_compte(ligne: Habilitation) -> User:
    if User.objects.filter(courriel__iexact=ligne.courriel).exists():
        raise HabilitationRefusee("Cette adresse a reçu un compte entre-temps\u00a0: faites une nouvelle demande.")
    return User.objects.create_user(ligne.courriel, None, civilite=ligne.civilite, prenom=ligne.prenom, nom=ligne.nom)


def _rouvrir(compte: User, acteur: Acteur) -> None:
    suivi = SuiviCompte.objects.filter(utilisateur=compte).first()
    if suivi is None or suivi.motif != SuiviCompte.Motif.DEPART:
        raise HabilitationRefusee("Ce compte est suspendu\u00a0: demandez d’abord sa réactivation.")
    activer(compte=compte, acteur=acteur)


@transaction.atomic
def terminer_droit(*, rattachement: Rattachement, acteur: Acteur) -> None:
    """End one right of a person who keeps another; the last one ends by a departure, which hands the cases over."""
    if not (verdict := policies.peut_gerer(acteur, rattachement.service.institution_id)):
        raise HabilitationRefusee(verdict.raison)
    if rattachement.utilisateur_id == acteur.utilisateur_id:
        raise HabilitationRefusee("Votre propre droit se termine par un autre administrateur.")
    autres = rattachements_ouverts(rattachement.utilisateur).exclude(pk=rattachement.pk)
    if not autres.filter(service__institution=rattachement.service.institution_id).exists():
        raise HabilitationRefusee("C’est le dernier droit de cette personne\u00a0: enregistrez son départ.")
    rattachements.terminer(rattachement=rattachement, acteur=acteur)


def peut_etre_second(acteur: Acteur, demande: DemandeDouble) -> Verdict:
    """The second person of a right or of a reactivation, who is not its beneficiary under another account."""
    autres = [
        compte
        for compte in administrateurs(demande.institution_id, sauf=demande.demandee_par_id)
        if not concerne(compte, demande) and not meme_personne(demande.demandee_par, compte)
    ]
    verdict = policies.peut_etre_second(acteur, demande.institution_id, autres_administrateurs=bool(autres))
    if verdict and concerne(User.objects.get(pk=acteur.utilisateur_id), demande):
        return non("Ce droit est pour vous\u00a0: une autre personne doit l’approuver.")
    return verdict


def seconds(demande: DemandeDouble) -> list[User]:
    """Whom to tell that a second person is awaited: who may be it is decided again when they answer."""
    pairs = administrateurs(demande.institution_id, sauf=demande.demandee_par_id)
    lecteurs = rattachements_valides().filter(role__in=policies.LECTEURS).order_by().values("utilisateur")
    return [*pairs, *User.objects.filter(pk__in=lecteurs).exclude(pk=demande.demandee_par_id).order_by("pk")]


def peut_demander(acteur: Acteur, demande: DemandeDouble) -> Verdict:
    """The requester still manages the accounts of that house (or bootstraps it)."""
    if demande.acte == OUVRIR:
        ligne = Habilitation.objects.select_related("institution").get(cle=demande.objet)
        seule = not administrateurs(ligne.institution_id)
        return policies.peut_proposer(acteur, ligne.institution, ligne.role, sans_administrateur=seule)
    return policies.peut_gerer(acteur, demande.institution_id)


def concerne(second: User, demande: DemandeDouble) -> bool:
    """Whether this person would benefit, under this account or another."""
    if demande.acte != OUVRIR:
        return bool(meme_personne(User.objects.get(cle=demande.objet), second))
    ligne = Habilitation.objects.select_related("utilisateur").get(cle=demande.objet)
    if ligne.utilisateur is not None:
        return bool(meme_personne(ligne.utilisateur, second))
    futur = User(courriel=ligne.courriel, prenom=ligne.prenom, nom=ligne.nom)
    return bool(meme_personne(futur, second, matricule=ligne.matricule, institution_id=ligne.institution_id))
