from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from convention import mandats, quatre_yeux, regles, succession
from convention.acteur import acteur_de
from convention.models import Convention, Delegation, DemandeDouble, Institution, Mandat
from convention.parties import manquantes
from convention.quatre_yeux import ApprobationRefusee
from tests.convention.accord import (
    approuver_changement,
    changer,
    charger_accord,
    demander_changement,
    en_signature,
    ensemble,
    nommer,
    signer,
)
from tests.convention.gens import administrateur, compte
from tests.distribution import Distribution
from transitions.workflow import TransitionRefusee

pytestmark = pytest.mark.django_db


@pytest.fixture
def accord(distribution: Distribution) -> Convention:
    return charger_accord(distribution)


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
        demander_changement(distribution, code="CHV", utilisateur=distribution.utilisateur("referente"))


@pytest.mark.parametrize("nom", ["opj", "soignante", "parquet"])
def test_seuls_l_administrateur_de_la_maison_et_la_referente_nomment(
    nom: str, accord: Convention, distribution: Distribution
) -> None:
    with pytest.raises(TransitionRefusee, match="administrateur des comptes"):
        demander_changement(distribution, acteur=distribution.acteur(nom))


def test_le_compte_du_titulaire_a_une_place_dans_l_institution(accord: Convention, distribution: Distribution) -> None:
    with pytest.raises(TransitionRefusee, match="pas de droit ouvert"):
        demander_changement(distribution, nom="gendarme")


def test_une_prise_de_fonction_a_venir_ou_avant_la_precedente_est_refusee(
    accord: Convention, distribution: Distribution
) -> None:
    jour = timezone.localdate()
    with pytest.raises(TransitionRefusee, match="à venir"):
        demander_changement(distribution, debut_le=jour + timedelta(days=1))
    with pytest.raises(TransitionRefusee, match="précéder"):
        demander_changement(distribution, debut_le=accord.signee_le - timedelta(days=1))


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
    assert Institution.objects.get(code="POLICE").pk in regles.pouvoirs(acteur_de(utilisateur))
    utilisateur.rattachements.update(fin_le=timezone.localdate())
    assert regles.pouvoirs(acteur_de(utilisateur)) == {}


def test_la_base_refuse_deux_titulaires(accord: Convention) -> None:
    police = Institution.objects.get(code="POLICE")
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandat.objects.create(institution=police, prenom="A", nom="B", titre="C", debut_le=timezone.localdate())


def test_sans_seconde_personne_rien_ne_change(accord: Convention, distribution: Distribution) -> None:
    ancien = Mandat.objects.get(institution__code="POLICE", fin_le=None)
    prise = demander_changement(distribution, reprises={ancien.delegations.get().pk})
    for nom, mots in (("referente", "une autre personne"), ("opj2", "second administrateur"), ("juriste", "second")):
        with pytest.raises(ApprobationRefusee, match=mots):
            approuver_changement(distribution, prise, nom)
    assert Mandat.objects.get(institution__code="POLICE", fin_le=None) == ancien
    assert ancien.delegations.get().fin_le is None


def test_qui_est_nomme_n_approuve_pas_sa_propre_nomination(accord: Convention, distribution: Distribution) -> None:
    nomme = administrateur(distribution, "POLICE")
    prise = demander_changement(distribution, utilisateur=nomme)
    with pytest.raises(ApprobationRefusee, match="est pour vous"):
        quatre_yeux.approuver(
            demande=DemandeDouble.objects.get(objet=prise.cle),
            contenu=succession.contenu(prise.cle),
            acteur=acteur_de(nomme),
        )
    approuver_changement(distribution, prise)
    assert Mandat.objects.get(institution__code="POLICE", fin_le=None).utilisateur == nomme


def test_une_maison_qui_a_un_administrateur_approuve_elle_meme(accord: Convention, distribution: Distribution) -> None:
    second = administrateur(distribution, "POLICE")
    prise = demander_changement(distribution)
    with pytest.raises(ApprobationRefusee, match="c’est à lui d’approuver"):
        approuver_changement(distribution, prise)
    quatre_yeux.approuver(
        demande=DemandeDouble.objects.get(objet=prise.cle),
        contenu=succession.contenu(prise.cle),
        acteur=acteur_de(second),
    )
    assert Mandat.objects.get(institution__code="POLICE", fin_le=None).nom == "Bailleul"


def test_une_delegation_donnee_entre_temps_fait_tomber_la_demande(
    accord: Convention, distribution: Distribution
) -> None:
    nommer(distribution, "POLICE", "opj")
    prise = demander_changement(distribution)
    mandats.deleguer(
        institution=prise.institution,
        acteur=distribution.acteur("opj"),
        delegataire=distribution.utilisateur("etranger"),
        titre="Adjointe",
    )
    with pytest.raises(ApprobationRefusee, match="a changé depuis"):
        approuver_changement(distribution, prise)


@pytest.mark.django_db(transaction=True)
def test_deux_accords_au_meme_instant_n_installent_qu_un_titulaire(
    accord: Convention, distribution: Distribution
) -> None:
    prises = [demander_changement(distribution, nom=nom) for nom in ("opj2", "etranger")]
    distribution.acteur("dpo")
    resultats = ensemble(*(lambda p=prise: approuver_changement(distribution, p) for prise in prises))
    assert sorted(type(resultat).__name__ for resultat in resultats) == ["ApprobationRefusee", "NoneType"]
    assert Mandat.objects.filter(institution__code="POLICE", fin_le=None, prise__isnull=False).count() == 1
