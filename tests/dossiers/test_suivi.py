"""Numbers, transitions, timeline: what a case leaves behind."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from dossiers.concurrence import VersionDepassee, version_attendue
from dossiers.models import Compteur, Dossier
from dossiers.ouverture import numeroter
from dossiers.suivi import auteur_affiche, chronologie, relater
from journal.models import Entree
from notifications.models import Envoi
from tests.distribution import Distribution
from tests.dossiers.essai import WORKFLOW, commencer, transmettre
from transitions.workflow import TransitionRefusee


def numero(dossier: Dossier) -> int:
    return int((dossier.reference or "").rpartition("-")[2])


def test_les_numeros_se_suivent_sans_trou(distribution: Distribution, type_essai: object) -> None:
    acteur = distribution.acteur("soignante")
    premiers = [numero(transmettre(commencer(acteur), acteur)) for _ in range(3)]
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        transmettre(commencer(acteur), acteur)
        raise ZeroDivisionError
    assert [*premiers, numero(transmettre(commencer(acteur), acteur))] == [1, 2, 3, 4]


def test_un_numero_ne_se_donne_qu_une_fois(distribution: Distribution, type_essai: object) -> None:
    acteur = distribution.acteur("soignante")
    dossier = transmettre(commencer(acteur), acteur)
    numeroter(dossier, "ESS")
    assert numero(dossier) == 1
    assert Compteur.objects.get().dernier == 1


def test_un_dossier_hors_brouillon_a_une_reference(distribution: Distribution, type_essai: object) -> None:
    dossier = commencer(distribution.acteur("soignante"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(phase="en_cours")


@pytest.mark.django_db(transaction=True)
def test_vingt_transmissions_a_la_fois_donnent_vingt_numeros(distribution: Distribution, type_essai: object) -> None:
    acteur = distribution.acteur("soignante")
    dossiers = [commencer(acteur) for _ in range(20)]
    depart = threading.Barrier(4)

    def envoyer(rang: int) -> None:
        depart.wait()
        for dossier in dossiers[rang::4]:
            with transaction.atomic():
                transmettre(dossier, acteur)
        connection.close()

    with ThreadPoolExecutor(4) as equipe:
        list(equipe.map(envoyer, range(4)))
    assert sorted(numero(dossier) for dossier in Dossier.objects.all()) == list(range(1, 21))


@pytest.mark.django_db(transaction=True)
def test_une_transition_disputee_n_a_lieu_qu_une_fois(distribution: Distribution, type_essai: object) -> None:
    acteur = distribution.acteur("soignante")
    dossier = commencer(acteur)
    depart = threading.Barrier(8)

    def essayer(_: int) -> bool:
        depart.wait()
        try:
            with transaction.atomic():
                transmettre(dossier, acteur)
        except TransitionRefusee:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as equipe:
        assert sum(equipe.map(essayer, range(8))) == 1
    assert dossier.evenements.count() == 1
    assert Envoi.objects.count() == 1


def test_une_transition_laisse_ses_quatre_traces(distribution: Distribution, type_essai: object) -> None:
    acteur = distribution.acteur("soignante")
    dossier = transmettre(commencer(acteur), acteur)
    assert (dossier.etat, dossier.phase) == ("TRANSMIS", "en_cours")
    assert dossier.transmis_le is not None
    assert dossier.transmis_par_id == acteur.utilisateur_id
    evenement = dossier.evenements.get()
    assert (evenement.nom, evenement.par_id, evenement.apres) == ("transmettre", acteur.utilisateur_id, "TRANSMIS")
    assert Envoi.objects.get().charge == {"evenement": evenement.pk}
    assert Entree.objects.filter(action="transmettre", cle=dossier.cle, acteur=acteur.cle).exists()
    assert [etat for (etat,) in dossier.history.values_list("etat")][:1] == ["TRANSMIS"]


def test_un_acte_hors_de_son_etat_est_refuse_avec_l_etat_present(
    distribution: Distribution, type_essai: object
) -> None:
    acteur = distribution.acteur("soignante")
    dossier = transmettre(commencer(acteur), acteur)
    with pytest.raises(TransitionRefusee, match="«\u00a0Transmis\u00a0»"):
        transmettre(dossier, acteur)


def test_une_version_depassee_est_refusee(distribution: Distribution, type_essai: object) -> None:
    acteur = distribution.acteur("soignante")
    dossier = transmettre(commencer(acteur), acteur)
    lue = str(dossier.version)
    relater(dossier=dossier, nom="noter", libelle="Note", acteur=acteur)
    with pytest.raises(VersionDepassee, match="conservé"):
        WORKFLOW.appliquer("clore", dossier, acteur=acteur, avant_ecriture=version_attendue(lue))
    clos = WORKFLOW.appliquer("clore", dossier, acteur=acteur, avant_ecriture=version_attendue(str(dossier.version)))
    assert clos.etat == "CLOS"


def test_la_chronologie_reserve_une_ligne_a_une_maison(distribution: Distribution, type_essai: object) -> None:
    soignante, opj = distribution.acteur("soignante"), distribution.acteur("opj")
    dossier = transmettre(commencer(soignante), soignante, distribution.service("POLICE-CSP"))
    interne = relater(dossier=dossier, nom="interne", libelle="Vu en interne", acteur=soignante, reserve=True)
    assert interne in chronologie(dossier, soignante)
    assert interne not in chronologie(dossier, opj)
    assert Envoi.objects.filter(cle_unique=f"evenement:{interne.pk}").count() == 0


def test_l_auteur_d_un_acte_n_a_de_nom_que_dans_sa_maison(distribution: Distribution, type_essai: object) -> None:
    soignante, opj = distribution.acteur("soignante"), distribution.acteur("opj")
    dossier = transmettre(commencer(soignante), soignante, distribution.service("POLICE-CSP"))
    evenement = chronologie(dossier, opj)[0]
    service = distribution.service("CHV-URG")
    assert auteur_affiche(evenement, soignante) == f"{soignante.nom}, {service.nom}"
    assert auteur_affiche(evenement, opj) == service.nom_externe
    assert soignante.nom not in auteur_affiche(evenement, opj)


def test_un_evenement_rend_non_lu_pour_les_autres_seulement(distribution: Distribution, type_essai: object) -> None:
    soignante = distribution.acteur("soignante")
    dossier = transmettre(commencer(soignante), soignante, distribution.service("POLICE-CSP"))
    dossier.participations.update(non_lu=False)
    dossier.participations_personnelles.update(non_lu=False)
    relater(dossier=dossier, nom="note", libelle="Note", acteur=soignante)
    assert dossier.participations.get().non_lu
    assert not dossier.participations_personnelles.get().non_lu
