"""One closed case, the days of the worker, and the second person: what the tests of retention share."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from convention import quatre_yeux
from dossiers.conservation import verbes
from dossiers.conservation.balayage import demander_le_balayage
from dossiers.models import Conservation, Dossier
from tests.contrats.fabrique import fabriques
from tests.distribution import Distribution
from tests.requisitions.conftest import octets_pdf

PARIS = ZoneInfo("Europe/Paris")
DEBUT = datetime(2026, 11, 23, 9, 0, tzinfo=PARIS)
MOTIF = "Une procédure est en cours, la pièce peut servir."


class Monde:
    """One closed case, and the days of the worker."""

    def __init__(self, distribution: Distribution, travailler: Callable[[], int], nature: str = "signalements") -> None:
        self.distribution, self.travailler = distribution, travailler
        call_command("charger_conservation", stdout=StringIO())
        for nom in ("dpo", "juriste", "archives"):
            distribution.utilisateur(nom)
        self.dossier = fabriques()[nature].ouvrir(distribution)
        travailler()

    def clore(self) -> None:
        Dossier.objects.filter(pk=self.dossier.pk).update(
            phase="clos", clos_le=timezone.now(), clos_par=self.dossier.cree_par
        )

    def jour(self) -> None:
        demander_le_balayage()
        while self.travailler():
            pass

    def suivi(self) -> Conservation:
        return Conservation.objects.get(dossier=self.dossier)

    def approuver(self, qui: str = "juriste") -> None:
        demande = quatre_yeux.en_attente().latest("pk")
        quatre_yeux.approuver(
            demande=demande, contenu=verbes.contenu_de(demande.objet), acteur=self.distribution.acteur(qui)
        )

    def au_terme(self, horloge: time_machine.Traveller) -> Conservation:
        """Archived, warned, proposed."""
        self.clore()
        self.jour()
        for jour in (self.suivi().archivage, self.suivi().echeance - timedelta(days=30), self.suivi().echeance):
            horloge.move_to(datetime.combine(jour, datetime.min.time(), PARIS) + timedelta(hours=9))
            self.jour()
        return self.suivi()


@pytest.fixture
def rendu_rapide(monkeypatch: pytest.MonkeyPatch) -> None:
    """The content of documents is read elsewhere: a blank page is enough to be erased."""
    monkeypatch.setattr("documents.render.rendre_pdf", lambda gabarit, contexte, **_: octets_pdf(gabarit))


@pytest.fixture
def horloge() -> object:
    with time_machine.travel(DEBUT, tick=False) as horloge:
        yield horloge


@pytest.fixture
def monde(rendu_rapide: None, horloge: object, distribution: Distribution, travailler: Callable[[], int]) -> Monde:
    return Monde(distribution, travailler)
