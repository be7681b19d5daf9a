"""What time threatens: a freeze left unconfirmed, matter about to disappear (R-20), an answer overdue (R-46)."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from dossiers.models import Dossier
from notifications.models import Avis
from requisitions import gels
from requisitions import workflow as w
from requisitions.annonces import alertes
from requisitions.models import Incident, Requisition
from requisitions.registre import manquees
from tests.requisitions.test_gels import CANARIS, GARDIENS, MIDI, OBJETS, au_complet
from tests.requisitions.test_regularisation import livrer

# What a requester wrote, and what no notice may repeat.
SECRETS = ("CANARI", "Delcambre", "Lucie", "bilan", "urgences")


def battre():
    """Several ticks and their deliveries: whatever they say, they say once."""
    for _ in range(3):
        alertes.alerter()
        livrer()


def avises(mots):
    return sorted(avis.destinataire.courriel.split("@")[0] for avis in Avis.objects.filter(texte__contains=mots))


@pytest.mark.parametrize("objet", OBJETS)
def test_un_gel_non_confirme_dans_l_heure_previent_une_fois_qui_garde_les_juristes_la_garde_et_la_direction(
    objet, deposee, distribution, time_machine
):
    time_machine.move_to(MIDI, tick=False)
    au_complet(distribution)
    dossier = deposee(objet, **CANARIS)
    time_machine.move_to(MIDI + timedelta(minutes=59), tick=False)
    battre()
    assert avises("Gel non confirmé") == []
    time_machine.move_to(MIDI + timedelta(minutes=61), tick=False)
    battre()
    assert avises("Gel non confirmé") == sorted(["directrice", "garde", "juriste", GARDIENS[objet]])
    dits = " ".join([*Avis.objects.values_list("texte", flat=True), *(f"{m.subject} {m.body}" for m in mail.outbox)])
    assert dossier.reference in dits
    for secret in SECRETS:
        assert secret not in dits, secret


@pytest.mark.parametrize("objet", OBJETS)
def test_qui_garde_apprend_l_ordre_aussitot_et_son_heure(objet, deposee, distribution, time_machine):
    time_machine.move_to(MIDI, tick=False)
    au_complet(distribution)
    deposee(objet, **CANARIS)
    livrer()
    assert avises("À conserver tout de suite, à confirmer avant 13\u00a0h") == [GARDIENS[objet]]


@pytest.mark.parametrize("objet", OBJETS)
def test_a_cinq_jours_puis_a_deux_qui_garde_et_les_juristes_sont_rappeles_une_fois(
    objet, deposee, distribution, time_machine
):
    time_machine.move_to(MIDI, tick=False)
    au_complet(distribution)
    dossier = deposee(objet)
    fin, mots = dossier.gel.ecrasement, f"{gels.REGLES[objet].fin} le"
    attendus = sorted(["juriste", GARDIENS[objet]])
    for reste, fois in ((6, 0), (5, 1), (4, 1), (2, 2), (1, 2), (-1, 2)):
        time_machine.move_to(fin - timedelta(days=reste), tick=False)
        battre()
        assert avises(mots) == sorted(attendus * fois), f"J-{reste}"


@pytest.mark.parametrize("objet", OBJETS)
def test_un_gel_confirme_ne_rappelle_plus_rien(objet, deposee, distribution, time_machine):
    time_machine.move_to(MIDI, tick=False)
    au_complet(distribution)
    dossier = deposee(objet)
    time_machine.move_to(MIDI + timedelta(minutes=61), tick=False)
    alertes.alerter()
    w.confirmer_gel(dossier=dossier, acteur=distribution.acteur(GARDIENS[objet]), support="Coffre")
    for jours in (5, 2):
        time_machine.move_to(dossier.gel.ecrasement - timedelta(days=jours), tick=False)
        battre()
    assert avises("Gel non confirmé") == avises(f"{gels.REGLES[objet].fin} le") == []


@pytest.mark.parametrize("issue", ["retiree", "refusee"])
def test_ce_qui_etait_gele_reste_gele_et_se_rappelle_apres_un_refus_ou_un_retrait(
    issue, deposee, distribution, opj, juriste, refusee, time_machine
):
    time_machine.move_to(MIDI, tick=False)
    au_complet(distribution)
    dossier = deposee("VIDEO")
    if issue == "retiree":
        w.annuler(dossier=dossier, acteur=opj, motif="Sans objet.")
    else:
        refusee(w.controler(dossier=dossier, acteur=juriste), "sans_objet", "Voyez la mairie.")
    time_machine.move_to(MIDI + timedelta(minutes=61), tick=False)
    battre()
    assert avises("Gel non confirmé") == sorted(["directrice", "garde", "juriste", "securite"])
    w.confirmer_gel(dossier=dossier, acteur=distribution.acteur("securite"), support="Coffre")
    time_machine.move_to(dossier.gel.ecrasement - timedelta(days=2), tick=False)
    battre()
    assert avises("Effacement le") == [], "confirmé, il ne se rappelle plus"


def test_un_gel_jamais_confirme_se_rappelle_avant_l_effacement_meme_apres_le_retrait(
    deposee, distribution, opj, time_machine
):
    time_machine.move_to(MIDI, tick=False)
    au_complet(distribution)
    dossier = deposee("VIDEO")
    w.annuler(dossier=dossier, acteur=opj, motif="Sans objet.")
    time_machine.move_to(dossier.gel.ecrasement - timedelta(days=2), tick=False)
    battre()
    assert avises("Effacement le") == ["juriste", "securite"]


def test_une_reponse_en_retard_previent_une_fois_la_direction_qui_peut_lire_le_dossier(
    deposee, distribution, time_machine
):
    time_machine.move_to(MIDI, tick=False)
    au_complet(distribution)
    dossier = deposee("RH", **CANARIS)
    due = dossier.echeances.get(nom="reponse").echeance_le
    adresse = reverse("requisitions:dossier", args=[dossier.cle])
    battre()
    assert avises("Échéance de la réponse") == []
    assert distribution.client("directrice").get(adresse).status_code == 404
    assert not Incident.objects.exists()
    time_machine.move_to(due + timedelta(minutes=1), tick=False)
    battre()
    assert avises("Échéance de la réponse") == ["directrice", "juriste"]
    assert distribution.client("directrice").get(adresse).status_code == 200
    assert Incident.objects.get().echeance_le == due, "une échéance manquée s’inscrit une fois"
    for qui in ("directrice", "juriste"):
        page = distribution.client(qui).get(reverse("requisitions:file"), {"vue": "incidents"}).content.decode()
        assert dossier.reference in page
    assert not re.search("CANARI", " ".join(Avis.objects.values_list("texte", flat=True)))


def test_une_demande_a_regulariser_n_est_pas_en_retard(deposee, distribution, juriste, time_machine):
    time_machine.move_to(MIDI, tick=False)
    au_complet(distribution)
    dossier = w.controler(dossier=deposee("RH", cadre="PRELIM"), acteur=juriste)
    due = dossier.echeances.get(nom="reponse").echeance_le
    w.regulariser(dossier=dossier, acteur=juriste, points=["M3"], texte="Joignez l’autorisation.")
    time_machine.move_to(due + timedelta(minutes=1), tick=False)
    battre()
    assert avises("Échéance de la réponse") == []


def test_recue_hier_au_guichet_le_gel_est_ordonne_maintenant_et_deja_en_retard(
    distribution, table, fichier, time_machine
):
    time_machine.move_to(MIDI, tick=False)
    distribution.utilisateur("securite")
    hier = MIDI - timedelta(days=5)
    dossier = w.recevoir(
        cle_depot=uuid.uuid4(),
        lettre=Requisition(
            type_acte="VIDEO", cadre="FLAG", mission="Images.", cible="Entrée", canal="papier", autorite_nom="Cap. Rey",
            autorite_qualite="OPJ", service_requerant=distribution.service("POLICE-CSP"),
            periode_du=hier - timedelta(days=1), periode_au=hier,
        ),
        personne=None, fichier=fichier(), urgence="ORDINAIRE", recue_le=hier, acteur=distribution.acteur("juriste"),
    )  # fmt: skip
    assert (dossier.gel.ordonne_le, dossier.gel.confirmer_avant) == (MIDI, hier + timedelta(hours=1))
    battre()
    assert avises("Gel non confirmé") == ["juriste", "securite"]


def test_un_gel_en_retard_previent_la_direction_et_s_inscrit_une_fois_au_registre(deposee, distribution, time_machine):
    """R-46: whatever deadline was missed, the direction sees the case and the register keeps it."""
    time_machine.move_to(MIDI, tick=False)
    au_complet(distribution)
    dossier = deposee("TUBES")
    time_machine.move_to(MIDI + timedelta(hours=2), tick=False)
    battre()
    assert dossier in Dossier.objects.visibles_par(distribution.acteur("directrice"))
    (manquee,) = manquees([dossier.pk])[dossier.pk]
    assert manquee.libelle == "Confirmation du gel"
