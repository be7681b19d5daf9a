"""A second window on the same draft overwrites nothing that nobody has seen."""

import re
import uuid

import pytest
from django import forms

from dossiers.brouillons import commencer, garder
from dossiers.fenetres import AutreFenetre, ecarts, nommer
from dossiers.models import Brouillon
from signalements.champs import Genre
from signalements.declarations.routes import ROUTES
from tests.declarations.situation import brouillon as declarer
from tests.distribution import Distribution
from tests.signalements.situation import brouillon as commencer_un_signalement


@pytest.fixture
def brouillon(distribution: Distribution) -> Brouillon:
    return commencer(genre="essai", acteur=distribution.acteur("soignante"))


def test_la_seconde_fenetre_n_ecrase_pas_la_premiere(brouillon: Brouillon) -> None:
    premiere, seconde = nommer(brouillon, "faits"), nommer(brouillon, "faits")
    garder(brouillon=brouillon, page="faits", valeurs={"recit": "long"}, fenetre=premiere)
    with pytest.raises(AutreFenetre):
        garder(brouillon=brouillon, page="faits", valeurs={"recit": "autre"}, fenetre=seconde)
    brouillon.refresh_from_db()
    assert brouillon.donnees == {"faits": {"recit": "long"}}


def test_une_fenetre_n_est_pas_en_conflit_avec_elle_meme(brouillon: Brouillon) -> None:
    """An autosave that arrives after the page was sent comes from the same window."""
    seule = nommer(brouillon, "faits")
    for recit in ("a", "ab", "abc"):
        garder(brouillon=brouillon, page="faits", valeurs={"recit": recit}, fenetre=seule)
    assert brouillon.donnees == {"faits": {"recit": "abc"}}


def test_deux_fenetres_sur_deux_pages_ne_se_genent_pas(brouillon: Brouillon) -> None:
    une, autre = nommer(brouillon, "faits"), nommer(brouillon, "danger")
    ancien = Brouillon.objects.get(pk=brouillon.pk)
    garder(brouillon=brouillon, page="faits", valeurs={"x": "1"}, fenetre=une)
    garder(brouillon=ancien, page="danger", valeurs={"y": "2"}, fenetre=autre)
    ancien.refresh_from_db()
    assert ancien.donnees == {"faits": {"x": "1"}, "danger": {"y": "2"}}


def test_qui_a_vu_le_texte_de_l_autre_fenetre_peut_le_remplacer(brouillon: Brouillon) -> None:
    garder(brouillon=brouillon, page="faits", valeurs={"x": "1"}, fenetre=nommer(brouillon, "faits"))
    garder(brouillon=brouillon, page="faits", valeurs={"x": "2"}, fenetre=nommer(brouillon, "faits"))
    assert brouillon.donnees == {"faits": {"x": "2"}}


@pytest.mark.parametrize("invente", ["", "x", "." * 40, "ABCDEF12.ABCDEF12", "12345678.12345678.12345678"])
def test_un_nom_de_fenetre_invente_ne_garde_aucune_trace(brouillon: Brouillon, invente: str) -> None:
    garder(brouillon=brouillon, page="faits", valeurs={"x": "1"}, fenetre=invente)
    assert brouillon.plumes == {}


def test_les_ecarts_se_disent_avec_les_mots_de_la_page() -> None:
    class Page(forms.Form):
        recit = forms.CharField(label="Le récit")
        lien = forms.ChoiceField(label="Lien", choices=[("EX", "Ancien conjoint"), ("PERE", "Père")])
        jour = forms.DateField(label="Le jour")

    ici = {"recit": "un", "lien": "EX", "jour": "2026-11-22"}
    assert ecarts(Page(), ici, ici) == []
    assert ecarts(Page(), ici, {**ici, "lien": "PERE", "recit": ""}) == [("Le récit", "rien"), ("Lien", "Père")]


def cachee(page: str) -> str:
    trouve = re.search(r'name="fenetre" value="([^"]+)"', page)
    assert trouve
    return trouve[1]


def test_la_page_montre_les_deux_textes_puis_garde_celui_qu_on_enregistre(distribution: Distribution) -> None:
    dossier = commencer_un_signalement(distribution.acteur("soignante"))
    client, adresse = distribution.client("soignante"), f"/signalements/{dossier.cle}/danger/"
    une, deux = (client.get(adresse).content.decode() for _ in range(2))
    assert (
        client.post(adresse, {"page": "danger", "fenetre": cachee(une), "motif_danger": "Séparation."}).status_code
        < 400
    )

    reponse = client.post(adresse, {"page": "danger", "fenetre": cachee(deux), "motif_danger": "Menaces de mort."})
    page = reponse.content.decode()
    assert reponse.status_code == 409
    assert "modifiée dans une autre fenêtre" in page
    assert "Séparation." in page
    assert "Menaces de mort." in page

    client.post(adresse, {"page": "danger", "fenetre": cachee(page), "motif_danger": "Séparation. Menaces de mort."})
    assert "Séparation. Menaces de mort." in client.get(adresse).content.decode()


def test_une_declaration_montre_aussi_les_deux_textes(distribution: Distribution) -> None:
    dossier = declarer(distribution.acteur("soignante"), "OBJET_ILLICITE")
    page_ = ROUTES["OBJET_ILLICITE"].parcours[0]
    champ = next(
        propre.nom for propre in ROUTES["OBJET_ILLICITE"].propres_de(page_.code) if propre.genre is Genre.TEXTE
    )
    client, adresse = distribution.client("soignante"), f"/declarations/{dossier.cle}/page/{page_.code}/"
    une, deux = (client.get(adresse).content.decode() for _ in range(2))
    client.post(adresse, {"page": page_.code, "fenetre": cachee(une), champ: "Vu au vestiaire."})
    reponse = client.post(adresse, {"page": page_.code, "fenetre": cachee(deux), champ: "Vu dans le hall."})
    assert reponse.status_code == 409
    assert {"Vu au vestiaire.", "Vu dans le hall."} <= set(re.findall(r"Vu [^<.]+\.", reponse.content.decode()))


@pytest.mark.parametrize(
    ("nom", "page", "champ"),
    [
        ("opj", "/requisitions/nouvelle/{}/", "mission"),
        ("usmp", "/detenus/extraction/{}/", "consignes"),
    ],
)
def test_un_depot_ouvert_deux_fois_ne_s_ecrase_pas(distribution: Distribution, nom: str, page: str, champ: str) -> None:
    client, adresse = distribution.client(nom), page.format(uuid.uuid4())
    client.post(f"{adresse}garder/", {champ: "Commencé."})
    une, deux = (client.get(adresse).content.decode() for _ in range(2))
    assert client.post(f"{adresse}garder/", {champ: "Premier.", "fenetre": cachee(une)}).status_code == 200
    assert client.post(f"{adresse}garder/", {champ: "Second.", "fenetre": cachee(deux)}).status_code == 409
    assert "Premier." in str(Brouillon.objects.get().donnees)
