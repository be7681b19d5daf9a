"""Who moves an action, measures it, registers a stand; what stays written of it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from convention import actions, manifestations
from convention import regles as accord
from convention import regles_programme as regles
from convention.lecture_programme import changements_de, lire_action, lire_manifestation, mesure_de
from convention.models import Action, Convention, Etape, Indicateur, Institution, Releve, Stand
from fiches.chargement import charger
from journal.models import Entree
from notifications.models import Avis
from tests.distribution import DONNEES, Distribution
from transitions.workflow import TransitionRefusee

pytestmark = pytest.mark.django_db
ORIGINE = "Comité d’essai du 12 mars"


@pytest.fixture
def contrat(distribution: Distribution) -> Convention:
    charger(DONNEES)
    return Convention.objects.get(code="cls-2025")


@pytest.fixture
def depistages(contrat: Convention, distribution: Distribution) -> Action:
    """Led by the CPAM, as the référente of the programme decided."""
    planifier(distribution, relire(contrat), pilote=Institution.objects.get(code="CPAM"))
    return relire(contrat)


def relire(contrat: Convention) -> Action:
    action = lire_action(contrat, "cancers", "depistages")
    assert action is not None
    return action


def planifier(distribution: Distribution, action: Action, nom: str = "cls", **choix: Any) -> Action:
    choix = {"pilote": None, "partenaires": [], "echeance": None, "origine": ORIGINE} | choix
    return actions.planifier(action=action, acteur=distribution.acteur(nom), **choix)


def test_sans_pilote_seule_la_referente_du_programme_fait_avancer_une_action(
    contrat: Convention, distribution: Distribution
) -> None:
    action = relire(contrat)
    assert regles.peut_suivre(action, distribution.acteur("cls"))
    verdict = regles.peut_suivre(action, distribution.acteur("cpam"))
    assert "pas encore de pilote" in verdict.raison
    with pytest.raises(TransitionRefusee):
        actions.avancer(action=action, acteur=distribution.acteur("cpam"), geste="engager", motif="Lancement")


def test_l_institution_pilote_fait_avancer_son_action_et_aucune_autre(
    depistages: Action, distribution: Distribution
) -> None:
    cpam = distribution.acteur("cpam")
    actions.avancer(action=depistages, acteur=cpam, geste="engager", motif="Campagne lancée")
    depistages.refresh_from_db()
    assert depistages.etat == Action.Etat.EN_COURS
    autre = Action.objects.get(axe__convention=depistages.axe.convention, code="publics-eloignes")
    assert not regles.peut_suivre(autre, cpam)
    for nom in ("referente", "soignante", "prefecture", "opj"):
        assert not regles.peut_suivre(depistages, distribution.acteur(nom)), nom


def test_une_soignante_de_l_institution_pilote_ne_fait_pas_avancer_l_action(
    contrat: Convention, distribution: Distribution
) -> None:
    action = planifier(distribution, relire(contrat), pilote=Institution.objects.get(code="CHV"))
    assert not regles.peut_suivre(action, distribution.acteur("soignante"))
    assert regles.peut_suivre(action, distribution.acteur("directrice"))


def test_seule_la_referente_du_programme_designe_le_pilote(contrat: Convention, distribution: Distribution) -> None:
    for nom in ("cpam", "referente", "directrice"):
        with pytest.raises(TransitionRefusee):
            planifier(distribution, relire(contrat), nom)
    with pytest.raises(TransitionRefusee, match="parties à la convention"):
        planifier(distribution, relire(contrat), pilote=Institution.objects.get(code="POLICE"))


def test_un_changement_d_etat_garde_son_motif_son_auteur_et_previent_les_autres(
    depistages: Action, distribution: Distribution, travailler: Any
) -> None:
    actions.avancer(action=depistages, acteur=distribution.acteur("cpam"), geste="engager", motif="Campagne lancée")
    [fait] = changements_de(depistages)
    assert (fait.etat.code, fait.motif) == ("EN_COURS", "Campagne lancée")
    assert Entree.objects.filter(action="engager_action", cle=depistages.cle).count() == 1
    travailler()
    destinataires = list(Avis.objects.values_list("destinataire__courriel", flat=True))
    assert "cls@demo.test" in destinataires
    assert "cpam@demo.test" not in destinataires


def test_une_action_inscrite_ne_se_declare_pas_realisee(depistages: Action, distribution: Distribution) -> None:
    with pytest.raises(TransitionRefusee, match="Ce n’est plus possible"):
        actions.avancer(action=depistages, acteur=distribution.acteur("cls"), geste="realiser", motif="Trop tôt")
    with pytest.raises(TransitionRefusee, match="Choisissez"):
        actions.avancer(action=depistages, acteur=distribution.acteur("cls"), geste="effacer", motif="Rien")


@pytest.fixture
def compte(depistages: Action, distribution: Distribution) -> Indicateur:
    return actions.ajouter_indicateur(
        action=depistages,
        acteur=distribution.acteur("cpam"),
        intitule="Invitations envoyées",
        unite="invitations",
        cible=Decimal(100),
        origine=ORIGINE,
    )


def relever(distribution: Distribution, compte: Indicateur, valeur: int, nom: str = "cpam", jours: int = 0) -> Releve:
    return actions.relever(
        indicateur=compte,
        acteur=distribution.acteur(nom),
        valeur=Decimal(valeur),
        jour=timezone.localdate() + timedelta(days=jours),
        source="Comptage d’essai",
    )


def test_une_valeur_corrigee_le_meme_jour_remplace_la_premiere_qui_reste_lisible(
    compte: Indicateur, distribution: Distribution
) -> None:
    relever(distribution, compte, 40, jours=-1)
    relever(distribution, compte, 50)
    relever(distribution, compte, 120)
    mesure = mesure_de(Indicateur.objects.get(pk=compte.pk))
    assert [releve.valeur for releve in mesure.releves] == [120, 40]
    assert [releve.valeur for releve in mesure.remplaces] == [50]
    assert mesure.atteint


def test_une_valeur_a_venir_ou_d_un_tiers_est_refusee(compte: Indicateur, distribution: Distribution) -> None:
    with pytest.raises(TransitionRefusee, match="à venir"):
        relever(distribution, compte, 1, jours=1)
    with pytest.raises(TransitionRefusee):
        relever(distribution, compte, 1, "referente")
    assert not Releve.objects.exists()


def test_une_valeur_relevee_ne_se_change_ni_ne_s_efface(compte: Indicateur, distribution: Distribution) -> None:
    releve = relever(distribution, compte, 40)
    with pytest.raises(DatabaseError), transaction.atomic():
        Releve.objects.filter(pk=releve.pk).update(valeur=4)
    with pytest.raises(DatabaseError), transaction.atomic():
        releve.delete()


def inscrire(distribution: Distribution, nom: str, code: str = "", structure: str = "", **autres: Any) -> Stand:
    champs = {"intitule": "Mammobile", "metiers": "manipulatrices", "professionnels": 6, "source": "Plan d’essai"}
    return manifestations.inscrire_stand(
        etape=Etape.objects.get(commune="Valenciennes"),
        acteur=distribution.acteur(nom),
        institution=Institution.objects.get(code=code) if code else None,
        structure=structure,
        **(champs | autres),
    )


def test_un_partenaire_n_inscrit_que_son_propre_stand(contrat: Convention, distribution: Distribution) -> None:
    inscrire(distribution, "cpam", "CPAM")
    for code, structure in (("CHV", ""), ("", "Une association")):
        with pytest.raises(TransitionRefusee):
            inscrire(distribution, "cpam", code, structure, intitule="Autre")
    with pytest.raises(TransitionRefusee):
        inscrire(distribution, "prefecture", "SPREF", intitule="Autre")
    inscrire(distribution, "cls", "CHV", intitule="Sages-femmes")
    inscrire(distribution, "cls", "", "Une association d’essai", intitule="Théâtre")
    with pytest.raises(TransitionRefusee, match="déjà inscrit"):
        inscrire(distribution, "cls", "CHV")


def test_un_stand_retire_ne_compte_plus_et_sa_ligne_reste(contrat: Convention, distribution: Distribution) -> None:
    stand = inscrire(distribution, "cpam", "CPAM")
    with pytest.raises(TransitionRefusee):
        manifestations.retirer_stand(stand=stand, acteur=distribution.acteur("referente"))
    manifestations.retirer_stand(stand=stand, acteur=distribution.acteur("cpam"))
    village = lire_manifestation(contrat, "village-sante-des-femmes")
    assert village is not None
    assert [list(etape.stands.all()) for etape in village.etapes.all()] == [[], [], [], []]
    assert Stand.objects.get().retire_par == distribution.utilisateur("cpam")
    inscrire(distribution, "cpam", "CPAM")


def test_sans_preavis_dans_le_texte_personne_ne_sort_du_contrat(
    contrat: Convention, distribution: Distribution
) -> None:
    for verdict in (accord.peut_denoncer, accord.peut_resilier):
        assert "ne précise aucun préavis" in verdict(contrat, distribution.acteur("cpam")).raison


def test_le_titulaire_se_nomme_par_la_referente_de_sa_convention_seulement(
    contrat: Convention, distribution: Distribution
) -> None:
    cpam, police = (Institution.objects.get(code=code) for code in ("CPAM", "POLICE"))
    referente, cls = distribution.acteur("referente"), distribution.acteur("cls")
    assert accord.peut_nommer(police, referente)
    assert not accord.peut_nommer(cpam, referente)
    assert accord.peut_nommer(cpam, cls)
    assert not accord.peut_nommer(police, cls)
