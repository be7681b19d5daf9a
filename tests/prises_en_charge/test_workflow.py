"""The verbs: who, when, in which order, and what each leaves behind."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from dossiers.concurrence import VersionDepassee
from dossiers.models import Dossier, Participation
from prises_en_charge import workflow
from prises_en_charge.models import Extraction
from tests.prises_en_charge.scene import PROGRAMMEE, RETOUR, SUR_PLACE, Scene, fichier
from transitions.workflow import TransitionRefusee


def test_le_trajet_entier_va_de_la_demande_a_la_cloture(scene: Scene):
    dossier = scene.jusqu_a(*RETOUR, "clore")
    assert dossier.etat == "CLOTUREE"
    assert dossier.reference.startswith(f"DET-{timezone.localdate().year}-")
    assert dossier.clos_par_id == scene.acteur("usmp").utilisateur_id
    noms = list(dossier.evenements.order_by("pk").values_list("nom", flat=True))
    assert noms == [
        "demander", "emettre_ordre", "confirmer_escorte", "signaler_arrivee", "commencer_soins", "decider_presence",
        "hospitaliser", "transmettre_compte_rendu", "sortir", "confirmer_retour", "clore",
    ]  # fmt: skip


def test_la_demande_envoyee_deux_fois_ouvre_un_seul_dossier(scene: Scene):
    cle, usmp, champs = uuid4(), scene.acteur("usmp"), scene.champs()
    premier = workflow.demander(acteur=usmp, demande_cle=cle, champs=champs)
    second = workflow.demander(acteur=usmp, demande_cle=cle, champs=champs)
    assert premier.pk == second.pk
    assert Dossier.objects.filter(nature="EXTRACTION").count() == 1
    assert premier.evenements.count() == 1


def test_la_demande_accorde_trois_parties_et_l_escorte_quand_elle_est_designee(scene: Scene):
    def services() -> list[str]:
        parts = Participation.objects.filter(content_object=scene.dossier).order_by("pk")
        return [part.group.service.code for part in parts]

    scene.demander()
    assert services() == ["USMP-MA", "MA-GREFFE", "CHV-CHIR"]
    scene.ordonner()
    assert services() == ["USMP-MA", "MA-GREFFE", "CHV-CHIR", "MA-ESCORTE"]


def test_la_minorite_se_deduit_de_l_age(scene: Scene):
    assert scene.demander(age=16).extraction.mineur is True
    assert scene.demander(age=18).extraction.mineur is False


@pytest.mark.parametrize("nom", ["maison_arret", "escorte", "service", "soignante", "opj"])
def test_seule_l_unite_sanitaire_demande(scene: Scene, nom: str):
    with pytest.raises(TransitionRefusee, match="unité sanitaire"):
        workflow.demander(acteur=scene.acteur(nom), demande_cle=uuid4(), champs=scene.champs())


@pytest.mark.parametrize("nom", ["usmp", "medecin", "escorte", "epm"])
def test_seul_le_greffe_de_l_etablissement_emet_l_ordre(scene: Scene, nom: str):
    scene.demander()
    with pytest.raises(TransitionRefusee, match="greffe"):
        workflow.emettre_ordre(dossier=scene.dossier, acteur=scene.acteur(nom), champs={}, fichier=fichier())


def test_l_ordre_ecrit_est_exige_hors_urgence(scene: Scene):
    scene.demander()
    with pytest.raises(TransitionRefusee, match="ordre écrit"):
        workflow.emettre_ordre(dossier=scene.dossier, acteur=scene.acteur("maison_arret"), champs={}, fichier=None)


def test_l_escorte_de_l_autre_prison_ne_confirme_pas(scene: Scene):
    scene.jusqu_a("demander", "ordonner")
    with pytest.raises(TransitionRefusee, match="établissement"):
        workflow.confirmer_escorte(
            dossier=scene.dossier, acteur=scene.acteur("epm"), champs={"depart_prevu": timezone.now(), "effectif": 2}
        )


def test_une_arrivee_programmee_attend_la_confirmation(scene: Scene):
    scene.jusqu_a("demander", "ordonner")
    with pytest.raises(TransitionRefusee, match="escorte n’est pas confirmée"):
        scene.arriver()


def test_une_urgence_arrive_sans_ordre_et_se_regularise(scene: Scene):
    scene.demander(motif_acte="URGENCE")
    dossier = scene.arriver()
    assert dossier.etat == "ARRIVEE"
    echeance = dossier.echeances.get(nom="regularisation_ordre")
    assert echeance.echeance_le - echeance.debut_le == timedelta(hours=2)
    workflow.regulariser_ordre(dossier=dossier, acteur=scene.acteur("maison_arret"), fichier=fichier())
    echeance.refresh_from_db()
    assert echeance.tenue_le is not None


def test_l_hospitalisation_pose_les_quarante_huit_heures_et_la_sortie_les_tient(scene: Scene):
    dossier = scene.jusqu_a(*SUR_PLACE, "hospitaliser")
    echeance = dossier.echeances.get(nom="chambre_48h")
    assert echeance.echeance_le - echeance.debut_le == timedelta(hours=48)
    scene.sortir()
    echeance.refresh_from_db()
    assert echeance.tenue_le is not None
    assert dossier.echeances.filter(nom="compte_rendu", tenue_le=None).exists()


def test_deux_personnes_ne_prennent_pas_la_meme_chambre_securisee(scene: Scene):
    for chambre in ("SECURISEE_1", "SECURISEE_2"):
        scene.jusqu_a(*SUR_PLACE)
        scene.hospitaliser(chambre)
    scene.jusqu_a(*SUR_PLACE)
    with pytest.raises(TransitionRefusee, match="Les deux chambres sécurisées sont prises"):
        scene.hospitaliser("SECURISEE_1")
    assert scene.hospitaliser("SERVICE").etat == "HOSPITALISEE"


def test_une_infirmiere_ne_decide_pas_de_la_presence(scene: Scene):
    scene.demander(service_accueil=scene.distribution.service("CHV-IMA"))
    with pytest.raises(TransitionRefusee, match="médecin ou la sage-femme"):
        workflow.decider_presence(
            dossier=scene.dossier,
            acteur=scene.acteur("service"),
            champs={"presence_pendant_examen": "HORS_VUE", "contrainte_levee": True, "presence_motif": "x"},
        )


@pytest.mark.parametrize(("nom", "verbe"), [("maison_arret", "annuler_escorte"), ("usmp", "annuler_soin")])
@pytest.mark.parametrize("motif", ["", "INVENTE"])
def test_une_annulation_porte_un_motif_code(scene: Scene, nom: str, verbe: str, motif: str):
    scene.demander()
    champs = {f"{verbe.replace('annuler', 'annulation')}_motif": motif}
    with pytest.raises(TransitionRefusee, match="Indiquez le motif"):
        getattr(workflow, verbe)(dossier=scene.dossier, acteur=scene.acteur(nom), champs=champs)
    scene.dossier.refresh_from_db()
    assert scene.dossier.etat == "DEMANDEE_USMP"


def test_l_annulation_ferme_le_dossier_et_ses_delais(scene: Scene):
    scene.jusqu_a(*PROGRAMMEE)
    dossier = workflow.annuler_escorte(
        dossier=scene.dossier, acteur=scene.acteur("escorte"), champs={"annulation_escorte_motif": "EFFECTIFS"}
    )
    assert (dossier.etat, dossier.phase) == ("ANNULEE_ESCORTE", "clos")
    assert not dossier.echeances.filter(tenue_le=None).exists()
    assert dossier.evenements.first().libelle == "Annulée\u00a0: escorte indisponible"


def test_un_refus_se_note_la_ou_est_la_personne(scene: Scene):
    scene.demander()
    with pytest.raises(TransitionRefusee, match="unité sanitaire"):
        workflow.refuser_soins(dossier=scene.dossier, acteur=scene.acteur("medecin"), champs={})
    scene.jusqu_a(*PROGRAMMEE, "arriver")
    dossier = workflow.refuser_soins(dossier=scene.dossier, acteur=scene.acteur("medecin"), champs={})
    assert dossier.etat == "REFUS_PATIENT"
    with pytest.raises(TransitionRefusee, match="retour"):
        scene.clore()
    assert scene.rentrer().etat == "RETOUR_CONFIRME"


def test_un_incident_ne_bloque_pas_le_retour(scene: Scene):
    scene.jusqu_a(*SUR_PLACE)
    workflow.signaler_incident(dossier=scene.dossier, acteur=scene.acteur("escorte"), champs={"incident": "VIOLENCE"})
    assert scene.rentrer().etat == "RETOUR_CONFIRME"


def test_le_dossier_clos_est_fige_par_la_base(scene: Scene):
    dossier = scene.jusqu_a(*RETOUR, "clore")
    lettre = Extraction.objects.get(pk=dossier.pk)
    assert lettre.fige_le
    assert len(lettre.empreinte) == 64
    with pytest.raises(DatabaseError), transaction.atomic():
        Extraction.objects.filter(pk=dossier.pk).update(age=12)


def test_l_escorte_ne_connait_plus_un_dossier_clos(scene: Scene):
    dossier = scene.jusqu_a(*RETOUR)
    escorte = scene.acteur("escorte")
    assert Dossier.objects.visibles_par(escorte).filter(pk=dossier.pk).exists()
    scene.clore()
    assert not Dossier.objects.visibles_par(escorte).filter(pk=dossier.pk).exists()


def test_une_page_perimee_n_ecrase_rien(scene: Scene):
    scene.demander()
    perimee = str(scene.dossier.version - 1)
    with pytest.raises(VersionDepassee):
        workflow.annuler_soin(
            dossier=scene.dossier,
            acteur=scene.acteur("usmp"),
            champs={"annulation_soin_motif": "INUTILE"},
            version=perimee,
        )
    assert Extraction.objects.get(pk=scene.dossier.pk).annulation_soin_motif == ""
