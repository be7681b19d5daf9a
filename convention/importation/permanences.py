"""Duty slots from a spreadsheet: one row a slot, its holder named by e-mail address."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import User
from convention import policies
from convention.acteur import Acteur
from convention.creneaux import couvre
from convention.importation.contacts import INCONNU
from convention.importation.plan import CaseRefusee, Changement, Colonne, Statut, en_moment, obligatoire
from convention.models import Permanence, Rattachement, Service
from convention.models.annuaire import DEJA_DE_GARDE, DOUBLE, RANG_MAXIMUM
from convention.permanences import A_REBOURS, DEJA_FINI, SANS_DROIT, intervalle_fr
from convention.telephones import normaliser

COLONNES = (
    Colonne("service", "Service", obligatoire=True),
    Colonne("debut", "Début", obligatoire=True),
    Colonne("fin", "Fin", obligatoire=True),
    Colonne("courriel", "Courriel", obligatoire=True),
    Colonne("personne", "Personne", lue=False),
    Colonne("rang", "Ordre d’appel"),
    Colonne("telephone", "Téléphone"),
)
TITRES = {colonne.cle: colonne.titre for colonne in COLONNES}
INCONNUE = "Personne n’a cette adresse dans ce service."


class Registre:
    """What the rows are compared with: read once, completed by the rows that are accepted."""

    def __init__(self, lignes: Sequence[dict[str, str]], *, verrou: bool) -> None:
        codes = {ligne["service"] for ligne in lignes if ligne.get("service")}
        self.services = Service.objects.select_related("institution").in_bulk(codes, field_name="code")
        pks = [service.pk for service in self.services.values()]
        self.droits: dict[tuple[int, int], list[tuple[date, date | None, str]]] = defaultdict(list)
        self.gens: dict[tuple[int, str], User] = {}
        droits = Rattachement.objects.filter(service__in=pks, utilisateur__is_active=True).select_related("utilisateur")
        for droit in droits.order_by("pk"):
            self.droits[droit.service_id, droit.utilisateur_id].append((droit.debut_le, droit.fin_le, droit.role))
            self.gens[droit.service_id, droit.utilisateur.courriel.casefold()] = droit.utilisateur
        a_venir = Permanence.objects.filter(service__in=pks, fin__gt=timezone.now())
        if verrou:
            a_venir = a_venir.select_for_update(of=("self",))
        self.creneaux: dict[int, list[Permanence]] = defaultdict(list)
        for creneau in a_venir.select_related("titulaire").order_by("debut", "pk"):
            self.creneaux[creneau.service_id].append(creneau)


def planifier(lignes: Sequence[dict[str, str]], acteur: Acteur, *, verrou: bool = False) -> list[Changement]:
    """Three queries whatever the number of rows; `verrou` locks the slots that are found."""
    registre = Registre(lignes, verrou=verrou)
    return [_changement(ligne, registre, acteur) for ligne in lignes]


def _changement(ligne: dict[str, str], registre: Registre, acteur: Acteur) -> Changement:
    numero, code = int(ligne["numero"]), ligne.get("service", "")
    service = registre.services.get(code)
    if code and (service is None or service.institution_id not in acteur.institutions):
        return Changement(numero, Statut.INCONNU, code, colonne=TITRES["service"], erreur=INCONNU)
    try:
        obligatoire(ligne, "service", TITRES["service"])
        assert service is not None  # noqa: S101  # an empty code has just been refused
        return _comparer(numero, service, _lire(ligne, service, registre, acteur), registre)
    except CaseRefusee as refus:
        return Changement(numero, Statut.ERREUR, code, colonne=refus.colonne, erreur=str(refus))


def _lire(ligne: dict[str, str], service: Service, registre: Registre, acteur: Acteur) -> Permanence:
    """The slot of a row, not saved; every rule of `convention.permanences` but what other slots decide."""
    debut = en_moment(obligatoire(ligne, "debut", TITRES["debut"]), TITRES["debut"])
    fin = en_moment(obligatoire(ligne, "fin", TITRES["fin"]), TITRES["fin"])
    if fin <= debut:
        raise CaseRefusee(TITRES["fin"], A_REBOURS)
    if fin <= timezone.now():
        raise CaseRefusee(TITRES["fin"], DEJA_FINI)
    adresse = obligatoire(ligne, "courriel", TITRES["courriel"])
    personne = registre.gens.get((service.pk, adresse.casefold()))
    if personne is None:
        raise CaseRefusee(TITRES["courriel"], INCONNUE)
    droits = registre.droits[service.pk, personne.pk]
    verdict = policies.peut_poser_creneau(acteur, service, personne.pk, frozenset(d[2] for d in droits))
    if not verdict:
        raise CaseRefusee(TITRES["courriel"], verdict.raison)
    if not couvre([(premier, dernier) for premier, dernier, _ in droits], debut, fin):
        raise CaseRefusee(TITRES["courriel"], SANS_DROIT)
    return Permanence(
        service=service, titulaire=personne, debut=debut, fin=fin, rang=_rang(ligne), telephone=_telephone(ligne)
    )


def _rang(ligne: dict[str, str]) -> int:
    rang = ligne.get("rang") or "1"
    if not rang.isdecimal() or not 1 <= int(rang) <= RANG_MAXIMUM:
        raise CaseRefusee(TITRES["rang"], f"L’ordre d’appel est un nombre de 1 à {RANG_MAXIMUM}.")
    return int(rang)


def _telephone(ligne: dict[str, str]) -> str:
    try:
        return normaliser(ligne["telephone"]) if ligne.get("telephone") else ""
    except ValueError as erreur:
        raise CaseRefusee(TITRES["telephone"], str(erreur)) from erreur


def _comparer(numero: int, service: Service, voulu: Permanence, registre: Registre) -> Changement:
    autres = [c for c in registre.creneaux[service.pk] if c.debut < voulu.fin and c.fin > voulu.debut]
    meme = next((c for c in autres if (c.rang, c.debut, c.fin) == (voulu.rang, voulu.debut, voulu.fin)), None)
    objet = f"{intervalle_fr(voulu.debut, voulu.fin)}, appel {voulu.rang}"
    valeurs: dict[str, Any] = {
        "titulaire_id": voulu.titulaire_id,
        "debut": voulu.debut,
        "fin": voulu.fin,
        "rang": voulu.rang,
        "telephone": voulu.telephone or (meme.telephone if meme else ""),
    }
    _refuser_conflit(voulu, [creneau for creneau in autres if creneau is not meme], meme)
    if meme is None:
        registre.creneaux[service.pk].append(voulu)
        ecarts = [("Personne", "", str(voulu.titulaire)), ("Téléphone", "", voulu.telephone)]
        return Changement(numero, Statut.CREE, service.code, objet, ecarts, valeurs=valeurs)
    ecarts = [
        (titre, avant, apres)
        for titre, avant, apres in (
            ("Personne", str(meme.titulaire), str(voulu.titulaire)),
            ("Téléphone", meme.telephone, str(valeurs["telephone"])),
        )
        if avant != apres
    ]
    if meme.titulaire_id != voulu.titulaire_id and meme.debut <= timezone.now():
        raise CaseRefusee(TITRES["courriel"], "Cette permanence a commencé\u00a0: terminez-la d’abord au tableau.")
    meme.titulaire, meme.telephone = voulu.titulaire, str(valeurs["telephone"])  # what the next rows are compared with
    statut = Statut.CHANGE if ecarts else Statut.INCHANGE
    return Changement(numero, statut, service.code, objet, ecarts, pk=meme.pk, valeurs=valeurs)


def _refuser_conflit(voulu: Permanence, autres: list[Permanence], meme: Permanence | None) -> None:
    if meme is not None and meme.pk is None:
        raise CaseRefusee(TITRES["debut"], "Cette ligne répète une ligne précédente. Gardez-en une.")
    rival = next((creneau for creneau in autres if creneau.rang == voulu.rang), None)
    if rival:
        phrase = f"{rival.titulaire} est inscrit {intervalle_fr(rival.debut, rival.fin)}."
        raise CaseRefusee(TITRES["debut"], f"{DOUBLE} {phrase}")
    if any(creneau.titulaire_id == voulu.titulaire_id for creneau in autres):
        raise CaseRefusee(TITRES["courriel"], DEJA_DE_GARDE)


def ecrire(changements: Sequence[Changement], raison: str, acteur: Acteur) -> None:
    """Inside the caller's transaction; the database refuses what another writer put there meanwhile."""
    services = Service.objects.in_bulk({c.service for c in changements}, field_name="code")
    connus = Permanence.objects.in_bulk([c.pk for c in changements if c.pk])
    for changement in changements:
        creneau = connus[changement.pk] if changement.pk else Permanence(service=services[changement.service])
        for champ, valeur in changement.valeurs.items():
            setattr(creneau, champ, valeur)
        creneau._change_reason = raison  # type: ignore[attr-defined]
        creneau.save()
