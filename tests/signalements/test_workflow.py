"""The verbs: freeze, one sending, raced sending, clocks, complements, outcomes."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from documents.empreinte import empreinte
from dossiers.models import Brouillon, Dossier, Participation, ParticipationPersonnelle
from signalements import depart, instruction, remise, sans_signaler, workflow
from signalements.contenu import canonique, lire
from signalements.models import Signalement
from signalements.voies import VOIES
from tests.signalements.situation import brouillon, pret, recu, references, signature, transmis
from transitions.workflow import TransitionRefusee


def test_commencer_deux_fois_avec_la_meme_cle_donne_un_seul_dossier(soignante):
    references()
    cle = uuid.uuid4()
    premier = depart.commencer(voie=VOIES["VC_SANS_ACCORD"], cle=cle, acteur=soignante)
    second = depart.commencer(voie=VOIES["VC_SANS_ACCORD"], cle=cle, acteur=soignante)
    assert premier.pk == second.pk
    assert Dossier.objects.count() == 1


def test_le_service_de_l_auteur_ne_recoit_jamais_de_ligne(soignante, infirmiere):
    dossier = transmis(soignante)
    assert not Participation.objects.filter(content_object=dossier, group_id__in=soignante.groupes).exists()
    assert ParticipationPersonnelle.objects.filter(content_object=dossier, user_id=soignante.utilisateur_id).exists()
    assert not Dossier.objects.visibles_par(infirmiere).filter(pk=dossier.pk).exists()


def test_transmettre_fige_numerote_et_adresse(soignante, parquet):
    dossier = transmis(soignante)
    lu = lire(dossier)
    assert dossier.etat == "TRANSMIS"
    assert dossier.reference == f"SIG-{timezone.localdate().year}-0001"
    assert lu.lettre.fige_le is not None
    assert lu.lettre.empreinte == empreinte(canonique(lu))
    assert Dossier.objects.visibles_par(parquet).filter(pk=dossier.pk).exists()
    piece = dossier.pieces.exclude(document=None).get()
    assert piece.document.empreinte == lu.lettre.empreinte
    assert [service.code for service in piece.remise_a.all()] == ["PARQUET-PERM"]
    assert not Brouillon.objects.filter(dossier=dossier).exists()


def test_la_base_refuse_de_changer_une_lettre_figee(soignante):
    dossier = transmis(soignante)
    with pytest.raises(DatabaseError), transaction.atomic():
        Signalement.objects.filter(pk=dossier.pk).update(lieu_faits="TRAVAIL")


def test_l_identite_fait_partie_de_l_empreinte(soignante):
    lu = lire(transmis(soignante))
    assert lu.lettre.empreinte == empreinte(canonique(lu))
    lu.personnes[0].nom = "Autre"
    assert lu.lettre.empreinte != empreinte(canonique(lu))
    with pytest.raises(DatabaseError, match="identite transmise"), transaction.atomic():
        lu.personnes[0].save()


def test_une_seconde_transmission_est_refusee(soignante):
    dossier = transmis(soignante)
    with pytest.raises(TransitionRefusee, match="Ce n’est plus possible"):
        workflow.transmettre(dossier=dossier, acteur=soignante, signature=signature())
    assert dossier.pieces.exclude(document=None).count() == 1


def test_un_controle_bloquant_retient_l_envoi_et_rien_n_est_ecrit(soignante):
    dossier = pret(soignante, emprise="NON")
    with pytest.raises(remise.ControlesBloquants) as refus:
        workflow.transmettre(dossier=dossier, acteur=soignante, signature=signature())
    assert [constat.numero for constat in refus.value.constats if constat.bloque] == ["C02"]
    dossier.refresh_from_db()
    assert (dossier.etat, dossier.reference) == ("BROUILLON", None)
    assert not Participation.objects.filter(content_object=dossier).exists()


def test_le_commissariat_ne_peut_pas_recevoir(soignante):
    with pytest.raises(remise.ControlesBloquants) as refus:
        workflow.transmettre(dossier=pret(soignante), acteur=soignante, signature=signature("POLICE-CSP"))
    assert [constat.numero for constat in refus.value.constats] == ["C07"]


def test_l_assistante_sociale_ne_signe_pas_seule(sociale):
    with pytest.raises(remise.ControlesBloquants) as refus:
        workflow.transmettre(dossier=pret(sociale), acteur=sociale, signature=signature())
    assert "C06" in [constat.numero for constat in refus.value.constats]


def test_une_collegue_ne_transmet_pas_a_la_place_de_l_auteur(soignante, infirmiere):
    with pytest.raises(TransitionRefusee, match="Seul l’auteur"):
        workflow.transmettre(dossier=pret(soignante), acteur=infirmiere, signature=signature())


@pytest.mark.django_db(transaction=True)
def test_deux_envois_simultanes_n_en_font_qu_un(soignante):
    dossier, signe = pret(soignante), signature()
    depart, resultats = threading.Barrier(2), []

    def envoyer() -> None:
        depart.wait()
        try:
            workflow.transmettre(dossier=Dossier.objects.get(pk=dossier.pk), acteur=soignante, signature=signe)
            resultats.append("transmis")
        except TransitionRefusee:
            resultats.append("refusé")
        finally:
            connection.close()

    fils = [threading.Thread(target=envoyer) for _ in range(2)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert sorted(resultats) == ["refusé", "transmis"]
    assert dossier.evenements.filter(nom="transmettre").count() == 1


def test_les_delais_courent_a_la_transmission_puis_l_accuse_les_tient(soignante, parquet):
    dossier = transmis(soignante)
    assert dossier.echeances.get(nom="accuser_reception").echeance_le == dossier.transmis_le + timedelta(hours=1)
    dossier = instruction.accuser_reception(dossier=dossier, acteur=parquet)
    assert dossier.echeances.get(nom="accuser_reception").tenue_le is not None
    dossier.refresh_from_db()
    assert dossier.echeance_le == dossier.transmis_le + timedelta(hours=6)


def test_le_complement_demande_suspend_puis_la_reponse_reprend(soignante, parquet):
    dossier = recu(soignante, parquet)
    dossier = instruction.demander_complement(dossier=dossier, acteur=parquet, texte="Quelle heure ?")
    dossier.refresh_from_db()
    assert (dossier.etat, dossier.echeance_suspendue) == ("COMPLEMENT_DEMANDE", True)
    cle = uuid.uuid4()
    complement = instruction.completer(dossier=dossier, acteur=soignante, cle=cle, texte="23 h.")
    encore = instruction.completer(dossier=dossier, acteur=soignante, cle=cle, texte="23 h.")
    dossier.refresh_from_db()
    assert complement.pk == encore.pk
    assert (complement.numero, dossier.etat, dossier.echeance_suspendue) == (1, "SUITES_EN_COURS", False)


def test_la_base_refuse_de_changer_un_complement(soignante, parquet):
    complement = instruction.completer(
        dossier=recu(soignante, parquet), acteur=soignante, cle=uuid.uuid4(), texte="Ajout."
    )
    complement.numero = 9
    with pytest.raises(DatabaseError), transaction.atomic():
        complement.save()


def test_la_suite_tient_les_delais_et_se_clot(soignante, parquet):
    dossier = recu(soignante, parquet)
    cle = uuid.uuid4()
    for _ in range(2):
        instruction.enregistrer_suite(
            dossier=dossier,
            acteur=parquet,
            cle=cle,
            suite_type="TGD",
            jour=timezone.localdate(),
            information="Prise en charge.",
        )
    dossier.refresh_from_db()
    assert dossier.suites.count() == 1
    assert (dossier.etat, dossier.echeance_le) == ("SUITES_CONNUES", None)
    dossier = instruction.clore(dossier=dossier, acteur=parquet)
    assert dossier.clos_par_id == parquet.utilisateur_id


def test_un_autre_parquet_reoriente(soignante, parquet):
    dossier = transmis(soignante)
    instruction.enregistrer_suite(
        dossier=dossier,
        acteur=parquet,
        cle=uuid.uuid4(),
        suite_type="TRANSMIS_AUTRE_PARQUET",
        jour=timezone.localdate(),
    )
    dossier.refresh_from_db()
    assert dossier.etat == "REORIENTE"


def test_l_auteur_n_accuse_pas_reception_de_son_propre_envoi(soignante):
    with pytest.raises(TransitionRefusee, match="Seul le destinataire"):
        instruction.accuser_reception(dossier=transmis(soignante), acteur=soignante)


def test_ne_pas_signaler_se_motive_se_fige_et_se_reevalue(soignante):
    dossier = sans_signaler.decider_non_signalement(
        dossier=pret(soignante),
        acteur=soignante,
        motif="Pas d’emprise.",
        date_reevaluation=timezone.localdate() + timedelta(days=3),
    )
    assert (dossier.etat, dossier.phase) == ("DECISION_NON_SIGNALEMENT", "en_attente")
    assert dossier.signalement.fige_le is not None
    assert dossier.echeances.filter(nom="reevaluer", tenue_le=None).exists()
    dossier = sans_signaler.clore_decision(dossier=dossier, acteur=soignante)
    assert dossier.etat == "CLOS"


def test_elle_accepte_finalement_la_voie_change_et_le_texte_reste(soignante):
    dossier = pret(soignante)
    depart.basculer(dossier=dossier, vers=VOIES["MAJEUR_AVEC_ACCORD"], acteur=soignante)
    dossier.refresh_from_db()
    assert (dossier.variante, dossier.urgence) == ("MAJEUR_AVEC_ACCORD", "JOUR")
    lettre = Signalement.objects.get(pk=dossier.pk)
    assert lettre.base_legale.cle == "CP-226-14-2"
    assert "CANARI-FAITS-7B" in lettre.faits_observes


def test_une_page_perimee_ne_transmet_pas(soignante):
    dossier = pret(soignante)
    with pytest.raises(TransitionRefusee, match="a changé"):
        workflow.transmettre(dossier=dossier, acteur=soignante, signature=signature(), version="999")


def test_les_textes_sont_scelles_dans_la_base(soignante):
    dossier = brouillon(soignante)
    lettre = dossier.signalement
    lettre.faits_observes = "CANARI-EN-CLAIR"
    lettre.save()
    with connection.cursor() as curseur:
        curseur.execute("SELECT faits_observes FROM signalements_signalement WHERE dossier_id = %s", [dossier.pk])
        assert b"CANARI" not in bytes(curseur.fetchone()[0])
