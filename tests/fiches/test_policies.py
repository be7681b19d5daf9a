from typing import Any

import pytest

from fiches import policies, remarques, workflow
from fiches.models import VersionFiche
from tests.distribution import Distribution
from tests.fiches.conftest import REPRESENTANTS
from transitions.workflow import TransitionRefusee

pytestmark = pytest.mark.django_db
PARLENT = (*REPRESENTANTS, "directrice")
SE_TAISENT = ("soignante", "juriste", "cadre", "garde", "usmp", "crip", "ars", "dpo", "admin_chv", "securite")


@pytest.mark.parametrize("nom", PARLENT)
def test_un_representant_d_un_signataire_donne_l_avis_de_son_institution(
    en_approbation: VersionFiche, distribution: Distribution, nom: str
) -> None:
    acteur = distribution.acteur(nom)
    assert policies.peut_donner_avis(en_approbation, acteur)
    place = policies.place_d_avis(en_approbation, acteur)
    assert place is not None
    assert place.institution_id in acteur.institutions


@pytest.mark.parametrize("nom", SE_TAISENT)
def test_les_autres_ne_parlent_pas_pour_leur_institution(
    en_approbation: VersionFiche, distribution: Distribution, nom: str
) -> None:
    verdict = policies.peut_donner_avis(en_approbation, distribution.acteur(nom))
    assert not verdict
    assert "signataire" in verdict.raison


@pytest.mark.parametrize("nom", ["parquet", "opj", "soignante", "directrice"])
def test_seule_la_referente_fait_avancer_une_version(
    projet: VersionFiche, distribution: Distribution, nom: str
) -> None:
    acteur = distribution.acteur(nom)
    assert not policies.peut_rediger(projet, acteur)
    with pytest.raises(TransitionRefusee, match="référente"):
        workflow.soumettre_lecture(version=projet, acteur=acteur)
    with pytest.raises(TransitionRefusee, match="référente"):
        workflow.proposer(fiche=projet.fiche, acteur=acteur)


def test_un_projet_n_est_vu_que_de_la_referente_avant_la_lecture(
    projet: VersionFiche, referente: Any, opj: Any
) -> None:
    assert policies.peut_voir_version(projet, referente)
    assert not policies.peut_voir_version(projet, opj)


def test_une_remarque_se_resout_par_son_auteur_ou_la_referente(
    projet: VersionFiche, referente: Any, opj: Any, parquet: Any
) -> None:
    workflow.soumettre_lecture(version=projet, acteur=referente)
    remarque = remarques.remarquer(version=projet, acteur=opj, passage="essentiel", texte="À préciser.")
    assert policies.peut_resoudre(remarque, opj)
    assert policies.peut_resoudre(remarque, referente)
    assert not policies.peut_resoudre(remarque, parquet)
