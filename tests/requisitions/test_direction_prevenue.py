"""§3.1: in a flagrant case nobody authorises a hearing, and the direction is told that one takes place. Nothing more."""

import pytest
from django.urls import reverse

from dossiers.models import Dossier, Exclusion, Participation
from notifications.models import Avis
from requisitions import workflow as w
from requisitions.audition import PREVENUE
from requisitions.audition.annonces import rappeler
from requisitions.workflow import Constat
from tests.requisitions.conftest import motifs_du_controle, tout_conforme
from tests.requisitions.scene_audition import MIDI, H, medecin, midi, page, patient, programmee
from tests.requisitions.test_regularisation import livrer

__all__ = ["medecin", "midi", "patient", "programmee"]
AUTORISEE = {"autorisation_mode": "orale", "autorisation_magistrat": "Mme V.", "autorisation_le": MIDI - 3 * H}
COMMISE = {"cr_reference": "JI 4/26", "cr_juge": "Mme Dubar", "cr_date": MIDI.date(), "cr_jusqu_au": MIDI.date()}
AILLEURS = {"PRELIM": AUTORISEE, "CR": COMMISE}


@pytest.fixture
def direction(distribution):
    return distribution.utilisateur("directrice")


def lus(direction):
    livrer()
    return list(Avis.objects.filter(destinataire=direction).order_by("pk"))


def dits(dossier):
    return list(dossier.evenements.filter(nom=PREVENUE).order_by("pk"))


@pytest.mark.parametrize("acte", ["AUD_PAT", "AUD_PRO"])
def test_en_flagrance_la_direction_apprend_qu_une_audition_est_demandee(acte, midi, direction, validee, distribution):
    dossier = validee(acte, mission="CANARI-MISSION", qualification="CANARI-FAITS")
    (avis,) = lus(direction)
    assert avis.texte.startswith("Une audition est demandée à l’hôpital")
    assert avis.adresse == "", "le dossier ne s’ouvre pas de là"
    assert not Participation.objects.filter(content_object=dossier, group__name="CHV-DIR").exists()
    (dit,) = dits(dossier)
    assert (dit.le, dit.reserve_a.code) == (MIDI, "CHV")
    assert "Direction prévenue" in page(distribution, "juriste", "dossier", dossier)
    assert "Direction prévenue" not in page(distribution, "opj", "dossier", dossier)


@pytest.mark.parametrize("cadre", sorted(AILLEURS))
@pytest.mark.parametrize("acte", ["AUD_PAT", "AUD_PRO"])
def test_dans_un_autre_cadre_la_direction_n_est_pas_prevenue(acte, cadre, midi, direction, validee):
    dossier = validee(acte, cadre=cadre, **AILLEURS[cadre])
    assert (lus(direction), dits(dossier)) == ([], [])


def test_hors_flagrance_le_creneau_ne_la_previent_pas_davantage(programmee, direction):
    dossier = programmee(cadre="PRELIM", **AUTORISEE)
    assert (lus(direction), dits(dossier)) == ([], [])


def test_un_autre_acte_de_flagrance_ne_la_previent_pas(midi, direction, validee):
    assert dits(validee("DOSSIER")) == []


def test_le_creneau_lui_est_dit_sans_nom_ni_service_puis_qu_il_n_a_pas_lieu(
    programmee, direction, juriste, distribution
):
    dossier = programmee(qualification="CANARI-FAITS")
    w.constater_audition(dossier=dossier, acteur=juriste, constat=Constat("reportee_medical"))
    textes = [avis.texte for avis in lus(direction)]
    assert textes == [
        "Une audition est demandée à l’hôpital, les affaires juridiques la suivent",
        "Une audition se tient à l’hôpital mardi 24 novembre 2026 à 16\u00a0h",
        "Une audition prévue à l’hôpital mardi 24 novembre 2026 à 16\u00a0h n’a pas lieu",
    ]
    ward = distribution.service("CHV-CHIR").nom
    for tu in ("Delcambre", "L. D.", "CANARI", ward, dossier.reference, "médecin"):
        assert tu not in " ".join(textes), tu
    assert len(dits(dossier)) == 3


def test_au_service_enqueteur_rien_ne_se_tient_a_l_hopital(programmee, direction):
    dossier = programmee(lieu="service")
    assert [avis.texte[:27] for avis in lus(direction)] == ["Une audition est demandée à"]
    assert len(dits(dossier)) == 1


def test_ecartee_du_dossier_une_directrice_n_en_apprend_rien_et_le_dossier_le_dit(
    midi, direction, deposee, juriste, distribution
):
    dossier = w.controler(dossier=deposee("AUD_PAT", statut_personne="temoin"), acteur=juriste)
    Exclusion.objects.create(dossier=dossier, utilisateur=direction, pose_par_id=juriste.utilisateur_id)
    tout_conforme(dossier, juriste)
    w.valider(dossier=dossier, acteur=juriste, motifs=motifs_du_controle(dossier))
    assert lus(direction) == []
    assert "Direction à prévenir par téléphone" in page(distribution, "juriste", "dossier", dossier)


def test_prevenue_la_direction_n_ouvre_pas_le_dossier(programmee, direction, distribution):
    dossier = programmee()
    livrer()
    assert not Dossier.objects.visibles_par(distribution.acteur("directrice")).filter(pk=dossier.pk).exists()
    adresse = reverse("requisitions:dossier", args=[dossier.cle])
    assert distribution.client("directrice").get(adresse).status_code == 404


def test_la_demande_annulee_elle_apprend_que_rien_ne_se_tient(programmee, direction, opj):
    dossier = programmee()
    w.annuler(dossier=dossier, acteur=opj, motif="Entendue ailleurs.")
    for _ in range(2):
        rappeler()
        livrer()
    derniers = [avis.texte for avis in lus(direction)]
    assert len(derniers) == 3
    assert derniers[-1].endswith("n’a pas lieu")
