"""The only writer of rattachements keeps the groups in step and leaves its trace."""

import pytest
from django.db import IntegrityError, transaction

from accounts.roles import Role
from convention.rattachements import rattacher, terminer
from journal.models import Entree
from tests.distribution import Distribution


def test_rattacher_donne_le_groupe_et_laisse_une_trace(distribution: Distribution) -> None:
    admin, opj = distribution.acteur("admin_chv"), distribution.utilisateur("opj")
    service = distribution.service("POLICE-SUR")
    rattacher(utilisateur=opj, service=service, role=Role.ENQUETEUR, acteur=admin)
    assert opj.groups.contains(service.groupe)
    trace = Entree.objects.filter(action="rattacher", acteur=admin.cle).get()
    assert trace.cle == opj.cle
    assert opj.nom not in trace.contenu


def test_terminer_retire_le_groupe_quand_rien_d_autre_ne_le_tient(distribution: Distribution) -> None:
    admin, opj = distribution.acteur("admin_chv"), distribution.utilisateur("opj")
    service = distribution.service("POLICE-CSP")
    premier = opj.rattachements.get()
    second = rattacher(utilisateur=opj, service=service, role=Role.CADRE, acteur=admin)
    terminer(rattachement=premier, acteur=admin)
    assert opj.groups.contains(service.groupe)
    terminer(rattachement=second, acteur=admin)
    assert not opj.groups.contains(service.groupe)
    assert Entree.objects.filter(action="terminer_rattachement", cle=opj.cle).count() == 2


def test_un_meme_role_ne_se_donne_pas_deux_fois(distribution: Distribution) -> None:
    opj, service = distribution.utilisateur("opj"), distribution.service("POLICE-CSP")
    with pytest.raises(IntegrityError), transaction.atomic():
        rattacher(utilisateur=opj, service=service, role=Role.ENQUETEUR, acteur=None)


def test_un_role_termine_se_redonne(distribution: Distribution) -> None:
    admin, opj = distribution.acteur("admin_chv"), distribution.utilisateur("opj")
    terminer(rattachement=opj.rattachements.get(), acteur=admin)
    rattacher(utilisateur=opj, service=distribution.service("POLICE-CSP"), role=Role.ENQUETEUR, acteur=admin)
    assert distribution.acteur("opj").a(Role.ENQUETEUR)


def test_le_rattachement_garde_son_historique(distribution: Distribution) -> None:
    opj = distribution.utilisateur("opj")
    rattachement = opj.rattachements.get()
    terminer(rattachement=rattachement, acteur=distribution.acteur("admin_chv"))
    assert [ligne.fin_le is None for ligne in rattachement.history.order_by("history_id")] == [True, False]
