"""A remark has a thread: it is answered by those who write the text, then resolved by name."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from fiches import remarques, workflow
from fiches.models import Remarque, ReponseRemarque, VersionFiche
from notifications.models import Avis
from presentation.comparaison import Bloc, comparer
from tests.distribution import Distribution
from transitions.workflow import TransitionRefusee

COMPARER = (1, "1.0", "1.1")


@pytest.fixture
def remarque(projet: VersionFiche, referente: Any, parquet: Any) -> Remarque:
    workflow.soumettre_lecture(version=projet, acteur=referente)
    return remarques.remarquer(version=projet, acteur=parquet, passage="essentiel", texte="Dire quel lieu.")


@pytest.mark.django_db
def test_la_reponse_previent_l_auteur_de_la_remarque_et_sa_resolution_est_nommee(
    remarque: Remarque, referente: Any, parquet: Any, distribution: Distribution, travailler: Callable[[], int]
) -> None:
    travailler()
    Avis.objects.all().delete()
    client = distribution.client("referente")
    adresse = reverse("fiches:repondre", args=[*COMPARER, remarque.pk])
    assert "Écrivez votre réponse." in client.post(adresse, {"texte": "  "}).content.decode()
    trop = client.post(adresse, {"texte": "mot " * 2500}).content.decode()
    assert "mot mot" in trop
    assert not ReponseRemarque.objects.exists()
    client.post(adresse, {"texte": "Le salon des familles."})
    travailler()
    (avis,) = Avis.objects.filter(destinataire_id=parquet.utilisateur_id)
    assert "Une réponse est donnée" in avis.texte
    page = distribution.client("parquet").get(avis.adresse).content.decode()
    assert "Le salon des familles." in page
    remarques.resoudre(remarque=remarque, acteur=referente)
    travailler()
    assert Avis.objects.filter(destinataire_id=parquet.utilisateur_id, texte__contains="est résolue").count() == 1
    page = client.get(reverse("fiches:comparer", args=COMPARER)).content.decode()
    assert f"par {distribution.utilisateur('referente')}" in page
    with pytest.raises(TransitionRefusee, match="est résolue"):
        remarques.repondre(remarque=remarque, acteur=referente, texte="Trop tard.")


@pytest.mark.django_db
def test_un_soignant_hors_du_groupe_lit_le_fil_sans_y_repondre(
    remarque: Remarque, infirmiere: Any, distribution: Distribution
) -> None:
    with pytest.raises(TransitionRefusee, match="signataire ou d’un membre"):
        remarques.repondre(remarque=remarque, acteur=infirmiere, texte="Moi aussi.")
    adresse = reverse("fiches:repondre", args=[*COMPARER, remarque.pk])
    page = distribution.client("infirmiere").post(adresse, {"texte": "Moi aussi."}).content.decode()
    assert "Moi aussi." in page
    assert not ReponseRemarque.objects.exists()


@pytest.mark.django_db
def test_une_remarque_d_une_autre_version_n_existe_pas_a_cette_adresse(
    remarque: Remarque, distribution: Distribution
) -> None:
    adresse = reverse("fiches:repondre", args=[1, "1.1", "1.0", remarque.pk])
    assert distribution.client("referente").post(adresse, {"texte": "Bonjour."}).status_code == 404


@pytest.mark.django_db
def test_cote_a_cote_chaque_version_a_sa_colonne_et_dit_ce_qui_change(
    remarque: Remarque, distribution: Distribution
) -> None:
    page = distribution.client("parquet").get(reverse("fiches:comparer", args=COMPARER) + "?vue=cotes").content.decode()
    gauche, droite = page[page.index('id="a-essentiel"') :].split('id="b-essentiel"')[:2]
    assert "<del>" in gauche
    assert "<ins>" not in gauche
    assert "<ins>" in droite.split("</section>")[0]
    assert "<del>" not in droite.split("</section>")[0]
    assert "Supprimé" in gauche


def test_un_mot_retire_en_fin_de_phrase_garde_son_espace_dans_les_deux_vues() -> None:
    (passage,) = comparer([Bloc("a", "A", ["Appelez le cadre vite"])], [Bloc("a", "A", ["Appelez le cadre"])])
    assert "".join(segment.texte for segment in passage.avant) == "Appelez le cadre vite"
    assert "".join(segment.texte for segment in passage.apres).strip() == "Appelez le cadre"
