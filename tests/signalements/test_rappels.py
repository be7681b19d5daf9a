"""What time and names bring: the controls C39, C43, C45, C49 and C55, and the reminders of each deadline."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from convention.annuaire import fraicheur
from convention.models import Contact, Permanence
from dossiers.echeances import PARIS
from dossiers.models import Evenement, Personne
from journal.models import Entree
from notifications.boite_envoi import executer
from notifications.models import Avis, Envoi
from signalements import rappels, workflow
from signalements.contenu import lire, travaille_ici
from signalements.controles import CONTROLES, Faits
from signalements.homonymie import constater
from signalements.models import Mesure
from signalements.remise import ControlesBloquants
from signalements.sans_reponse import attentes, demander_les_suites
from signalements.workflow import ACCUSE, REEVALUATION
from tests.declarations.situation import transmise
from tests.signalements.situation import pret, signature, transmis
from tests.signalements.test_controles import CT01, trouve
from transitions.verdict import Niveau

MIDI = datetime(2026, 11, 24, 12, tzinfo=PARIS)


def test_c39_un_contact_ancien_se_confirme_avant_l_envoi():
    assert trouve("C39", replace(CT01, contact_jours=183)) is None
    assert trouve("C39", replace(CT01, contact_jours=184)) is Niveau.BLOQUANT
    assert trouve("C39", replace(CT01, contact_jours=184, contact_confirme=True)) is Niveau.ALERTE


@pytest.mark.django_db
def test_c39_l_envoi_part_quand_l_auteur_a_verifie_le_contact(soignante):
    destinataire = signature().destinataire
    Contact.objects.filter(service=destinataire).delete()
    assert fraicheur(destinataire) == {"contact_jours": None, "contact_expire": False}
    jour = datetime.now(PARIS).date() - timedelta(days=200)
    Contact.objects.create(service=destinataire, libelle="Permanence", telephone="03 99 00 00 01", verifie_le=jour)
    dossier = pret(soignante)
    with pytest.raises(ControlesBloquants, match="vérifié depuis six mois"):
        workflow.transmettre(dossier=dossier, acteur=soignante, signature=signature())
    envoye = workflow.transmettre(dossier=dossier, acteur=soignante, signature=signature(contact_confirme=True))
    assert envoye.etat == "TRANSMIS"


def test_c39_un_contact_dont_la_fin_est_passee_se_confirme_comme_un_ancien():
    assert trouve("C39", replace(CT01, contact_jours=3)) is None
    assert trouve("C39", replace(CT01, contact_jours=None, contact_expire=True)) is Niveau.BLOQUANT
    assert trouve("C39", replace(CT01, contact_expire=True, contact_confirme=True)) is Niveau.ALERTE


@pytest.mark.django_db
def test_c39_un_numero_vaut_jusqu_a_son_dernier_jour_compris_et_un_autre_le_remplace(soignante):
    destinataire = signature().destinataire
    Contact.objects.filter(service=destinataire).delete()
    jour = datetime.now(PARIS).date()
    provisoire = Contact.objects.create(
        service=destinataire,
        libelle="Ligne des travaux",
        telephone="03 99 00 00 01",
        verifie_le=jour,
        valable_jusqu_au=jour,
    )
    assert fraicheur(destinataire) == {"contact_jours": 0, "contact_expire": False}
    provisoire.valable_jusqu_au = jour - timedelta(days=1)
    provisoire.save()
    assert fraicheur(destinataire) == {"contact_jours": None, "contact_expire": True}
    with pytest.raises(ControlesBloquants, match="n’est plus valable"):
        workflow.transmettre(dossier=pret(soignante), acteur=soignante, signature=signature())
    Contact.objects.create(
        service=destinataire, libelle="Permanence", telephone="03 99 00 00 02", verifie_le=jour - timedelta(days=9)
    )
    assert fraicheur(destinataire) == {"contact_jours": 9, "contact_expire": False}


@pytest.mark.parametrize(
    ("urgence", "attente", "attendu"),
    [
        ("IMMEDIATE", timedelta(hours=2), None),
        ("IMMEDIATE", timedelta(hours=2, minutes=1), Niveau.ALERTE),
        ("JOUR", timedelta(hours=23), None),
        ("JOUR", timedelta(hours=25), Niveau.ALERTE),
        ("ORDINAIRE", timedelta(days=4), None),
        ("ORDINAIRE", timedelta(days=6), Niveau.ALERTE),
        ("IMMEDIATE", None, None),
    ],
)
def test_c43_une_saisie_complete_qui_attend_se_dit_selon_l_urgence(urgence, attente, attendu):
    assert trouve("C43", replace(CT01, urgence=urgence, attente=attente)) is attendu


def test_c45_sans_suite_connue_a_six_mois_se_demande():
    assert trouve("C45", Faits(voie="", sans_suite_jours=184)) is Niveau.ALERTE
    assert trouve("C45", Faits(voie="", sans_suite_jours=183)) is None
    assert trouve("C45", Faits(voie="")) is None


@pytest.mark.django_db
def test_c45_une_seule_demande_vaut_pour_tous_les_envois_anciens(soignante, parquet):
    anciens = [transmis(soignante), transmis(soignante, "MAJEUR_AVEC_ACCORD")]
    assert attentes(soignante) == [], "rien n’est en retard le jour même"
    with time_machine.travel(datetime.now(PARIS) + timedelta(days=190)):
        assert [ligne.attendu for ligne in attentes(soignante)] == ["l’accusé de réception"] * 2
        assert attentes(parquet) == [], "chacun les siens"
        assert demander_les_suites(acteur=soignante) == 2
        assert demander_les_suites(acteur=soignante) == 0, "une fois par mois au plus"
    demandes = Evenement.objects.filter(nom="demander_suite").order_by("dossier_id")
    assert [evenement.dossier_id for evenement in demandes] == [dossier.pk for dossier in anciens]


def test_c49_le_lecteur_du_meme_nom_est_averti():
    assert trouve("C49", replace(CT01, lecteur_homonyme=True)) is Niveau.ALERTE
    assert trouve("C49", CT01) is None


@pytest.mark.django_db
def test_c49_le_dossier_ne_s_ouvre_qu_apres_le_geste_du_lecteur(soignante, distribution):
    parquet = distribution.utilisateur("parquet")
    dossier = pret(soignante)
    Personne.objects.create(dossier=dossier, role=Personne.Role.DESIGNEE, nom=parquet.nom.upper()).indexer().save()
    workflow.transmettre(dossier=dossier, acteur=soignante, signature=signature())
    assert constater(lire(dossier), "Autrenom") is None
    client, adresse = distribution.client("parquet"), reverse("signalements:lettre", args=[dossier.cle])
    avant = client.get(adresse).content.decode()
    assert "Votre nom figure dans ce dossier" in avant
    assert "CANARI" not in avant
    assert not Entree.objects.filter(action="ouvrir_lettre").exists()
    assert client.post(adresse).url == adresse
    assert "CANARI-FAITS" in client.get(adresse).content.decode()
    assert Entree.objects.filter(action="ouvrir_homonyme", acteur=parquet.cle).count() == 1


def test_c55_une_personne_du_meme_nom_qui_travaille_ici_se_dit_sans_rien_retenir():
    assert trouve("C55", replace(CT01, de_la_maison=True)) is Niveau.INFORMATION
    assert trouve("C55", CT01) is None


@pytest.mark.django_db
def test_c55_compare_le_nom_et_le_prenom_aux_comptes_de_l_etablissement(soignante, distribution):
    infirmiere, parquet = distribution.utilisateur("infirmiere"), distribution.utilisateur("parquet")
    dossier = pret(soignante)
    assert not travaille_ici(lire(dossier))
    for compte, attendu in ((infirmiere, True), (parquet, False)):
        Personne.objects.filter(dossier=dossier).delete()
        Personne.objects.create(dossier=dossier, nom=compte.nom.upper(), prenoms=f"{compte.prenom} Marie")
        assert travaille_ici(lire(dossier)) is attendu


@pytest.mark.parametrize(
    ("heures", "attendu"), [(-0.1, []), (0, [0]), (1, [0, 1]), (3, [0, 1, 2]), (5, [0, 1, 2, 3, 4]), (24 * 9, [])]
)
def test_l_accuse_qui_manque_est_relance_puis_appele_puis_porte_au_referent(heures, attendu):
    assert rappels.dus(ACCUSE, MIDI, MIDI + timedelta(hours=heures)) == attendu
    assert [palier.vers for palier in rappels.PALIERS[ACCUSE]] == [
        "destinataire", "garde", "auteur", "garde", "direction",
    ]  # fmt: skip


def test_un_non_signalement_se_rappelle_le_jour_dit_puis_le_lendemain():
    assert rappels.dus(REEVALUATION, MIDI, MIDI) == [0]
    assert rappels.dus(REEVALUATION, MIDI, MIDI + timedelta(days=1)) == [0, 1]
    assert rappels.dus("autre", MIDI, MIDI) == []


def relayer() -> list[str]:
    for pk in Envoi.objects.filter(fait_le=None, sujet__startswith="signalement.").values_list("pk", flat=True):
        executer(pk)
    return list(Avis.objects.filter(cle_unique__startswith="rappel:").order_by("pk").values_list("texte", flat=True))


@pytest.mark.django_db
def test_les_relances_suivent_le_tour_de_garde_et_cessent_avec_l_accuse(soignante, parquet, distribution):
    dossier = transmis(soignante)
    with time_machine.travel(datetime.now(PARIS) + timedelta(hours=2, minutes=5)):
        second = distribution.utilisateur("opj")
        Permanence.objects.create(
            service=lire(dossier).lettre.destinataire,
            titulaire=second,
            rang=2,
            debut=datetime.now(PARIS) - timedelta(hours=1),
            fin=datetime.now(PARIS) + timedelta(hours=1),
            telephone="03 99 00 00 02",
        )
        rappels.balayer()
        rappels.balayer()
        textes = relayer()
    recus = Avis.objects.filter(cle_unique__startswith="rappel:").order_by("pk").values_list("destinataire_id", "texte")
    assert list(recus) == [
        (parquet.utilisateur_id, f"Réception à accuser, délai dépassé\u00a0: {dossier.reference}"),
        (second.pk, f"Réception à accuser, deuxième relance\u00a0: {dossier.reference}"),
    ]
    dossier.echeances.filter(nom=ACCUSE).update(tenue_le=datetime.now(PARIS))
    with time_machine.travel(datetime.now(PARIS) + timedelta(hours=9)):
        rappels.balayer()
        assert [texte for texte in relayer() if "Réception" in texte] == textes, "l’accusé donné, plus rien ne part"


def test_une_commune_inconnue_dit_quoi_verifier():
    constat = CONTROLES["C41"](replace(CT01, commune="Trifouillis"))
    assert constat is not None
    assert "n’est pas dans la table des ressorts. Vérifiez l’orthographe" in constat.message


@pytest.mark.django_db
def test_l_auteur_prend_des_nouvelles_du_professionnel_et_une_mesure_due_se_dit(soignante):
    dossier = transmise(soignante, "VIOLENCE_PERSONNEL")
    jours = (
        Envoi.objects.filter(sujet="signalement.jour_prevu").order_by("pas_avant").values_list("pas_avant", flat=True)
    )
    envoi = datetime.now(PARIS).date()
    assert [(jour.astimezone(PARIS).date() - envoi).days for jour in jours] == [3, 30]
    Mesure.objects.create(dossier=dossier, genre="PREVENTION", echeance=envoi, ouverte_par_id=soignante.utilisateur_id)
    rappels.balayer()
    rappels.balayer()
    relayer()
    textes = list(Avis.objects.order_by("pk").values_list("texte", flat=True))
    assert textes.count(f"Prévention, échéance atteinte\u00a0: {dossier.reference}") == 1
    assert textes.count(f"Prenez des nouvelles du professionnel touché\u00a0: {dossier.reference}") == 2


@pytest.mark.django_db
def test_une_saisie_complete_oubliee_est_rappelee_une_fois_a_son_auteur_seul(soignante):
    complet, incomplet = pret(soignante), pret(soignante, etapes=["personne"])
    with time_machine.travel(datetime.now(PARIS) + timedelta(hours=3)):
        rappels.balayer()
        rappels.balayer()
        relayer()
    (avis,) = Avis.objects.all()
    assert avis.destinataire_id == soignante.utilisateur_id
    assert avis.texte == "Une saisie complète attend d’être transmise\u00a0: brouillon"
    assert (str(complet.cle) in avis.adresse, str(incomplet.cle) in avis.adresse) == (True, False)
