"""The seed: accounts, rosters, then cases by batches, loaded by COPY in one transaction."""

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from accueil.demonstration.accord import peupler_accord
from accueil.demonstration.affaire import Affaire, annee_de, mettre_sous_enveloppe, workflow
from accueil.demonstration.annuaire import tenir_les_permanences, vieillir_et_corriger
from accueil.demonstration.comptes import Monde, peupler_comptes
from accueil.demonstration.copie import copier, reserver
from accueil.demonstration.declarations import Declarations
from accueil.demonstration.detenus import Extractions
from accueil.demonstration.journalisation import Registre
from accueil.demonstration.programme import peupler_programme
from accueil.demonstration.requisitions import Requisitions
from accueil.demonstration.scenes import SCENES, Scene
from accueil.demonstration.signalements import Signalements
from accueil.demonstration.trajets import TRAJETS, Trajet, calendrier, choisir
from dossiers.models import Compteur, Dossier
from fiches.models import VersionFiche

LOT = 2000
Avancer = Callable[[int, int], None]


@dataclass
class Peuplement:
    """What was created: for the command's last words and the tests."""

    etats: Counter[tuple[str, str]] = field(default_factory=Counter)
    references: dict[tuple[str, int], int] = field(default_factory=dict)
    entrees: int = 0


class Atelier:
    """The makers of each nature and what they share."""

    def __init__(self, monde: Monde, ancre: datetime, maintenant: datetime, alea: random.Random) -> None:
        self.ancre, self.maintenant, self.alea = ancre, maintenant, alea
        self.metiers: dict[str, Any] = {
            metier.nature: metier
            for metier in (Signalements(monde), Requisitions(monde), Extractions(monde), Declarations(monde))
        }
        self.fiches = dict(
            VersionFiche.objects.filter(etat=VersionFiche.Etat.EN_VIGUEUR).values_list("fiche__code", "pk")
        )
        self.registre = Registre()
        self.fait = Peuplement()

    def affaire(self, moment: datetime, nature: str, trajet: Trajet | None, fin: datetime, **forces: Any) -> Affaire:
        metier = self.metiers[nature]
        esquisse = metier.esquisser(self.alea, moment, {**forces, "trajet": trajet})
        choisi = trajet or choisir(nature, esquisse["variante"], moment, self.ancre, self.alea)
        affaire = Affaire(nature=nature, ouvert_le=moment, trajet=choisi, moments=[], **esquisse)
        metier.dater(affaire, fin, self.alea)
        self._numeroter(affaire, metier.prefixe)
        return affaire

    def _numeroter(self, affaire: Affaire, prefixe: str) -> None:
        if workflow(affaire.nature).etats[affaire.etat].phase == "brouillon":
            return
        cle = (prefixe, annee_de(affaire.ouvert_le))
        rang = self.fait.references[cle] = self.fait.references.get(cle, 0) + 1
        affaire.reference = f"{prefixe}-{cle[1]}-{rang:04d}"

    def charger(self, affaires: list[Affaire], *, tracer: bool) -> None:
        """Complete and load a batch: envelopes first, then letters and what hangs on them."""
        premiere = reserver(Dossier, len(affaires))
        for rang, affaire in enumerate(affaires):
            fiche = self.fiches.get(self.metiers[affaire.nature].fiche(affaire.variante))
            mettre_sous_enveloppe(affaire, premiere + rang, fiche, self.alea)
        lignes: list[list[Any]] = []
        for nature, metier in self.metiers.items():
            siennes = [affaire for affaire in affaires if affaire.nature == nature]
            if siennes:
                lignes.extend(metier.completer(siennes, self.alea))
        copier([affaire.dossier for affaire in affaires])
        for table in (
            _a_plat(affaire.echeances for affaire in affaires),
            _a_plat(affaire.evenements for affaire in affaires),
        ):
            copier(table)
        parts = _a_plat(affaire.parts for affaire in affaires)
        for genre in sorted({type(part) for part in parts}, key=lambda classe: classe.__name__):
            copier([part for part in parts if type(part) is genre])
        for table in lignes:
            copier(table)
        for affaire in affaires:
            self.fait.etats[affaire.nature, affaire.etat] += 1
            if tracer:
                self.registre.noter(affaire)


def _a_plat(listes: Iterable[list[Any]]) -> list[Any]:
    return [objet for liste in listes for objet in liste]


@transaction.atomic
def peupler(
    nombre: int, graine: int, avancer: Avancer, maintenant: datetime | None = None, traces: int = 5000
) -> Peuplement:
    """Create everything or nothing. Same seed and same day, same rows: only the present scenes follow the hour.

    `traces`: how many of the latest cases have their acts in the journal.
    """
    maintenant = maintenant or timezone.localtime()
    ancre = maintenant.replace(hour=0, minute=0, second=0, microsecond=0)
    alea = random.Random(graine)
    with connection.cursor() as curseur:
        # Foreign keys are checked batch after batch instead of being queued until the end.
        curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
    monde = peupler_comptes(alea)
    tenir_les_permanences(monde, ancre)
    vieillir_et_corriger(ancre)
    peupler_accord()
    peupler_programme()
    atelier = Atelier(monde, ancre, maintenant, alea)
    scenes = SCENES[: max(nombre // 4, 1)]
    passes = calendrier(max(nombre - len(scenes), 0), ancre, alea)
    imposes = _imposes(passes, {(scene.nature, scene.trajet) for scene in scenes})
    for debut in range(0, len(passes), LOT):
        lot = [
            atelier.affaire(moment, nature, imposes.get(debut + rang), ancre)
            for rang, (moment, nature) in enumerate(passes[debut : debut + LOT])
        ]
        atelier.charger(lot, tracer=len(passes) - debut <= traces)
        avancer(min(debut + LOT, len(passes)), nombre)
    atelier.charger([_jouer(atelier, scene) for scene in scenes], tracer=True)
    _compter(atelier.fait)
    atelier.fait.entrees = atelier.registre.ecrire()
    avancer(nombre, nombre)
    return atelier.fait


def _imposes(passes: list[tuple[datetime, str]], joues: set[tuple[str, str]]) -> dict[int, Trajet]:
    """The latest cases of each nature go once through each way that no scene plays, so that every state has someone.

    What is still open comes last, so that it is not long overdue.
    """
    restants = {
        nature: sorted(
            (trajet for trajet in trajets if (nature, trajet.code) not in joues), key=lambda trajet: not trajet.abouti
        )
        for nature, trajets in TRAJETS.items()
    }
    imposes: dict[int, Trajet] = {}
    for rang in range(len(passes) - 1, -1, -1):
        if not any(restants.values()):
            break
        if reste := restants[passes[rang][1]]:
            imposes[rang] = reste.pop()
    return imposes


def _jouer(atelier: Atelier, scene: Scene) -> Affaire:
    """A case of this very hour, for the lists of the demonstration accounts."""
    trajet = next(trajet for trajet in TRAJETS[scene.nature] if trajet.code == scene.trajet)
    moment = atelier.maintenant - timedelta(minutes=scene.il_y_a)
    affaire = atelier.affaire(moment, scene.nature, trajet, atelier.maintenant, **scene.forces)
    if scene.moments:
        affaire.moments = [atelier.maintenant - timedelta(minutes=minutes) for minutes in scene.moments]
    return affaire


def _compter(fait: Peuplement) -> None:
    """The next case made by hand follows the last number of the seed."""
    for (prefixe, annee), dernier in sorted(fait.references.items()):
        Compteur.objects.update_or_create(prefixe=prefixe, annee=annee, defaults={"dernier": dernier})
