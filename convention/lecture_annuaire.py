"""The directory's pages for one reader: the list with what is missing, one service with its people and its past."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from convention import annuaire, corrections, policies
from convention.acteur import Acteur
from convention.annuaire import Ligne
from convention.creneaux import Trou, chaine
from convention.gardes import de_garde, prochaine, trous_de
from convention.models import Contact, CorrectionAnnuaire, Institution, Permanence, Service

PASSE = 20
SUIVIS = {"libelle": "Intitulé", "telephone": "Téléphone", "courriel": "Courriel", "horaires": "Horaires"}


@dataclass(frozen=True, slots=True)
class Entree:
    """A line of the list, with the first stretch nobody holds when the reader belongs there."""

    ligne: Ligne
    trou: Trou | None = None


@dataclass(frozen=True, slots=True)
class Numero:
    contact: Contact
    perime: bool


@dataclass(frozen=True, slots=True)
class Passe:
    """One change of a number: when, by whom, and what."""

    le: datetime
    par: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Lecture:
    """One service as this reader may read it. Names stay inside the institution."""

    service: Service
    nom: str
    numeros: list[Numero]
    gardes: list[Permanence]
    suivante: Permanence | None
    trous: list[Trou]
    relais: list[Ligne]
    attendues: list[CorrectionAnnuaire]
    miennes: list[CorrectionAnnuaire]
    dedans: bool
    tient: bool
    tient_tableau: bool
    verifie: bool
    passe: list[Passe] = field(default_factory=list)


def groupes(acteur: Acteur, filtres: dict[str, Any]) -> list[tuple[Institution, list[Entree]]]:
    """Institution by institution, what the filters keep: a constant number of queries."""
    lus = annuaire.par_institution(acteur)
    miens = [
        ligne.service.pk
        for _, lignes in lus
        for ligne in lignes
        if ligne.service.permanence and ligne.service.institution_id in acteur.institutions
    ]
    trous = trous_de(miens, timezone.now()) if miens else {}
    retenus = [
        (institution, [e for e in _entrees(lignes, trous) if _garde(e, institution, filtres)])
        for institution, lignes in lus
    ]
    return [(institution, entrees) for institution, entrees in retenus if entrees]


def _entrees(lignes: Iterable[Ligne], trous: dict[int, list[Trou]]) -> list[Entree]:
    return [Entree(ligne, next(iter(trous.get(ligne.service.pk, [])), None)) for ligne in lignes]


def _garde(entree: Entree, institution: Institution, filtres: dict[str, Any]) -> bool:
    ligne, texte = entree.ligne, (filtres.get("texte") or "").casefold()
    etat = filtres.get("etat")
    return (
        (not texte or texte in f"{ligne.nom} {institution.nom} {institution.nom_court}".casefold())
        and (not filtres.get("famille") or institution.famille == filtres["famille"])
        and (not filtres.get("institution") or institution.pk == filtres["institution"].pk)
        and (etat != "garde" or ligne.garde is not None)
        and (etat != "verifier" or ligne.a_verifier)
        and (etat != "trou" or entree.trou is not None or ligne.sans_garde)
    )


def lire_service(service: Service, acteur: Acteur) -> Lecture:
    maintenant = timezone.now()
    dedans = service.institution_id in acteur.institutions
    tient = bool(policies.peut_tenir_annuaire(acteur, service.institution_id))
    attendues = list(service.corrections.filter(etat=corrections.PROPOSEE).select_related("contact", "proposee_par"))
    miennes = service.corrections.filter(proposee_par=acteur.utilisateur_id).select_related("contact")
    return Lecture(
        service=service,
        nom=service.nom if dedans else service.nom_externe,
        numeros=[Numero(tenu, annuaire.perime(tenu)) for tenu in service.contacts.all()],
        gardes=list(de_garde(maintenant).filter(service=service)),
        suivante=prochaine(service, maintenant),
        trous=trous_de([service.pk], maintenant)[service.pk] if dedans and service.permanence else [],
        relais=_relais(service, acteur),
        attendues=attendues if tient else [],
        miennes=list(miennes.order_by("-proposee_le")[:5]),
        dedans=dedans,
        tient=tient,
        tient_tableau=bool(policies.peut_tenir_permanences(acteur, service)),
        verifie=bool(policies.peut_verifier(acteur, service)),
        passe=_passe(service) if dedans or tient else [],
    )


def _relais(service: Service, acteur: Acteur) -> list[Ligne]:
    """Who is called when nobody answers: outside, the wards that share a front desk are one line."""
    suite = chaine(service, list(Service.objects.only("pk", "code", "remplacant_id")))[1:]
    codes = [maillon.code for maillon in suite]
    return [ligne for ligne in annuaire.lignes_de(codes, acteur) if ligne.service.pk != service.pk] if codes else []


def _passe(service: Service) -> list[Passe]:
    """The last changes of its numbers, most recent first; what only verified a number is told as such."""
    lignes = list(
        Contact.history.filter(service=service.pk)
        .select_related("history_user")
        .order_by("id", "history_date", "history_id")
    )
    faits: list[Passe] = []
    avant: Any = None
    for ligne in lignes:
        precedent = avant if avant is not None and avant.id == ligne.id else None
        phrase = _phrase(precedent, ligne)
        if phrase:
            faits.append(Passe(ligne.history_date, str(ligne.history_user or "Reprise des données"), phrase))
        avant = ligne
    return sorted(faits, key=lambda fait: fait.le, reverse=True)[:PASSE]


def _phrase(avant: Any, apres: Any) -> str:
    if apres.history_type == "-":
        return f"{apres.libelle}\u00a0: ligne retirée"
    if avant is None:
        return f"{apres.libelle}\u00a0: ligne créée, {apres.telephone or apres.courriel}"
    ecarts = [
        f"{mot} «\u00a0{getattr(avant, champ) or 'vide'}\u00a0» devient «\u00a0{getattr(apres, champ) or 'vide'}\u00a0»"
        for champ, mot in SUIVIS.items()
        if getattr(avant, champ) != getattr(apres, champ)
    ]
    if ecarts:
        return f"{avant.libelle}\u00a0: {', '.join(ecarts)}"
    return f"{apres.libelle}\u00a0: numéro vérifié" if avant.verifie_le != apres.verifie_le else ""
