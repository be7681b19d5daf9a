"""A change of office-holder: asked by one person, approved by another, and then everything follows in one act.

Pending signatures and approvals belong to the institution: the new holder finds them all. No orphan is possible, since
the institution has a holder before and after, in one transaction.
"""

import uuid
from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from convention import habilitations, policies, quatre_yeux, regles
from convention.acteur import Acteur
from convention.comptes import administrateurs
from convention.identites import meme_personne
from convention.mandats import du_lieu, titulaire, verrouiller
from convention.models import Delegation, DemandeDouble, Institution, Mandat, PriseDeFonction
from convention.quatre_yeux import Acte
from convention.workflow import exiger
from journal.carnet import noter
from transitions.verdict import Verdict, non
from transitions.workflow import TransitionRefusee

CHANGER = "convention.changer_titulaire"
CHAMPS = ("civilite", "prenom", "nom", "titre", "debut_le", "motif")


@transaction.atomic
def demander(
    *,
    institution: Institution,
    acteur: Acteur,
    utilisateur: User | None,
    reprises: Collection[int] = (),
    **fonction: Any,
) -> PriseDeFonction:
    """Ask for a new office-holder (`fonction`: CHAMPS), and say which delegations go on. Nothing changes yet."""
    institution = verrouiller(institution)
    exiger(regles.peut_nommer(institution, acteur))
    if utilisateur is not None and utilisateur.pk == acteur.utilisateur_id:
        raise TransitionRefusee("Personne ne se nomme soi-même\u00a0: faites enregistrer ce changement par un autre.")
    prise = PriseDeFonction(
        institution=institution,
        utilisateur=utilisateur,
        proposee_par_id=acteur.utilisateur_id,
        **{nom: fonction[nom] for nom in CHAMPS},
    )
    _controler(prise)
    prise.save()
    prise.reprises.set(_ouvertes(institution).filter(pk__in=reprises))
    try:
        quatre_yeux.demander(
            acte=CHANGER,
            objet=prise.cle,
            contenu=contenu(prise.cle),
            motif=prise.motif,
            acteur=acteur,
            institution_id=institution.pk,
        )
    except quatre_yeux.ApprobationRefusee as refus:
        raise TransitionRefusee(str(refus)) from refus
    return prise


def contenu(cle: uuid.UUID) -> dict[str, Any]:
    """What the approval would do now: it falls when the holder or a delegation changes in between."""
    prise = PriseDeFonction.objects.select_related("institution", "utilisateur").get(cle=cle)
    ancien = titulaire(prise.institution)
    return {nom: str(getattr(prise, nom)) for nom in CHAMPS} | {
        "institution": prise.institution.code,
        "compte": str(prise.utilisateur.cle) if prise.utilisateur else "",
        "ancien": ancien.pk if ancien else 0,
        "delegations": _numeros(_ouvertes(prise.institution)),
        "reprises": _numeros(prise.reprises.all()),
    }


def decrire(cle: uuid.UUID) -> str:
    """What the second person reads before answering."""
    prise = PriseDeFonction.objects.select_related("institution", "utilisateur").get(cle=cle)
    ancien, reprises = titulaire(prise.institution), set(prise.reprises.values_list("pk", flat=True))
    ouvertes = list(_ouvertes(prise.institution))
    return " · ".join(
        [
            prise.institution.nom,
            f"{prise}, à partir du {prise.debut_le:%d/%m/%Y}",
            f"signe avec le compte de {prise.utilisateur}" if prise.utilisateur else "sans compte qui signe",
            f"à la place de {ancien.personne}" if ancien else "la fonction n’a pas de titulaire",
            *_liste("délégations reprises", (ligne for ligne in ouvertes if ligne.pk in reprises)),
            *_liste("délégations qui prennent fin", (ligne for ligne in ouvertes if ligne.pk not in reprises)),
        ]
    )


def accorder(*, demande: DemandeDouble, acteur: Acteur) -> None:
    """Run by the second person's approval: close the former mandate, open the new one, hand the delegations over."""
    prise = PriseDeFonction.objects.select_related("utilisateur").get(cle=demande.objet)
    institution = verrouiller(prise.institution)
    if prise.mandat_id or not quatre_yeux.approuvee(CHANGER, prise.cle, contenu(prise.cle)):
        quatre_yeux.refus("Le titulaire ou une délégation a changé entre-temps\u00a0: faites une nouvelle demande.")
    try:
        _controler(prise)
    except TransitionRefusee as refus:
        quatre_yeux.refus(str(refus))
    ancien = titulaire(institution)
    if ancien is not None:
        ancien.fin_le = prise.debut_le
        ancien.save()
    mandat = Mandat.objects.create(
        institution=institution, utilisateur=prise.utilisateur, **{nom: getattr(prise, nom) for nom in CHAMPS}
    )
    faites = _transmettre(ancien, mandat, _numeros(prise.reprises.all())) if ancien else 0
    prise.mandat, prise.accordee_le, prise.accordee_par_id = mandat, timezone.now(), acteur.utilisateur_id
    prise.save()
    details = {"institution": institution.code, "mandat": mandat.pk, "delegations": faites}
    noter("changer_titulaire", acteur=acteur, objet="convention", details=details)


def en_attente(institution: Institution) -> list[str]:
    """The changes that wait for a second person."""
    demandes = quatre_yeux.en_attente().filter(acte=CHANGER, institution=institution).order_by("demandee_le", "pk")
    return [decrire(demande.objet) for demande in demandes]


def declarer() -> None:
    """Declare the act; called in AppConfig.ready()."""
    quatre_yeux.enregistrer(
        Acte(
            nom=CHANGER,
            libelle="Changer le titulaire d’une institution",
            contenu=contenu,
            decrire=decrire,
            peut_demander=_peut_demander,
            peut_approuver=_peut_approuver,
            seconds=habilitations.seconds,
            executer=lambda demande, acteur: accorder(demande=demande, acteur=acteur),
        )
    )


def _peut_demander(acteur: Acteur, demande: DemandeDouble) -> Verdict:
    return regles.peut_nommer(demande.institution, acteur)


def _peut_approuver(acteur: Acteur, demande: DemandeDouble) -> Verdict:
    """Another administrator of the house; where there is none, the référente or the DPO. Never the one who is named."""
    nomme = PriseDeFonction.objects.select_related("utilisateur").get(cle=demande.objet).utilisateur
    exclus = [compte for compte in (nomme, demande.demandee_par) if compte]
    autres = [
        compte
        for compte in administrateurs(demande.institution_id)
        if not any(meme_personne(exclu, compte) for exclu in exclus)
    ]
    verdict = policies.peut_etre_second(acteur, demande.institution_id, autres_administrateurs=bool(autres))
    if verdict and nomme and meme_personne(nomme, User.objects.get(pk=acteur.utilisateur_id)):
        return non("Cette fonction est pour vous\u00a0: une autre personne doit l’approuver.")
    return verdict


def _controler(prise: PriseDeFonction) -> None:
    """The newcomer has a place in the house, and the date follows that of the holder in place."""
    if prise.utilisateur is not None:
        du_lieu(prise.utilisateur, prise.institution)
    if prise.debut_le > timezone.localdate():
        raise TransitionRefusee("Enregistrez la prise de fonction le jour venu\u00a0: cette date est à venir.")
    ancien = titulaire(prise.institution)
    if ancien is not None and prise.debut_le < ancien.debut_le:
        raise TransitionRefusee("La prise de fonction ne peut pas précéder celle du titulaire en place.")


def _ouvertes(institution: Institution) -> Any:
    lignes = Delegation.objects.filter(mandat__institution=institution, mandat__fin_le=None, fin_le=None)
    return lignes.select_related("delegataire").order_by("pk")


def _numeros(delegations: Any) -> list[int]:
    return sorted(delegations.values_list("pk", flat=True))


def _liste(titre: str, delegations: Iterable[Delegation]) -> list[str]:
    noms = ", ".join(str(ligne.delegataire) for ligne in delegations)
    return [f"{titre}\u00a0: {noms}"] if noms else []


def _transmettre(ancien: Mandat, mandat: Mandat, reprises: Collection[int]) -> int:
    """The open delegations of the former holder end; those taken over are born again under the new one."""
    faites = 0
    for delegation in ancien.delegations.filter(fin_le=None):
        delegation.fin_le = mandat.debut_le
        delegation.save()
        if delegation.pk in reprises and delegation.delegataire_id != mandat.utilisateur_id:
            Delegation.objects.create(
                mandat=mandat,
                delegataire_id=delegation.delegataire_id,
                titre=delegation.titre,
                debut_le=mandat.debut_le,
                reprise_de=delegation,
            )
            faites += 1
    return faites
