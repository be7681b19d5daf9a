"""Unplanned search, restitution, hearing of a patient, urgency, prefecture, and the two doctrines of a record."""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from convention.rattachements import rattacher
from dossiers.models import Participation
from requisitions import controles as c
from requisitions import workflow as w
from requisitions.controles import AVANT_REMISE, Faits, controler
from requisitions.faits import faits_de
from requisitions.lecture import lettre_pour
from requisitions.lettres import motifs
from requisitions.models import Requisition, Restitution, TitreJudiciaire, Volet
from requisitions.saisie.inventaire import LigneReserve
from requisitions.workflow.restitution import destinataire
from tests.requisitions.conftest import tout_conforme
from tests.requisitions.inventaires import inventorier
from tests.requisitions.test_parcours import depot, poster
from tests.requisitions.test_reception import il_y_a
from transitions.verdict import Niveau
from transitions.workflow import TransitionRefusee

MIDI = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Paris"))
AUDITION = Faits(cadre="PRELIM", type_acte="AUD_PAT", qualite="OPJ", recue_le=MIDI, maintenant=MIDI)
APTE = {"aptitude": "apte", "aptitude_le": "2026-11-20T09:00+00:00", "accord_patient": "ecrit"}


@pytest.mark.parametrize(
    ("ecart", "mots"),
    [
        ({"aptitude": "inapte"}, "réévalué"),
        ({"aptitude": "inapte", "reevaluation_le": "2026-11-20T08:00+00:00"}, "suit l’avis"),
        ({"valable_jusqu_a": "2026-11-20T08:00+00:00"}, "cesse de valoir"),
        ({"aptitude": "conditions"}, "conditions"),
        ({"accord_patient": "sans_objet"}, "En préliminaire"),
    ],
)
def test_t05_un_avis_d_aptitude_dit_tout_ce_qu_il_doit_avant_de_partir(ecart, mots):
    assert c.audition(replace(AUDITION, volet=APTE)) is None
    constat = c.audition(replace(AUDITION, volet={**APTE, **ecart}))
    assert constat.bloque
    assert mots in constat.message


def test_une_inaptitude_ou_un_refus_se_disent_et_partent():
    inapte = {**APTE, "aptitude": "inapte", "reevaluation_le": "2026-11-21T09:00+00:00"}
    assert c.audition(replace(AUDITION, volet=inapte)) is None
    assert c.audition(replace(AUDITION, volet={**APTE, "accord_patient": "refus"})) is None
    assert c.audition(replace(AUDITION, cadre="FLAG", volet={**APTE, "accord_patient": "sans_objet"})) is None


def test_t10_l_urgence_se_dit_a_deux_et_ne_retarde_rien():
    pressee = replace(AUDITION, urgente=True)
    assert c.urgence(pressee).niveau is Niveau.ALERTE
    assert c.urgence(replace(pressee, urgence_confirmee=True)) is None
    assert c.urgence(replace(pressee, qualite="SUBSTITUT")) is None
    assert c.urgence(AUDITION) is None


def test_r13_doctrine_de_la_saisie_seule():
    dossier = replace(
        AUDITION,
        cadre="FLAG",
        type_acte="DOSSIER",
        accord="total",
        identite_verifiee=True,
        ins="qualifiee",
        authentifiee=True,
    )
    assert not controler(dossier, AVANT_REMISE)
    saisie = controler(replace(dossier, doctrine_saisie=True, urgence_vitale=True), AVANT_REMISE)
    assert [(constat.numero, constat.bloque) for constat in saisie] == [("R-13", True)]
    assert c.r13_doctrine(replace(dossier, type_acte="SAISIE", doctrine_saisie=True)) is None


def test_r15_l_accord_devant_l_ordre_quand_la_doctrine_le_veut():
    dossier = replace(AUDITION, type_acte="DOSSIER", accord="total", ordre_requis=True)
    assert "Convoquez" in c.r15(dossier).message
    assert c.r15(replace(dossier, ordre_convoque=True)) is None
    assert c.r15(replace(dossier, accord="refuse")) is None


@pytest.mark.parametrize(
    ("faits", "motif"),
    [
        ({"cadre": "PRELIM", "type_acte": "VIDEO"}, "incompetence"),
        ({"cadre": "FLAG", "type_acte": "AGE", "vise_pubertaire": True}, "pubertaire"),
        ({"cadre": "FLAG", "type_acte": "AGE"}, "incompetence"),
        (
            {"cadre": "FLAG", "type_acte": "EX_SUSP", "statut_personne": "detenue", "medecin_usmp": True},
            "expertise_detenu",
        ),
        ({"cadre": "DOUANE_ADM", "type_acte": "DOSSIER", "qualite": "AG_DOUANE"}, "secret"),
        ({"cadre": "FLAG", "type_acte": "VIDEO", "qualite_du_compte": "APJ", "gel_le": MIDI}, "incompetence"),
        ({"cadre": "FLAG", "type_acte": "DOSSIER", "doctrine_saisie": True}, "secret"),
    ],
    ids=[
        "sans autorisation",
        "pubertaire",
        "age par un officier",
        "soignant du détenu",
        "douane",
        "qualité forgée",
        "doctrine",
    ],
)
def test_chaque_demande_fautive_a_sa_reponse_codee(faits, motif):
    constats = controler(replace(AUDITION, **{"qualite_du_compte": faits.get("qualite", "OPJ"), **faits}))
    assert motifs.refus(constats) == motif
    assert motifs.texte(constats)
    assert "dossiers ouverts" not in motifs.texte(constats)


def test_la_qualite_forgee_est_dite_au_requerant_et_au_parquet(deposee, juriste, distribution):
    dossier = deposee("PRESENCE")
    Requisition.objects.filter(pk=dossier.pk).update(autorite_qualite="SUBSTITUT")
    w.controler(dossier=dossier, acteur=juriste)
    client = distribution.client("juriste")
    form = client.get(reverse("requisitions:refus", args=[dossier.cle])).context["form"]
    assert "n’est pas celle du compte" in form.initial["texte"]
    directrice = distribution.client("directrice")
    poster(client, "refus", dossier, motif=form.initial["motif"], texte=form.initial["texte"], geste="proposer")
    poster(directrice, "visa", dossier, proposition=dossier.refus_proposes.get().cle, geste="viser")
    ecrit = dossier.pieces.get(intitule="Refus motivé")
    assert set(ecrit.remise_a.values_list("code", flat=True)) == {"POLICE-CSP", "PARQUET-PERM"}


ARRETE = {"ordre_ecrit": "on", "arrete_motif": "Afflux de blessés.", "arrete_jusqu_au": il_y_a(days=-3)}


def test_la_prefecture_requiert_par_arrete_et_rien_d_autre(distribution, table):
    prefecture, juriste = distribution.client("prefecture"), distribution.client("juriste")
    commun = {"type_acte": "MOYENS", "mission": "Lits d’un afflux de blessés, arrêté joint.", "urgence": "ORDINAIRE"}
    url = reverse("requisitions:depot", args=[uuid.uuid4()])
    refus = prefecture.post(url, {**commun, "cadre": "FLAG"}).context["form"].errors
    assert "arrêté motivé" in refus["cadre"][0]
    sans = prefecture.post(url, {**commun, "cadre": "AUTRE", "cadre_autre": "PREFET"}).context["form"].errors
    assert "Joignez l’arrêté motivé et signé." in sans["appui"]
    dossier = depot(prefecture, **commun, cadre="AUTRE", cadre_autre="PREFET", **ARRETE)
    assert dossier.requisition.ligne_decision.rang == 47
    assert prefecture.get(reverse("requisitions:dossier", args=[dossier.cle])).status_code == 200
    poster(juriste, "commencer", dossier)
    lettre = Requisition.objects.select_related("ligne_decision").get(pk=dossier.pk)
    assert not [constat for constat in controler(faits_de(dossier, lettre)) if constat.bloque]
    police = distribution.client("opj").post(
        url.replace(url[-37:-1], str(uuid.uuid4())), {**commun, "cadre": "AUTRE", "cadre_autre": "PREFET"}
    )
    assert "celui du préfet" in police.context["form"].errors["cadre"][0]
    poster(prefecture, "annulation", dossier, motif="L’arrêté est rapporté.")
    assert dossier.etat == "ANNULEE"


def test_la_prefecture_relit_sa_demande_et_la_lettre_qui_la_refuse(
    distribution, table, juriste, refusee, django_user_model
):
    """It wrote them: its role receives no judicial field of anybody else's demand, and of its own no inner word."""
    prefecture = distribution.client("prefecture")
    colleague = django_user_model.objects.create_user("pref2@demo.test", "demonstration-2025", prenom="Eva", nom="Roy")
    service = distribution.utilisateur("prefecture").rattachements.get().service
    rattacher(utilisateur=colleague, service=service, role=Role.PREFECTURE, acteur=None)
    dossier = depot(prefecture, type_acte="MOYENS", mission="CANARI-MISSION, arrêté joint.", cadre="AUTRE",
                    cadre_autre="PREFET", **ARRETE)  # fmt: skip
    autre = Client()
    autre.force_login(colleague, backend="accounts.connexion.CourrielBackend")
    decret = dossier.pieces.get(intitule="Réquisition signée")
    assert autre.get(reverse("dossiers:piece", args=[decret.cle])).status_code == 200
    refusee(w.controler(dossier=dossier, acteur=juriste), "sans_objet", "CANARI-REFUS, voyez l’agence.")
    adresse = reverse("requisitions:dossier", args=[dossier.cle])
    for client in (prefecture, autre):
        html = client.get(adresse).content.decode()
        for lu in ("CANARI-MISSION", "Afflux de blessés.", "CANARI-REFUS"):
            assert lu in html, lu
        assert "None" not in html
    lettre = Requisition.objects.select_related("dossier", "service_requerant").get(pk=dossier.pk)
    lue = lettre_pour(lettre, distribution.acteur("prefecture"))
    assert (lue.consigne, lue.presence_protegee, lue.cle_depot) == (None, None, None)


def test_un_second_officier_confirme_l_urgence(deposee, distribution):
    dossier = deposee("PRESENCE", urgence="IMMEDIATE")
    url = reverse("requisitions:urgence", args=[dossier.cle])
    assert distribution.client("opj").post(url).status_code == 403, "l’auteur ne se confirme pas lui-même"
    assert distribution.client("gendarme").post(url).status_code == 404
    second = distribution.client("opj2")
    assert "Confirmer l’urgence" in second.get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()
    second.post(url)
    lettre = Requisition.objects.get(pk=dossier.pk)
    assert lettre.urgence_confirmee_par == distribution.utilisateur("opj2")
    second.post(url)
    assert "Confirmer l’urgence" not in second.get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()


@pytest.fixture
def perquisition(distribution, table, time_machine):
    """8.40 p.m.: the deputy prosecutor is at the door, nothing was announced."""
    time_machine.move_to(datetime(2026, 11, 20, 20, 40, tzinfo=ZoneInfo("Europe/Paris")), tick=False)
    distribution.utilisateur("parquet")
    distribution.client("garde").post(
        reverse("requisitions:perquisition"),
        {
            "magistrat_present": "oui", "requerant": distribution.service("PARQUET-PERM").pk, "cadre": "FLAG",
            "magistrat": "M. Lestienne", "arrivee_le": "2026-11-20T20:30", "ordre_appele_le": "2026-11-20T20:35",
            "garde_appelee_le": "2026-11-20T20:31", "mission": "Dossier opératoire du 3 novembre.",
        },
    )  # fmt: skip
    return Requisition.objects.select_related("dossier").get(inopinee=True).dossier


NOTES = {
    "operation": "perquisition", "magistrat_present": "on", "magistrat": "M. Lestienne", "identite_verifiee": "on", "ins": "traits",
    "homonyme_ecarte": "on", "debut": "2026-11-20T20:50", "fin": "2026-11-20T21:50", "lieu": "Archives", "ordre_presence": "absent", "ordre_motif": "Astreinte injoignable",
    "garde_appelee_le": "2026-11-20T20:31", "ordre_appele_le": "2026-11-20T20:35", "magistrat_arrive_le": "2026-11-20T20:30",
    "garde_arrivee_le": "2026-11-20T20:50",
}  # fmt: skip


def test_la_perquisition_inopinee_du_magistrat_a_la_porte_au_scelle_restitue(perquisition, distribution, time_machine):
    dossier, garde, juriste = perquisition, distribution.client("garde"), distribution.client("juriste")
    assert dossier.etat == "EN_EXECUTION", "elle entre directement en cours"
    parties = set(Participation.objects.filter(content_object=dossier).values_list("group__name", flat=True))
    assert {"PARQUET-PERM", "CHV-DAJ", "CHV-GARDE", "CHV-DIR", "CDOM-PERM"} <= parties
    controle = dossier.echeances.get(nom="controle_apres")
    assert controle.echeance_le - dossier.transmis_le == timedelta(hours=24)
    poster(garde, "volet", dossier, **NOTES)
    absent = LigneReserve("direction", "L’Ordre est absent.", au_pv=True)
    inventorier(dossier, distribution.acteur("garde"), reserves=(absent,))
    sortie = {constat.numero for constat in w.constats_de_sortie(dossier, Requisition.objects.get(pk=dossier.pk))}
    assert not {"R-14", "R-15", "R-16", "R-17", "R-18"} & sortie
    notes = Volet.objects.get(dossier=dossier).donnees
    assert notes["garde_appelee_le"] < notes["garde_arrivee_le"]
    assert garde.get(reverse("requisitions:controle_apres", args=[dossier.cle])).status_code == 403
    poster(juriste, "compte_rendu", dossier)
    interne = dossier.pieces.get(intitule="Compte rendu interne de saisie")
    assert not interne.remise_a.exists()
    poster(juriste, "controle_apres", dossier, conclusion="Magistrat présent, mission respectée.")
    dossier.refresh_from_db()
    assert dossier.mentions.count() == 14
    assert not dossier.echeances.filter(nom="controle_apres", tenue_le=None).exists()
    contact = distribution.service("PARQUET-PERM").contacts.exclude(telephone="").first()
    poster(juriste, "rappel", dossier, contact=contact.pk, confirme="on")
    poster(juriste, "reponse", dossier, geste="remettre", relu="on")
    assert dossier.etat == "PRETE"
    poster(juriste, "restitution", dossier, geste="demander", motif="Continuité des soins.")
    assert dossier.pieces.get(intitule="Demande de restitution").remise_a.get().code == "PARQUET-PERM"
    rappel = dossier.echeances.get(nom="restitution")
    assert (timezone.localdate(rappel.echeance_le) - timezone.localdate(rappel.debut_le)).days == 60
    poster(juriste, "restitution", dossier, geste="retour")
    assert Restitution.objects.get().restituee_le is None, "rien ne revient avant la décision"
    poster(juriste, "restitution", dossier, geste="relancer")
    relance = timezone.localdate(dossier.echeances.get(nom="restitution").echeance_le)
    assert (relance - timezone.localdate(rappel.debut_le)).days == 180
    decision = {"geste": "decider", "decision": "accordee", "decision_de": "M. Lestienne"}
    refuse = juriste.post(
        reverse("requisitions:restitution", args=[dossier.cle]), {**decision, "decision_du": "2030-01-01"}
    )
    assert "entre la demande et aujourd’hui" in refuse.content.decode()
    poster(juriste, "restitution", dossier, **decision, decision_du=timezone.localdate().isoformat())
    poster(juriste, "restitution", dossier, geste="retour")
    assert Restitution.objects.get().restituee_le
    assert not dossier.echeances.filter(nom="restitution", tenue_le=None).exists()


@pytest.fixture
def sans_magistrat(distribution, table, time_machine):
    """8.40 p.m.: two officers, nobody else."""
    time_machine.move_to(datetime(2026, 11, 20, 20, 40, tzinfo=ZoneInfo("Europe/Paris")), tick=False)
    for nom in ("opj", "parquet", "juge"):
        distribution.utilisateur(nom)

    def ouvrir(**champs):
        saisie = {
            "magistrat_present": "non", "requerant": distribution.service("POLICE-CSP").pk, "cadre": "FLAG",
            "officier": "Cne Duval", "arrivee_le": "2026-11-20T20:30", "mission": "Dossier opératoire du 3 novembre.",
        }  # fmt: skip
        return distribution.client("garde").post(reverse("requisitions:perquisition"), {**saisie, **champs})

    return ouvrir


def test_deux_officiers_sans_magistrat_s_ecrivent_comme_ils_sont_et_r16_reste_rouge(sans_magistrat, distribution):
    garde = distribution.client("garde")
    avant = garde.get(reverse("requisitions:perquisition")).content.decode()
    numero = distribution.service("PARQUET-PERM").contacts.exclude(telephone="").first().telephone
    assert numero in avant
    assert "Ne vous opposez jamais par la force." in avant
    sans_magistrat()
    dossier = Requisition.objects.select_related("dossier").get(inopinee=True).dossier
    lettre = dossier.requisition
    assert (lettre.autorite_nom, lettre.autorite_qualite) == ("Cne Duval", "OPJ")
    assert dossier.service_emetteur.code == "POLICE-CSP"
    notes = Volet.objects.get(dossier=dossier).donnees
    assert (notes["magistrat_present"], notes["magistrat"], "magistrat_arrive_le" in notes) == (False, "", False)
    assert Participation.objects.filter(content_object=dossier, group__name="PARQUET-PERM", role="copie").exists()
    page = garde.get(reverse("requisitions:dossier", args=[dossier.cle]))
    (rouge,) = [ligne for ligne in page.context["grille"] if "R-16" in ligne.precision]
    assert (rouge.ton, "appelez le parquet" in rouge.libelle) == ("danger", True)
    assert numero in page.content.decode()
    w.remplir_volet(
        dossier=dossier,
        acteur=distribution.acteur("garde"),
        reponses={**notes, "appel_parquet_le": "2026-11-20T19:45+00:00"},
    )
    suite = garde.get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()
    assert "Le parquet est appelé." in suite
    assert numero not in suite.split("Parties")[0]


@pytest.mark.parametrize(
    ("saisie", "champ", "phrase"),
    [
        ({"magistrat_present": ""}, "magistrat_present", "Dites si un magistrat est présent."),
        ({"officier": ""}, "officier", "Nommez l’officier qui conduit l’opération."),
        ({"magistrat_present": "oui"}, "magistrat", "Nommez le magistrat présent."),
        ({"magistrat_present": "oui", "magistrat": "M. L."}, "requerant", "Choisissez le service du magistrat."),
        ({"appel_parquet_le": "2026-11-20T21:30"}, "appel_parquet_le", "Cette heure n’est pas encore passée."),
    ],
)
def test_ce_qui_manque_a_la_porte_se_dit_a_cote_du_champ(sans_magistrat, saisie, champ, phrase):
    reponse = sans_magistrat(**saisie)
    assert reponse.context["form"].errors[champ] == [phrase]
    assert "Dossier opératoire" in reponse.content.decode()


@pytest.mark.parametrize(("cadre", "magistrat", "qui"), [("FLAG", "PARQUET-PERM", "parquet"), ("CR", "TJ-JI", "juge")])
def test_la_restitution_se_demande_au_magistrat_et_l_unite_en_a_copie(
    sans_magistrat, distribution, ecrits, cadre, magistrat, qui
):
    sans_magistrat(cadre=cadre)
    dossier = Requisition.objects.select_related("dossier").get(inopinee=True).dossier
    poster(distribution.client("garde"), "volet", dossier, **{**NOTES, "magistrat_present": ""})
    absent = LigneReserve("direction", "L’Ordre est absent.", au_pv=True)
    inventorier(dossier, distribution.acteur("garde"), reserves=(absent,))
    juriste = distribution.client("juriste")
    contact = distribution.service("POLICE-CSP").contacts.exclude(telephone="").first()
    poster(juriste, "rappel", dossier, contact=contact.pk, confirme="on")
    poster(juriste, "controle_apres", dossier, conclusion="Cadre vu.")
    parquet_appele = {"alerte-r-16": "Le parquet a été appelé, l’officier conduit."}
    poster(juriste, "reponse", dossier, geste="remettre", relu="on", **parquet_appele)
    page = juriste.get(reverse("requisitions:restitution", args=[dossier.cle])).content.decode()
    assert f"La demande part à {distribution.service(magistrat).nom_externe}" in page
    poster(juriste, "restitution", dossier, geste="demander", motif="Continuité des soins.")
    piece = dossier.pieces.get(intitule="Demande de restitution")
    assert set(piece.remise_a.values_list("code", flat=True)) == {magistrat, "POLICE-CSP"}
    lue = distribution.client(qui).get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()
    assert "Demande de restitution" in lue
    (lettre,) = ecrits["pdf/requisition_restitution.html"]
    assert f"À l’attention de {distribution.service(magistrat).nom_externe}" in lettre


def test_la_restitution_revient_au_juge_qui_a_requis_ou_qui_a_donne_la_commission(distribution):
    juge, police = distribution.service("TJ-JI"), distribution.service("POLICE-CSP")
    assert destinataire(Requisition(cadre="JI_DIRECT", autorite_qualite="JI", service_requerant=juge)) == juge
    commission = TitreJudiciaire(genre="commission", emetteur=juge)
    assert destinataire(Requisition(cadre="CR", titre=commission, service_requerant=police)) == juge
    assert destinataire(Requisition(cadre="PRELIM", service_requerant=police)).code == "PARQUET-PERM"


def test_seuls_les_juristes_et_la_garde_ouvrent_une_perquisition(distribution, table):
    url = reverse("requisitions:perquisition")
    for qui in ("opj", "securite", "directrice"):
        assert distribution.client(qui).get(url).status_code == 403
    page = distribution.client("juriste").post(url, {"mission": "Dossier", "magistrat": "M. L."}).content.decode()
    assert "Demandez le cadre de l’opération." in page
    assert 'value="M. L."' in page


def test_une_perquisition_prevue_ne_se_controle_pas_apres_coup(deposee, juriste, distribution):
    dossier = w.controler(
        dossier=deposee("SAISIE", cadre="FLAG", par=distribution.acteur("parquet"), precision="perquisition"),
        acteur=juriste,
    )
    tout_conforme(dossier, juriste)
    with pytest.raises(TransitionRefusee):
        w.controler_apres(dossier=dossier, acteur=juriste, conclusion="Vu.")
    with pytest.raises(TransitionRefusee, match="saisie qui a eu lieu"):
        w.demander_restitution(dossier=dossier, acteur=juriste, motif="Soins.")


def test_la_doctrine_est_un_reglage(settings, distribution, table):
    settings.DOCTRINE_DOSSIER = "SAISIE"
    reponse = distribution.client("opj").post(
        reverse("requisitions:depot", args=[uuid.uuid4()]),
        {"cadre": "FLAG", "type_acte": "DOSSIER", "mission": "Compte rendu.", "nom": "D", "naissance": "1990-01-01",
         "statut_personne": "suspect", "urgence": "ORDINAIRE"},
    )  # fmt: skip
    assert "demandez une saisie" in reponse.context["form"].errors["type_acte"][0]
