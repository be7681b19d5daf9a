"""What the hospital asks to put right: repaired field by field, reminded, closed when nobody answers; the oral demand
and its written act."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Dossier, Echeance
from notifications.boite_envoi import executer
from notifications.models import Avis, Envoi
from requisitions import workflow as w
from requisitions.annonces import relances
from requisitions.controles import r10
from requisitions.faits import faits_de
from requisitions.models import Requisition
from requisitions.reponses import elements_de
from tests.requisitions.test_parcours import pdf, poster
from transitions.workflow import TransitionRefusee

NUIT = {"orale": True, "orale_motif": "De nuit, sans télécopie."}


def livrer():
    for envoi in Envoi.objects.filter(fait_le=None).order_by("pk"):
        executer(envoi.pk)


def lire(client, nom, dossier):
    return client.get(reverse(f"requisitions:{nom}", args=[dossier.cle])).content.decode()


@pytest.fixture
def a_regulariser(deposee, juriste):
    def faire(*points, type_acte="DOSSIER", **champs):
        dossier = w.controler(dossier=deposee(type_acte, **champs), acteur=juriste)
        return w.regulariser(dossier=dossier, acteur=juriste, points=list(points), texte="Complétez.")

    return faire


def test_une_regularisation_sans_reponse_se_classe_apres_son_terme_et_pas_avant(
    a_regulariser, distribution, time_machine
):
    dossier = a_regulariser("M3", cadre="PRELIM")
    terme = dossier.regularisations.get().avant
    juriste = distribution.client("juriste")
    assert "Le requérant peut répondre jusqu’au" in lire(juriste, "dossier", dossier)
    assert "La lettre qui part" in lire(juriste, "classement", dossier)
    poster(juriste, "classement", dossier)
    assert dossier.etat == "A_REGULARISER"
    assert distribution.client("garde").get(reverse("requisitions:classement", args=[dossier.cle])).status_code in {
        403,
        404,
    }
    time_machine.move_to(terme + timedelta(minutes=1), tick=False)
    poster(distribution.client("juriste"), "classement", dossier)
    assert (dossier.etat, dossier.phase) == ("ABANDONNEE", "clos")
    ecrit = dossier.pieces.get(intitule="Classement sans réponse")
    assert set(ecrit.remise_a.values_list("code", flat=True)) == {"POLICE-CSP", "PARQUET-PERM"}
    delai = Echeance.objects.get(dossier=dossier, nom="reponse")
    assert delai.tenue_le <= delai.echeance_le, "l’attente était celle du requérant"
    lue = lire(distribution.client("opj"), "dossier", dossier)
    assert "Réquisition classée sans réponse" in lue
    assert "L’hôpital demande une régularisation" not in lue
    with pytest.raises(TransitionRefusee):
        w.repondre_regularisation(
            dossier=dossier, acteur=distribution.acteur("opj"), texte="Trop tard.", corrections={}
        )


def test_la_lettre_de_classement_dit_les_points_et_que_rien_n_est_perdu(a_regulariser, juriste, time_machine, ecrits):
    dossier = a_regulariser("M3", cadre="PRELIM")
    time_machine.move_to(dossier.regularisations.get().avant + timedelta(minutes=1), tick=False)
    w.classer(dossier=dossier, acteur=juriste)
    (lettre,) = ecrits["pdf/requisition_classement.html"]
    for mots in ("Autorisation du procureur", "Une nouvelle réquisition reste possible", "Copie au parquet"):
        assert mots in lettre


def test_l_unite_est_relancee_au_troisieme_jour_et_les_affaires_juridiques_au_terme(
    a_regulariser, distribution, time_machine
):
    dossier = a_regulariser("M3", cadre="PRELIM")
    debut, terme = timezone.now(), dossier.regularisations.get().avant
    livrer()
    Avis.objects.all().delete()
    time_machine.move_to(debut + timedelta(days=2), tick=False)
    relances.relancer_la_regularisation()
    livrer()
    assert not Avis.objects.exists()
    for quand, qui, mots in (
        (debut + timedelta(days=3, minutes=1), "opj", "Régularisation attendue avant le"),
        (terme + timedelta(minutes=1), "juriste", "Régularisation sans réponse, à classer"),
    ):
        Avis.objects.all().delete()
        time_machine.move_to(quand, tick=False)
        for _ in range(2):
            relances.relancer_la_regularisation()
            livrer()
        avis = Avis.objects.get()
        assert avis.destinataire == distribution.utilisateur(qui)
        assert avis.texte.startswith(mots)


def test_une_regularisation_repondue_ne_se_relance_pas(a_regulariser, opj, time_machine):
    dossier = a_regulariser("M3", cadre="PRELIM")
    w.repondre_regularisation(dossier=dossier, acteur=opj, texte="Voici.", corrections={"autorisation_mode": "ecrite"})
    livrer()
    Avis.objects.all().delete()
    time_machine.move_to(timezone.now() + timedelta(days=4), tick=False)
    relances.relancer_la_regularisation()
    livrer()
    assert not Avis.objects.exists()


def test_le_requerant_ne_remplit_que_les_points_demandes_deja_remplis_de_ce_qu_il_avait_ecrit(
    a_regulariser, distribution
):
    dossier = a_regulariser("M7", "M9", mission="Tout le dossier.", qualification="Vol")
    opj = distribution.client("opj")
    form = opj.get(reverse("requisitions:complement", args=[dossier.cle])).context["form"]
    assert set(form.fields) == {
        "texte", "fichier", "qualification", "date_faits", "mission", "periode_du", "periode_au",
    }  # fmt: skip
    assert (form["mission"].value(), form["qualification"].value()) == ("Tout le dossier.", "Vol")
    saisie = {"texte": "Voici.", "qualification": "Vol aggravé", "date_faits": "2020-01-02"}
    adresse = reverse("requisitions:complement", args=[dossier.cle])
    faute = opj.post(adresse, {**saisie, "mission": "Le CR", "periode_du": "2026-01-02T10:00",
                               "periode_au": "2026-01-01T10:00"}).content.decode()  # fmt: skip
    assert "La fin de la période suit son début." in faute
    assert "Vol aggravé" in faute
    poster(opj, "complement", dossier, **saisie, mission="1. Compte rendu du 3 mars\n2. Imagerie du 3 mars")
    lettre = Requisition.objects.get(pk=dossier.pk)
    assert (lettre.qualification, str(lettre.date_faits)) == ("Vol aggravé", "2020-01-02")
    assert [element.objet for element in elements_de(dossier, lettre)] == [
        "Compte rendu du 3 mars",
        "Imagerie du 3 mars",
    ]


def test_la_commission_rogatoire_prorogee_et_les_articles_se_corrigent(a_regulariser, distribution, juriste):
    hier = timezone.localdate() - timedelta(days=1)
    dossier = a_regulariser(
        "M2", "M4", cadre="CR", cr_reference="JI 4/26", cr_date=hier, cr_juge="M. T.", cr_jusqu_au=hier,
        articles_cites="60-2",
    )  # fmt: skip
    poster(
        distribution.client("opj"), "complement", dossier, texte="Prorogée.", cr_reference="JI 4/26",
        cr_date=hier.isoformat(), cr_juge="M. T.", cr_jusqu_au=(hier + timedelta(days=60)).isoformat(),
        articles_cites="99-3",
    )  # fmt: skip
    w.controler(dossier=dossier, acteur=juriste)
    bloquants, _, _ = w.points_bloquants(dossier, Requisition.objects.get(pk=dossier.pk))
    assert not {"R-04", "R-07"} & {constat.numero for constat in bloquants}


def test_une_personne_nommee_ne_change_plus(a_regulariser, distribution):
    dossier = a_regulariser("M10")
    page = distribution.client("opj").get(reverse("requisitions:complement", args=[dossier.cle]))
    assert set(page.context["form"].fields) == {"texte", "fichier", "statut_personne", "interprete"}


def test_une_personne_qui_manquait_se_nomme(distribution, table, fichier, juriste):
    dossier = w.deposer(
        cle_depot=uuid.uuid4(), lettre=Requisition(type_acte="DOSSIER", cadre="FLAG", mission="Compte rendu."),
        personne=None, fichier=fichier(), urgence="ORDINAIRE", acteur=distribution.acteur("opj"),
    )  # fmt: skip
    dossier = w.controler(dossier=dossier, acteur=juriste)
    dossier = w.regulariser(dossier=dossier, acteur=juriste, points=["M10"], texte="Nommez la personne.")
    opj, adresse = distribution.client("opj"), reverse("requisitions:complement", args=[dossier.cle])
    sans = opj.post(adresse, {"texte": "Voici.", "nom": "Delcambre"}).context["form"].errors
    assert "Choisissez la situation" in sans["statut_personne"][0]
    assert "Donnez le nom" in opj.post(adresse, {"texte": "Voici.", "prenoms": "Lucie"}).content.decode()
    identite = {"nom": "Delcambre", "prenoms": "Lucie", "naissance": "1990-05-01", "statut_personne": "victime"}
    assert opj.post(adresse, {"texte": "Voici.", **identite}).status_code == 302
    assert dossier.personnes.get().complete == "Lucie Delcambre"
    assert Requisition.objects.get(pk=dossier.pk).statut_personne == "victime"


def test_une_demande_orale_se_confirme_par_l_unite_une_fois_et_sans_regularisation(deposee, distribution):
    dossier = deposee("PRESENCE", **NUIT)
    assert r10(faits_de(dossier, Requisition.objects.get(pk=dossier.pk)))
    opj = distribution.client("opj")
    assert "Joindre l’écrit" in lire(opj, "dossier", dossier)
    assert distribution.client("gendarme").get(reverse("requisitions:ecrit", args=[dossier.cle])).status_code == 404
    vide = opj.post(reverse("requisitions:ecrit", args=[dossier.cle]), {"csrfmiddlewaretoken": "x"})
    assert vide.context["form"].errors["fichier"] == ["Joignez la réquisition signée."]
    poster(opj, "ecrit", dossier, fichier=pdf())
    lettre = Requisition.objects.get(pk=dossier.pk)
    assert lettre.confirmation_ecrite_le
    assert r10(faits_de(dossier, lettre)) is None
    assert "Joindre l’écrit" not in lire(opj, "dossier", dossier)
    encore = opj.post(reverse("requisitions:ecrit", args=[dossier.cle]), {"fichier": pdf()})
    assert "L’écrit est déjà joint." in encore.content.decode()


def test_l_ecrit_arrive_au_guichet_apres_la_reponse_se_joint_encore(affectee, juriste, fichier, distribution):
    dossier = affectee("RH", **NUIT)
    w.verser_piece(dossier=dossier, acteur=juriste, intitule="Planning", fichier=fichier(), classe="judiciaire")
    dossier = w.preparer_reponse(dossier=dossier, acteur=juriste)
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
    dossier = w.mettre_a_disposition(dossier=dossier, acteur=juriste)
    avant = dossier.remises.get().manifeste
    poster(distribution.client("juriste"), "ecrit", dossier, fichier=pdf())
    assert r10(faits_de(Dossier.objects.get(pk=dossier.pk), Requisition.objects.get(pk=dossier.pk))) is None
    assert dossier.pieces.filter(intitule="Réquisition signée", service=dossier.service_emetteur).count() == 2
    assert dossier.remises.get().manifeste == avant
    with pytest.raises(TransitionRefusee, match="déjà joint"):
        w.joindre_l_ecrit(dossier=dossier, acteur=juriste, fichier=fichier())


def test_une_demande_ecrite_n_attend_pas_d_ecrit(deposee, opj, fichier):
    with pytest.raises(TransitionRefusee, match="faite par écrit"):
        w.joindre_l_ecrit(dossier=deposee("PRESENCE"), acteur=opj, fichier=fichier())


@pytest.mark.parametrize("acte_signe", [False, True])
def test_une_annexe_de_regularisation_ne_confirme_la_demande_que_si_elle_est_l_acte(
    a_regulariser, distribution, acte_signe
):
    dossier = a_regulariser("M3", cadre="PRELIM", **NUIT)
    coche = {"acte_signe": "on"} if acte_signe else {}
    poster(
        distribution.client("opj"), "complement", dossier, texte="Voici.", autorisation_mode="ecrite", fichier=pdf(),
        **coche,
    )  # fmt: skip
    assert bool(Requisition.objects.get(pk=dossier.pk).confirmation_ecrite_le) is acte_signe
    assert dossier.pieces.filter(intitule="Complément du requérant").exists() is not acte_signe
