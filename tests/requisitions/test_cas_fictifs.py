"""The fictitious cases 1, 2, 4 and 12 of §15 (6, 8 and 10 belong to custody, detention and involuntary care)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from dossiers.models import Dossier, Participation
from requisitions import workflow as w
from requisitions.controles import controler, r20
from requisitions.faits import faits_de
from requisitions.instructions import declarer
from requisitions.models import Derogation, Requisition
from requisitions.saisie.inventaire import LigneReserve
from requisitions.types_acte.presence import PHRASES
from tests.requisitions.conftest import motifs_du_controle, tout_conforme
from tests.requisitions.inventaires import inventorier
from transitions.workflow import TransitionRefusee

PARIS = ZoneInfo("Europe/Paris")


def le(jour: int, mois: int, heure: int, minute: int = 0) -> datetime:
    return datetime(2026, mois, jour, heure, minute, tzinfo=PARIS)


def numeros(dossier: Dossier) -> dict[str, str]:
    """The findings of the reception, by number, with their level."""
    lettre = Requisition.objects.select_related("ligne_decision").get(pk=dossier.pk)
    return {constat.numero: str(constat.niveau) for constat in controler(faits_de(dossier, lettre))}


def constats_de_sortie(dossier: Dossier) -> set[str]:
    return {constat.numero for constat in w.constats_de_sortie(dossier, Requisition.objects.get(pk=dossier.pk))}


def copie_au_parquet(dossier: Dossier) -> bool:
    return Participation.objects.filter(content_object=dossier, group__name="PARQUET-PERM", role="copie").exists()


@pytest.fixture
def apj(distribution):
    return distribution.acteur("gendarme")


def test_cas_1_le_medecin_refuse_et_la_saisie_est_proposee(deposee, distribution, juriste, medecin, refusee):
    dossier = w.controler(dossier=deposee("DOSSIER"), acteur=juriste)
    assert dossier.requisition.ligne_decision.rang == 22
    assert "R-14" not in numeros(dossier), "personne d’autre ne porte ce nom"
    deposee("DOSSIER"), deposee("DOSSIER")
    assert numeros(dossier)["R-14"] == "alerte", "deux homonymes sont signalés"
    tout_conforme(dossier, juriste)
    dossier = w.valider(dossier=dossier, acteur=juriste, motifs=motifs_du_controle(dossier))
    dossier = w.affecter(
        dossier=dossier, acteur=juriste, consigne="Passage.", medecin=distribution.utilisateur("medecin")
    )
    dossier = w.donner_accord(dossier=dossier, acteur=medecin, choix="refuse", motif="secret")
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
    with pytest.raises(TransitionRefusee, match="proposez la saisie"):
        w.mettre_a_disposition(dossier=dossier, acteur=juriste)
    dossier = refusee(dossier)
    assert not dossier.remises.exists()
    assert dossier.pieces.filter(intitule="Refus motivé", remise_a__code="PARQUET-PERM").exists()
    assert copie_au_parquet(dossier)


@pytest.fixture
def images(deposee, distribution, time_machine):
    """Deposited on 20 March for 12 March, 2 to 3 p.m., without any authorisation."""
    time_machine.move_to(le(20, 3, 10), tick=False)
    return deposee(
        "VIDEO", par=distribution.acteur("gendarme"), cadre="PRELIM", periode_du=le(12, 3, 14), periode_au=le(12, 3, 15),
        cible="Entrée des urgences",
    )  # fmt: skip


def test_cas_2_les_images_sont_gelees_bien_que_l_autorisation_manque(images, juriste, time_machine):
    dossier = w.controler(dossier=images, acteur=juriste)
    trouves = numeros(dossier)
    assert trouves["R-01"] == "bloquant"
    assert "R-03" not in trouves, "un agent est admis en préliminaire"
    gel = dossier.gel
    assert (gel.service.code, gel.confirmer_avant) == ("CHV-SECU", le(20, 3, 11)), "ordonné, à confirmer sous une heure"
    assert timezone.localtime(gel.ecrasement).date() == date(2026, 4, 11)
    w.regulariser(dossier=dossier, acteur=juriste, points=["M3"], texte="Joignez l’autorisation.")
    assert dossier.pieces.filter(intitule="Demande de régularisation").exists()
    assert copie_au_parquet(dossier)
    lettre = Requisition.objects.get(pk=dossier.pk)
    for jour, alerte in ((5, False), (6, True), (9, True)):
        time_machine.move_to(le(jour, 4, 16), tick=False)
        assert (r20(faits_de(dossier, lettre)) is not None) is alerte, jour


def test_cas_2_une_instruction_generale_regularise(images, apj, juriste, distribution, time_machine):
    declarer(
        acteur=distribution.acteur("parquet"), reference="IG-2026-04", objet="Vidéoprotection",
        infractions="Délits punis d’emprisonnement", types_acte=["VIDEO"], qualites=["OPJ", "APJ"],
        debut=date(2026, 1, 5), fin=date(2026, 6, 30),
    )  # fmt: skip
    dossier = w.controler(dossier=images, acteur=juriste)
    dossier = w.regulariser(dossier=dossier, acteur=juriste, points=["M3"], texte="Joignez l’autorisation.")
    time_machine.move_to(le(23, 3, 9), tick=False)
    corrections = {
        "autorisation_mode": "instruction",
        "instruction_reference": "ig-2026-04",
        "instruction_du": date(2026, 1, 5),
        "instruction_couvre": True,
        "procureur_informe": True,
    }
    dossier = w.repondre_regularisation(dossier=dossier, acteur=apj, texte="Instruction.", corrections=corrections)
    dossier = w.controler(dossier=dossier, acteur=juriste)
    assert not {"R-01", "R-02", "R-03"} & set(numeros(dossier))
    tout_conforme(dossier, juriste)
    assert w.valider(dossier=dossier, acteur=juriste).etat == "VALIDEE"


def test_cas_2_une_instruction_expiree_ne_regularise_pas(images, apj, juriste, distribution):
    declarer(
        acteur=distribution.acteur("parquet"), reference="IG-2025-11", objet="Vidéoprotection",
        infractions="Délits punis d’emprisonnement", types_acte=["VIDEO"], qualites=["APJ"],
        debut=date(2025, 10, 1), fin=date(2026, 3, 1),
    )  # fmt: skip
    dossier = w.controler(dossier=images, acteur=juriste)
    dossier = w.regulariser(dossier=dossier, acteur=juriste, points=["M3"], texte="Joignez l’autorisation.")
    corrections = {
        "autorisation_mode": "instruction",
        "instruction_reference": "IG-2025-11",
        "instruction_du": date(2025, 10, 1),
        "instruction_couvre": True,
        "procureur_informe": True,
    }
    dossier = w.repondre_regularisation(dossier=dossier, acteur=apj, texte="Instruction.", corrections=corrections)
    dossier = w.controler(dossier=dossier, acteur=juriste)
    assert numeros(dossier)["R-02"] == "bloquant"


def test_cas_2_variante_l_assistant_sans_controleur(images, juriste):
    Requisition.objects.filter(pk=images.pk).update(autorite_qualite="ASSIST")
    assert numeros(w.controler(dossier=images, acteur=juriste))["R-03"] == "bloquant"


VOLET = {
    "operation": "perquisition", "magistrat_present": True, "magistrat": "Vice-procureur", "identite_verifiee": True,
    "ins": "qualifiee",
    "homonyme_ecarte": True, "debut": "2026-11-20T19:45+00:00",
}  # fmt: skip


@pytest.fixture
def inopinee(table, distribution, time_machine):
    """8.40 p.m., nothing announced: the deputy prosecutor is at the door, the administrator on call opens the case."""
    time_machine.move_to(le(20, 11, 20, 40), tick=False)
    distribution.utilisateur("parquet")
    return w.ouvrir_perquisition(
        acteur=distribution.acteur("garde"), requerant=distribution.service("PARQUET-PERM"), cadre="FLAG",
        mission="Dossier d’un médecin mis en cause.", arrivee_le=le(20, 11, 20, 40), magistrat="Vice-procureur",
        ordre_appele_le=le(20, 11, 20, 40),
    )  # fmt: skip


def test_cas_4_perquisition_inopinee_un_magistrat_et_l_ordre(inopinee, distribution, juriste):
    dossier = inopinee
    ligne = dossier.requisition.ligne_decision
    assert (dossier.etat, ligne.rang, ligne.ordre) == ("EN_EXECUTION", 27, "requis")
    assert dossier.evenements.filter(nom="convoquer_ordre").exists(), "l’appel à l’Ordre est tracé"
    assert dossier.echeances.get(nom="controle_apres").echeance_le == le(21, 11, 20, 40), "contrôle a posteriori"
    dossier = w.remplir_volet(dossier=dossier, acteur=juriste, reponses=VOLET)
    assert "R-16" not in constats_de_sortie(dossier), "un magistrat est présent"
    absent = {"ordre_presence": "absent", "ordre_motif": "Astreinte injoignable"}
    dossier = w.remplir_volet(dossier=dossier, acteur=juriste, reponses=absent)
    assert "R-15" in constats_de_sortie(dossier), "le motif ne suffit pas, la réserve manque"
    dossier = inventorier(dossier, juriste, reserves=(LigneReserve("direction", "L’Ordre est absent."),))
    assert "R-15" not in constats_de_sortie(dossier)
    dossier = w.remplir_volet(dossier=dossier, acteur=juriste, reponses={"magistrat_present": False})
    assert "R-16" in constats_de_sortie(dossier)


def test_cas_4_annoncee_la_nuit_elle_attend_l_ordre(deposee, distribution, juriste, time_machine):
    time_machine.move_to(le(20, 11, 20, 40), tick=False)
    dossier = deposee("SAISIE", par=distribution.acteur("parquet"), precision="perquisition")
    assert Participation.objects.filter(content_object=dossier, group__name="CHV-GARDE").exists(), "20 h 40"
    dossier = w.controler(dossier=dossier, acteur=juriste)
    tout_conforme(dossier, juriste)
    dossier = w.valider(dossier=dossier, acteur=juriste)
    dossier = w.affecter(dossier=dossier, acteur=juriste, consigne="Ouvrir le secrétariat.")
    dossier = w.remplir_volet(dossier=dossier, acteur=juriste, reponses=VOLET)
    assert "R-15" in constats_de_sortie(dossier), "l’Ordre n’est pas convoqué"


def test_cas_12_la_disparition_et_la_presence_qui_ne_se_dit_pas(deposee, juriste):
    dossier = deposee("PRESENCE", cadre="DISP", autorisation_magistrat="Mme Verdière", autorisation_le=timezone.now())
    assert dossier.requisition.ligne_decision.rang == 31
    dossier = w.controler(dossier=dossier, acteur=juriste)
    assert "R-05" not in numeros(dossier)
    tout_conforme(dossier, juriste)
    w.noter_mentions(dossier=dossier, acteur=juriste, mentions={}, urgence_vitale=True)
    dossier = w.valider(dossier=dossier, acteur=juriste)
    dossier = w.affecter(dossier=dossier, acteur=juriste, consigne="Vérifier la présence.")
    w.constater_presence(dossier=dossier, acteur=juriste, constatee="present", protegee=True)
    lettre = Requisition.objects.get(pk=dossier.pk)
    assert lettre.reponse_texte == PHRASES["sans_reponse"], "même une vie en danger ne fait pas trahir le service"


def test_cas_12_variante_la_recherche_administrative_sans_visa(deposee, juriste):
    dossier = w.controler(dossier=deposee("PRESENCE", cadre="DISP_ADM"), acteur=juriste)
    assert dossier.requisition.ligne_decision.rang == 32
    assert numeros(dossier)["R-05"] == "bloquant"
    dossier = w.regulariser(dossier=dossier, acteur=juriste, points=["M5"], texte="Joignez le visa du chef de service.")
    assert dossier.etat == "A_REGULARISER"


def test_une_demande_qu_aucune_ligne_ne_prevoit_va_aux_affaires_juridiques(deposee, juriste, distribution):
    dossier = deposee("LOGS", cadre="DOUANE_ADM", par=distribution.acteur("douanes"), ordre_ecrit=True)
    assert dossier.requisition.ligne_decision is None
    assert Participation.objects.filter(content_object=dossier, group__name="CHV-DAJ").exists()
    dossier = w.controler(dossier=dossier, acteur=juriste)
    assert numeros(dossier)["R-00"] == "bloquant"
    tout_conforme(dossier, juriste)
    with pytest.raises(TransitionRefusee, match="non prévue"):
        w.valider(dossier=dossier, acteur=juriste)


def test_une_ligne_a_confirmer_passe_par_une_decision_ecrite(deposee, juriste, opj):
    dossier = w.controler(dossier=deposee("SAISIE", cadre="FLAG"), acteur=juriste)
    assert dossier.requisition.ligne_decision.rang == 60
    tout_conforme(dossier, juriste)
    with pytest.raises(TransitionRefusee, match="conseil"):
        w.valider(dossier=dossier, acteur=juriste)
    w.valider(dossier=dossier, acteur=juriste, derogation="Vu avec le conseil de l’établissement, magistrat prévenu.")
    assert Derogation.objects.filter(controle="R-00").exists()


def test_l_age_osseux_demande_par_un_enqueteur_seul(deposee, juriste, refusee):
    dossier = w.controler(dossier=deposee("AGE", cadre="FLAG", statut_personne="suspect"), acteur=juriste)
    trouves = numeros(dossier)
    assert trouves["R-00"] == "bloquant", "la table veut l’autorité judiciaire"
    assert trouves["R-23"] == "bloquant"
    dossier = refusee(dossier, "incompetence", "La décision revient à l’autorité judiciaire.")
    assert copie_au_parquet(dossier)


def test_l_expertise_d_un_detenu_n_est_pas_confiee_a_son_soignant(deposee, juriste, distribution, django_user_model):
    from accounts.roles import Role
    from convention.rattachements import rattacher

    soignant = django_user_model.objects.create_user("usmp2@demo.test", "demonstration-2025", prenom="A", nom="Soin")
    rattacher(
        utilisateur=soignant, service=distribution.service("USMP-MA"), role=Role.MEDECIN_RESPONSABLE, acteur=None,
        profession="MEDECIN", matricule="10009999999",
    )  # fmt: skip
    dossier = w.controler(
        dossier=deposee("EX_VICT", statut_personne="detenue", mission="Examiner la personne détenue."), acteur=juriste
    )
    tout_conforme(dossier, juriste)
    dossier = w.valider(dossier=dossier, acteur=juriste)
    assert soignant not in w.medecins_possibles(dossier)
    with pytest.raises(TransitionRefusee, match="ne peut pas être désignée"):
        w.affecter(dossier=dossier, acteur=juriste, consigne="Examen.", medecin=soignant)
