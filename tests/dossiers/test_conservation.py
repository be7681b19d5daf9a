"""What suspends, delays or refuses a destruction, and what goes before the case."""

from collections.abc import Callable
from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
import time_machine
from django.utils import timezone

from convention import quatre_yeux
from documents import coffre
from documents.models import Fichier
from dossiers.brouillons import commencer, effacer_expires
from dossiers.conservation import effacement, verbes
from dossiers.conservation.gels import est_gele
from dossiers.conservation.verbes import ConservationRefusee
from dossiers.models import Dossier, MiseEnAttente, Participation, Personne
from journal.models import Entree
from notifications.models import Avis, Envoi
from tests.coffre_ouvert import lire as lire_fichier
from tests.distribution import Distribution
from tests.dossiers.farce import en_clair, jeton
from tests.dossiers.retention import MOTIF, PARIS, Monde
from tests.requisitions.conftest import octets_pdf


def test_un_dossier_gele_ne_se_propose_ni_ne_se_detruit(monde: Monde, horloge: time_machine.Traveller) -> None:
    dpo = monde.distribution.acteur("dpo")
    suivi = monde.au_terme(horloge)
    decision = verbes.demander_destruction(suivi=suivi, motif=MOTIF, acteur=dpo)
    monde.approuver()
    verbes.geler(suivi=suivi, motif=MOTIF, raison="procedure", acteur=monde.distribution.acteur("juriste"))
    monde.travailler()
    assert monde.suivi().detruit_le is None
    assert Entree.objects.filter(action="detruire", cle=monde.dossier.cle, resultat="refuse").exists()
    assert decision.suivi_id == suivi.pk
    monde.approuver("dpo")
    monde.jour()
    assert est_gele(monde.dossier)
    assert (monde.suivi().echeance, monde.suivi().propose) == (None, None)
    with pytest.raises(ConservationRefusee, match="pas encore proposée"):
        verbes.demander_destruction(suivi=monde.suivi(), motif=MOTIF, acteur=dpo)
    assert monde.dossier.evenements.filter(nom="geler").exists()
    horloge.shift(timedelta(days=160))
    monde.jour()
    assert Avis.objects.filter(cle_unique__startswith="conservation:revue:").exists()
    verbes.lever(suivi=monde.suivi(), motif=MOTIF, acteur=dpo)
    assert est_gele(monde.dossier)
    monde.approuver()
    monde.jour()
    assert not est_gele(monde.dossier)
    assert monde.suivi().propose is None, "trente jours d’avertissement d’abord"
    horloge.shift(timedelta(days=31))
    monde.jour()
    assert monde.suivi().propose is not None


def test_un_gel_que_personne_ne_confirme_cesse_apres_un_jour(monde: Monde, horloge: time_machine.Traveller) -> None:
    monde.jour()
    verbes.geler(suivi=monde.suivi(), motif=MOTIF, raison="droits", acteur=monde.distribution.acteur("dpo"))
    assert est_gele(monde.dossier)
    horloge.shift(timedelta(hours=25))
    assert not est_gele(monde.dossier)
    assert MiseEnAttente.objects.get().confirmee_le is None


def test_personne_ne_detruit_seul(monde: Monde, horloge: time_machine.Traveller) -> None:
    suivi = monde.au_terme(horloge)
    verbes.demander_destruction(suivi=suivi, motif=MOTIF, acteur=monde.distribution.acteur("dpo"))
    for nom in ("dpo", "soignante", "parquet", "opj"):
        with pytest.raises(quatre_yeux.ApprobationRefusee):
            monde.approuver(nom)
    monde.jour()
    assert monde.suivi().detruit_le is None
    for nom in ("soignante", "opj", "archives"):
        with pytest.raises(ConservationRefusee):
            verbes.demander_destruction(suivi=suivi, motif=MOTIF, acteur=monde.distribution.acteur(nom))


def test_ce_qui_change_apres_la_demande_annule_la_destruction(monde: Monde, horloge: time_machine.Traveller) -> None:
    suivi = monde.au_terme(horloge)
    verbes.demander_destruction(suivi=suivi, motif=MOTIF, acteur=monde.distribution.acteur("dpo"))
    monde.approuver()
    Personne.objects.create(dossier=monde.dossier, nom="Arrivée", prenoms="Après")
    monde.travailler()
    assert monde.suivi().detruit_le is None
    assert Personne.objects.filter(dossier=monde.dossier).count() == 2


def test_une_prolongation_repousse_le_terme(monde: Monde, horloge: time_machine.Traveller) -> None:
    suivi = monde.au_terme(horloge)
    jusqu_au = suivi.echeance + timedelta(days=400)
    verbes.prolonger(suivi=suivi, jusqu_au=jusqu_au, motif=MOTIF, acteur=monde.distribution.acteur("dpo"))
    assert monde.suivi().prolonge_au is None
    monde.approuver()
    monde.jour()
    assert (monde.suivi().echeance, monde.suivi().propose, monde.suivi().averti) == (jusqu_au, None, None)
    with pytest.raises(ConservationRefusee, match="cinq ans"):
        verbes.prolonger(
            suivi=monde.suivi(), jusqu_au=jusqu_au + timedelta(days=3000), motif=MOTIF,
            acteur=monde.distribution.acteur("dpo"),
        )  # fmt: skip


def test_l_archive_ne_garde_que_l_auteur_et_les_destinataires_et_la_reouverture_rend_tout(
    monde: Monde, horloge: time_machine.Traveller
) -> None:
    Participation.objects.filter(content_object=monde.dossier).update(role="observateur")
    monde.clore()
    monde.jour()
    horloge.move_to(datetime.combine(monde.suivi().archivage, datetime.min.time(), PARIS) + timedelta(hours=9))
    monde.jour()
    vivantes = Participation.objects.vivantes().filter(content_object=monde.dossier)
    assert Dossier.objects.get(pk=monde.dossier.pk).phase == "archive"
    assert not vivantes.exists()
    Dossier.objects.filter(pk=monde.dossier.pk).update(phase="en_cours")
    horloge.shift(timedelta(days=1))
    monde.jour()
    assert vivantes.exists()
    assert (monde.suivi().archive_depuis, monde.suivi().echeance) == (None, None)


def test_le_dossier_d_un_mineur_attend_le_registre_de_l_hopital(monde: Monde, horloge: time_machine.Traveller) -> None:
    Personne.objects.create(dossier=monde.dossier, nom=jeton(), role="enfant", age=14)
    monde.clore()
    monde.jour()
    assert monde.suivi().regle.code == "signalement-mineur"
    horloge.shift(timedelta(days=4000))
    monde.jour()
    assert (monde.suivi().echeance, monde.suivi().propose) == (None, None)
    verbes.confirmer_versement(suivi=monde.suivi(), acteur=monde.distribution.acteur("juriste"))
    horloge.shift(timedelta(days=1))
    monde.jour()
    assert monde.suivi().averti is not None


def test_le_contenu_medical_d_une_extraction_part_au_bout_de_trente_jours(
    horloge: time_machine.Traveller, distribution: Distribution, travailler: Callable[[], int]
) -> None:
    monde = Monde(distribution, travailler, "prises_en_charge")
    lettre = monde.dossier.extraction
    lettre.consignes = jeton()
    lettre.save()
    lettre.fige_le, lettre.empreinte = timezone.now(), "0" * 64
    lettre.save()
    monde.clore()
    monde.jour()
    assert "canari" in en_clair()
    horloge.shift(timedelta(days=29))
    monde.jour()
    assert lettre.consignes in en_clair()
    horloge.shift(timedelta(days=1))
    monde.jour()
    assert lettre.consignes not in en_clair()
    assert Entree.objects.filter(action="effacer_contenu", cle=monde.dossier.cle).count() == 1
    assert monde.suivi().detruit_le is None


def test_le_pli_jamais_ouvert_part_au_quatre_vingt_dixieme_jour_et_le_gel_le_retient(
    horloge: time_machine.Traveller, distribution: Distribution, travailler: Callable[[], int]
) -> None:
    from requisitions.models import Remise

    monde = Monde(distribution, travailler, "requisitions")
    pli = coffre.deposer(octets_pdf(jeton()), extension="pdf", type_mime="application/pdf")
    Remise.objects.create(
        dossier=monde.dossier, manifeste=[{"empreinte": "a"}], fichier=pli, expiration=timezone.now(),
        prete_par=distribution.utilisateur("juriste"),
    )  # fmt: skip
    monde.jour()
    verbes.geler(suivi=monde.suivi(), motif=MOTIF, raison="procedure", acteur=distribution.acteur("dpo"))
    monde.approuver()
    horloge.shift(timedelta(days=95))
    monde.jour()
    assert lire_fichier(pli)
    verbes.lever(suivi=monde.suivi(), motif=MOTIF, acteur=distribution.acteur("dpo"))
    monde.approuver()
    monde.jour()
    assert Fichier.objects.get(pk=pli.pk).etat_fichier == "efface"
    assert Remise.objects.get().manifeste == [{"empreinte": "a"}]


@pytest.mark.parametrize("point", ["_effacer_avis", "_retirer", "_sans_autre_usage", "effacer_fichiers"])
def test_une_panne_en_pleine_destruction_ne_laisse_rien_a_moitie(
    monde: Monde, horloge: time_machine.Traveller, point: str
) -> None:
    """REL-32, in process: the transaction of the case holds all or nothing, and the outbox starts it again."""
    suivi = monde.au_terme(horloge)
    verbes.demander_destruction(suivi=suivi, motif=MOTIF, acteur=monde.distribution.acteur("dpo"))
    monde.approuver()
    avant = {modele: len(lignes) for modele, lignes in effacement.recenser(monde.dossier).lignes}
    with patch.object(effacement, point, side_effect=RuntimeError("coupure")), pytest.raises(RuntimeError):
        monde.travailler()
    assert {modele: len(lignes) for modele, lignes in effacement.recenser(monde.dossier).lignes} == avant
    assert Envoi.objects.filter(sujet=verbes.EXECUTER, fait_le=None).exists()
    monde.travailler()
    assert monde.suivi().detruit_le is not None
    assert [ligne for ligne in effacement.recenser(monde.dossier).lignes if ligne[1]] == []


def test_un_brouillon_expire_part_avec_son_historique_et_son_auteur_etait_prevenu(
    monde: Monde, horloge: time_machine.Traveller
) -> None:
    from tests.signalements.situation import brouillon

    acteur = monde.distribution.acteur("soignante")
    dossier = brouillon(acteur)
    Personne.objects.create(dossier=dossier, nom=jeton(), prenoms=jeton())
    commencer(genre="requisition", acteur=acteur)
    horloge.shift(timedelta(days=28))
    monde.jour()
    assert Avis.objects.filter(cle_unique__startswith="brouillon:", destinataire=dossier.cree_par).exists()
    horloge.shift(timedelta(days=3))
    effacer_expires()
    assert not Dossier.objects.filter(pk=dossier.pk).exists()
    assert "canari" not in en_clair()
    assert not Dossier.history.filter(id=dossier.pk).exists()


def test_les_vieux_avis_et_envois_partent(monde: Monde, horloge: time_machine.Traveller) -> None:
    monde.travailler()
    assert Avis.objects.exists()
    horloge.shift(timedelta(days=92))
    monde.jour()
    assert not Avis.objects.filter(cree_le__lt=timezone.now() - timedelta(days=91)).exists()
    assert not Envoi.objects.filter(pas_avant__lt=timezone.now() - timedelta(days=91)).exists()
