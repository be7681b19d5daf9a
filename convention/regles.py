"""Who may write, sign, leave and end a convention. Pure questions: a Verdict, with the French reason of a refusal."""

from datetime import date

from django.db.models import Q
from django.utils import timezone

from accounts.roles import Role
from convention.acteur import Acteur
from convention.etats import OUVERTS, E
from convention.models import Convention, Delegation, Institution, Mandat, Partie, VersionConvention
from convention.parties import attendues, manquantes, phrase_des_manquantes
from transitions.verdict import OUI, Verdict, non, tous

Pouvoir = tuple[Mandat, Delegation | None]


def pouvoirs(acteur: Acteur, jour: date | None = None) -> dict[int, Pouvoir]:
    """By institution, the office under which this person signs today: its own, or a delegation of the holder.

    The person must still have a valid place in that institution: an office does not survive a departure.
    """
    jour = jour or timezone.localdate()
    mandats = Mandat.objects.filter(fin_le=None, debut_le__lte=jour, institution__in=acteur.institutions)
    trouves: dict[int, Pouvoir] = {}
    delegations = Delegation.objects.filter(
        mandat__in=mandats, delegataire=acteur.utilisateur_id, fin_le=None, debut_le__lte=jour
    ).select_related("mandat__institution")
    for delegation in delegations:
        trouves[delegation.mandat.institution_id] = (delegation.mandat, delegation)
    for mandat in mandats.filter(utilisateur=acteur.utilisateur_id).select_related("institution"):
        trouves[mandat.institution_id] = (mandat, None)
    return trouves


def est_referente(convention: Convention, acteur: Acteur) -> Verdict:
    """The role that this convention names, in the institution that holds it."""
    if any(
        place.role == convention.role_referent and place.institution_id == convention.etablissement_id
        for place in acteur.places
    ):
        return OUI
    return non("Seule la référente de la convention le fait.")


def en_cours(convention: Convention) -> Verdict:
    """Acts stop once the end of the convention is pronounced."""
    if hasattr(convention, "resiliation"):
        return non(f"La convention est résiliée, avec effet le {convention.resiliation.effet_le:%d/%m/%Y}.")
    return OUI


def fin_de(convention: Convention, jour: date) -> date | None:
    """The first day without convention, once it has come."""
    fin = convention.resiliation.effet_le if hasattr(convention, "resiliation") else None
    return fin if fin and fin <= jour else None


def preavis_connu(convention: Convention) -> Verdict:
    """Nobody leaves by a notice that the text does not give."""
    if convention.preavis_mois is None:
        return non("Le texte ne précise aucun préavis\u00a0: les parties doivent d’abord en convenir.")
    return OUI


def peut_proposer(convention: Convention, acteur: Acteur) -> Verdict:
    verdict = tous(est_referente(convention, acteur), en_cours(convention))
    if not verdict:
        return verdict
    versions = convention.versions.all()
    ouverte = next((version for version in versions if version.etat in OUVERTS), None)
    if ouverte:
        return non(f"{ouverte.intitule} est déjà en préparation\u00a0: terminez ou abandonnez-le d’abord.")
    if not any(version.etat == E.EN_VIGUEUR for version in versions):
        return non("Aucun texte n’est en vigueur\u00a0: il n’y a rien à modifier.")
    return OUI


def peut_rediger(version: VersionConvention, acteur: Acteur) -> Verdict:
    if version.etat != E.PROJET:
        return non("Ce texte ne change plus, il est ouvert à la signature. Abandonnez-le pour en écrire un autre.")
    return est_referente(version.convention, acteur)


def peut_ouvrir_signature(version: VersionConvention, acteur: Acteur) -> Verdict:
    """The référente, for a text that says something else than the one in force, or admits a partner."""
    verdict = tous(est_referente(version.convention, acteur), en_cours(version.convention))
    if not verdict:
        return verdict
    if not version.contenu["articles"]:
        return non("Ce texte n’a pas d’article\u00a0: écrivez-le d’abord.")
    if not version.contenu["effet_le"]:
        return non("Donnez d’abord la date d’effet.")
    actuelle = version.convention.versions.filter(etat=E.EN_VIGUEUR).first()
    memes = actuelle is not None and actuelle.contenu["articles"] == version.contenu["articles"]
    if memes and version.institution_admise_id is None:
        return non("Aucune différence avec le texte en vigueur\u00a0: modifiez d’abord un article.")
    return OUI


def peut_abandonner(version: VersionConvention, acteur: Acteur) -> Verdict:
    return est_referente(version.convention, acteur)


def toutes_signent(version: VersionConvention, acteur: Acteur | None) -> Verdict:
    """Every mandatory institution signed this very hash."""
    restantes = manquantes(version)
    if not restantes:
        return OUI
    noms = ", ".join(institution.nom_court for institution in restantes)
    return non(f"{phrase_des_manquantes(len(restantes))[:-1]}\u00a0: {noms}.")


def date_atteinte(version: VersionConvention, acteur: Acteur | None) -> Verdict:
    """Signed by all, and the planned day has come."""
    prevu = date.fromisoformat(version.contenu["effet_le"])
    if prevu > timezone.localdate():
        return non(f"La date d’effet est le {prevu:%d/%m/%Y}.")
    return toutes_signent(version, acteur)


def signe_pour(version: VersionConvention, acteur: Acteur) -> Verdict | tuple[Institution, Pouvoir]:
    """The mandatory institution this person signs for now, with its office; else the refusal, most precise first."""
    if version.etat != E.EN_SIGNATURE:
        return non("Ce texte n’est pas ouvert à la signature.")
    obligees = attendues(version)
    miennes = [institution for institution in obligees if institution.pk in acteur.institutions]
    if not miennes:
        sorties = Partie.objects.filter(
            convention=version.convention, institution__in=acteur.institutions, denonciation__isnull=False
        )
        if sorties.exists():
            return non("Votre institution a dénoncé la convention\u00a0: elle n’est plus liée et ne signe plus.")
        return non("Votre institution n’est pas partie à cette convention.")
    titres = pouvoirs(acteur)
    signees = set(version.signatures.values_list("institution_id", flat=True))
    pouvantes = [institution for institution in miennes if institution.pk in titres]
    for institution in pouvantes:
        if institution.pk not in signees:
            return institution, titres[institution.pk]
    if pouvantes or all(institution.pk in signees for institution in miennes):
        return non("Votre institution a déjà signé ce texte.")
    return non("Seul le titulaire de l’institution, ou la personne à qui il a délégué sa signature, peut signer.")


def peut_signer(version: VersionConvention, acteur: Acteur) -> Verdict:
    trouve = signe_pour(version, acteur)
    return trouve if isinstance(trouve, Verdict) else OUI


def partie_a_denoncer(convention: Convention, acteur: Acteur) -> Verdict | tuple[Partie, Pouvoir]:
    """The party this person may take out of the convention."""
    if not (verdict := tous(en_cours(convention), preavis_connu(convention))):
        return verdict
    titres = pouvoirs(acteur)
    for partie in convention.parties.select_related("institution", "denonciation"):
        if partie.institution_id not in titres or partie.entree_le > timezone.localdate():
            continue
        if hasattr(partie, "denonciation"):
            return non("Votre institution a déjà dénoncé la convention.")
        if partie.institution_id == convention.etablissement_id:
            return non("L’institution qui porte la convention n’en sort pas seule\u00a0: elle peut la résilier.")
        if titres[partie.institution_id][1] is not None:
            return non("La dénonciation revient au titulaire lui-même\u00a0: elle ne se délègue pas.")
        return partie, titres[partie.institution_id]
    return non("La dénonciation revient au titulaire d’une institution partie à la convention.")


def peut_denoncer(convention: Convention, acteur: Acteur) -> Verdict:
    trouve = partie_a_denoncer(convention, acteur)
    return trouve if isinstance(trouve, Verdict) else OUI


def peut_resilier(convention: Convention, acteur: Acteur) -> Verdict:
    """The office-holder of the institution that holds the convention, in person."""
    if not (verdict := tous(en_cours(convention), preavis_connu(convention))):
        return verdict
    pouvoir = pouvoirs(acteur).get(convention.etablissement_id)
    if pouvoir is None or pouvoir[1] is not None:
        return non(
            f"La résiliation revient au titulaire de l’institution porteuse\u00a0: {convention.etablissement.nom}."
        )
    return OUI


def peut_nommer(institution: Institution, acteur: Acteur) -> Verdict:
    """A change of office-holder is recorded by the house's administrator, or by the référente of its convention."""
    if any(place.role == Role.ADMIN_INSTITUTION and place.institution_id == institution.pk for place in acteur.places):
        return OUI
    nommee = Q(parties__institution=institution) | Q(versions__institution_admise=institution)
    liees = Convention.objects.filter(nommee, etablissement__in=acteur.institutions)
    if any(est_referente(convention, acteur) for convention in liees.distinct()):
        return OUI
    return non("Le titulaire s’enregistre par l’administrateur des comptes de l’institution ou par la référente.")


def peut_deleguer(institution: Institution, acteur: Acteur) -> Verdict:
    """A delegation is the holder's own act: it cannot be delegated further."""
    pouvoir = pouvoirs(acteur).get(institution.pk)
    if pouvoir is None or pouvoir[1] is not None:
        return non("Seul le titulaire délègue sa signature.")
    return OUI


def peut_voir(convention: Convention, acteur: Acteur) -> bool:
    """Those it concerns: its parties, the house that holds it, its correspondents. Publication opens the public page,
    which needs no account, and nothing here.
    """
    concernees = {convention.etablissement_id}
    concernees |= {partie.institution_id for partie in convention.parties.all()}
    concernees |= {institution.pk for institution in convention.correspondants.all()}
    return bool(concernees & acteur.institutions)


def peut_voir_version(version: VersionConvention, acteur: Acteur) -> bool:
    """A draft shows to its référente; once opened to signature, to the parties too; in force, to every reader."""
    if version.ouverte_le is None and version.etat in (E.PROJET, E.ABANDONNEE):
        return bool(est_referente(version.convention, acteur))
    if version.etat in (E.EN_SIGNATURE, E.SIGNEE, E.ABANDONNEE):
        concernees = {institution.pk for institution in attendues(version)}
        return bool(concernees & acteur.institutions) or bool(est_referente(version.convention, acteur))
    return True
