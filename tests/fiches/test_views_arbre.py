"""The référente draws a tree: step by step, faults shown, saved only when sound."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fiches import redaction, workflow
from fiches.models import EbaucheArbre, Fiche, Redaction, VersionFiche, Visa
from tests.distribution import Distribution
from tests.fiches.conftest import relire
from tests.fiches.test_views_revision import formulaire

pytestmark = pytest.mark.django_db
DESSIN = reverse("fiches:arbre", args=[1])


@pytest.fixture
def referente_en_ligne(projet: VersionFiche, distribution: Distribution) -> Client:
    return distribution.client("referente")


def page(client: Client, adresse: str = DESSIN) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    return reponse.content.decode().replace("\u00a0", " ")


def champs(client: Client, element: str) -> dict[str, Any]:
    """The form of an element as a browser would post it unchanged."""
    brut = client.get(reverse("fiches:element", args=[1, element])).content.decode()
    formulaire = brut[brut.index('<form method="post" class="stack"') : brut.index("Revenir au dessin")]
    valeurs: dict[str, Any] = {}
    for balise in re.findall(r"<input [^>]*>", formulaire):
        nom = re.search(r'name="([^"]+)"', balise)
        if not nom or (re.search('type="(checkbox|radio)"', balise) and "checked" not in balise):
            continue
        valeur = re.search(r'value="([^"]*)"', balise)
        valeurs.setdefault(nom[1], []).append(html.unescape(valeur[1]) if valeur else "")
    for nom, contenu in re.findall(r'<textarea name="([^"]+)"[^>]*>\n?(.*?)</textarea>', formulaire, re.S):
        valeurs[nom] = [html.unescape(contenu)]
    for nom, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', formulaire, re.S):
        choisie = re.search(r'value="([^"]*)"[^>]* selected', options)
        valeurs[nom] = [choisie[1] if choisie else ""]
    return valeurs


def garder(client: Client, element: str, **change: str) -> None:
    valeurs = champs(client, element) | {nom: [valeur] for nom, valeur in change.items()}
    reponse = client.post(reverse("fiches:element", args=[1, element]), valeurs)
    assert reponse.status_code == 302, reponse.content.decode()


@pytest.mark.parametrize("element", ["q-1", "q-3", "c-1", "c-5", "c-7"])
def test_garder_un_element_sans_rien_toucher_ne_change_rien(
    element: str, referente_en_ligne: Client, projet: VersionFiche
) -> None:
    garder(referente_en_ligne, element)
    assert EbaucheArbre.objects.get().arbre == projet.contenu["arbre"]
    assert "Dessin en cours" not in page(referente_en_ligne)


def test_le_dessin_garde_une_boucle_la_dit_et_ne_l_enregistre_pas(
    referente_en_ligne: Client, projet: VersionFiche
) -> None:
    garder(referente_en_ligne, "q-4", **{"reponses-0-vers": "q-2"})
    vue = page(referente_en_ligne)
    assert "Ces questions tournent en boucle : « Quel âge a la personne, et peut-elle se protéger ? »" in vue
    assert "Enregistrer l’arbre dans la version" not in vue
    suite = referente_en_ligne.post(DESSIN, {"geste": "enregistrer"}, follow=True).content.decode()
    assert "n’entre pas dans le texte" in suite
    assert "tournent en boucle" in suite
    assert relire(projet).empreinte == projet.empreinte
    assert EbaucheArbre.objects.get().arbre["questions"][3]["reponses"][0]["vers"] == "q-2"


def test_un_arbre_sain_entre_dans_le_texte_et_fait_tomber_les_avis(
    en_approbation: VersionFiche, distribution: Distribution
) -> None:
    parquet = distribution.client("parquet")
    parquet.post(
        reverse("fiches:avis", args=("1", "1.0", "1.1")), {"avis": "APPROUVE", "empreinte": en_approbation.empreinte}
    )
    client = distribution.client("referente")
    garder(client, "c-8", resume="Appelez l'Ordre : il conseille.")
    assert Visa.objects.filter(tombe_le=None).count() == 1
    suite = client.post(DESSIN, {"geste": "enregistrer"}, follow=True).content.decode().replace("\u00a0", " ")
    assert "L’arbre est enregistré dans la version." in suite
    assert "à redonner : Parquet" in suite
    version = relire(en_approbation)
    assert version.contenu["arbre"]["conclusions"][7]["resume"] == "Appelez l’Ordre\u00a0: il conseille."
    assert not EbaucheArbre.objects.exists()


def test_la_comparaison_dit_le_changement_en_mots(referente_en_ligne: Client, projet: VersionFiche) -> None:
    garder(referente_en_ligne, "q-1", texte="Une vie est-elle en danger à cet instant ?")
    garder(referente_en_ligne, "q-3", **{"reponses-1-vers": "c-4"})
    referente_en_ligne.post(DESSIN, {"geste": "supprimer", "element": "c-5"})
    referente_en_ligne.post(DESSIN, {"geste": "enregistrer"})
    vue = page(referente_en_ligne, reverse("fiches:comparer", args=("1", "1.0", "1.1")))
    assert "Que faire, question : Une vie est-elle en danger à cet instant ?" in vue
    assert "Que faire, conclusion : Plainte à l’hôpital" in vue
    assert re.search(r"<del>[^<]*Plainte", vue) or "Supprimé" in vue


def test_ajouter_une_question_et_une_conclusion(referente_en_ligne: Client) -> None:
    garder(referente_en_ligne, "conclusion", titre="Attendre", reponse="SELON", resume="Attendez le jour.")
    assert "Aucune réponse ne mène à la conclusion « Attendre »" in page(referente_en_ligne)
    garder(
        referente_en_ligne,
        "question",
        texte="Fait-il jour ?",
        **{"reponses-0-texte": "Oui", "reponses-0-vers": "c-7", "reponses-1-texte": "Non", "reponses-1-vers": "c-10"},
    )
    assert "Aucune réponse ne mène à la question « Fait-il jour ? »" in page(referente_en_ligne)
    garder(referente_en_ligne, "q-4", **{"reponses-1-vers": "q-5"})
    vue = page(referente_en_ligne)
    assert "à corriger" not in vue
    assert "Enregistrer l’arbre dans la version" in vue


def test_une_erreur_de_saisie_garde_ce_qui_est_tape(referente_en_ligne: Client) -> None:
    valeurs = champs(referente_en_ligne, "c-1") | {"titre": [""], "resume": ["Vite, le 17"], "acte_cible": [""]}
    reponse = referente_en_ligne.post(reverse("fiches:element", args=[1, "c-1"]), valeurs).content.decode()
    assert "Vite, le 17" in reponse
    assert "Il y a 2 points à corriger" in reponse.replace("\u00a0", " ")
    assert not EbaucheArbre.objects.exists()


def test_deplacer_puis_revenir_a_l_arbre_de_la_version(referente_en_ligne: Client) -> None:
    referente_en_ligne.post(DESSIN, {"geste": "monter", "element": "q-2"})
    assert EbaucheArbre.objects.get().arbre["questions"][0]["id"] == "q-2"
    referente_en_ligne.post(DESSIN, {"geste": "oublier"})
    assert not EbaucheArbre.objects.exists()


def test_essayer_parcourt_le_dessin_et_refuse_une_boucle(referente_en_ligne: Client) -> None:
    garder(referente_en_ligne, "q-1", texte="Un danger, maintenant ?")
    essai = page(referente_en_ligne, reverse("fiches:essayer", args=[1]))
    assert "Essai d’un projet" in essai
    assert "Un danger, maintenant ?" in essai
    fin = page(referente_en_ligne, reverse("fiches:essayer", args=[1]) + "?r=1")
    assert "Secourir" in fin
    assert "Garder la trace" not in fin
    garder(referente_en_ligne, "q-4", **{"reponses-0-vers": "q-1"})
    assert referente_en_ligne.get(reverse("fiches:essayer", args=[1])).status_code == 302


def test_un_texte_en_cours_de_saisie_n_est_pas_perdu(referente_en_ligne: Client, projet: VersionFiche) -> None:
    garder(referente_en_ligne, "c-8", resume="Autre chose.")
    version = relire(projet)
    redaction.garder(version=version, acteur=_acteur(projet), saisie={"titre": ["x"]}, version_lue=version.version)
    suite = referente_en_ligne.post(DESSIN, {"geste": "enregistrer"}, follow=True).content.decode()
    assert "Un texte est en cours de saisie" in suite
    assert Redaction.objects.exists()
    assert EbaucheArbre.objects.exists()


def _acteur(projet: VersionFiche) -> Any:
    from convention.acteur import acteur_de

    assert projet.redigee_par is not None
    return acteur_de(projet.redigee_par)


def test_un_arbre_change_entre_temps_n_est_pas_ecrase(referente_en_ligne: Client, projet: VersionFiche) -> None:
    garder(referente_en_ligne, "c-8", resume="Le mien.")
    version = relire(projet)
    conclusions = [
        {**c, "resume": "Le sien."} if c["id"] == "c-8" else c for c in version.contenu["arbre"]["conclusions"]
    ]
    workflow.modifier(
        version=version,
        acteur=_acteur(projet),
        titre=version.titre,
        contenu={**version.contenu, "arbre": {**version.contenu["arbre"], "conclusions": conclusions}},
        motif="",
        version_lue=version.version,
    )
    suite = referente_en_ligne.post(DESSIN, {"geste": "enregistrer"}, follow=True).content.decode()
    assert "a changé depuis que vous dessinez" in suite
    assert relire(projet).contenu["arbre"]["conclusions"][7]["resume"] == "Le sien."
    assert EbaucheArbre.objects.exists()


def test_enregistrer_le_texte_garde_l_arbre(referente_en_ligne: Client, projet: VersionFiche) -> None:
    valeurs = formulaire(referente_en_ligne)
    valeurs["urgence"] = ["Autre urgence."]
    referente_en_ligne.post(reverse("fiches:rediger", args=[1]), valeurs)
    assert relire(projet).contenu["urgence"] == "Autre urgence."
    assert relire(projet).contenu["arbre"] == projet.contenu["arbre"]


@pytest.mark.parametrize("nom", ["soignante", "parquet", "juriste"])
def test_seule_la_referente_dessine(nom: str, projet: VersionFiche, distribution: Distribution) -> None:
    client = distribution.client(nom)
    for adresse in (DESSIN, reverse("fiches:essayer", args=[1]), reverse("fiches:element", args=[1, "q-1"])):
        assert client.get(adresse).status_code == 404
    workflow.soumettre_lecture(version=projet, acteur=_acteur(projet))
    assert client.post(DESSIN, {"geste": "supprimer", "element": "q-1"}).status_code == 403
    assert not EbaucheArbre.objects.exists()


@pytest.mark.parametrize(
    "donnees", [{"geste": "rien"}, {"geste": "monter", "element": "q-99"}, {"geste": "supprimer", "element": "x"}, {}]
)
def test_un_geste_inconnu_n_existe_pas(donnees: dict[str, str], referente_en_ligne: Client) -> None:
    assert referente_en_ligne.post(DESSIN, donnees).status_code == 404
    assert referente_en_ligne.get(reverse("fiches:element", args=[1, "q-99"])).status_code == 404
    assert referente_en_ligne.get(reverse("fiches:element", args=[1, "zut"])).status_code == 404


def test_une_derogation_se_modifie_comme_le_reste_du_texte(
    convention: None, referente: Any, distribution: Distribution
) -> None:
    version = workflow.proposer(fiche=Fiche.objects.get(numero=5), acteur=referente)
    client = distribution.client("referente")
    adresse = reverse("fiches:derogation", args=[5, "D04"])
    ligne = next(brut for brut in version.contenu["secret"]["derogations"] if brut["code"] == "D04")
    valeurs = {champ: valeur for champ, valeur in ligne.items() if champ not in {"code", "permis"}}
    valeurs |= {f"permis_{code}": valeur for code, valeur in ligne["permis"].items()}
    assert client.post(adresse, valeurs).status_code == 302
    assert relire(version).empreinte == version.empreinte
    client.post(adresse, valeurs | {"permis_PSYCHOLOGUE": "NON"})
    change = next(brut for brut in relire(version).contenu["secret"]["derogations"] if brut["code"] == "D04")
    assert change == {**ligne, "permis": {**ligne["permis"], "PSYCHOLOGUE": "NON"}}
    double = valeurs | {"code": "D04"}
    refus = client.post(reverse("fiches:derogation", args=[5, "nouvelle"]), double).content.decode()
    assert "est écrit deux fois" in refus
    assert client.get(reverse("fiches:derogation", args=[5, "D99"])).status_code == 404
