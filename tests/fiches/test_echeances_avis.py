"""Partners have a day to give their opinion: recalled, shown, never taken for an approval."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from fiches import echeances_avis, workflow
from fiches.echeances_avis import RETARD, palier, rappeler
from fiches.models import VersionFiche
from fiches.policies import echeance_d_avis
from fiches.positions import manquants
from notifications.models import Avis
from tests.distribution import Distribution
from tests.fiches.conftest import reecrire, relire
from transitions.workflow import TransitionRefusee

LUNDI = date(2026, 11, 23)
COMPARER = (1, "1.0", "1.1")


def dans(jours: int) -> date:
    return timezone.localdate() + timedelta(days=jours)


@pytest.mark.parametrize(
    ("restent", "attendu"), [(30, ""), (8, ""), (7, "7"), (2, "7"), (1, "1"), (0, "1"), (-1, RETARD), (-40, RETARD)]
)
def test_le_rappel_part_sept_jours_avant_puis_la_veille_puis_dit_le_retard(restent: int, attendu: str) -> None:
    assert palier(LUNDI + timedelta(days=restent), LUNDI) == attendu


@pytest.mark.parametrize(
    ("jour", "phrase"),
    [
        (LUNDI, "Choisissez une date à venir"),
        (date(1, 1, 1), "Choisissez une date à venir"),
        (date(9999, 12, 31), "dans les douze mois"),
    ],
)
def test_une_echeance_laisse_le_temps_de_lire_sans_laisser_vieillir_le_texte(jour: date, phrase: str) -> None:
    assert phrase in echeance_d_avis(jour, LUNDI).raison
    assert echeance_d_avis(LUNDI + timedelta(days=1), LUNDI)


def vieillir(version: VersionFiche, jours: int) -> VersionFiche:
    """The day asked for was `jours` days ago."""
    VersionFiche.objects.filter(pk=version.pk).update(avis_avant=dans(-jours))
    return relire(version)


@pytest.mark.django_db
def test_l_echeance_passee_n_approuve_jamais(
    en_approbation: VersionFiche, approuver: Callable[..., None], referente: Any, ordre: Any
) -> None:
    approuver(en_approbation, sauf=("ordre", "douanes"))
    version = vieillir(en_approbation, 400)
    rappeler()
    assert relire(version).etat == "EN_APPROBATION"
    assert [position.institution.code for position in manquants(version)] == ["CDOM", "DOUANES"]
    with pytest.raises(TransitionRefusee):
        workflow.mettre_en_vigueur(version=version, acteur=referente)
    workflow.donner_avis(version=version, acteur=ordre, avis="APPROUVE", empreinte=version.empreinte)
    assert relire(version).etat == "EN_APPROBATION"


@pytest.mark.django_db
def test_seuls_les_partenaires_muets_sont_relances_une_fois_et_la_referente_sait_le_retard(
    en_approbation: VersionFiche, referente: Any, ordre: Any, parquet: Any, travailler: Callable[[], int]
) -> None:
    workflow.donner_avis(
        version=en_approbation, acteur=ordre, avis="RESERVE", motif="À revoir.", empreinte=en_approbation.empreinte
    )
    travailler()
    Avis.objects.all().delete()
    version = vieillir(en_approbation, 1)
    rappeler()
    rappeler()
    travailler()
    assert not Avis.objects.filter(destinataire_id=ordre.utilisateur_id).exists()
    (recu,) = Avis.objects.filter(destinataire_id=parquet.utilisateur_id)
    assert "était attendu le" in recu.texte
    retards = Avis.objects.filter(destinataire_id=referente.utilisateur_id, texte__contains="Le silence n’approuve pas")
    assert [avis.adresse for avis in retards] == [reverse("fiches:avis_attendus")]
    echeances_avis.fixer_echeance(version=version, acteur=referente, avis_avant=dans(1))
    travailler()
    Avis.objects.all().delete()
    rappeler()
    travailler()
    assert "au plus tard" in Avis.objects.get(destinataire_id=parquet.utilisateur_id).texte


@pytest.mark.django_db
def test_changer_un_mot_d_un_texte_approuve_redonne_un_delai(
    en_approbation: VersionFiche, approuver: Callable[..., None], referente: Any
) -> None:
    vieillir(en_approbation, 3)
    approuver(en_approbation)
    version = reecrire(relire(en_approbation), referente, a_eviter=["Rien."])
    assert version.avis_avant == timezone.localdate() + workflow.DELAI_D_AVIS


@pytest.mark.django_db
def test_la_page_ouvre_l_approbation_avec_sa_date_et_refuse_une_date_passee(
    projet: VersionFiche, distribution: Distribution, referente: Any
) -> None:
    workflow.soumettre_lecture(version=projet, acteur=referente)
    client = distribution.client("referente")
    adresse = reverse("fiches:echeance", args=COMPARER)
    page = client.post(adresse, {"avis_avant": "2020-01-01"}).content.decode()
    assert "Choisissez une date à venir" in page
    assert 'value="2020-01-01"' in page
    assert "Choisissez le jour où les avis sont attendus." in client.post(adresse, {}).content.decode()
    assert relire(projet).etat == "EN_LECTURE"
    assert distribution.client("parquet").post(adresse, {"avis_avant": dans(20).isoformat()}).status_code == 302
    assert relire(projet).etat == "EN_LECTURE"
    client.post(adresse, {"avis_avant": dans(20).isoformat()})
    assert relire(projet).avis_avant == dans(20)
    assert "dans 20 jours" in client.get(reverse("fiches:comparer", args=COMPARER)).content.decode()
    client.post(adresse, {"avis_avant": dans(40).isoformat()})
    assert relire(projet).avis_avant == dans(40)


@pytest.mark.django_db
def test_chacun_lit_les_avis_qu_il_doit_et_la_referente_lit_les_retards(
    en_approbation: VersionFiche, distribution: Distribution, parquet: Any
) -> None:
    vieillir(en_approbation, 2)
    adresse = reverse("fiches:avis_attendus")
    page = distribution.client("parquet").get(adresse).content.decode()
    assert "Fiche 1, version 1.1" in page
    assert "Encore dans les temps" not in page
    assert "Vos avis à donner" in distribution.client("parquet").get(reverse("fiches:liste")).content.decode()
    page = distribution.client("referente").get(adresse).content.decode()
    assert "En retard, attendu le" in page
    assert "Douanes" in page
    assert "Aucun avis n’est attendu" in distribution.client("infirmiere").get(adresse).content.decode()
    workflow.donner_avis(
        version=relire(en_approbation), acteur=parquet, avis="APPROUVE", empreinte=en_approbation.empreinte
    )
    assert "Fiche 1" not in distribution.client("parquet").get(adresse).content.decode()


@pytest.mark.django_db
def test_l_autre_convention_ne_lit_pas_les_avis_de_celle_ci(
    en_approbation: VersionFiche, distribution: Distribution, cpam: Any
) -> None:
    assert echeances_avis.en_attente(cpam) == []
