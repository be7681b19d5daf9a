"""What went through on somebody's word is due in writing: reminded once, to those concerned, silent once it came."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notifications.boite_envoi import executer
from notifications.models import Avis, Envoi
from requisitions import ecrits_dus
from requisitions.models import Derogation
from requisitions.workflow import joindre_l_ecrit
from tests.requisitions.test_parcours import depot


def passer(time_machine, **duree) -> list[str]:
    """The clock goes on, two ticks in a row; returns the words of the notices about a paper that is due."""
    time_machine.move_to(timezone.now() + timedelta(**duree), tick=False)
    for _ in range(2):
        ecrits_dus.rappeler()
    for envoi in Envoi.objects.filter(sujet__in=(ecrits_dus.SUJET_ECRIT, ecrits_dus.SUJET_POINT)):
        executer(envoi.pk)
    return [avis.texte for avis in Avis.objects.filter(texte__regex="écrit attendu|à régulariser").order_by("pk")]


@pytest.fixture
def orale(police, distribution):
    distribution.utilisateur("juriste")
    return depot(police, fichier="", orale="on", orale_motif="De nuit")


def test_un_ecrit_attendu_depuis_un_jour_se_rappelle_une_fois_a_l_unite_et_aux_juristes(
    orale, distribution, time_machine
):
    assert passer(time_machine, hours=23) == []
    rappels = passer(time_machine, hours=2)
    assert rappels
    assert all(str(orale.reference) in texte for texte in rappels)
    assert all("Delcambre" not in texte for texte in rappels)
    lecteurs = set(Avis.objects.filter(texte__contains="écrit attendu").values_list("destinataire", flat=True))
    assert {distribution.utilisateur(nom).pk for nom in ("opj", "juriste")} <= lecteurs
    assert len(passer(time_machine, hours=3)) == len(rappels)


def test_l_ecrit_venu_ne_se_rappelle_pas(orale, opj, fichier, time_machine):
    joindre_l_ecrit(dossier=orale, acteur=opj, fichier=fichier())
    assert passer(time_machine, hours=25) == []


def test_une_demande_ecrite_n_attend_rien(police, time_machine):
    depot(police)
    assert passer(time_machine, hours=25) == []


def test_un_point_leve_en_urgence_vitale_se_rappelle_aux_juristes_seuls(deposee, distribution, time_machine):
    juriste = distribution.utilisateur("juriste")
    dossier = deposee("DOSSIER")
    Derogation.objects.create(
        dossier=dossier, controle="R-10", constat="Écrit absent.", motif="Urgence vitale", vitale=True,
        regulariser_avant=timezone.now() + timedelta(hours=24), levee_par=juriste,
    )  # fmt: skip
    assert passer(time_machine, hours=23) == []
    assert passer(time_machine, hours=2) == [f"R-10 levé en urgence vitale, à régulariser : {dossier.reference}"]
    assert Avis.objects.get(texte__contains="à régulariser").destinataire == juriste
