"""Authorisations and commissions rogatoires: declared by the magistrate, picked by the unit, checked by the control."""

import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Participation
from notifications.boite_envoi import executer
from notifications.models import Avis, Envoi
from requisitions import controles as c
from requisitions import instructions, titres
from requisitions import workflow as w
from requisitions.controles import Faits, Titre
from requisitions.models import Requisition, TitreJudiciaire
from requisitions.workflow.acte import APPUI
from tests.coffre_ouvert import lire as lire_fichier
from tests.requisitions.test_parcours import depot, pdf, poster
from transitions.workflow import TransitionRefusee

MIDI = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Paris"))
COMMISSION = Titre("CR 45", "commission", date(2026, 11, 1), date(2027, 1, 31), ("DOSSIER", "SAISIE"))
DEMANDE = Faits(
    cadre="CR", type_acte="DOSSIER", qualite="OPJ", recue_le=MIDI, maintenant=MIDI, cr_reference="CR 45",
    cr_date=date(2026, 11, 1), cr_juge="M. Dubar", titre=COMMISSION,
)  # fmt: skip
AUTORISATION = replace(COMMISSION, reference="AUT 9", genre="autorisation")

HORS = [
    ({"revoque": True}, "est révoquée"),
    ({"fin": date(2026, 11, 19)}, "a expiré le 19/11/2026"),
    ({"debut": date(2026, 11, 21)}, "ne court qu’à compter du 21/11/2026"),
    ({"types_acte": ("VIDEO",)}, "ne couvre pas cet acte"),
    ({"procedure_visee": False}, "ne vise pas cette procédure"),
    ({"personne_visee": False}, "ne vise pas cette personne"),
    ({"adresse": False}, "n’est pas reconnue pour votre service"),
]


@pytest.mark.parametrize(("ecart", "mots"), HORS)
@pytest.mark.parametrize(
    ("regle", "numero", "cadre", "titre"),
    [
        (c.r04, "R-04", "CR", COMMISSION),
        (c.r01, "R-01", "PRELIM", AUTORISATION),
        (c.r01, "R-01", "DOUANE_JUD", AUTORISATION),
        (c.r05, "R-05", "DISP", AUTORISATION),
    ],
)
def test_r01_r04_r05_un_titre_hors_de_sa_portee_bloque(regle, numero, cadre, titre, ecart, mots):
    demande = replace(DEMANDE, cadre=cadre, autorisation_mode="ecrite", magistrat="Mme V.", autorisation_le=MIDI)
    assert regle(replace(demande, titre=titre)) is None
    constat = regle(replace(demande, titre=replace(titre, **ecart)))
    assert (constat.numero, constat.champ, constat.bloque) == (numero, "titre", True)
    assert mots in constat.message


def test_une_autorisation_n_est_pas_une_commission():
    assert c.r04(replace(DEMANDE, titre=AUTORISATION)).bloque
    assert c.r01(replace(DEMANDE, cadre="PRELIM", titre=COMMISSION)).bloque


def test_du_titre_d_une_autre_unite_rien_n_est_dit():
    etranger = replace(COMMISSION, adresse=False, fin=date(2020, 1, 1), revoque=True)
    assert (
        c.r04(replace(DEMANDE, titre=etranger)).message
        == c.r04(replace(DEMANDE, titre=replace(COMMISSION, adresse=False))).message
    )


@pytest.fixture
def declaree(distribution):
    def faire(unite="POLICE-CSP", reference="CR 45", genre="commission", types_acte=("DOSSIER",), **champs):
        qui = "juge" if genre == "commission" else "parquet"
        return titres.declarer(
            acteur=distribution.acteur(qui), genre=genre, reference=reference, magistrat="M. Thiriez, juge",
            beneficiaire=distribution.service(unite), signe_du=timezone.now() - timedelta(days=3),
            fin=timezone.localdate() + timedelta(days=30), types_acte=list(types_acte), **champs,
        )  # fmt: skip

    return faire


def test_seul_le_magistrat_declare_son_titre(distribution, opj, declaree):
    declaree()
    with pytest.raises(TransitionRefusee, match="déjà déclaré"):
        declaree(reference="cr 45")
    commun = {
        "reference": "CR 46", "magistrat": "X", "beneficiaire": distribution.service("POLICE-CSP"), "types_acte": [],
        "signe_du": timezone.now(), "fin": timezone.localdate(),
    }  # fmt: skip
    for acteur, genre in (
        (opj, "commission"),
        (distribution.acteur("parquet"), "commission"),
        (distribution.acteur("juge"), "autorisation"),
    ):
        with pytest.raises(TransitionRefusee, match="se déclare"):
            titres.declarer(acteur=acteur, genre=genre, **commun)
    with pytest.raises(TransitionRefusee, match="la fin|La fin"):
        titres.declarer(acteur=distribution.acteur("juge"), genre="commission", **{**commun, "fin": date(2020, 1, 1)})


def test_un_titre_ne_se_voit_que_de_qui_le_donne_et_de_l_unite_qu_il_nomme(distribution, table, declaree):
    titre = declaree()
    url = reverse("requisitions:titres")
    revoquer = reverse("requisitions:revoquer_titre", args=[titre.pk])
    for qui in ("juge", "opj"):
        assert "CR 45" in distribution.client(qui).get(url).content.decode()
    for qui in ("gendarme", "parquet", "etranger"):
        assert "CR 45" not in distribution.client(qui).get(url).content.decode()
    assert distribution.client("juriste").get(url).status_code == 403
    assert distribution.client("parquet").post(revoquer).status_code == 404
    assert distribution.client("opj").post(revoquer).status_code == 403
    distribution.client("juge").post(revoquer)
    assert TitreJudiciaire.objects.get(pk=titre.pk).revoque_le
    assert not titres.utilisables(distribution.acteur("opj")).exists()


def test_le_juge_declare_par_la_page_et_rien_de_saisi_ne_se_perd(distribution):
    juge = distribution.client("juge")
    distribution.utilisateur("opj")
    saisie = {
        "genre": "commission", "reference": "CR 51", "magistrat": "M. Thiriez", "signe_du": "2026-11-20T10:00",
        "fin": "2026-11-01", "types_acte": ["DOSSIER"], "personne": "Delcambre",
        "beneficiaire": distribution.service("POLICE-CSP").pk,
    }  # fmt: skip
    refusee = juge.post(reverse("requisitions:titres"), saisie).content.decode()
    assert "La fin du titre suit sa date." in refusee
    assert 'value="CR 51"' in refusee
    suite = juge.post(reverse("requisitions:titres"), {**saisie, "fin": "2027-02-01"})
    assert suite.status_code == 302, suite.context["form"].errors
    assert TitreJudiciaire.objects.get().personne == "Delcambre"


def test_le_depot_vise_un_titre_et_n_en_ressaisit_rien(distribution, table, declaree, fichier):
    titre = declaree(procedure="2026/77", personne="DELCAMBRE", copie=fichier("Commission"))
    opj = distribution.client("opj")
    dossier = depot(opj, cadre="CR", titre=titre.pk)
    lettre = dossier.requisition
    assert (lettre.cr_reference, lettre.cr_juge, lettre.num_procedure) == ("CR 45", "M. Thiriez, juge", "2026/77")
    copie = dossier.pieces.get(intitule=APPUI)
    assert copie.fichier_id != titre.copie_id, "ce qu’un dossier efface, un autre en a besoin"
    assert lire_fichier(copie.fichier) == lire_fichier(titre.copie)
    assert "Commission rogatoire, n°" in opj.get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()
    autre = opj.post(
        reverse("requisitions:depot", args=[uuid.uuid4()]),
        {"cadre": "CR", "type_acte": "DOSSIER", "titre": titre.pk, "nom": "Autre", "naissance": "1990-01-01",
         "statut_personne": "temoin", "mission": "Compte rendu.", "urgence": "ORDINAIRE"},
    )  # fmt: skip
    assert "ne vise pas cette personne" in autre.content.decode()


def test_un_titre_d_un_autre_service_n_est_pas_un_choix(distribution, table, declaree):
    sien, autre = declaree(), declaree("GEND-COB1", "CR 99")
    reponses = []
    for pk in (autre.pk, 987654):
        reponse = distribution.client("opj").post(
            reverse("requisitions:depot", args=[uuid.uuid4()]), {"cadre": "CR", "titre": pk}
        )
        reponses.append(reponse.context["form"].errors["titre"])
    assert reponses[0] == reponses[1] == ["Choisissez un titre de la liste."]
    assert sien.pk != autre.pk


def test_t04_avant_la_remise_seule_la_revocation_arrete():
    assert c.titre_revoque(DEMANDE) is None
    assert c.titre_revoque(replace(DEMANDE, titre=replace(COMMISSION, fin=date(2026, 11, 1)))) is None, "expiré depuis"
    assert c.titre_revoque(replace(DEMANDE, titre=replace(COMMISSION, revoque=True, adresse=False))) is None
    for cadre, titre in (
        ("CR", COMMISSION),
        ("PRELIM", AUTORISATION),
        ("DISP", AUTORISATION),
        ("ROUTE", AUTORISATION),
    ):
        constat = c.titre_revoque(replace(DEMANDE, cadre=cadre, titre=replace(titre, revoque=True)))
        assert (constat.numero, constat.bloque) == ("T-04", True)
        assert "est révoquée" in constat.message


@pytest.fixture
def sur_commission(affectee, juriste):
    """A presence asked on a commission rogatoire, that only remains to be handed over."""

    def faire(**champs):
        dossier = affectee("PRESENCE", cadre="CR", **champs)
        w.constater_presence(dossier=dossier, acteur=juriste, constatee="absent", protegee=False)
        w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
        return dossier

    return faire


SUR_PAPIER = {"cr_reference": "cr 45", "cr_date": date(2026, 11, 1), "cr_juge": "M. T."}


@pytest.mark.parametrize("vise", ["choisi", "par son numéro"])
def test_un_titre_revoque_apres_la_validation_arrete_la_remise_et_se_dit(
    vise, sur_commission, declaree, distribution, juriste, deposee
):
    titre = declaree(types_acte=["PRESENCE"])
    dossier = sur_commission(**(titres.champs_du_titre(titre) | {"titre": titre} if vise == "choisi" else SUR_PAPIER))
    autre = deposee("PRESENCE", cadre="CR", **{**SUR_PAPIER, "cr_reference": "CR 46"})
    titres.revoquer(acteur=distribution.acteur("juge"), titre=titre)
    with pytest.raises(TransitionRefusee, match="CR 45 est révoquée"):
        w.mettre_a_disposition(dossier=dossier, acteur=juriste)
    for _ in range(2):
        for envoi in Envoi.objects.filter(sujet="requisition.titre_revoque"):
            executer(envoi.pk)
    lus = Avis.objects.filter(destinataire=distribution.utilisateur("juriste"), texte__startswith="Titre révoqué")
    assert [avis.texte.rsplit(" ", 1)[-1] for avis in lus] == [dossier.reference], autre.reference


def _lus(distribution, qui):
    return list(Avis.objects.filter(destinataire=distribution.utilisateur(qui)).values_list("texte", flat=True))


@pytest.mark.parametrize("ferme", [False, True])
def test_un_titre_revoque_se_dit_a_qui_execute_au_requerant_et_la_nuit_a_la_garde(
    ferme, sur_commission, declaree, distribution, monkeypatch
):
    monkeypatch.setattr("requisitions.notifications.hors_heures_ouvrees", lambda *_: ferme)
    for qui in ("entrees", "opj", "garde", "infirmiere"):
        distribution.utilisateur(qui)
    titre = declaree(types_acte=["PRESENCE"])
    dossier = sur_commission(titre=titre, **titres.champs_du_titre(titre))
    Avis.objects.all().delete()
    titres.revoquer(acteur=distribution.acteur("juge"), titre=titre)
    for envoi in Envoi.objects.filter(sujet="requisition.titre_revoque"):
        executer(envoi.pk)
    assert _lus(distribution, "entrees") == [f"À suspendre, voyez les affaires juridiques : {dossier.reference}"]
    assert _lus(distribution, "opj") == [f"Titre révoqué par le magistrat : {dossier.reference}"]
    assert bool(_lus(distribution, "garde")) is ferme
    assert _lus(distribution, "infirmiere") == [], "qui n’exécute pas n’en sait rien"


def test_une_instruction_revoquee_se_dit_sans_rien_suspendre(affectee, distribution):
    """R-02: what was received before stays covered."""
    for qui in ("entrees", "opj", "juriste"):
        distribution.utilisateur(qui)
    instruction = instructions.declarer(
        acteur=distribution.acteur("parquet"), reference="IG 2026-9", objet="Présence", infractions="Toutes",
        types_acte=["PRESENCE"], qualites=["OPJ"], debut=timezone.localdate() - timedelta(days=9),
        fin=timezone.localdate() + timedelta(days=9),
    )  # fmt: skip
    affectee("PRESENCE", instruction_reference="ig 2026-9")
    affectee("PRESENCE")
    Avis.objects.all().delete()
    instructions.revoquer(acteur=distribution.acteur("parquet"), instruction=instruction)
    for envoi in Envoi.objects.filter(sujet="requisition.instruction_revoquee"):
        executer(envoi.pk)
    for qui in ("juriste", "opj"):
        (texte,) = _lus(distribution, qui)
        assert "reste couverte" in texte
    assert _lus(distribution, "entrees") == []


def test_un_titre_qui_a_seulement_expire_laisse_remettre(sur_commission, declaree, juriste):
    titre = declaree(types_acte=["PRESENCE"])
    dossier = sur_commission(titre=titre, **titres.champs_du_titre(titre))
    TitreJudiciaire.objects.filter(pk=titre.pk).update(fin=timezone.localdate() - timedelta(days=1))
    assert w.mettre_a_disposition(dossier=dossier, acteur=juriste).etat == "PRETE"


def test_une_reponse_expiree_ne_se_redepose_pas_sur_un_titre_revoque(sur_commission, declaree, distribution, juriste):
    titre = declaree(types_acte=["PRESENCE"])
    dossier = sur_commission(titre=titre, **titres.champs_du_titre(titre))
    w.mettre_a_disposition(dossier=dossier, acteur=juriste)
    dossier.remises.update(expiration=timezone.now() - timedelta(days=1))
    titres.revoquer(acteur=distribution.acteur("juge"), titre=titre)
    with pytest.raises(TransitionRefusee, match="est révoquée"):
        w.redeposer(dossier=dossier, acteur=juriste)


@pytest.mark.parametrize(("unite", "mots"), [("POLICE-CSP", "est révoquée"), ("GEND-COB1", "n’est pas reconnue")])
def test_un_titre_revoque_ou_etranger_revient_au_requerant_et_au_parquet(
    deposee, declaree, distribution, juriste, unite, mots
):
    titre = declaree(unite)
    choisi = {"titre": titre} if unite == "POLICE-CSP" else {}
    dossier = deposee("DOSSIER", cadre="CR", cr_reference="cr 45", cr_date=date(2026, 11, 1), cr_juge="M. T.", **choisi)
    if choisi:
        titres.revoquer(acteur=distribution.acteur("juge"), titre=titre)
    w.controler(dossier=dossier, acteur=juriste)
    client = distribution.client("juriste")
    page = client.get(reverse("requisitions:complement", args=[dossier.cle])).context["form"]
    assert "M4" in page.initial["points"]
    assert mots in page.initial["texte"]
    poster(client, "complement", dossier, points=page.initial["points"], texte=page.initial["texte"])
    assert dossier.etat == "A_REGULARISER"
    assert Participation.objects.filter(content_object=dossier, group__name="PARQUET-PERM", role="copie").exists()
    ecrit = dossier.pieces.get(intitule="Demande de régularisation")
    assert set(ecrit.remise_a.values_list("code", flat=True)) == {"POLICE-CSP", "PARQUET-PERM"}
    bon = declaree(reference="CR 46")
    opj = distribution.client("opj")
    poster(opj, "complement", dossier, texte="Voici le titre en cours.", titre=bon.pk, mission="Compte rendu.")
    w.controler(dossier=dossier, acteur=juriste)
    lettre = Requisition.objects.get(pk=dossier.pk)
    assert lettre.cr_reference == "CR 46"
    assert not [constat for constat in w.points_bloquants(dossier, lettre)[0] if constat.numero == "R-04"]


def test_un_titre_revoque_se_retire_quand_une_autorisation_sur_papier_le_remplace(
    deposee, declaree, distribution, juriste
):
    titre = declaree(genre="autorisation", reference="AUT 7")
    dossier = deposee("DOSSIER", cadre="PRELIM", titre=titre, **titres.champs_du_titre(titre))
    titres.revoquer(acteur=distribution.acteur("parquet"), titre=titre)
    w.controler(dossier=dossier, acteur=juriste)
    dossier = w.regulariser(dossier=dossier, acteur=juriste, points=["M3"], texte="L’autorisation est révoquée.")
    poster(
        distribution.client("opj"), "complement", dossier, texte="Voici la nouvelle.", autorisation_mode="ecrite", ordre_ecrit="on",
        autorisation_magistrat="Mme Verdière", autorisation_le="2026-11-20T10:00", fichier=pdf(),
    )  # fmt: skip
    lettre = Requisition.objects.get(pk=dossier.pk)
    assert (lettre.titre, lettre.autorisation_magistrat) == (None, "Mme Verdière")
    assert dossier.pieces.get(intitule=APPUI).service == dossier.service_emetteur
    w.controler(dossier=dossier, acteur=juriste)
    assert "R-01" not in {constat.numero for constat in w.points_bloquants(dossier, lettre)[0]}
