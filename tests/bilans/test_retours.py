"""« Cette étape ne marche pas »: deposited, answered, concluded; its author is known to the référente alone."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from accounts.roles import Role
from bilans import retours
from bilans.etats import A_L_ETUDE, CLOS, RECU, REPONDU
from bilans.models import RetourExperience
from convention.acteur import Acteur, Place
from convention.models import Convention
from fiches.models import Fiche, Thematique, VersionFiche
from journal.models import Entree
from notifications.models import Avis
from tests.distribution import Distribution
from transitions.workflow import TransitionRefusee

ISSUE = RetourExperience.Issue


@pytest.mark.parametrize(
    ("texte", "mot"),
    [
        ("J’ai reçu Mme Quennesson.", "un nom de personne"),
        ("La patiente, née le 4 mai.", "une date de naissance"),
        ("Son numéro 2 84 05 59 123 456 78.", "un numéro de sécurité sociale"),
        ("Voir IPP 4455667.", "un numéro de dossier"),
    ],
)
def test_un_texte_qui_semble_nominatif_recoit_un_conseil(texte: str, mot: str) -> None:
    assert retours.ressemblances(texte) == [mot]


@pytest.mark.parametrize(
    "texte",
    ["Le 01 99 00 12 34 ne répond pas.", "L’étape 2 dit 48 heures.", "Madame la procureure reçoit.", "Article 226-14."],
)
def test_un_texte_ordinaire_n_en_recoit_aucun(texte: str) -> None:
    assert retours.ressemblances(texte) == []


def _version(rang: int = 1, **champs: Any) -> VersionFiche:
    convention = Convention(pk=1, etablissement_id=7)
    fiche = Fiche(pk=champs.pop("fiche_pk", 1), numero=1, thematique=Thematique(convention=convention))
    return VersionFiche(fiche=fiche, rang=rang, effet_le=champs.pop("effet_le", timezone.now()), **champs)


def _acteur(role: Role = Role.SOIGNANT, institution: int = 7, pk: int = 1) -> Acteur:
    place = Place(
        rattachement_id=1,
        service_id=1,
        service_code="X",
        service_nom="X",
        service_domaine="",
        institution_id=institution,
        institution_code="X",
        institution_nom="X",
        groupe_id=1,
        role=role,
    )
    return Acteur(utilisateur_id=pk, cle=uuid.uuid4(), nom="X", places=(place,))


def test_la_referente_de_l_etablissement_traite_et_elle_seule() -> None:
    retour = RetourExperience(version_fiche=_version(), depose_par_id=1)
    assert retours.peut_traiter(retour, _acteur(Role.REFERENT, pk=2))
    assert not retours.peut_traiter(retour, _acteur(Role.REFERENT, institution=8, pk=2))
    assert not retours.peut_traiter(retour, _acteur(pk=1))


def test_l_auteur_et_la_referente_lisent_personne_d_autre() -> None:
    retour = RetourExperience(version_fiche=_version(), depose_par_id=1)
    assert retours.peut_lire(retour, _acteur(pk=1))
    assert retours.peut_lire(retour, _acteur(Role.REFERENT, pk=2))
    assert not retours.peut_lire(retour, _acteur(Role.CADRE, pk=3))
    assert not retours.peut_lire(retour, _acteur(Role.DIRECTION, pk=4))


def test_un_projet_se_discute_dans_la_comparaison() -> None:
    assert "comparaison" in retours.peut_deposer(_version(effet_le=None), _acteur()).raison


@pytest.mark.parametrize(
    ("issue", "motif", "raison"),
    [
        ("", "", "Dites ce que devient"),
        (ISSUE.NON_RETENU, "  ", "Dites pourquoi"),
        (ISSUE.CORRIGE, "", "plus récente"),
        (ISSUE.NON_RETENU, "Déjà écrit.", ""),
        (ISSUE.COMITE, "", ""),
    ],
)
def test_chaque_issue_dit_ce_qui_lui_manque(issue: str, motif: str, raison: str) -> None:
    dit = retours.manque(RetourExperience(version_fiche=_version()), issue, None, motif)
    assert raison in dit
    assert bool(raison) == bool(dit)


def test_une_correction_est_une_version_plus_recente_de_la_meme_fiche() -> None:
    retour = RetourExperience(version_fiche=_version(2))
    assert retours.manque(retour, ISSUE.CORRIGE, _version(1), "")
    assert retours.manque(retour, ISSUE.CORRIGE, _version(3, fiche_pk=2), "")
    assert not retours.manque(retour, ISSUE.CORRIGE, _version(3), "")


@pytest.mark.django_db
class TestCycle:
    def test_un_retour_va_du_depot_a_sa_conclusion_et_chaque_pas_est_au_journal(
        self, deposer: Callable[..., RetourExperience], distribution: Distribution
    ) -> None:
        retour, referente = deposer(), distribution.acteur("referente")
        assert retour.etat == RECU
        retour = retours.etudier(retour=retour, acteur=referente)
        assert (retour.etat, retour.etudie_par_id) == (A_L_ETUDE, referente.utilisateur_id)
        retour = retours.repondre(retour=retour, acteur=referente, reponse="Le bureau est ouvert.")
        assert retour.etat == REPONDU
        retour = retours.conclure(retour=retour, acteur=referente, issue=ISSUE.COMITE)
        assert (retour.etat, retour.issue) == (CLOS, ISSUE.COMITE)
        actes = Entree.objects.filter(objet="retour", cle=retour.cle).order_by("pk").values_list("action", flat=True)
        assert list(actes) == ["deposer_retour", "etudier", "repondre", "conclure"]
        assert not Entree.objects.filter(contenu__contains="canari").exists()

    def test_un_retour_ne_se_conclut_pas_sans_reponse(
        self, deposer: Callable[..., RetourExperience], distribution: Distribution
    ) -> None:
        retour, referente = deposer(), distribution.acteur("referente")
        with pytest.raises(TransitionRefusee):
            retours.conclure(retour=retour, acteur=referente, issue=ISSUE.COMITE)
        with pytest.raises(TransitionRefusee, match="Écrivez votre réponse"):
            retours.repondre(retour=retour, acteur=referente, reponse="  ")
        retour.refresh_from_db()
        assert retour.etat == RECU

    def test_son_auteur_ne_se_repond_pas(
        self, deposer: Callable[..., RetourExperience], distribution: Distribution
    ) -> None:
        with pytest.raises(TransitionRefusee, match="référente"):
            retours.repondre(retour=deposer(), acteur=distribution.acteur("soignante"), reponse="Oui.")

    def test_un_second_clic_rend_le_meme_retour(self, deposer: Callable[..., RetourExperience]) -> None:
        cle = uuid.uuid4()
        assert deposer(cle=cle).pk == deposer(cle=cle).pk
        assert RetourExperience.objects.count() == 1

    def test_la_cle_d_un_autre_ne_rend_pas_son_retour(self, deposer: Callable[..., RetourExperience]) -> None:
        cle = deposer("soignante").cle
        with pytest.raises(TransitionRefusee, match="Rouvrez la fiche"):
            deposer("infirmiere", cle=cle)
        assert RetourExperience.objects.count() == 1

    def test_un_passage_disparu_est_refuse(self, deposer: Callable[..., RetourExperience]) -> None:
        with pytest.raises(TransitionRefusee, match="Rouvrez-la"):
            deposer(passage="etapes-99")

    def test_vingt_retours_en_attente_suffisent(self, deposer: Callable[..., RetourExperience]) -> None:
        for _ in range(retours.DE_TROP):
            deposer()
        with pytest.raises(TransitionRefusee, match="20 retours"):
            deposer()

    def test_les_avis_ne_disent_ni_le_texte_ni_l_auteur(
        self, deposer: Callable[..., RetourExperience], distribution: Distribution
    ) -> None:
        referente = distribution.acteur("referente")
        retour = deposer()
        retours.prevenir_de({"retour": retour.pk, "nom": "deposer_retour"})
        retour = retours.repondre(retour=retour, acteur=referente, reponse="Réponse perroquet.")
        for _ in range(2):
            retours.prevenir_de({"retour": retour.pk, "nom": "repondre"})
        avis = {ligne.destinataire_id: ligne.texte for ligne in Avis.objects.all()}
        soignante = distribution.utilisateur("soignante")
        assert set(avis) == {referente.utilisateur_id, soignante.pk}
        assert Avis.objects.count() == 2
        assert not any(mot in texte for texte in avis.values() for mot in ("canari", "perroquet", soignante.nom))
