"""Nothing typed is lost when another person saved meanwhile, and one person writes at a time."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fiches import redaction, workflow
from fiches.ecarts import ecarts
from fiches.models import Redaction, VerrouRedaction, VersionFiche
from tests.distribution import Distribution
from tests.fiches.conftest import reecrire, relire
from tests.fiches.test_views_revision import formulaire
from transitions.workflow import TransitionRefusee

pytestmark = pytest.mark.django_db
REDIGER = "/fiches/1/rediger/"


def page(client: Client) -> str:
    return client.get(REDIGER).content.decode().replace("\u00a0", " ")


def taire(minutes: int) -> None:
    """Nobody typed for so long."""
    VerrouRedaction.objects.update(dernier_signe=timezone.now() - timedelta(minutes=minutes))


def taper(client: Client, champ: str, mots: str) -> dict[str, Any]:
    """Take the pen, type in one field, let the autosave pass."""
    valeurs = formulaire(client)
    valeurs[champ] = [mots]
    assert client.post(reverse("fiches:garder", args=[1]), valeurs).status_code == 200
    return valeurs


@pytest.fixture
def referente_en_ligne(distribution: Distribution) -> Client:
    return distribution.client("referente")


def test_ce_qu_une_personne_tape_survit_a_l_enregistrement_d_une_autre(
    projet: VersionFiche, referente: Any, suppleante: Any
) -> None:
    redaction.garder(
        version=projet, acteur=suppleante.acteur, saisie={"titre": ["Le sien"]}, version_lue=projet.version
    )
    redaction.garder(version=projet, acteur=referente, saisie={"titre": ["Le mien"]}, version_lue=projet.version)
    reecrire(projet, referente, a_eviter=["Rien."])
    assert Redaction.objects.get().saisie == {"titre": ["Le sien"]}


def test_une_saisie_anterieure_se_montre_avec_sa_difference_puis_se_reprend(
    projet: VersionFiche, referente_en_ligne: Client, referente: Any, suppleante: Any
) -> None:
    taper(suppleante.client, "urgence", "Danger : appelez le 17 puis le cadre de garde")
    taire(11)
    reecrire(projet, referente, urgence="Danger : appelez le 17.")
    changes = ecarts(relire(projet), Redaction.objects.get())
    assert [passage.intitule for passage in changes] == ["En cas d’urgence"]
    vue = page(suppleante.client)
    assert re.search(r"<ins><span class=\"sr\">Ajouté : </span>[^<]*puis le cadre de garde", vue)
    assert "En cas d’urgence" in vue
    saisie = Redaction.objects.get()
    suite = suppleante.client.post(reverse("fiches:reprendre", args=[1]), {"saisie": saisie.pk}, follow=True)
    assert 'value="Danger : appelez le 17 puis le cadre de garde"' in suite.content.decode()
    assert "Relisez avant d’enregistrer" in suite.content.decode()
    assert relire(projet).contenu["urgence"].replace("\u00a0", " ") == "Danger : appelez le 17."


def test_une_saisie_tapee_sur_un_texte_depasse_est_gardee_et_la_fenetre_l_apprend(
    projet: VersionFiche, referente_en_ligne: Client, referente: Any
) -> None:
    valeurs = formulaire(referente_en_ligne)
    reecrire(projet, referente, a_eviter=["Rien."])
    valeurs["urgence"] = ["Tapé trop tard"]
    reponse = referente_en_ligne.post(reverse("fiches:garder", args=[1]), valeurs)
    assert "Votre saisie est conservée" in reponse.json()["message"]
    assert Redaction.objects.get().saisie["urgence"] == ["Tapé trop tard"]


def test_enregistrer_un_texte_depasse_ne_perd_rien(
    projet: VersionFiche, referente_en_ligne: Client, referente: Any
) -> None:
    valeurs = formulaire(referente_en_ligne)
    reecrire(projet, referente, a_eviter=["Rien."])
    valeurs["urgence"] = ["Tapé trop tard"]
    vue = referente_en_ligne.post(REDIGER, valeurs, follow=True).content.decode()
    assert "Ce texte a changé pendant que vous écriviez." in vue
    assert "Tapé trop tard" in vue
    assert relire(projet).contenu["a_eviter"] == ["Rien."]


def test_une_saisie_en_cours_sur_le_texte_present_n_est_pas_ecrasee_par_une_ancienne(
    projet: VersionFiche, referente: Any
) -> None:
    ancienne = redaction.garder(version=projet, acteur=referente, saisie={"titre": ["A"]}, version_lue=0)
    redaction.garder(version=projet, acteur=referente, saisie={"titre": ["B"]}, version_lue=projet.version)
    with pytest.raises(TransitionRefusee, match="Une saisie est déjà en cours"):
        redaction.reprendre(version=projet, acteur=referente, saisie=ancienne.pk)
    assert Redaction.objects.count() == 2


def test_on_n_oublie_que_ses_propres_saisies(projet: VersionFiche, referente: Any, suppleante: Any) -> None:
    sienne = redaction.garder(version=projet, acteur=suppleante.acteur, saisie={}, version_lue=projet.version)
    redaction.oublier(version=projet, acteur=referente, saisie=sienne.pk)
    assert Redaction.objects.filter(pk=sienne.pk).exists()


def test_lire_la_page_ne_prend_pas_la_plume(projet: VersionFiche, referente_en_ligne: Client) -> None:
    assert "Préparer la version 1.1" in page(referente_en_ligne)
    assert not VerrouRedaction.objects.exists()
    assert referente_en_ligne.get(reverse("fiches:ouvrir_redaction", args=[1])).status_code == 405


def test_la_seconde_personne_lit_qui_ecrit_et_depuis_quand(
    projet: VersionFiche, referente_en_ligne: Client, suppleante: Any
) -> None:
    formulaire(suppleante.client)
    vue = page(referente_en_ligne)
    assert re.search(r"Mme Agnès Vautrin rédige depuis \d{1,2} h", vue)
    assert "Lire le texte" in vue
    refus = referente_en_ligne.post(reverse("fiches:ouvrir_redaction", args=[1]), follow=True).content.decode()
    assert "data-brouillon=" not in refus
    assert VerrouRedaction.objects.get().pris_par == suppleante.compte


def test_nul_ne_change_ni_ne_fait_avancer_un_texte_que_tient_une_autre_personne(
    projet: VersionFiche, referente: Any, suppleante: Any
) -> None:
    redaction.prendre(version=projet, acteur=suppleante.acteur)
    with pytest.raises(TransitionRefusee, match="Mme Agnès Vautrin rédige depuis"):
        reecrire(projet, referente, a_eviter=["Rien."])
    with pytest.raises(TransitionRefusee, match="Mme Agnès Vautrin rédige depuis"):
        workflow.soumettre_lecture(version=projet, acteur=referente)


def test_la_plume_se_reprend_apres_dix_minutes_de_silence_et_la_premiere_l_apprend(
    projet: VersionFiche, referente_en_ligne: Client, suppleante: Any
) -> None:
    valeurs = taper(suppleante.client, "urgence", "Le 17, puis le cadre")
    taire(9)
    assert "Mme Agnès Vautrin rédige" in page(referente_en_ligne)
    taire(11)
    assert "Mme Agnès Vautrin rédige" not in page(referente_en_ligne)
    formulaire(referente_en_ligne)
    valeurs["urgence"] = ["Le 17, puis le cadre de garde"]
    reponse = suppleante.client.post(reverse("fiches:garder", args=[1]), valeurs)
    assert "Mme Sophie Delcourt rédige depuis" in reponse.json()["message"]
    suite = suppleante.client.post(REDIGER, valeurs, follow=True).content.decode()
    assert "Ce que vous avez tapé est conservé" in suite
    assert Redaction.objects.get().saisie["urgence"] == ["Le 17, puis le cadre de garde"]


def test_taper_prolonge_la_plume(projet: VersionFiche, suppleante: Any) -> None:
    valeurs = formulaire(suppleante.client)
    taire(9)
    suppleante.client.post(reverse("fiches:garder", args=[1]), valeurs)
    assert VerrouRedaction.objects.get().dernier_signe > timezone.now() - timedelta(minutes=1)


def test_enregistrer_ou_quitter_rend_la_plume(projet: VersionFiche, suppleante: Any) -> None:
    valeurs = formulaire(suppleante.client)
    suppleante.client.post(REDIGER, valeurs)
    assert not VerrouRedaction.objects.exists()
    formulaire(suppleante.client)
    suite = suppleante.client.post(reverse("fiches:quitter_redaction", args=[1]), follow=True).content.decode()
    assert "Vous avez rendu la plume" in suite
    assert not VerrouRedaction.objects.exists()


def test_un_partenaire_ne_prend_pas_la_plume(en_approbation: VersionFiche, distribution: Distribution) -> None:
    assert distribution.client("opj").post(reverse("fiches:ouvrir_redaction", args=[1])).status_code == 403
    assert not VerrouRedaction.objects.exists()
