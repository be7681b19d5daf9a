"""Every reference inside a request is checked (SEC-03): in each form, somebody else's objects are refused."""

from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import cycle, islice
from typing import Any

import pytest
from django.db import connection

from dossiers.models import Brouillon, Dossier, Participation, ParticipationPersonnelle, Personne, Piece
from tests.architecture.adresses import adresses
from tests.droits.monde import Monde, monde
from tests.rapport import consigner

AUTEURS = ("soignante", "parquet", "opj", "juriste", "usmp", "maison_arret", "medecin", "admin_chv", "referente")
# A person visits the forms of their own cases; the account manager and the referent, those that hang on no case.
SANS_DOSSIER = {"admin_chv", "referente"}
TEXTES = {"csrfmiddlewaretoken", "geste", "page", "q", "action", "version"}
LIENS = (
    ("signalements_complement_pieces", "complement_id", "signalements_complement"),
    ("requisitions_remise_pieces", "remise_id", "requisitions_remise"),
)


class Formulaires(HTMLParser):
    """The POST forms of a page: where they go, their values, and the fields that choose among objects."""

    def __init__(self) -> None:
        super().__init__()
        self.trouves: list[tuple[str, dict[str, list[str]], set[str]]] = []
        self._selection = ""

    def handle_starttag(self, balise: str, attributs: list[tuple[str, str | None]]) -> None:
        lus = {nom: valeur or "" for nom, valeur in attributs}
        if balise == "form":
            self.trouves.append((lus.get("action", ""), {}, set()))
            self._envoi = lus.get("method", "get").lower() == "post"
        if not self.trouves or ("name" not in lus and balise != "option"):
            return
        _, valeurs, choix = self.trouves[-1]
        if balise == "input" and lus["name"] not in TEXTES:
            if lus.get("type") in {"hidden", "radio", "checkbox"}:
                choix.add(lus["name"])
            valeurs.setdefault(lus["name"], []).append(lus.get("value", ""))
        elif balise in {"select", "textarea"}:
            self._selection = lus["name"]
            valeurs.setdefault(lus["name"], [])
            if balise == "select":
                choix.add(lus["name"])
        elif balise == "option" and self._selection:
            valeurs[self._selection] = [*valeurs.get(self._selection, []), lus.get("value", "")][:3]


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def univers(django_db_setup: None, django_db_blocker: object) -> Iterator[Monde]:
    with monde(django_db_blocker) as bati:
        yield bati


def reserve(univers: Monde, personne: str) -> tuple[Dossier | None, dict[str, str]]:
    """Things of a case this person knows nothing of, and people and services that have no part in theirs."""
    etranger = next((d for d in univers.dossiers.values() if not univers.connait(personne, d)), None)
    assert etranger is not None
    piece = Piece.objects.filter(dossier=etranger).first()
    identite = Personne.objects.filter(dossier=etranger).first()
    brouillon = Brouillon.objects.filter(genre="etranger").first()
    objets: dict[str, Any] = {
        "clé de dossier": etranger.cle,
        "dossier": etranger.pk,
        "pièce": piece.pk if piece else None,
        "clé de pièce": piece.cle if piece else None,
        "identité": identite.pk if identite else None,
        "brouillon": brouillon.cle if brouillon else None,
        "compte": univers.distribution.utilisateur("sociale").pk,
        "service": univers.distribution.service("DOUANES-DR").pk,
        "code de service": "DOUANES-DR",
    }
    return etranger, {nom: str(valeur) for nom, valeur in objets.items() if valeur is not None}


def trace(etranger: Dossier) -> tuple[Any, ...]:
    """Whatever would have changed had a foreign reference been accepted."""
    groupes, personnes = ("DOUANES-DR",), ("sociale@demo.test",)
    with connection.cursor() as curseur:
        croises = []
        for table, colonne, mere in LIENS:
            curseur.execute(
                f"SELECT count(*) FROM {table} l JOIN {mere} m ON m.id = l.{colonne} "
                "JOIN dossiers_piece p ON p.id = l.piece_id WHERE p.dossier_id <> m.dossier_id"
            )
            croises.append(curseur.fetchone()[0])
        curseur.execute(
            "SELECT count(*) FROM requisitions_tri t JOIN dossiers_piece p ON p.id = t.piece_id "
            "JOIN dossiers_piece o ON o.id = t.occultee_id WHERE p.dossier_id <> o.dossier_id"
        )
        croises.append(curseur.fetchone()[0])
    lu = Dossier.objects.get(pk=etranger.pk)
    return (
        *croises,
        lu.version,
        lu.etat,
        lu.derniere_activite,
        *(
            getattr(lu, nom).count()
            for nom in (
                "personnes",
                "pieces",
                "messages",
                "evenements",
                "participations",
                "participations_personnelles",
            )
        ),
        Participation.objects.filter(group__name__in=groupes).count(),
        ParticipationPersonnelle.objects.filter(user__courriel__in=personnes).count(),
        Piece.objects.filter(remise_a__code__in=groupes).count(),
        list(Brouillon.objects.filter(genre="etranger").values_list("modifie_le", "proprietaire_id")),
    )


def pages(univers: Monde, personne: str) -> Iterator[str]:
    for adresse in adresses():
        espace = adresse.nom.split(":")[0]
        d_un_dossier = espace in {"signalements", "requisitions", "prises_en_charge", "dossiers"}
        if d_un_dossier != (personne in SANS_DOSSIER) and espace not in {"accounts", "documents", "presentation"}:
            yield adresse.visite(univers.valeurs.get(espace, {}))


def variantes(objets: dict[str, str]) -> Iterator[tuple[str, str, bool]]:
    """Each foreign object in turn, alone then among one's own."""
    return cycle([(nom, valeur, seul) for nom, valeur in objets.items() for seul in (True, False)])


def test_aucune_reference_etrangere_n_est_acceptee(univers: Monde) -> None:
    Brouillon.objects.create(genre="etranger", proprietaire=univers.distribution.utilisateur("sociale"), donnees={})
    essais, acceptees, formulaires = 0, [], set()
    for personne in AUTEURS:
        etranger, objets = reserve(univers, personne)
        assert etranger is not None
        temoin, suite = trace(etranger), variantes(objets)
        for page in pages(univers, personne):
            with univers.essai(personne) as client:
                reponse = client.get(page)
                if reponse.status_code != 200 or "html" not in reponse["Content-Type"]:
                    continue
                lecteur = Formulaires()
                lecteur.feed(reponse.content.decode())
            for action, valeurs, choix in lecteur.trouves:
                cible = action or page
                if not choix or (personne, cible, tuple(sorted(choix))) in formulaires:
                    continue
                formulaires.add((personne, cible, tuple(sorted(choix))))
                for champ in sorted(choix)[:6]:
                    for objet, valeur, seul in islice(suite, 7):
                        liste = [valeur] if seul else [*valeurs.get(champ, [])[:9], valeur]
                        donnees = {nom: (v[0] if v else "x") for nom, v in valeurs.items()} | {champ: liste}
                        with univers.essai(personne) as client:
                            statut = client.post(cible, donnees).status_code
                            essais += 1
                            if statut >= 500 or trace(etranger) != temoin:
                                acceptees.append((personne, cible, champ, objet, statut))
    consigner("sec-03", formulaires=len(formulaires), substitutions=essais, acceptees=len(acceptees))
    assert acceptees == []
    assert essais >= 300


def test_une_piece_etrangere_ne_se_retire_pas_depuis_son_propre_dossier(univers: Monde) -> None:
    """The address names two objects: the case is one's own, the piece is not."""
    sien, autre = univers.dossiers["SIGNALEMENT"], univers.dossiers["REQUISITION"]
    piece = Piece.objects.filter(dossier=autre)[0]
    with univers.essai("soignante") as client:
        reponse = client.post(f"/signalements/{sien.cle}/pieces/{piece.cle}/retirer/")
        assert reponse.status_code in {302, 403, 404}
        assert Piece.objects.filter(pk=piece.pk).exists()
