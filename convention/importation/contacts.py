"""The numbers of services from a spreadsheet: one row a number, found by service and title."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from convention import policies
from convention.acteur import Acteur
from convention.importation.plan import CaseRefusee, Changement, Colonne, Statut, en_date, obligatoire
from convention.models import Contact, Service
from convention.telephones import normaliser

COLONNES = (
    Colonne("service", "Service", obligatoire=True),
    Colonne("nom", "Nom", lue=False),
    Colonne("libelle", "Intitulé"),
    Colonne("telephone", "Téléphone", obligatoire=True),
    Colonne("courriel", "Courriel"),
    Colonne("horaires", "Horaires"),
    Colonne("verifie_le", "Vérifié le"),
    Colonne("valable_jusqu_au", "Valable jusqu’au"),
)
TITRES = {colonne.cle: colonne.titre for colonne in COLONNES}
LONGUEURS = {"libelle": 80, "courriel": 254, "horaires": 80}
INCONNU = "Aucun service n’a ce code dans l’annuaire."
PAS_LE_VOTRE = "Vous ne tenez pas l’annuaire de ce service."


def planifier(lignes: Sequence[dict[str, str]], acteur: Acteur, *, verrou: bool = False) -> list[Changement]:
    """Two queries whatever the number of rows; `verrou` locks the rows that are found."""
    services = Service.objects.select_related("institution").in_bulk(
        {ligne["service"] for ligne in lignes if ligne.get("service")}, field_name="code"
    )
    pks = [service.pk for service in services.values()]
    contacts = Contact.objects.filter(service__in=pks).order_by("ordre", "pk")
    if verrou:
        contacts = contacts.select_for_update(of=("self",))
    connus: dict[tuple[int, str], Contact] = {}
    for contact in contacts:
        connus.setdefault((contact.service_id, contact.libelle.casefold()), contact)
    vus: dict[tuple[int, str], int] = {}
    return [_changement(ligne, services, connus, vus, acteur) for ligne in lignes]


def _changement(
    ligne: dict[str, str],
    services: dict[str, Service],
    connus: dict[tuple[int, str], Contact],
    vus: dict[tuple[int, str], int],
    acteur: Acteur,
) -> Changement:
    numero, code = int(ligne["numero"]), ligne.get("service", "")
    service = services.get(code)
    if code and service is None:
        return Changement(numero, Statut.INCONNU, code, colonne=TITRES["service"], erreur=INCONNU)
    try:
        obligatoire(ligne, "service", TITRES["service"])
        assert service is not None  # noqa: S101  # an empty code has just been refused
        if not policies.peut_tenir_annuaire(acteur, service.institution_id):
            raise CaseRefusee(TITRES["service"], PAS_LE_VOTRE)
        valeurs = _valeurs(ligne)
        cle = (service.pk, str(valeurs["libelle"]).casefold())
        if cle in vus:
            raise CaseRefusee(TITRES["libelle"], f"Cette ligne répète la ligne {vus[cle]}. Gardez-en une.")
        vus[cle] = numero
        return _comparer(numero, service, connus.get(cle), valeurs)
    except CaseRefusee as refus:
        return Changement(numero, Statut.ERREUR, code, colonne=refus.colonne, erreur=str(refus))


def _valeurs(ligne: dict[str, str]) -> dict[str, Any]:
    """The cells that say something; an empty one leaves what is there."""
    valeurs: dict[str, Any] = {"libelle": ligne.get("libelle") or "Accueil"}
    for champ, maximum in LONGUEURS.items():
        if len(ligne.get(champ, "")) > maximum:
            raise CaseRefusee(TITRES[champ], f"Gardez {maximum} caractères au plus.")
    if ligne.get("telephone"):
        try:
            valeurs["telephone"] = normaliser(ligne["telephone"])
        except ValueError as erreur:
            raise CaseRefusee(TITRES["telephone"], str(erreur)) from erreur
    if ligne.get("courriel"):
        try:
            validate_email(ligne["courriel"])
        except ValidationError as erreur:
            raise CaseRefusee(TITRES["courriel"], "Écrivez une adresse comme accueil@exemple.fr.") from erreur
        valeurs["courriel"] = ligne["courriel"]
    if ligne.get("horaires"):
        valeurs["horaires"] = ligne["horaires"]
    if ligne.get("verifie_le"):
        valeurs["verifie_le"] = en_date(ligne["verifie_le"], TITRES["verifie_le"])
        if valeurs["verifie_le"] > timezone.localdate():
            raise CaseRefusee(TITRES["verifie_le"], "Cette date est à venir\u00a0: corrigez-la.")
    if ligne.get("valable_jusqu_au"):
        valeurs["valable_jusqu_au"] = en_date(ligne["valable_jusqu_au"], TITRES["valable_jusqu_au"])
    return valeurs


def _comparer(numero: int, service: Service, contact: Contact | None, valeurs: dict[str, Any]) -> Changement:
    ecarts = [
        (TITRES[champ], _mot(getattr(contact, champ) if contact else ""), _mot(valeur))
        for champ, valeur in valeurs.items()
        if champ != "libelle" and (contact is None or getattr(contact, champ) != valeur)
    ]
    statut = Statut.CREE if contact is None else Statut.CHANGE if ecarts else Statut.INCHANGE
    if statut == Statut.CREE and not valeurs.get("telephone") and not valeurs.get("courriel"):
        raise CaseRefusee(TITRES["telephone"], "Une ligne nouvelle a au moins un numéro ou un courriel.")
    if statut != Statut.INCHANGE:
        valeurs.setdefault("verifie_le", timezone.localdate())
    pk = contact.pk if contact else None
    return Changement(numero, statut, service.code, valeurs["libelle"], ecarts, pk=pk, valeurs=valeurs)


def _mot(valeur: Any) -> str:
    return valeur.strftime("%d/%m/%Y") if hasattr(valeur, "strftime") else str(valeur)


def ecrire(changements: Sequence[Changement], raison: str, acteur: Acteur) -> None:
    """Inside the caller's transaction, on rows that the plan has locked."""
    services = Service.objects.in_bulk({c.service for c in changements}, field_name="code")
    contacts = Contact.objects.in_bulk([c.pk for c in changements if c.pk])
    for changement in changements:
        contact = contacts[changement.pk] if changement.pk else Contact(service=services[changement.service])
        for champ, valeur in changement.valeurs.items():
            setattr(contact, champ, valeur)
        contact.verifie_par_id = acteur.utilisateur_id
        contact._change_reason = raison  # type: ignore[attr-defined]
        contact.save()
