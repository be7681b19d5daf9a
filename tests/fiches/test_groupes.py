"""The working group of a theme: members of several partners read and comment a draft before everybody else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from convention.models import Rattachement
from fiches import groupes, policies, remarques, workflow
from fiches.models import Fiche, MembreGroupe, Thematique, VersionFiche
from journal.models import Entree
from notifications.models import Avis
from tests.distribution import Distribution
from tests.fiches.conftest import relire
from transitions.workflow import TransitionRefusee

pytestmark = pytest.mark.django_db
PAGE = "/fiches/groupes/"


@pytest.fixture
def theme(convention: None) -> Thematique:
    return Fiche.objects.get(numero=1).thematique


def nommer(theme: Thematique, distribution: Distribution, nom: str) -> MembreGroupe:
    return groupes.ajouter(
        thematique=theme, acteur=distribution.acteur("referente"), courriel=distribution.utilisateur(nom).courriel
    )


def test_un_groupe_reunit_plusieurs_partenaires(theme: Thematique, distribution: Distribution) -> None:
    for nom in ("soignante", "opj2", "gendarme"):
        nommer(theme, distribution, nom)
    groupe = next(groupe for groupe in groupes.groupes(distribution.acteur("referente")) if groupe.thematique == theme)
    assert {membre.institution.code for membre in groupe.membres} == {"CHV", "POLICE", "GENDARMERIE"}
    assert groupe.partenaires == 3
    assert Entree.objects.filter(contenu__contains='"action":"ajouter_au_groupe"').count() == 3


def test_un_membre_voit_le_projet_et_le_commente_sans_donner_d_avis(
    projet: VersionFiche, soignante: Any, distribution: Distribution
) -> None:
    assert not policies.peut_voir_version(projet, soignante)
    nommer(projet.fiche.thematique, distribution, "soignante")
    assert policies.peut_voir_version(projet, soignante)
    remarque = remarques.remarquer(version=projet, acteur=soignante, passage="essentiel", texte="Dire où.")
    assert remarque.institution.code == "CHV"
    client = distribution.client("soignante")
    page = client.get(reverse("fiches:comparer", args=[1, "1.0", "1.1"])).content.decode()
    assert "Dire où." in page
    assert "Poser une remarque" in page
    assert not policies.peut_donner_avis(relire(projet), soignante)
    assert not policies.peut_rediger(projet, soignante)


def test_un_membre_n_a_de_vue_que_sur_les_projets_de_son_theme(
    projet: VersionFiche, referente: Any, soignante: Any, distribution: Distribution
) -> None:
    nommer(Thematique.objects.get(code="deces"), distribution, "soignante")
    assert not policies.peut_voir_version(projet, soignante)
    assert distribution.client("soignante").get("/fiches/1/versions/1.1/").status_code == 404
    with pytest.raises(TransitionRefusee):
        remarques.remarquer(version=projet, acteur=soignante, passage="essentiel", texte="Dire où.")


def test_qui_est_retire_ou_a_quitte_son_partenaire_ne_voit_plus_le_projet(
    projet: VersionFiche, referente: Any, distribution: Distribution
) -> None:
    membre = nommer(projet.fiche.thematique, distribution, "soignante")
    nommer(projet.fiche.thematique, distribution, "opj2")
    groupes.retirer(membre=membre, acteur=referente)
    assert not policies.peut_voir_version(projet, distribution.acteur("soignante"))
    Rattachement.objects.filter(utilisateur=distribution.utilisateur("opj2")).update(fin_le=timezone.localdate())
    assert not policies.peut_voir_version(projet, distribution.acteur("opj2"))


def test_le_groupe_est_prevenu_quand_un_texte_se_prepare(
    theme: Thematique, referente: Any, distribution: Distribution, travailler: Callable[[], int]
) -> None:
    nommer(theme, distribution, "soignante")
    workflow.proposer(fiche=Fiche.objects.get(numero=1), acteur=referente)
    travailler()
    texte = Avis.objects.get(destinataire=distribution.utilisateur("soignante")).texte
    assert "Votre groupe de travail prépare un texte" in texte


def test_seule_la_referente_compose_le_groupe_et_sans_liste_des_comptes(
    theme: Thematique, distribution: Distribution
) -> None:
    nommer(theme, distribution, "opj2")
    parquet = distribution.client("parquet")
    page = parquet.get(PAGE).content.decode()
    assert "Ingrid Bailleul" in page
    assert "Ajouter une personne" not in page
    adresse = reverse("fiches:ajouter_membre", args=[theme.pk])
    parquet.post(adresse, {"courriel": distribution.utilisateur("soignante").courriel})
    parquet.post(reverse("fiches:retirer_membre", args=[MembreGroupe.objects.get().pk]))
    assert MembreGroupe.objects.get().retire_le is None
    assert "<select" not in distribution.client("referente").get(PAGE).content.decode()


@pytest.mark.parametrize("nom", ["crip", "etranger_sans_compte"])
def test_une_adresse_qui_n_est_pas_d_un_signataire_revient_avec_sa_phrase(
    nom: str, theme: Thematique, distribution: Distribution
) -> None:
    courriel = distribution.utilisateur(nom).courriel if nom == "crip" else "personne@ailleurs.test"
    client = distribution.client("referente")
    page = client.post(reverse("fiches:ajouter_membre", args=[theme.pk]), {"courriel": courriel}).content.decode()
    assert "Aucun compte actif d’un partenaire signataire n’a cette adresse." in page
    assert f'value="{courriel}"' in page
    assert not MembreGroupe.objects.exists()


def test_une_personne_n_est_qu_une_fois_dans_un_groupe(theme: Thematique, distribution: Distribution) -> None:
    membre = nommer(theme, distribution, "opj2")
    with pytest.raises(TransitionRefusee, match="déjà membre"):
        nommer(theme, distribution, "opj2")
    membre.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        membre.save()


def test_la_referente_ajoute_puis_retire_par_la_page(theme: Thematique, distribution: Distribution) -> None:
    client = distribution.client("referente")
    donnees = {"courriel": distribution.utilisateur("opj2").courriel.upper()}
    suite = client.post(reverse("fiches:ajouter_membre", args=[theme.pk]), donnees, follow=True).content.decode()
    assert "rejoint le groupe" in suite
    membre = MembreGroupe.objects.get()
    suite = client.post(reverse("fiches:retirer_membre", args=[membre.pk]), follow=True).content.decode()
    assert "Ses remarques restent." in suite
    membre.refresh_from_db()
    assert membre.retire_par == distribution.utilisateur("referente")
