"""One paper confirms several oral demands: joined once, it goes to each that waits for it."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Dossier, Participation
from requisitions import workflow as w
from requisitions.models import Requisition
from requisitions.workflow import ecrit
from requisitions.workflow.acte import ACTE_SIGNE
from tests.requisitions.test_parcours import pdf, poster
from tests.requisitions.test_plusieurs_cibles import LEFEBVRE, MARLIER, envoyer
from tests.requisitions.test_reception import il_y_a
from tests.requisitions.test_reception import recue as recue

DIT = {"moyen": "telephone", "par_qui": "Adj. Noémie Vasseur, OPJ"}


def adresse(nom, dossier):
    return reverse(f"requisitions:{nom}", args=[dossier.cle])


def lire(client, dossier, nom="dossier"):
    return client.get(adresse(nom, dossier)).content.decode()


@pytest.fixture
def trois_orales(distribution, table):
    """One act told by telephone for three persons, written down by legal affairs."""

    def faire(**champs):
        envoyer(
            distribution.client("juriste"), LEFEBVRE, MARLIER, cle=uuid.uuid4(), canal="telephone", fichier="",
            recue_le=il_y_a(minutes=20), service_requerant=distribution.service("GEND-COB2").pk,
            autorite_nom="Adj. Noémie Vasseur", autorite_qualite="OPJ", **champs,
        )  # fmt: skip
        return list(Dossier.objects.order_by("pk"))

    return faire


def joints(dossiers):
    return [Requisition.objects.get(pk=dossier.pk).confirmation_ecrite_le is not None for dossier in dossiers]


@pytest.mark.parametrize("rang", [0, 1])
def test_l_ecrit_d_un_acte_pour_plusieurs_se_joint_une_fois_a_chacune(rang, trois_orales, distribution):
    dossiers, juriste = trois_orales(), distribution.client("juriste")
    form = juriste.get(adresse("ecrit", dossiers[rang])).context["form"]
    assert form["aussi"].value() is True, "coché par défaut"
    assert form.fields["aussi"].help_text == ", ".join(
        dossier.reference for dossier in dossiers if dossier != dossiers[rang]
    )
    poster(juriste, "ecrit", dossiers[rang], fichier=pdf(texte="Acte du 21"), aussi="on")
    assert joints(dossiers) == [True, True, True]
    fichiers = [dossier.pieces.get(intitule=ACTE_SIGNE).fichier for dossier in dossiers]
    assert len({fichier.pk for fichier in fichiers}) == 3
    assert [fichier.attache for fichier in fichiers] == [dossier.cle for dossier in dossiers]
    assert len({fichier.empreinte for fichier in fichiers}) == 1
    for dossier in dossiers:
        assert dossier.pieces.get(intitule=ACTE_SIGNE).service.code == "GEND-COB2"
        assert dossier.evenements.filter(nom="joindre_ecrit").count() == 1
        assert "Joindre l’écrit" not in lire(juriste, dossier)


def test_decoche_l_ecrit_ne_se_joint_qu_ici(trois_orales, distribution):
    dossiers, juriste = trois_orales(), distribution.client("juriste")
    poster(juriste, "ecrit", dossiers[0], fichier=pdf())
    assert joints(dossiers) == [True, False, False]
    encore = juriste.post(adresse("ecrit", dossiers[0]), {"fichier": pdf(), "aussi": "on"})
    assert "L’écrit est déjà joint." in encore.content.decode()
    assert joints(dossiers) == [True, False, False]


def test_l_ecrit_deja_joint_a_l_une_ne_s_y_joint_pas_deux_fois(trois_orales, distribution):
    dossiers, juriste = trois_orales(), distribution.client("juriste")
    poster(juriste, "ecrit", dossiers[1], fichier=pdf())
    poster(juriste, "ecrit", dossiers[0], fichier=pdf(), aussi="on")
    assert joints(dossiers) == [True, True, True]
    assert [dossier.pieces.filter(intitule=ACTE_SIGNE).count() for dossier in dossiers] == [1, 1, 1]


def test_une_demande_retiree_n_attend_plus_l_ecrit_des_autres(trois_orales, distribution):
    dossiers, juriste = trois_orales(), distribution.client("juriste")
    poster(juriste, "annulation_recue", dossiers[2], **DIT, motif="Sans objet.")
    poster(juriste, "ecrit", dossiers[0], fichier=pdf(), aussi="on")
    assert joints(dossiers) == [True, True, False]


def test_l_ecrit_ne_va_pas_aux_demandes_que_l_on_ne_connait_pas(trois_orales, distribution):
    """A sibling that its reader may not see is neither named nor touched."""
    dossiers, juriste = trois_orales(), distribution.client("juriste")
    Participation.objects.filter(content_object=dossiers[1]).update(fin_le=timezone.now())
    assert dossiers[1].reference not in lire(juriste, dossiers[0], "ecrit")
    poster(juriste, "ecrit", dossiers[0], fichier=pdf(), aussi="on")
    assert joints(dossiers) == [True, False, True]


def test_l_ecrit_se_joint_a_toutes_ou_a_aucune(trois_orales, juriste, fichier, monkeypatch):
    dossiers, appels = trois_orales(), []
    vrai = ecrit.confirmer_par_ecrit

    def casser(*args):
        appels.append(args)
        if len(appels) == 3:
            raise RuntimeError("panne")
        vrai(*args)

    monkeypatch.setattr(ecrit, "confirmer_par_ecrit", casser)
    with pytest.raises(RuntimeError, match="panne"):
        w.joindre_l_ecrit(dossier=dossiers[0], acteur=juriste, fichier=fichier(), aussi=True)
    assert joints(dossiers) == [False, False, False]


def test_une_demande_seule_n_offre_pas_les_autres(recue, distribution):
    dossier = recue(canal="telephone", fichier="")
    assert "aussi" not in distribution.client("juriste").get(adresse("ecrit", dossier)).context["form"].fields
