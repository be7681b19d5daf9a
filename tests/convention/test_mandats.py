from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from convention import mandats, regles
from convention.models import Convention, Delegation, Institution, Mandat
from convention.parties import manquantes
from tests.convention.accord import charger_accord, en_signature, ensemble, nommer, signer
from tests.convention.gens import compte
from tests.distribution import Distribution
from transitions.workflow import TransitionRefusee

pytestmark = pytest.mark.django_db


@pytest.fixture
def accord(distribution: Distribution) -> Convention:
    return charger_accord(distribution)


def changer(distribution: Distribution, code: str = "POLICE", nom: str = "opj2", **autres: Any) -> Mandat:
    donnees = {
        "institution": Institution.objects.get(code=code),
        "acteur": distribution.acteur("referente"),
        "civilite": "Mme",
        "prenom": "Ingrid",
        "nom": "Bailleul",
        "titre": "Commissaire divisionnaire",
        "utilisateur": distribution.utilisateur(nom),
        "debut_le": timezone.localdate(),
        "motif": "Mutation",
    }
    return mandats.changer_titulaire(**{**donnees, **autres})


def test_un_changement_de_titulaire_transmet_tout_en_un_acte(accord: Convention, distribution: Distribution) -> None:
    version = en_signature(distribution)
    ancien = Mandat.objects.get(institution__code="POLICE", fin_le=None)
    reprise = ancien.delegations.get()
    nouveau = changer(distribution, reprises={reprise.pk})
    ancien.refresh_from_db()
    reprise.refresh_from_db()
    assert ancien.fin_le == reprise.fin_le == nouveau.debut_le
    assert nouveau.delegations.get().reprise_de == reprise
    assert "POLICE" in {institution.code for institution in manquantes(version)}
    assert signer(distribution, version, "opj2")[0].mandat == nouveau


def test_une_delegation_non_reprise_ne_signe_plus(accord: Convention, distribution: Distribution) -> None:
    version = en_signature(distribution)
    changer(distribution)
    assert not Delegation.objects.filter(mandat__institution__code="POLICE", fin_le=None).exists()
    with pytest.raises(TransitionRefusee, match="Seul le titulaire"):
        signer(distribution, version, "opj")


def test_l_ancien_titulaire_ne_signe_plus_et_sa_signature_passee_reste(
    accord: Convention, distribution: Distribution
) -> None:
    nommer(distribution, "POLICE", "opj")
    version = en_signature(distribution)
    signature = signer(distribution, version, "opj")[0]
    changer(distribution)
    assert "POLICE" not in {institution.code for institution in manquantes(version)}
    signature.refresh_from_db()
    assert signature.titre == "Commissaire divisionnaire de Valenciennes"
    assert regles.pouvoirs(distribution.acteur("opj")) == {}


def test_personne_ne_se_nomme_soi_meme(accord: Convention, distribution: Distribution) -> None:
    with pytest.raises(TransitionRefusee, match="soi-même"):
        changer(distribution, code="CHV", utilisateur=distribution.utilisateur("referente"))


@pytest.mark.parametrize("nom", ["opj", "soignante", "parquet"])
def test_seuls_l_administrateur_de_la_maison_et_la_referente_nomment(
    nom: str, accord: Convention, distribution: Distribution
) -> None:
    with pytest.raises(TransitionRefusee, match="administrateur des comptes"):
        changer(distribution, acteur=distribution.acteur(nom))


def test_le_compte_du_titulaire_a_une_place_dans_l_institution(accord: Convention, distribution: Distribution) -> None:
    with pytest.raises(TransitionRefusee, match="pas de droit ouvert"):
        changer(distribution, nom="gendarme")


def test_une_prise_de_fonction_a_venir_ou_avant_la_precedente_est_refusee(
    accord: Convention, distribution: Distribution
) -> None:
    jour = timezone.localdate()
    with pytest.raises(TransitionRefusee, match="à venir"):
        changer(distribution, debut_le=jour + timedelta(days=1))
    with pytest.raises(TransitionRefusee, match="précéder"):
        changer(distribution, debut_le=accord.signee_le - timedelta(days=1))


def test_une_delegation_se_donne_et_se_reprend_par_le_titulaire_seul(
    accord: Convention, distribution: Distribution
) -> None:
    police = Institution.objects.get(code="POLICE")
    with pytest.raises(TransitionRefusee, match="Seul le titulaire"):
        mandats.deleguer(
            institution=police,
            acteur=distribution.acteur("opj"),
            delegataire=distribution.utilisateur("opj2"),
            titre="Adjointe",
        )
    nommer(distribution, "POLICE", "opj")
    delegation = mandats.deleguer(
        institution=police,
        acteur=distribution.acteur("opj"),
        delegataire=distribution.utilisateur("opj2"),
        titre="Adjointe",
    )
    version = en_signature(distribution)
    mandats.terminer_delegation(delegation=delegation, acteur=distribution.acteur("opj"))
    with pytest.raises(TransitionRefusee, match="Seul le titulaire"):
        signer(distribution, version, "opj2")


def test_qui_n_a_plus_de_place_dans_l_institution_ne_signe_plus(accord: Convention, distribution: Distribution) -> None:
    utilisateur = compte(distribution, "parti@demo.test", "POLICE-CSP", "ENQUETEUR", qualite="OPJ", matricule="77")
    nommer(distribution, "POLICE", "opj")
    Mandat.objects.filter(institution__code="POLICE").update(utilisateur=utilisateur)
    from convention.acteur import acteur_de

    assert Institution.objects.get(code="POLICE").pk in regles.pouvoirs(acteur_de(utilisateur))
    utilisateur.rattachements.update(fin_le=timezone.localdate())
    assert regles.pouvoirs(acteur_de(utilisateur)) == {}


def test_la_base_refuse_deux_titulaires(accord: Convention) -> None:
    police = Institution.objects.get(code="POLICE")
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandat.objects.create(institution=police, prenom="A", nom="B", titre="C", debut_le=timezone.localdate())


@pytest.mark.django_db(transaction=True)
def test_deux_changements_au_meme_instant_laissent_un_seul_titulaire(
    accord: Convention, distribution: Distribution
) -> None:
    distribution.acteur("referente"), distribution.utilisateur("opj2"), distribution.utilisateur("etranger")
    resultats = ensemble(lambda: changer(distribution), lambda: changer(distribution, nom="etranger"))
    assert all(isinstance(resultat, Mandat) for resultat in resultats)
    assert Mandat.objects.filter(institution__code="POLICE", fin_le=None).count() == 1
