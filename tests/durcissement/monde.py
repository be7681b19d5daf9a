"""The product as a hostile visitor walks it: every page of each role, every form that stands on it, filled at will."""

import copy
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from dossiers.models import Dossier
from requisitions.workflow import affecter, controler, valider
from signalements.instruction import accuser_reception
from tests.architecture.adresses import adresses, valeurs_d_exemple
from tests.distribution import Distribution
from tests.prises_en_charge.scene import Scene
from tests.requisitions.conftest import motifs_du_controle, tout_conforme
from tests.requisitions.fabrique import ouvrir as deposer
from tests.signalements.situation import pret, transmis

ROLES = ("soignante", "parquet", "opj", "juriste", "medecin", "securite", "usmp", "maison_arret", "referente", "dpo")
# Who has pages of their own, by namespace; the others meet refusals only.
CHEZ_EUX = {
    "signalements": ("soignante", "parquet"),
    "requisitions": ("opj", "juriste", "medecin", "securite"),
    "prises_en_charge": ("usmp", "maison_arret", "medecin"),
    "fiches": ("referente", "parquet"),
    "bilans": ("referente",),
}
AUTRES = ("soignante", "dpo")
# They end, lock or change the session that visits.
SORTIES = {"accounts:deconnexion", "accounts:masquer", "accounts:verrouille", "accounts:prolonger"}
LIBRES = {"text", "search", "textarea", "email", "hidden"}


@dataclass
class Champ:
    """One control of a page: what it is, what it offers, what it holds."""

    genre: str
    valeur: str = ""
    choix: list[str] = field(default_factory=list)


@dataclass
class Formulaire:
    """A form as the page shows it to one person."""

    role: str
    page: str
    action: str
    methode: str
    champs: dict[str, Champ] = field(default_factory=dict)

    @property
    def nom(self) -> str:
        """Name of the view that receives it."""
        try:
            return resolve(urlsplit(self.action).path).view_name
        except Resolver404:
            return ""

    def remplir(self, **autres: Any) -> dict[str, Any]:
        """What a browser would send as it stands, with the first choice where nothing is ticked."""
        donnees: dict[str, Any] = {}
        for nom, champ in self.champs.items():
            if champ.genre == "file":
                continue
            donnees[nom] = champ.valeur or next((choix for choix in champ.choix if choix), "")
        return donnees | autres

    def textes(self) -> list[str]:
        return [n for n, c in self.champs.items() if c.genre in LIBRES and n not in {"cle", "version", "page"}]


class _Lecteur(HTMLParser):
    def __init__(self, role: str, page: str) -> None:
        super().__init__()
        self.role, self.page, self.formulaires = role, page, []
        self._courant: Formulaire | None = None
        self._champ: Champ | None = None

    def handle_starttag(self, balise: str, attributs: list[tuple[str, str | None]]) -> None:
        lus = {nom: valeur or "" for nom, valeur in attributs}
        if balise == "form":
            action = urljoin(self.page, lus.get("action", "") or urlsplit(self.page).path)
            self._courant = Formulaire(self.role, self.page, action, lus.get("method", "get").lower())
            self.formulaires.append(self._courant)
        elif self._courant is not None and balise in {"input", "select", "textarea", "button"} and lus.get("name"):
            self._ajouter(self._courant, balise, lus)
        elif balise == "option" and self._champ is not None:
            self._champ.choix.append(lus.get("value", ""))

    def _ajouter(self, formulaire: Formulaire, balise: str, lus: dict[str, str]) -> None:
        genre = lus.get("type", "text") if balise == "input" else balise
        champ = formulaire.champs.setdefault(lus["name"], Champ(genre))
        if genre in {"radio", "checkbox", "button"}:
            champ.choix.append(lus.get("value", "on"))
        else:
            champ.valeur = lus.get("value", "")
        self._champ = champ if balise == "select" else None

    def handle_endtag(self, balise: str) -> None:
        if balise == "form":
            self._courant = None
        elif balise == "select":
            self._champ = None


class Monde:
    """The cases of every app at several moments, and one signed-in client a role."""

    def __init__(self, distribution: Distribution) -> None:
        self.distribution = distribution
        self.valeurs = valeurs_d_exemple(distribution)
        self.jeux: list[Mapping[str, Mapping[str, Any]]] = [self.valeurs, *self._autres_moments()]
        self.clients = {role: self.client(role) for role in ROLES}
        self._formulaires: dict[str, list[Formulaire]] = {}

    def _autres_moments(self) -> Iterator[Mapping[str, Mapping[str, Any]]]:
        d = self.distribution
        soignante, juriste = d.acteur("soignante"), d.acteur("juriste")
        yield {"signalements": {"cle": pret(soignante).cle}}
        yield {"signalements": {"cle": transmis(soignante, "MAJEUR_AVEC_ACCORD").cle}}
        controlee = controler(dossier=deposer(d), acteur=juriste)
        yield {"requisitions": {"cle": controlee.cle}}
        affectee = controler(dossier=deposer(d), acteur=juriste)
        tout_conforme(affectee, juriste)
        medecin = d.utilisateur("medecin")
        valider(dossier=affectee, acteur=juriste, motifs=motifs_du_controle(affectee))
        yield {
            "requisitions": {"cle": affecter(dossier=affectee, acteur=juriste, consigne="Copie.", medecin=medecin).cle}
        }
        yield {"prises_en_charge": {"cle": Scene(d).demander().cle}}

    def accuser_reception(self) -> Any:
        """The parquet opens the report it received: what it may ask next depends on it. Returns its key."""
        dossier = Dossier.objects.get(cle=self.valeurs["signalements"]["cle"])
        return accuser_reception(dossier=dossier, acteur=self.distribution.acteur("parquet")).cle

    def client(self, role: str) -> Client:
        """Signed in, with a fresh proof of identity; an exception is an answer 500, as in production."""
        client = self.distribution.client(role)
        client.raise_request_exception = False
        session = client.session
        session["eleve_le"] = int(time.time())
        session.save()
        return client

    @cached_property
    def chemins(self) -> list[tuple[str, str]]:
        """(name of the view, path) of every address, on every case."""
        vus: dict[str, str] = {}
        for adresse in adresses():
            espace = adresse.nom.split(":")[0]
            for jeu in self.jeux:
                if jeu is self.valeurs or espace in jeu:
                    vus.setdefault(adresse.visite({**self.valeurs.get(espace, {}), **jeu.get(espace, {})}), adresse.nom)
        return [(nom, chemin) for chemin, nom in vus.items()]

    def lectures(self, tour: int = 0) -> list[tuple[str, str, str]]:
        """(role, name of the view, path): every page once, by one of those whose it is; at each tour by the next one."""
        lues = []
        for rang, (nom, chemin) in enumerate(self.chemins):
            chez_eux = CHEZ_EUX.get(nom.split(":")[0], AUTRES)
            if nom not in SORTIES:
                lues.append((chez_eux[(rang + tour) % len(chez_eux)], nom, chemin))
        return lues

    def curiosites(self) -> list[tuple[str, str, str]]:
        """(role, name of the view, path): every page once, by one who has no business there."""
        return [
            ("dpo" if nom.split(":")[0] in CHEZ_EUX else "referente", nom, chemin)
            for nom, chemin in self.chemins
            if nom not in SORTIES
        ]

    def formulaires(self, methode: str = "post") -> list[Formulaire]:
        """Each form once: by the view that receives it and the controls that it has."""
        if methode not in self._formulaires:
            self._formulaires[methode] = self._relever(methode)
        return self._formulaires[methode]

    def _relever(self, methode: str) -> list[Formulaire]:
        trouves: dict[tuple[str, frozenset[str]], Formulaire] = {}
        for nom, chemin in self.chemins:
            for role in () if nom in SORTIES else CHEZ_EUX.get(nom.split(":")[0], AUTRES):
                with sans_effet(self.clients[role]):
                    page = self.clients[role].get(chemin)
                if page.status_code != 200 or "html" not in page.headers.get("Content-Type", ""):
                    continue
                lecteur = _Lecteur(role, chemin)
                lecteur.feed(page.content.decode())
                for formulaire in lecteur.formulaires:
                    cle = (formulaire.nom, frozenset(formulaire.champs))
                    if formulaire.methode == methode and formulaire.nom not in SORTIES | {""}:
                        trouves.setdefault(cle, formulaire)
        return list(trouves.values())


@contextmanager
def sans_effet(client: Client) -> Iterator[None]:
    """What the request wrote is rolled back, session included."""
    biscuits = copy.deepcopy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = biscuits


def envoyer(client: Client, formulaire: Formulaire, donnees: Mapping[str, Any], **options: Any) -> HttpResponse:
    methode = client.post if formulaire.methode == "post" else client.get
    with sans_effet(client):
        return methode(formulaire.action, donnees, **options)
