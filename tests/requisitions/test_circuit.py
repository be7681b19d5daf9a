"""The column « circuit » of the table routes: each service that a row names learns at once, and of nothing else."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from convention.rattachements import rattacher
from dossiers.models import Participation
from dossiers.models.participation import Part
from dossiers.suivi import relater
from notifications.models import Avis
from requisitions import workflow as w
from requisitions.circuit import DAJ, LISENT, PREVENUS
from requisitions.gels import GARDIENS
from requisitions.policies import seulement_averti
from requisitions.table import lire
from requisitions.types_acte import executants, type_acte
from tests.requisitions.conftest import TABLE, tout_conforme
from tests.requisitions.test_regularisation import livrer


def codes(dossier, **filtre):
    parts = Participation.objects.vivantes().filter(content_object=dossier, **filtre)
    return set(parts.values_list("group__service__code", flat=True))


def page(client, dossier):
    return client.get(reverse("requisitions:dossier", args=[dossier.cle]))


def test_chaque_ligne_mene_a_des_services_qui_ont_leur_liste():
    """No row names a service whose people would have nowhere to read that something awaits."""
    connus = {DAJ, *LISENT, *PREVENUS, *executants(), *GARDIENS.values()}
    for ligne in lire(TABLE):
        assert ligne.circuit, ligne
        assert ligne.renvoi or set(ligne.circuit) <= connus, ligne


@pytest.mark.parametrize(
    ("acte", "champs", "avertis"),
    [
        ("EX_GAV", {"statut_personne": "gav"}, {"CHV-URG", "CHV-UMJ"}),
        ("EX_GAV", {"statut_personne": "gav", "age": 15}, {"CHV-PED"}),
        ("PREL_ALC", {"cadre": "ROUTE"}, {"CHV-URG"}),
        ("PREL_STUP", {"cadre": "ROUTE", "statut_personne": "defunte"}, {"CHV-MORT"}),
        ("CORPS", {"cadre": "MORT74", "statut_personne": "defunte"}, {"CHV-MORT"}),
        ("INCORP", {"statut_personne": "gav"}, {"CHV-URG", "CHV-IMA"}),
        ("PRESENCE", {}, {"CHV-BE"}),
        ("VIDEO", {}, set()),
        ("DOSSIER", {"cadre": "DOUANE_ADM"}, set()),
    ],
)
def test_les_services_de_la_ligne_apprennent_aussitot(deposee, acte, champs, avertis):
    dossier = deposee(acte, **champs)
    assert codes(dossier, role=Part.Role.AVERTI) == avertis
    lignes = Participation.objects.filter(content_object=dossier, role=Part.Role.AVERTI).values_list("ligne", flat=True)
    assert set(lignes) <= {type_acte(acte).ligne_executant}, "ni l’acte, ni le cadre, ni le requérant"


@pytest.mark.parametrize(
    ("acte", "champs"),
    [
        ("EX_GAV", {"statut_personne": "gav"}),
        ("PRESENCE", {"urgence": "IMMEDIATE"}),
        ("PRESENCE", {"cadre": "DISP"}),
    ],
)
def test_l_administrateur_de_garde_sait_a_toute_heure(deposee, monkeypatch, acte, champs):
    """§2.13 and row 31: whatever the hour."""
    monkeypatch.setattr("requisitions.workflow.enregistrement.hors_heures_ouvrees", lambda *_: False)
    assert "CHV-GARDE" in codes(deposee(acte, **champs))


def test_sans_urgence_la_garde_n_est_pas_derangee_le_jour(deposee, monkeypatch):
    monkeypatch.setattr("requisitions.workflow.enregistrement.hors_heures_ouvrees", lambda *_: False)
    assert "CHV-GARDE" not in codes(deposee("DOSSIER"))


def test_le_service_averti_lit_ce_qui_l_attend_et_jusqu_a_quand_rien_d_autre(deposee, distribution):
    infirmiere = distribution.client("infirmiere")
    dossier = deposee("EX_GAV", statut_personne="gav", majeur_protege="oui", qualification="CANARI-QUALIFICATION")
    reponse = page(infirmiere, dossier)
    html = reponse.content.decode()
    assert reponse.status_code == 200
    assert "Examen requis" in html
    for tu in ("L. D.", "Delcambre", "garde à vue", "CANARI", "Personne concernée", "Majeur protégé"):
        assert tu not in html
    identite = reverse("requisitions:identite", args=[dossier.cle])
    assert infirmiere.post(identite, {"motif": "REPONSE"}).status_code == 403
    liste = infirmiere.get(reverse("requisitions:file")).content.decode()
    assert dossier.reference in liste
    assert "Examen requis" in liste
    assert "garde à vue" not in liste


@pytest.mark.parametrize(
    ("service", "role", "champs"),
    [
        ("CHV-PED", Role.SOIGNANT, {"statut_personne": "gav", "age": 15}),
        ("CHV-PED", Role.CADRE, {"statut_personne": "retenue_mineur", "age": 12}),
        ("CHV-URG", Role.SOIGNANT, {"statut_personne": "gav", "adulte_injoignable": True}),
    ],
)
def test_le_service_averti_ne_lit_ni_l_age_ni_la_mesure_ni_ce_qui_s_en_deduit(
    service, role, champs, deposee, distribution, django_user_model, opj
):
    colleague = django_user_model.objects.create_user("ped@demo.test", "demonstration-2025", prenom="Ana", nom="Roy")
    rattacher(utilisateur=colleague, service=distribution.service(service), role=role, acteur=None)
    dossier = deposee(
        "EX_GAV", interprete="CANARI-LANGUE", autorite_nom="CANARI-OFFICIER", heure_demande=timezone.now(), **champs
    )
    relater(dossier=dossier, nom="essai", libelle="Une étape", acteur=opj, commentaire="CANARI-MOTIF")
    client = Client()
    client.force_login(colleague, backend="accounts.connexion.CourrielBackend")
    reponse = page(client, dossier)
    assert (reponse.status_code, "Examen requis" in reponse.content.decode()) == (200, True)
    for tu in ("CANARI", "Obligatoire", "mineur", "Adulte approprié", "Examen demandé", "None"):
        assert tu not in reponse.content.decode(), tu
    assert reponse.context["demande"] == []
    assert set(vars(reponse.context["r"]).values()) <= {None, ""}


def test_le_service_averti_recoit_un_avis_neutre_puis_apprend_que_tout_s_arrete(deposee, distribution, opj):
    infirmiere = distribution.utilisateur("infirmiere")
    dossier = deposee("EX_GAV", statut_personne="gav")
    livrer()
    (avis,) = Avis.objects.filter(destinataire=infirmiere)
    assert avis.texte.startswith("Examen requis, pour le ")
    assert "Delcambre" not in avis.texte
    w.annuler(dossier=dossier, acteur=opj, motif="La mesure est levée.")
    livrer()
    livrer()
    dernier = Avis.objects.filter(destinataire=infirmiere).exclude(pk=avis.pk).get()
    assert dernier.texte.startswith("La demande s’arrête")
    assert dernier.adresse == "/"


def test_une_etape_de_l_instruction_ne_derange_pas_le_service_averti(deposee, distribution, juriste):
    infirmiere = distribution.utilisateur("infirmiere")
    dossier = deposee("EX_GAV", statut_personne="gav", heure_demande=None)
    dossier = w.controler(dossier=dossier, acteur=juriste)
    tout_conforme(dossier, juriste)
    livrer()
    assert Avis.objects.filter(destinataire=infirmiere).count() == 1
    assert "Grille de contrôle" not in page(distribution.client("infirmiere"), dossier).content.decode()


def test_la_situation_corrigee_change_le_circuit(deposee, distribution, juriste, opj):
    """Rows 11 and 12: the emergency ward is released, the mortuary learns."""
    infirmiere = distribution.utilisateur("infirmiere")
    mortuaire = distribution.utilisateur("mortuaire")
    dossier = deposee("PREL_STUP", cadre="ROUTE", statut_personne="suspect")
    dossier = w.controler(dossier=dossier, acteur=juriste)
    dossier = w.regulariser(dossier=dossier, acteur=juriste, points=["M10"], texte="Quelle est sa situation ?")
    corrections = {"statut_personne": "defunte"}
    w.repondre_regularisation(dossier=dossier, acteur=opj, texte="Elle est décédée.", corrections=corrections)
    assert codes(dossier, role=Part.Role.AVERTI) == {"CHV-MORT"}
    livrer()
    assert Avis.objects.filter(destinataire=infirmiere, texte__startswith="La demande va à un autre service").exists()
    assert Avis.objects.filter(destinataire=mortuaire, texte__startswith="Prélèvement requis, pour le").exists()
    assert page(distribution.client("infirmiere"), dossier).status_code == 404


def test_l_execution_confiee_ouvre_au_service_ce_que_l_acte_demande(validee, distribution, juriste):
    entrees = distribution.client("entrees")
    dossier = validee("PRESENCE")
    html = page(entrees, dossier).content.decode()
    assert "Personne concernée" not in html
    assert "Vérifier la présence" not in html
    assert entrees.get(reverse("requisitions:reponse", args=[dossier.cle])).status_code == 403
    dossier = w.affecter(dossier=dossier, acteur=juriste, consigne="Présence au 21 novembre.")
    html = page(entrees, dossier).content.decode()
    assert "Personne concernée" in html
    assert "Vérifier la présence" in html


def test_la_chambre_mortuaire_sait_qui_garder_une_fois_l_examen_confie(validee, distribution, juriste):
    mortuaire = distribution.client("mortuaire")
    dossier = validee("CORPS", statut_personne="defunte")
    assert "Personne concernée" not in page(mortuaire, dossier).content.decode()
    medecin = distribution.utilisateur("medecin")
    dossier = w.affecter(dossier=dossier, acteur=juriste, consigne="Examen externe.", medecin=medecin)
    assert "Personne concernée" in page(mortuaire, dossier).content.decode()


def test_le_medecin_designe_n_est_pas_tenu_pour_seulement_averti(validee, distribution, juriste):
    medecin = distribution.utilisateur("medecin")
    dossier = w.affecter(
        dossier=validee("EX_GAV", statut_personne="gav"), acteur=juriste, consigne="Examinez.", medecin=medecin
    )
    assert not seulement_averti(dossier, distribution.acteur("medecin"))
    assert "Examinez." not in page(distribution.client("infirmiere"), dossier).content.decode(), "la consigne est à lui"
    assert seulement_averti(dossier, distribution.acteur("infirmiere"))
