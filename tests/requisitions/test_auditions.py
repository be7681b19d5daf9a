"""Hearings lived to their end (§3): a slot, who is told and of what, what happened, and the certificate given again."""

from dataclasses import replace
from datetime import datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Participation
from dossiers.models.participation import Part
from dossiers.participations import Octroi, accorder
from notifications.models import Avis, Envoi
from requisitions import annonces_d_audition as annonces
from requisitions import audition as regles
from requisitions import workflow as w
from requisitions.aptitude import Avis as Certificat
from requisitions.aptitude import empechement
from requisitions.documents_audition import NOTE
from requisitions.models import AvisAptitude, Seance, Volet
from requisitions.workflow import Constat
from tests.requisitions.test_parcours import poster, rappeler
from tests.requisitions.test_regularisation import livrer
from transitions.workflow import TransitionRefusee

MIDI = timezone.make_aware(datetime(2026, 11, 24, 12))
H = timedelta(hours=1)
APTE = {"aptitude": "apte", "aptitude_le": "2026-11-24T10:00+00:00", "accord_patient": "ecrit"}
INAPTE = {"aptitude": "inapte", "aptitude_le": "2026-11-24T10:00+00:00", "accord_patient": "ecrit"}
# What nobody outside the carers reads of a deferral.
SANTE = ("médecin", "inapte", "Inapte", "médical", "avis", "santé", "aptitude")


@pytest.fixture
def midi(time_machine):
    time_machine.move_to(MIDI, tick=False)
    return time_machine


@pytest.fixture
def medecin(distribution):
    return distribution.acteur("medecin")


@pytest.fixture
def patient(midi, validee, juriste, distribution):
    """A hearing entrusted to the doctor, the requester called back."""

    def faire(**champs):
        dossier = validee("AUD_PAT", statut_personne="temoin", mission="CANARI-MISSION", **champs)
        dossier = w.affecter(
            dossier=dossier,
            acteur=juriste,
            consigne="Dire si elle peut répondre.",
            medecin=distribution.utilisateur("medecin"),
        )
        rappeler(distribution.client("juriste"), dossier)
        return dossier

    return faire


@pytest.fixture
def programmee(patient, juriste, distribution):
    def faire(dossier=None, quand=MIDI + 4 * H, lieu="local", **champs):
        dossier = dossier or patient(**champs)
        w.programmer_audition(
            dossier=dossier,
            acteur=juriste,
            prevue_pour=quand,
            lieu=lieu,
            service_prevenu=distribution.service("CHV-CHIR"),
        )
        dossier.refresh_from_db()
        return dossier

    return faire


def noter(dossier, medecin, reponses):
    return w.remplir_volet(dossier=dossier, acteur=medecin, reponses=reponses)


def tenue(debut=MIDI + 4 * H, fin=MIDI + 5 * H, **champs):
    return Constat("realisee", lieu="local", debut=debut, fin=fin, **champs)


def remettre(dossier, juriste):
    dossier = w.mettre_a_disposition(dossier=dossier, acteur=juriste, nom_relu=True)
    assert dossier.etat == "PRETE"
    return dossier


def page(distribution, qui, nom, dossier):
    return distribution.client(qui).get(reverse(f"requisitions:{nom}", args=[dossier.cle])).content.decode()


# Rules


@pytest.mark.parametrize(
    ("avis", "cadre", "mots"),
    [
        ([], "FLAG", "Sans avis d’aptitude"),
        ([Certificat("apte", MIDI + H, "ecrit")], "FLAG", "avant l’avis"),
        ([Certificat("inapte", MIDI - H, "ecrit")], "FLAG", "n’est pas entendue"),
        ([Certificat("apte", MIDI - 3 * H, "ecrit"), Certificat("inapte", MIDI - H, "ecrit")], "FLAG", "favorable"),
        ([Certificat("apte", MIDI - 3 * H, "ecrit", valable_jusqu_a=MIDI - H)], "FLAG", "ne vaut que jusqu’au"),
        ([Certificat("apte", MIDI - H, "refus")], "FLAG", "a refusé"),
        ([Certificat("apte", MIDI - H, "sans_objet")], "PRELIM", "En préliminaire"),
    ],
)
def test_un_patient_n_est_pas_entendu_sans_avis_favorable_a_cette_heure(avis, cadre, mots):
    assert mots in empechement(avis, MIDI, cadre=cadre)


def test_un_patient_apte_et_d_accord_est_entendu():
    for accord in ("ecrit", "oral"):
        assert empechement([Certificat("apte", MIDI - H, accord)], MIDI, cadre="PRELIM") == ""
    assert empechement([Certificat("conditions", MIDI - H, "sans_objet")], MIDI, cadre="FLAG") == ""
    guerie = [Certificat("inapte", MIDI - 3 * H, "oral"), Certificat("apte", MIDI - H, "oral")]
    assert empechement(guerie, MIDI, cadre="PRELIM", reporte_le=MIDI - 2 * H) == ""
    assert "il faut un nouvel avis" in empechement(guerie, MIDI, cadre="PRELIM", reporte_le=MIDI - H / 2)


def test_l_etat_d_une_audition_se_lit_dans_ses_seances():
    ouverte = Seance(prevue_pour=MIDI)
    reportee = Seance(prevue_pour=MIDI, issue="reportee_medical", constatee_le=MIDI)
    mot = regles.situation
    assert mot("AFFECTEE", []).code == "DEMANDEE"
    assert mot("AFFECTEE", [ouverte]).code == "PROGRAMMEE"
    assert mot("REMISE", [reportee]).code == "REPORTEE_MEDICAL"
    assert mot("REMISE", [reportee, ouverte]).code == "PROGRAMMEE"
    assert mot("REMISE", [Seance(issue="realisee", constatee_le=MIDI)]).code == "REALISEE"
    assert mot("REMISE", [Seance(issue="refusee_patient", constatee_le=MIDI)]).code == "REFUSEE_PATIENT"
    assert mot("CLOTUREE", [reportee]).code == "CLOTUREE"
    assert mot("PRETE", [], [Certificat("inapte", MIDI, "oral")]).code == "REPORTEE_MEDICAL"
    assert mot("REMISE", [reportee], [Certificat("apte", MIDI + H, "oral")]).code == "DEMANDEE", (
        "à programmer de nouveau"
    )
    assert regles.en_mots_neutres(mot("REMISE", [reportee])).libelle == "Reportée"


# The slot


def test_le_creneau_est_donne_au_requerant_et_l_hopital_est_prevenu_sans_motif(programmee, distribution):
    dossier = programmee(qualification="CANARI-FAITS")
    html = page(distribution, "opj", "dossier", dossier)
    assert "Mardi 24 novembre 2026 à 16\u00a0h" in html
    assert "accueil des autorités" in html
    assert "Local fermé" not in html, "le requérant ne lit pas où, dans l’hôpital"
    livrer()
    dits = [avis.texte for avis in Avis.objects.filter(destinataire__courriel="opj@demo.test")]
    assert any("Audition programmée le mardi 24 novembre" in texte for texte in dits)
    du_service = distribution.service("CHV-CHIR")
    equipe = Avis.objects.filter(destinataire__rattachements__service=du_service, texte__contains="sera entendue")
    for avis in equipe:
        assert avis.adresse == "", "le service n’a pas de part au dossier"
    assert not Participation.objects.filter(content_object=dossier, group=du_service.groupe).exists()
    tout = " ".join([*Avis.objects.values_list("texte", flat=True), *(f"{m.subject} {m.body}" for m in mail.outbox)])
    assert "CANARI" not in tout
    assert "Delcambre" not in tout


def test_la_note_au_service_ne_dit_ni_qui_demande_ni_pourquoi(programmee, ecrits, distribution):
    dossier = programmee(qualification="CANARI-FAITS")
    (note,) = ecrits["pdf/requisition_note_audition.html"]
    for phrase in ("L. D., 34 ans", "mardi 24 novembre 2026", "jamais dans une chambre partagée", "hors d’écoute"):
        assert phrase in note, phrase
    for tu in ("CANARI", "Delcambre", "Commissariat", "POLICE", "Flagrance", "2026/018834", "témoin", "Caradec"):
        assert tu not in note, tu
    piece = dossier.pieces.get(intitule=NOTE)
    lisible = {
        qui
        for qui in ("juriste", "opj", "entrees", "medecin")
        if distribution.client_eleve(qui).get(reverse("dossiers:piece", args=[piece.cle])).status_code == 200
    }
    assert lisible == {"juriste"}


def test_le_bureau_des_entrees_verifie_la_presence_et_ne_lit_aucun_motif(programmee, distribution):
    dossier = programmee(urgence="IMMEDIATE", qualification="CANARI-FAITS")
    client = distribution.client("entrees")
    html = client.get(reverse("requisitions:audition", args=[dossier.cle])).content.decode()
    html += client.get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()
    for tu in ("CANARI", "Témoin", "Flagrance", "Garde à vue", "Nouvel avis", "Programmer l’audition", "Noter ce qui"):
        assert tu not in html, tu
    poster(client, "audition", dossier, geste="presence", presence="partie")
    assert dossier.seances.get().presence == "partie"
    assert "n’est pas à l’hôpital" in page(distribution, "juriste", "dossier", dossier)
    assert "n’est pas à l’hôpital" not in page(distribution, "opj", "dossier", dossier)


def test_un_creneau_se_deplace_et_le_requerant_l_apprend(programmee, distribution):
    dossier = programmee()
    programmee(dossier, quand=MIDI + 6 * H)
    seance = dossier.seances.get()
    assert seance.prevue_pour == MIDI + 6 * H
    assert seance.history.count() == 2
    assert dossier.evenements.filter(libelle__startswith="Audition déplacée au mardi").exists()
    echeance = dossier.echeances.get(nom="audition", tenue_le=None)
    assert echeance.echeance_le == MIDI + 6 * H, "la ligne du dossier vit avec le créneau"


def test_un_creneau_ne_se_donne_ni_dans_le_passe_ni_avant_le_rappel_ni_avant_la_reevaluation(
    patient, programmee, juriste, medecin, validee, distribution
):
    dossier = patient()
    with pytest.raises(TransitionRefusee, match="passée"):
        programmee(dossier, quand=MIDI - H)
    noter(dossier, medecin, INAPTE)
    with pytest.raises(TransitionRefusee, match="Pas de créneau avant"):
        programmee(dossier, quand=MIDI + 2 * H)
    programmee(dossier, quand=MIDI + 30 * H)
    muet = validee("AUD_PAT", statut_personne="temoin")
    with pytest.raises(TransitionRefusee, match="Rappelez d’abord"):
        programmee(muet)
    with pytest.raises(TransitionRefusee, match="service de l’hôpital"):
        w.programmer_audition(
            dossier=dossier, acteur=juriste, prevue_pour=MIDI + 40 * H, lieu="local",
            service_prevenu=distribution.service("POLICE-CSP"),
        )  # fmt: skip


def test_seules_les_affaires_juridiques_et_la_garde_programment(patient, distribution):
    dossier = patient()
    for qui in ("opj", "medecin", "directrice"):
        with pytest.raises(TransitionRefusee):
            w.programmer_audition(
                dossier=dossier, acteur=distribution.acteur(qui), prevue_pour=MIDI + H, lieu="local",
                service_prevenu=distribution.service("CHV-CHIR"),
            )  # fmt: skip
    assert distribution.client("opj").get(reverse("requisitions:audition", args=[dossier.cle])).status_code == 403
    assert not dossier.seances.exists()


# What happened


def test_ce_qui_s_est_passe_s_ecrit_apres_le_depart_de_l_avis(programmee, medecin, juriste, distribution, midi):
    dossier = noter(programmee(), medecin, APTE)
    remettre(dossier, juriste)
    midi.move_to(MIDI + 6 * H, tick=False)
    poster(
        distribution.client("medecin"), "audition", dossier, geste="constater", issue="realisee", lieu="chambre",
        debut="2026-11-24T16:00", fin="2026-11-24T16:40", interruption="medecin", avocat="Me Feuillet",
    )  # fmt: skip
    seance = dossier.seances.get()
    assert (seance.issue, seance.lieu, seance.interruption, seance.avocat) == (
        "realisee", "chambre", "medecin", "Me Feuillet",
    )  # fmt: skip
    assert not dossier.echeances.filter(nom="audition", tenue_le=None).exists()
    lue = page(distribution, "opj", "dossier", dossier)
    assert "L’audition a eu lieu" in lue
    for tu in ("demande du médecin", "Me Feuillet", "Chambre individuelle"):
        assert tu not in lue, tu
    assert "À la demande du médecin" in page(distribution, "juriste", "dossier", dossier)


@pytest.mark.parametrize("vitale", [False, True], ids=["ordinaire", "urgence vitale"])
def test_aucune_audition_tenue_sans_avis_favorable_meme_en_urgence(programmee, juriste, medecin, midi, vitale):
    dossier = programmee()
    type(dossier.requisition).objects.filter(pk=dossier.pk).update(urgence_vitale=vitale)
    midi.move_to(MIDI + 6 * H, tick=False)
    with pytest.raises(TransitionRefusee, match="Sans avis d’aptitude") as refus:
        w.constater_audition(dossier=dossier, acteur=juriste, constat=tenue())
    assert refus.value.champ == "debut"
    noter(dossier, medecin, {**APTE, "valable_jusqu_a": "2026-11-24T14:00+00:00"})
    with pytest.raises(TransitionRefusee, match="ne vaut que jusqu’au"):
        w.constater_audition(dossier=dossier, acteur=juriste, constat=tenue())
    noter(dossier, medecin, {**APTE, "valable_jusqu_a": ""})
    w.constater_audition(dossier=dossier, acteur=juriste, constat=tenue())


@pytest.mark.parametrize(
    ("ecart", "champ"),
    [
        ({"fin": None}, "fin"), ({"debut": None}, "debut"), ({"fin": MIDI + 3 * H}, "fin"), ({"fin": MIDI + 9 * H}, "fin"),
        ({"lieu": "couloir"}, "lieu"), ({"interruption": "incident"}, "incident"), ({"issue": "autre"}, "issue"),
    ],
)  # fmt: skip
def test_ce_qui_manque_se_dit_a_son_champ(programmee, juriste, medecin, midi, ecart, champ):
    dossier = noter(programmee(), medecin, APTE)
    midi.move_to(MIDI + 6 * H, tick=False)
    with pytest.raises(TransitionRefusee) as refus:
        w.constater_audition(dossier=dossier, acteur=juriste, constat=replace(tenue(), **ecart))
    assert refus.value.champ == champ


def test_un_patient_qui_refuse_n_est_pas_entendu_et_rien_de_plus_n_est_dit(programmee, medecin, distribution):
    dossier = programmee(cadre="PRELIM", autorisation_mode="ecrite", autorisation_magistrat="Mme V.",
                         autorisation_le=MIDI - 3 * H)  # fmt: skip
    w.constater_audition(dossier=dossier, acteur=medecin, constat=Constat("refusee_patient", incident="Elle dort."))
    lue = page(distribution, "opj", "dossier", dossier)
    assert "La personne a refusé d’être entendue" in lue
    assert "Elle dort" not in lue


def test_une_audition_tenue_ne_se_reprogramme_pas_sauf_interrompue(programmee, medecin, juriste, midi):
    dossier = noter(programmee(), medecin, APTE)
    midi.move_to(MIDI + 6 * H, tick=False)
    w.constater_audition(dossier=dossier, acteur=juriste, constat=tenue(interruption="personne"))
    programmee(dossier, quand=MIDI + 8 * H)
    midi.move_to(MIDI + 12 * H, tick=False)
    w.constater_audition(dossier=dossier, acteur=juriste, constat=tenue(MIDI + 8 * H, MIDI + 9 * H))
    with pytest.raises(TransitionRefusee, match="nouvelle réquisition"):
        programmee(dossier, quand=MIDI + 20 * H)


# Deferred: another certificate on the same demand


def test_un_report_medical_se_dit_sans_motif_et_se_reevalue_sous_un_jour(programmee, medecin, distribution, midi):
    dossier = programmee()
    noter(dossier, medecin, INAPTE)
    seance = dossier.seances.get()
    assert seance.issue == "reportee_medical", "le certificat d’inaptitude reporte la séance programmée"
    assert Volet.objects.get(dossier=dossier).donnees["reevaluation_le"] == "2026-11-25T10:00+00:00"
    lue = page(distribution, "opj", "dossier", dossier)
    assert "Reportée" in lue
    for tu in SANTE:
        assert tu not in lue.replace("Audition d’un patient (avis", "").split('id="aud"')[1].split("</section>")[0], tu
    livrer()
    for texte in Avis.objects.filter(destinataire__courriel="opj@demo.test").values_list("texte", flat=True):
        assert not [mot for mot in SANTE if mot in texte], texte
    Avis.objects.all().delete()
    midi.move_to(MIDI + 24 * H, tick=False)
    for _ in range(3):
        annonces.rappeler()
        livrer()
    rappels = Avis.objects.filter(texte__contains="Avis d’aptitude")
    assert sorted(avis.destinataire.courriel.split("@")[0] for avis in rappels) == ["juriste", "medecin"]


@pytest.mark.parametrize("qui", ["parquet", "entrees"])
def test_qui_n_a_qu_une_copie_ne_lit_ni_le_motif_ni_ce_qui_fut_note(programmee, medecin, distribution, qui):
    dossier = programmee()
    service = {"parquet": "PARQUET-PERM", "entrees": "CHV-BE"}[qui]
    copie = Octroi(Part.Role.COPIE, "Pour information", "Copie", "Parquet", service=distribution.service(service))
    accorder(dossier=dossier, octrois=[copie], acteur=medecin)
    w.constater_audition(
        dossier=dossier, acteur=medecin, constat=Constat("reportee_medical", incident="CANARI-INCIDENT")
    )
    bloc = page(distribution, qui, "dossier", dossier).split('id="aud"')[1].split("</section>")[0]
    assert "Reportée" in bloc
    for tu in (*SANTE, "CANARI", "réévaluer", distribution.service("CHV-CHIR").nom):
        assert tu not in bloc, tu


def test_le_service_apprend_que_l_audition_n_aura_pas_lieu(programmee, medecin):
    dossier = programmee()
    livrer()
    w.constater_audition(dossier=dossier, acteur=medecin, constat=Constat("non_tenue"))
    charges = list(Envoi.objects.filter(sujet=annonces.SUJET_SERVICE).order_by("pk").values_list("charge", flat=True))
    assert len(charges) == 2
    assert "n’aura pas lieu" in annonces.mots_pour_le_service(dossier.seances.get())


def test_un_nouvel_avis_se_donne_sans_nouvelle_requisition_et_se_remet_par_un_autre(
    programmee, medecin, juriste, distribution, midi, ecrits
):
    dossier = noter(programmee(), medecin, INAPTE)
    remettre(dossier, juriste)
    midi.move_to(MIDI + 23 * H, tick=False)
    client = distribution.client("medecin")
    saisie = {"geste": "avis", "valeur": "conditions", "donne_le": "2026-11-25T10:30", "accord": "oral"}
    sans = client.post(reverse("requisitions:audition", args=[dossier.cle]), saisie)
    assert "Écrivez les conditions" in sans.content.decode()
    poster(client, "audition", dossier, **saisie, conditions="Trente minutes, une pause")
    avis = AvisAptitude.objects.get()
    dernier = ecrits["pdf/requisition_volet.html"][-1]
    assert "Trente minutes, une pause" in dernier
    assert "Apte sous conditions" in dernier
    opj = distribution.client_eleve("opj")
    piece = dossier.pieces.get(document__objet_cle=avis.cle)
    adresse = reverse("dossiers:piece", args=[piece.cle])
    assert opj.get(adresse).status_code == 404, "rien ne part avant qu’un autre ne le remette"
    with pytest.raises(TransitionRefusee):
        w.remettre_avis(dossier=dossier, acteur=medecin, avis=avis)
    livrer()
    assert Avis.objects.filter(texte__contains="Nouvel avis d’aptitude à remettre").exists()
    page_juriste = page(distribution, "juriste", "audition", dossier)
    remise = reverse("requisitions:remettre_avis", args=[dossier.cle, avis.cle])
    assert remise in page_juriste
    distribution.client("juriste").post(remise)
    assert opj.get(adresse).status_code == 200
    assert not dossier.echeances.filter(nom="reevaluation", tenue_le=None).exists()
    programmee(dossier, quand=MIDI + 26 * H)
    midi.move_to(MIDI + 30 * H, tick=False)
    w.constater_audition(dossier=dossier, acteur=juriste, constat=tenue(MIDI + 26 * H, MIDI + 27 * H))
    assert [seance.issue for seance in dossier.seances.all()] == ["reportee_medical", "realisee"]


def test_tant_que_le_premier_avis_n_est_pas_parti_il_se_modifie(programmee, medecin):
    dossier = noter(programmee(), medecin, APTE)
    with pytest.raises(TransitionRefusee, match="modifiez-le"):
        w.reevaluer_aptitude(dossier=dossier, acteur=medecin, valeur="apte", donne_le=MIDI, accord="oral")


def test_un_avis_qui_laisse_deviner_un_soin_est_refuse(patient, medecin):
    dossier = patient()
    with pytest.raises(TransitionRefusee, match="laisse deviner un soin"):
        noter(dossier, medecin, {**APTE, "aptitude": "conditions", "conditions": "Après la dialyse."})


def test_on_ne_clot_pas_sur_une_audition_programmee(programmee, medecin, juriste, opj, midi):
    dossier = noter(programmee(), medecin, APTE)
    remettre(dossier, juriste)
    w.ouvrir_pli(dossier=dossier, acteur=opj)
    with pytest.raises(TransitionRefusee, match="notez d’abord"):
        w.clore(dossier=dossier, acteur=juriste)
    w.constater_audition(dossier=dossier, acteur=juriste, constat=Constat("non_tenue"))
    assert w.clore(dossier=dossier, acteur=juriste).etat == "CLOTUREE"


def test_une_audition_passee_dont_personne_n_a_rien_dit_se_rappelle(programmee, midi):
    dossier = programmee()
    midi.move_to(MIDI + 9 * H, tick=False)
    for _ in range(2):
        annonces.rappeler()
        livrer()
    rappels = Avis.objects.filter(texte__contains="Audition passée")
    assert sorted(avis.destinataire.courriel.split("@")[0] for avis in rappels) == ["juriste", "medecin"]
    assert dossier.reference in rappels[0].texte


# A professional


CONVOQUE = {
    "entendu": "temoin", "professionnel": "Zoé Maillard", "hierarchie": True, "accompagnement": "accepte",
    "secret_rappele": True, "protection": "sans_objet", "lieu": "service", "debut": "2026-11-25T09:00+00:00",
}  # fmt: skip


@pytest.fixture
def convoque(midi, affectee, juriste, distribution):
    dossier = affectee("AUD_PRO", entendu_comme="temoin")
    rappeler(distribution.client("juriste"), dossier)
    return w.remplir_volet(dossier=dossier, acteur=juriste, reponses=CONVOQUE)


def test_le_rendez_vous_de_la_reponse_est_la_seance_et_part_avec_elle(convoque, juriste, distribution):
    seance = convoque.seances.get()
    assert (seance.lieu, seance.issue, timezone.localtime(seance.prevue_pour).hour) == ("service", "", 10)
    assert 'id="aud"' not in page(distribution, "opj", "dossier", convoque), "la réponse donne le rendez-vous"
    with pytest.raises(TransitionRefusee, match="dans la réponse"):
        w.programmer_audition(dossier=convoque, acteur=juriste, prevue_pour=MIDI + 40 * H, lieu="service")
    remettre(convoque, juriste)
    assert "Dans votre service" in page(distribution, "opj", "dossier", convoque)
    w.programmer_audition(dossier=convoque, acteur=juriste, prevue_pour=MIDI + 40 * H, lieu="service")
    assert convoque.seances.get().prevue_pour == MIDI + 40 * H


def test_un_temoin_mis_en_cause_a_son_changement_de_statut_trace(convoque, juriste, distribution, midi):
    remettre(convoque, juriste)
    midi.move_to(MIDI + 30 * H, tick=False)
    constat = Constat("realisee", lieu="service", debut=MIDI + 22 * H, fin=MIDI + 23 * H, entendu="mise_en_cause")
    with pytest.raises(TransitionRefusee, match="Témoin") as refus:
        w.constater_audition(dossier=convoque, acteur=juriste, constat=constat)
    assert refus.value.champ == "statut_depuis"
    w.constater_audition(dossier=convoque, acteur=juriste, constat=replace(constat, statut_depuis=MIDI + 22.5 * H))
    assert convoque.evenements.filter(nom="changer_statut", reserve_a__isnull=False).count() == 1
    lue = page(distribution, "juriste", "dossier", convoque)
    assert "Mis en cause" in lue
    assert "Statut changé" in lue


def test_un_statut_change_dans_la_reponse_est_trace(convoque, juriste):
    w.remplir_volet(dossier=convoque, acteur=juriste, reponses={**CONVOQUE, "entendu": "mise_en_cause"})
    assert convoque.evenements.filter(nom="changer_statut").count() == 1


def test_les_auditions_notees_avant_deviennent_des_seances(patient, convoque, medecin):
    anciens = import_module("requisitions.migrations.0030_seances_anciennes")
    dossier = noter(patient(), medecin, APTE)
    volet = Volet.objects.get(dossier=dossier)
    volet.donnees |= {
        "debut": "2026-11-24T10:00+00:00", "fin": "2026-11-24T10:40+00:00", "lieu": "chambre", "avocat": "Me Feuillet",
        "interruption": "Une pause.",
    }  # fmt: skip
    volet.save()
    for _ in range(2):
        anciens.reprendre(apps, None)
    seance = dossier.seances.get()
    assert (seance.issue, seance.lieu, seance.avocat, seance.interruption, seance.incident) == (
        "realisee", "chambre", "Me Feuillet", "incident", "Une pause.",
    )  # fmt: skip
    assert convoque.seances.count() == 1
