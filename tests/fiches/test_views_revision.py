import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fiches.models import Redaction, VersionFiche, Visa
from tests.distribution import Distribution
from tests.fiches.conftest import relire

pytestmark = pytest.mark.django_db
COMPARER = ("1", "1.0", "1.1")


def saisie(page: str) -> dict[str, Any]:
    """Every value of the revision form, as a browser would post it unchanged."""
    formulaire = page[page.index("data-brouillon=") : page.index("Enregistrer le texte")]
    valeurs: dict[str, Any] = {}
    for balise in re.findall(r"<input [^>]*>", formulaire):
        nom = re.search(r'name="([^"]+)"', balise)
        if not nom or ('type="checkbox"' in balise and "checked" not in balise):
            continue
        valeur = re.search(r'value="([^"]*)"', balise)
        valeurs.setdefault(nom[1], []).append(html.unescape(valeur[1]) if valeur else "")
    for nom, contenu in re.findall(r'<textarea name="([^"]+)"[^>]*>\n?(.*?)</textarea>', formulaire, re.S):
        valeurs[nom] = [html.unescape(contenu)]
    for nom, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', formulaire, re.S):
        choisie = re.search(r'value="([^"]*)"[^>]* selected', options)
        valeurs[nom] = [choisie[1] if choisie else ""]
    return valeurs


def formulaire(client: Client) -> dict[str, Any]:
    """The pen is taken by a POST; the page then shows its form."""
    return saisie(client.post(reverse("fiches:ouvrir_redaction", args=[1]), follow=True).content.decode())


def test_proposer_ouvre_la_redaction(convention: None, distribution: Distribution) -> None:
    client = distribution.client("referente")
    assert "Proposer une version" in client.get(reverse("fiches:fiche", args=[1])).content.decode()
    reponse = client.post(reverse("fiches:proposer", args=[1]))
    assert reponse["Location"] == reverse("fiches:rediger", args=[1])
    assert VersionFiche.objects.filter(fiche__numero=1, etat="PROJET").exists()


def test_un_partenaire_ne_voit_pas_le_bouton_et_ne_peut_pas_proposer(
    convention: None, distribution: Distribution
) -> None:
    client = distribution.client("parquet")
    assert "Proposer une version" not in client.get(reverse("fiches:fiche", args=[1])).content.decode()
    client.post(reverse("fiches:proposer", args=[1]))
    assert not VersionFiche.objects.filter(etat="PROJET").exists()


def test_enregistrer_la_page_sans_rien_toucher_ne_change_pas_l_empreinte(
    projet: VersionFiche, distribution: Distribution
) -> None:
    client = distribution.client("referente")
    reponse = client.post(reverse("fiches:rediger", args=[1]), formulaire(client))
    assert reponse.status_code == 302
    assert relire(projet).empreinte == projet.empreinte


def test_modifier_et_ajouter_une_etape_par_le_formulaire(projet: VersionFiche, distribution: Distribution) -> None:
    client = distribution.client("referente")
    valeurs = formulaire(client)
    nombre = int(valeurs["etapes-TOTAL_FORMS"][0]) - 1
    valeurs["titre"] = ["Violences au sein du couple"]
    for champ, valeur in (
        ("titre", "Garder le lien"),
        ("qui", "Équipe"),
        ("quand", "Sous 7 jours"),
        ("texte", "Rappelez."),
    ):
        valeurs[f"etapes-{nombre}-{champ}"] = [valeur]
    client.post(reverse("fiches:rediger", args=[1]), valeurs)
    version = relire(projet)
    assert version.titre == "Violences au sein du couple"
    assert version.contenu["etapes"][-1] == {
        "id": "etapes-9",
        "titre": "Garder le lien",
        "qui": "Équipe",
        "quand": "Sous 7 jours",
        "texte": "Rappelez.",
    }


def test_une_erreur_garde_la_saisie(projet: VersionFiche, distribution: Distribution) -> None:
    client = distribution.client("referente")
    valeurs = formulaire(client)
    valeurs["titre"], valeurs["urgence"] = [""], ["Appelez vite le 17"]
    page = client.post(reverse("fiches:rediger", args=[1]), valeurs).content.decode()
    assert "Il y a 1 point à corriger" in page
    assert "Appelez vite le 17" in page


def test_la_saisie_en_cours_revient_sans_faire_tomber_un_avis(
    en_approbation: VersionFiche, distribution: Distribution
) -> None:
    parquet = distribution.client("parquet")
    parquet.post(reverse("fiches:avis", args=COMPARER), {"avis": "APPROUVE", "empreinte": en_approbation.empreinte})
    client = distribution.client("referente")
    valeurs = formulaire(client)
    valeurs["urgence"] = ["Un texte en train d’être tapé"]
    assert client.post(reverse("fiches:garder", args=[1]), valeurs).status_code == 200
    assert "Un texte en train d’être tapé" in client.get(reverse("fiches:rediger", args=[1])).content.decode()
    assert Visa.objects.filter(tombe_le=None).count() == 1
    client.post(reverse("fiches:oublier", args=[1]), {"saisie": Redaction.objects.get().pk})
    assert not Redaction.objects.exists()


def test_l_enregistrement_dit_quels_avis_tombent(en_approbation: VersionFiche, distribution: Distribution) -> None:
    parquet = distribution.client("parquet")
    parquet.post(reverse("fiches:avis", args=COMPARER), {"avis": "APPROUVE", "empreinte": en_approbation.empreinte})
    client = distribution.client("referente")
    valeurs = formulaire(client)
    valeurs["urgence"] = ["Danger immédiat : le 17."]
    page = client.post(reverse("fiches:rediger", args=[1]), valeurs, follow=True).content.decode()
    assert "à redonner : Parquet" in page.replace("\u00a0", " ")


def comparaison(client: Client) -> str:
    return client.get(reverse("fiches:comparer", args=COMPARER)).content.decode()


def test_la_comparaison_annonce_ajouts_et_suppressions(
    en_approbation: VersionFiche, distribution: Distribution
) -> None:
    page = comparaison(distribution.client("opj"))
    assert re.search(r'<ins><span class="sr">Ajouté\s: </span>', page)
    assert re.search(r'<del><span class="sr">Supprimé\s: </span>', page)
    assert "Donner mon avis" in page
    assert "Avis des 9 partenaires" in page


def test_une_version_comparee_a_elle_meme_ne_montre_aucune_difference(
    convention: None, distribution: Distribution
) -> None:
    page = distribution.client("opj").get(reverse("fiches:comparer", args=[1, "1.0", "1.0"])).content.decode()
    assert "Aucune différence" in page
    assert "<ins>" not in page


def test_une_reserve_sans_motif_revient_avec_la_phrase_et_le_choix(
    en_approbation: VersionFiche, distribution: Distribution
) -> None:
    client = distribution.client("ordre")
    saisi = {"avis": "RESERVE", "motif": "", "empreinte": en_approbation.empreinte}
    page = client.post(reverse("fiches:avis", args=COMPARER), saisi).content.decode()
    assert "Une réserve doit être motivée." in page
    assert re.search(r'value="RESERVE"[^>]*checked', page)
    assert not Visa.objects.exists()


def test_une_soignante_lit_la_comparaison_sans_formulaire(
    en_approbation: VersionFiche, distribution: Distribution
) -> None:
    client = distribution.client("soignante")
    assert "Donner mon avis" not in comparaison(client)
    client.post(reverse("fiches:avis", args=COMPARER), {"avis": "APPROUVE", "empreinte": en_approbation.empreinte})
    assert not Visa.objects.exists()


def test_une_remarque_se_pose_et_se_resout(en_approbation: VersionFiche, distribution: Distribution) -> None:
    opj, referente = distribution.client("opj"), distribution.client("referente")
    opj.post(reverse("fiches:remarquer", args=COMPARER), {"passage": "essentiel", "texte": "Préciser le lieu."})
    page = comparaison(referente)
    assert "Préciser le lieu." in page
    adresse = re.search(r'action="(/fiches/1/remarques/\d+/resoudre/)"', page)
    assert adresse
    referente.post(adresse[1])
    assert "Résolue" in comparaison(opj)


def test_la_redaction_est_refusee_aux_partenaires(en_approbation: VersionFiche, distribution: Distribution) -> None:
    assert distribution.client("opj").get(reverse("fiches:rediger", args=[1])).status_code == 403
