"""The directory of the demonstration: rosters a year ahead with one gap to see, old numbers, a correction to answer."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from accounts.models import User
from accueil.demonstration.comptes import Monde
from convention import corrections
from convention.acteur import acteur_de
from convention.creneaux import UN_JOUR
from convention.models import Contact, CorrectionAnnuaire, Permanence, Service

UNE_SEMAINE = 7 * UN_JOUR
SEUL, A_DEUX, TROUE = "CHV-GARDE", "PARQUET-PERM", "CHV-PSY"
ANCIENS = ("POLICE-CSP", "CHV-SOCIAL")
PROPOSE = ("CHV-SOCIAL", "soignante@demo.test", "03 53 01 40 99")


def tenir_les_permanences(monde: Monde, ancre: datetime) -> None:
    """Weekly slots from thirty days ago to a year ahead; the demonstration account holds the present week.

    The administrator on call holds every week, so that this account works whenever the demonstration runs.
    """
    creneaux: list[Permanence] = []
    for code, service in monde.services.items():
        if service.permanence and monde.equipes[code]:
            creneaux.extend(_semaines(service, monde.equipes[code], ancre))
    Permanence.objects.bulk_create(creneaux)


def _semaines(service: Service, equipe: list[User], ancre: datetime) -> Iterable[Permanence]:
    lundi = ancre - timedelta(days=ancre.weekday())
    for semaine in range(-5, 54):
        debut = lundi + semaine * UNE_SEMAINE
        fin = debut + UNE_SEMAINE
        if service.code == TROUE and semaine == 2:
            fin -= timedelta(hours=12)  # the gap that the pages show
        place = 0 if service.code == SEUL or semaine == 0 else semaine % len(equipe)
        yield _creneau(service, equipe[place], debut, fin, Permanence.Rang.PREMIER)
        if service.code == A_DEUX and len(equipe) > 1:
            yield _creneau(service, equipe[(place + 1) % len(equipe)], debut, fin, Permanence.Rang.DEUXIEME)


def _creneau(service: Service, titulaire: User, debut: datetime, fin: datetime, rang: int) -> Permanence:
    numero = f"06 39 98 {10 + service.pk % 90:02d} {10 + titulaire.pk % 90:02d}"
    return Permanence(service=service, titulaire=titulaire, debut=debut, fin=fin, rang=rang, telephone=numero)


def vieillir_et_corriger(ancre: datetime) -> None:
    """Two numbers that nobody has checked for long, and what a nurse proposes for one of them."""
    for code in ANCIENS:
        contact = Contact.objects.filter(service__code=code).order_by("ordre", "pk")[0]
        contact.verifie_le = ancre.date() - timedelta(days=120)
        contact.save()
    code, courriel, numero = PROPOSE
    service = Service.objects.get(code=code)
    corrections.proposer(
        service=service,
        contact=service.contacts.first(),
        champ=CorrectionAnnuaire.Champ.TELEPHONE,
        nouvelle=numero,
        precision="Le standard donne ce numéro depuis lundi.",
        acteur=acteur_de(User.objects.get(courriel=courriel)),
    )
