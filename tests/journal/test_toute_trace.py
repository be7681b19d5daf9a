"""SEC-56 and SEC-57: along the journeys of the product, one entry a request, of the right person, nothing nominative."""

import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from convention.middleware import RequeteTracee
from journal import carnet
from journal.chaine import verifier
from journal.models import Entree
from notifications.models import Avis
from tests.bilans.conftest import annee
from tests.canari import jetons_dans
from tests.conftest import connexion_superutilisateur
from tests.distribution import Distribution
from tests.fiches.conftest import approuver, convention, en_approbation, projet
from tests.journal.surveillance import Surveillance
from tests.prises_en_charge.conftest import scene
from tests.rapport import consigner
from tests.requisitions.conftest import table
from tests.signalements.situation import JETON, transmis

__all__ = ["annee", "approuver", "convention", "en_approbation", "projet", "scene", "table"]
MODULES = (
    "signalements.test_views",
    "requisitions.test_parcours",
    "prises_en_charge.test_pages",
    "fiches.test_views_revision",
    "bilans.test_views_bilan",
)
# Tests of these modules that forge the journal or count its queries themselves have no place in a journey.
FIXTURES = {
    "distribution",
    "soignante",
    "parquet",
    "table",
    "scene",
    "convention",
    "projet",
    "en_approbation",
    "annee",
    "referente",
    "travailler",
}
LIBRES = re.compile(r"canari|Delcambre|Varlet|Tapé-Ici|Élise|ecchymoses|prise en charge", re.I)


PAR_MODULE = 4


def parcours() -> list[tuple[str, str]]:
    """Of the existing tests that live a case through its pages, those of each app that send the most forms."""
    trouves = []
    for nom in MODULES:
        module = importlib.import_module(f"tests.{nom}")
        envois: dict[str, int] = {}
        for titre, fonction in inspect.getmembers(module, inspect.isfunction):
            seule = not getattr(fonction, "pytestmark", [])
            if titre.startswith("test_") and seule and set(inspect.signature(fonction).parameters) <= FIXTURES:
                envois[titre] = len(re.findall(r"\bpost(?:er)?\(", inspect.getsource(fonction)))
        trouves += [(nom, titre) for titre in sorted(envois, key=lambda t: (-envois[t], t))[:PAR_MODULE]]
    return trouves


PARCOURS = parcours()


@pytest.fixture(scope="module")
def surveillance() -> Iterator[Surveillance]:
    """One count for all the journeys, judged and written once they are all walked."""
    ensemble = Surveillance()
    yield ensemble
    if ensemble.comptes["parcours"] < len(PARCOURS):
        return
    comptes = {nom: ensemble.comptes[nom] for nom in ("mutations", "manquante", "doublee", "acteur_faux")}
    lectures = {
        nom: ensemble.comptes[nom] for nom in ("lectures", "refus", "sans_motif", "canaris", "lecture_qui_ecrit")
    }
    consigner("sec-56", **comptes)
    consigner("sec-57", **lectures)
    assert comptes["mutations"] >= 25
    assert lectures["lectures"] >= 20
    assert lectures["refus"] >= 3


@pytest.mark.parametrize(("module", "titre"), PARCOURS, ids=lambda valeur: valeur[-40:])
def test_chaque_requete_d_un_parcours_laisse_une_entree_juste(
    request: pytest.FixtureRequest, surveillance: Surveillance, module: str, titre: str
) -> None:
    fonction = getattr(importlib.import_module(f"tests.{module}"), titre)
    fixtures = {nom: request.getfixturevalue(nom) for nom in inspect.signature(fonction).parameters}
    with surveillance.en_cours():
        fonction(**fixtures)
    surveillance.comptes["parcours"] += 1
    fautes, surveillance.fautes = surveillance.fautes, []
    assert fautes == []
    contenus = list(Entree.objects.values_list("contenu", flat=True))
    indiscrets = [contenu for contenu in contenus if LIBRES.search(contenu) or jetons_dans(contenu)]
    surveillance.comptes["canaris"] += len(indiscrets)
    assert indiscrets == []
    assert verifier() == []


@pytest.fixture
def lettre(distribution: Distribution) -> Any:
    """A report sent to the parquet, and the three acts that an exception interrupts."""
    distribution.utilisateur("parquet")
    return transmis(distribution.acteur("soignante"))


def actes(distribution: Distribution, lettre: Any) -> dict[str, Callable[[], int]]:
    parquet = distribution.client("parquet")
    parquet.raise_request_exception = False

    def poster(nom: str, *arguments: Any, **donnees: Any) -> Callable[[], int]:
        return lambda: parquet.post(reverse(nom, args=arguments), donnees).status_code

    return {
        "accuser": poster("signalements:geste", lettre.cle, "accuser"),
        "demander": poster("signalements:demander", lettre.cle, texte="À quelle heure ?"),
        "lire_ses_avis": poster("accueil:notifications"),
    }


def image(lettre: Any) -> tuple[object, ...]:
    lettre.refresh_from_db()
    return (
        lettre.etat,
        lettre.version,
        lettre.evenements.count(),
        lettre.messages.count(),
        Avis.objects.filter(lu_le=None).count(),
        Entree.objects.exclude(resultat="refuse").count(),
    )


@pytest.mark.parametrize("acte", ["accuser", "demander", "lire_ses_avis"])
@pytest.mark.parametrize("moment", ["apres_les_donnees", "au_journal", "apres_le_journal"])
def test_une_panne_efface_l_acte_et_sa_preuve_ensemble(
    distribution: Distribution, lettre: Any, monkeypatch: pytest.MonkeyPatch, acte: str, moment: str
) -> None:
    Avis.objects.create(destinataire=distribution.utilisateur("parquet"), cle_unique="a", texte="Un avis")
    possibles, d_origine = actes(distribution, lettre), carnet.ajouter
    prealables = ["accuser"] if acte == "demander" else []
    assert all(possibles[nom]() == 302 for nom in prealables)
    faire, avant = possibles[acte], image(lettre)

    def casser(*_: Any, **__: Any) -> None:
        if moment == "apres_le_journal":
            d_origine(*_)
        raise carnet.JournalIndisponible if moment != "apres_les_donnees" else ZeroDivisionError

    cible = (RequeteTracee, "_noter") if moment == "apres_les_donnees" else (carnet, "ajouter")
    with monkeypatch.context() as contexte:
        contexte.setattr(*cible, casser)
        assert faire() == (500 if moment == "apres_les_donnees" else 503)
    assert image(lettre) == avant
    assert faire() in {200, 302}
    apres = image(lettre)
    assert apres[:-1] != avant[:-1]
    agir = Entree.objects.filter(action="agir", acteur=distribution.acteur("parquet").cle, resultat="fait")
    assert agir.count() == 1 + len(prealables)
    assert verifier() == []


@pytest.mark.django_db(transaction=True)
def test_deux_personnes_a_la_fois_gardent_chacune_leurs_traces(distribution: Distribution) -> None:
    gens, tours = ("soignante", "opj"), 12
    clients = {nom: distribution.client(nom) for nom in gens}
    depart = Barrier(len(gens))

    def vivre(nom: str) -> None:
        try:
            depart.wait(timeout=20)
            for _ in range(tours):
                clients[nom].get("/compte/")
                clients[nom].post("/notifications/")
        finally:
            connection.close()

    with ThreadPoolExecutor(len(gens)) as equipe:
        list(equipe.map(vivre, gens))
    for nom in gens:
        acteur = distribution.acteur(nom)
        siennes = Entree.objects.filter(acteur=acteur.cle, action__in=("lire", "agir"))
        assert siennes.count() == 2 * tours
        assert set(siennes.values_list("chaine", flat=True)) == {acteur.principale.institution_code}
    assert verifier() == []


def test_le_journal_ne_prend_ni_phrase_ni_motif_en_clair(distribution: Distribution) -> None:
    acteur = distribution.acteur("soignante")
    for champs in ({"motif": "Elle a peur de lui"}, {"details": {"note": "mot\nmot"}}, {"details": {"note": "m" * 81}}):
        with pytest.raises(carnet.TexteLibre):
            carnet.noter("essai", acteur=acteur, **champs)
    assert not Entree.objects.filter(action="essai").exists()


def test_une_entree_dit_le_canal_le_motif_et_le_poste(distribution: Distribution, lettre: Any) -> None:
    client = distribution.client("parquet")
    client.get(reverse("signalements:lettre", args=[lettre.cle]), REMOTE_ADDR="192.0.2.7")
    client.post("/recherche/", {"q": lettre.reference}, REMOTE_ADDR="192.0.2.7")
    derniere = Entree.objects.filter(objet="signalements:lettre").get()
    assert '"canal":"page"' in derniere.contenu
    assert '"motif":"procedure"' in derniere.contenu
    assert '"origine":"192.0.2.7"' in derniere.contenu
    assert derniere.cle == lettre.cle
    recherche = Entree.objects.filter(objet="accueil:recherche").get()
    assert '"canal":"recherche"' in recherche.contenu
    assert JETON["nom"] not in recherche.contenu


def test_sans_journal_la_base_refuse_meme_la_preuve(distribution: Distribution) -> None:
    """The failure is PostgreSQL's own, not a simulation; the page says what to do and shows nothing else."""
    client, avant = distribution.client("soignante"), Entree.objects.count()
    with connexion_superutilisateur() as maitre:
        maitre.execute("REVOKE EXECUTE ON FUNCTION journal_ajouter(text, text[]) FROM app_web")
        try:
            reponse = client.get("/accueil/")
        finally:
            maitre.execute("GRANT EXECUTE ON FUNCTION journal_ajouter(text, text[]) TO app_web")
    assert (reponse.status_code, reponse["Retry-After"]) == (503, "30")
    page = reponse.content.decode()
    assert "Réessayez dans une minute" in page
    assert "Camille" not in page
    assert Entree.objects.count() == avant
    assert client.get("/accueil/").status_code == 200
