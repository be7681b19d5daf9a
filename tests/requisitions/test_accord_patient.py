"""§2.6: what the patient says of the copy of their record is a fact of its own: useful, and never enough."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from requisitions import workflow as w
from requisitions.accord_patient import faute_de_date
from requisitions.models import AccordPatient
from tests.requisitions.test_parcours import poster
from transitions.workflow import TransitionRefusee

HIER = timezone.localdate() - timedelta(days=1)


def noter(dossier, acteur, valeur="ecrit", recueilli_le=HIER):
    return w.noter_accord_patient(dossier=dossier, acteur=acteur, valeur=valeur, recueilli_le=recueilli_le)


def rappeler(dossier, juriste):
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())


def html(distribution, qui, nom, dossier):
    return distribution.client(qui).get(reverse(f"requisitions:{nom}", args=[dossier.cle])).content.decode()


@pytest.mark.parametrize(
    ("valeur", "le", "faute"),
    [
        ("ecrit", date(2026, 11, 20), ""),
        ("refus", None, "Indiquez le jour"),
        ("oral", date(2026, 11, 25), "pas encore passée"),
        ("non_recueilli", date(2026, 11, 20), "laissez la date vide"),
        ("non_recueilli", None, ""),
    ],
)
def test_une_parole_a_sa_date_et_rien_n_est_date_sans_elle(valeur, le, faute):
    dite = faute_de_date(valeur, le, date(2026, 11, 24))
    assert faute in dite
    assert bool(dite) is bool(faute)


@pytest.mark.parametrize("qui", ["medecin", "juriste"])
@pytest.mark.parametrize("valeur", ["ecrit", "oral"])
def test_r13_l_accord_du_patient_ne_remplace_jamais_celui_du_medecin(affectee, juriste, distribution, qui, valeur):
    dossier = affectee()
    noter(dossier, distribution.acteur(qui), valeur)
    rappeler(dossier, juriste)
    assert "R-13" in {
        constat.numero for constat in w.constats_de_sortie(dossier, dossier.requisition) if constat.bloque
    }
    w.donner_accord(dossier=dossier, acteur=distribution.acteur("medecin"), choix="refuse", motif="secret")
    with pytest.raises(TransitionRefusee, match="Le médecin a refusé"):
        w.mettre_a_disposition(dossier=dossier, acteur=juriste)
    assert not dossier.remises.exists()


def test_le_medecin_et_les_affaires_juridiques_le_notent_et_le_lisent(affectee, distribution):
    dossier = affectee()
    assert "accord-patient" in html(distribution, "medecin", "tri", dossier)
    poster(distribution.client("medecin"), "accord_patient", dossier, valeur="oral", recueilli_le=HIER.isoformat())
    assert "Accord oral, tracé" in html(distribution, "juriste", "dossier", dossier)
    poster(distribution.client("juriste"), "accord_patient", dossier, valeur="refus", recueilli_le=HIER.isoformat())
    assert "Refuse la remise" in html(distribution, "medecin", "tri", dossier)
    note = AccordPatient.objects.get(dossier=dossier)
    assert (note.note_par, note.history.count()) == (distribution.utilisateur("juriste"), 2), "le premier dit est gardé"
    for qui in ("opj", "archives"):
        lue = html(distribution, qui, "dossier", dossier)
        assert "Refuse la remise" not in lue, qui
        assert "Accord oral" not in lue, qui
        adresse = reverse("requisitions:accord_patient", args=[dossier.cle])
        assert distribution.client(qui).get(adresse).status_code == 403, qui


def test_la_fiche_du_medecin_le_dit_et_rien_de_ce_qui_part(affectee, medecin, juriste, ecrits, fichier):
    dossier = affectee()
    noter(dossier, medecin)
    piece = w.verser_piece(dossier=dossier, acteur=medecin, intitule="Radio", fichier=fichier(), classe="medical")
    w.trier(dossier=dossier, acteur=medecin, piece=piece, decision="remettre")
    w.donner_accord(dossier=dossier, acteur=medecin, choix="total", identite_verifiee=True, ins="qualifiee")
    rappeler(dossier, juriste)
    w.mettre_a_disposition(dossier=dossier, acteur=juriste, nom_relu=True)
    (fiche,) = ecrits.pop("pdf/requisition_accord.html")
    assert "Accord donné par écrit" in fiche
    assert "ne remplace pas celle du médecin" in fiche
    assert ecrits.keys() >= {"pdf/requisition_bordereau.html"}
    assert "donné par écrit" not in " ".join(papier for papiers in ecrits.values() for papier in papiers)


@pytest.mark.parametrize("qui", ["opj", "archives", "directrice", "parquet"])
def test_personne_d_autre_ne_le_note(affectee, distribution, qui):
    with pytest.raises(TransitionRefusee, match="médecin désigné ou les affaires juridiques"):
        noter(affectee(), distribution.acteur(qui))


def test_il_se_note_entre_la_validation_et_le_depart_de_la_reponse(deposee, validee, juriste, refusee):
    with pytest.raises(TransitionRefusee, match="une fois la réquisition validée"):
        noter(deposee(), juriste)
    dossier = validee()
    noter(dossier, juriste, "non_recueilli", None)
    dossier = refusee(dossier)
    with pytest.raises(TransitionRefusee, match="une fois la réquisition validée"):
        noter(dossier, juriste)


def test_un_autre_acte_n_attend_rien_du_patient(affectee, juriste):
    with pytest.raises(TransitionRefusee, match="copie d’un dossier médical"):
        noter(affectee("PRESENCE"), juriste)


def test_la_base_refuse_une_parole_sans_date(affectee, juriste):
    dossier = affectee()
    with pytest.raises(IntegrityError), transaction.atomic():
        AccordPatient.objects.create(dossier=dossier, valeur="ecrit", note_par_id=juriste.utilisateur_id)
