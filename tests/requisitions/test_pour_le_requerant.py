"""Who came, called or wrote answers or withdraws through the hospital, which writes it down as said."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Dossier, Echeance
from notifications.boite_envoi import executer
from notifications.models import Avis, Envoi
from requisitions import workflow as w
from requisitions.faits import pieces_de_la_reponse
from requisitions.models import Requisition
from requisitions.pour_le_requerant import MOYENS, Parole
from requisitions.titres import declarer
from requisitions.workflow.acte import ACTE_SIGNE
from tests.requisitions.test_parcours import controler_et_valider, pdf, poster, rappeler
from tests.requisitions.test_reception import il_y_a
from tests.requisitions.test_reception import recue as recue
from transitions.workflow import TransitionRefusee

DIT = {"moyen": "telephone", "par_qui": "Adj. Noémie Vasseur, OPJ"}
PAGES = ("complement_recu", "annulation_recue")
PAROLE = Parole("Adj. Noémie Vasseur, OPJ", "main_propre")
DOCUMENTS = "Complément du requérant"


def adresse(nom, dossier):
    return reverse(f"requisitions:{nom}", args=[dossier.cle])


def lire(client, dossier, nom="dossier"):
    return client.get(adresse(nom, dossier)).content.decode()


@pytest.fixture
def a_regulariser(recue, juriste):
    """Received by the hospital for a unit where nobody has an account, then found incomplete."""

    def faire(*points, par="juriste", **champs):
        dossier = w.controler(dossier=recue(par=par, **champs), acteur=juriste)
        return w.regulariser(dossier=dossier, acteur=juriste, points=list(points or ("M6",)), texte="Complétez.")

    return faire


# 1. The answer


def test_la_reponse_apportee_au_guichet_remet_le_dossier_en_controle_et_rien_ne_part_avant_le_rappel(
    a_regulariser, distribution
):
    dossier, juriste = a_regulariser("M6"), distribution.client("juriste")
    assert adresse("complement_recu", dossier) in lire(juriste, dossier)
    assert "Complétez." in lire(juriste, dossier, "complement_recu")
    poster(
        juriste, "complement_recu", dossier, moyen="main_propre", par_qui="Adj. Noémie Vasseur, OPJ",
        texte="Le numéro était sur la seconde page.", num_procedure="2026/4412", fichier=pdf(texte="Page 2"),
    )  # fmt: skip
    demande, lettre = dossier.regularisations.get(), Requisition.objects.get(pk=dossier.pk)
    assert (dossier.etat, lettre.num_procedure) == ("RECUE", "2026/4412")
    assert demande.reponse == "Le numéro était sur la seconde page."
    assert demande.repondue_par == distribution.utilisateur("juriste")
    w.controler(dossier=dossier, acteur=distribution.acteur("juriste"))
    assert "Le numéro était sur la seconde page." in lire(juriste, dossier, "controle"), "qui contrôle lit la réponse"
    bloquants, _, _ = w.points_bloquants(dossier, lettre)
    assert "R-09" in {constat.numero for constat in bloquants}
    dossier.refresh_from_db()
    rappeler(juriste, dossier)
    bloquants, _, _ = w.points_bloquants(dossier, Requisition.objects.get(pk=dossier.pk))
    assert "R-09" not in {constat.numero for constat in bloquants}


def test_un_rappel_d_avant_ne_vaut_pas_pour_une_reponse_rapportee_apres(recue, distribution, juriste):
    """Somebody who says they answer for the unit may not be of it: it is called again."""
    dossier = recue()
    rappeler(distribution.client("juriste"), dossier)
    dossier = w.controler(dossier=dossier, acteur=juriste)
    dossier = w.regulariser(dossier=dossier, acteur=juriste, points=["M6"], texte="Complétez.")
    assert Requisition.objects.get(pk=dossier.pk).authentifiee_le
    poster(
        distribution.client("juriste"), "complement_recu", dossier, moyen="main_propre", par_qui="Adj. Vasseur",
        texte="Voici.", num_procedure="2026/4412",
    )  # fmt: skip
    lettre = Requisition.objects.get(pk=dossier.pk)
    assert (lettre.authentifiee_le, lettre.authentifiee_par, lettre.numero_rappel) == (None, None, "")


def test_une_reponse_ne_change_pas_qui_requiert(a_regulariser, distribution, juriste):
    dossier = a_regulariser("M6")
    avant = Requisition.objects.get(pk=dossier.pk)
    intrus = {"autorite_nom": "Un autre", "autorite_qualite": "PR", "canal": "portail", "authentifiee_par_id": juriste}
    page = distribution.client("juriste").post(
        adresse("complement_recu", dossier), {**DIT, "texte": "Voici.", "autorite_nom": "Un autre"}
    )
    assert "un champ que la page ne demande pas" in page.content.decode()
    reponse = w.Reponse("Voici.", {"num_procedure": "2026/4412", **intrus})
    w.noter_reponse(dossier=dossier, acteur=juriste, parole=PAROLE, reponse=reponse)
    apres = Requisition.objects.get(pk=dossier.pk)
    for nom in ("autorite_nom", "autorite_qualite", "canal", "authentifiee_par_id", "service_requerant_id"):
        assert getattr(apres, nom) == getattr(avant, nom), nom


def test_le_requerant_lit_ce_que_l_hopital_a_enregistre_sans_lire_le_nom_de_l_agent(a_regulariser, distribution):
    distribution.utilisateur("gendarme")
    dossier = a_regulariser("M6", service_requerant=distribution.service("GEND-COB1").pk)
    poster(distribution.client("juriste"), "complement_recu", dossier, **DIT, texte="Voici.", fichier=pdf())
    gendarme = distribution.client("gendarme")
    lue = lire(gendarme, dossier)
    assert "Régularisation enregistrée par l’hôpital" in lue
    assert "Adj. Noémie Vasseur, OPJ, par téléphone." in lue
    assert str(distribution.utilisateur("juriste")) not in lue
    piece = dossier.pieces.get(intitule=DOCUMENTS)
    assert gendarme.get(reverse("dossiers:piece", args=[piece.cle])).status_code == 200
    assert str(distribution.utilisateur("juriste")) in lire(distribution.client("juriste"), dossier)


def test_l_unite_apprend_que_sa_reponse_est_enregistree(a_regulariser, distribution):
    gendarme = distribution.utilisateur("gendarme")
    dossier = a_regulariser("M6", service_requerant=distribution.service("GEND-COB1").pk)
    poster(distribution.client("juriste"), "complement_recu", dossier, **DIT, texte="Voici.")
    for envoi in Envoi.objects.filter(fait_le=None).order_by("pk"):
        executer(envoi.pk)
    textes = Avis.objects.filter(destinataire=gendarme).values_list("texte", flat=True)
    assert f"Régularisation enregistrée par l’hôpital : {dossier.reference}" in textes


def test_ce_qui_est_apporte_n_est_jamais_une_piece_de_la_reponse(a_regulariser, distribution):
    dossier = a_regulariser("M6")
    poster(distribution.client("juriste"), "complement_recu", dossier, **DIT, texte="Voici.", fichier=pdf())
    assert dossier.pieces.get(intitule=DOCUMENTS).service == dossier.service_emetteur
    assert pieces_de_la_reponse(dossier) == []


def test_le_delai_repart_et_dit_sa_pause(a_regulariser, distribution, time_machine):
    dossier = a_regulariser("M6")
    avant = Echeance.objects.get(dossier=dossier, nom="reponse")
    assert avant.suspendue_le
    time_machine.move_to(avant.suspendue_le + timedelta(days=2), tick=False)
    poster(distribution.client("juriste"), "complement_recu", dossier, **DIT, texte="Voici.")
    apres = Echeance.objects.get(dossier=dossier, nom="reponse")
    assert apres.suspendue_le is None
    assert apres.echeance_le - avant.echeance_le == timedelta(days=2)
    assert "Suspendue 2" in apres.calcul


def test_l_ecrit_apporte_en_reponse_confirme_la_demande_faite_par_telephone(a_regulariser, distribution):
    dossier = a_regulariser("M6", canal="telephone", fichier="")
    juriste = distribution.client("juriste")
    coche = juriste.post(adresse("complement_recu", dossier), {**DIT, "texte": "Voici.", "acte_signe": "on"})
    assert coche.context["form"].errors["fichier"] == ["Joignez la réquisition signée."]
    poster(juriste, "complement_recu", dossier, **DIT, texte="Voici.", acte_signe="on", fichier=pdf())
    assert Requisition.objects.get(pk=dossier.pk).confirmation_ecrite_le
    assert dossier.pieces.get(intitule=ACTE_SIGNE).service == dossier.service_emetteur


@pytest.mark.parametrize(
    ("faute", "champ", "phrase"),
    [
        ({"moyen": ""}, "moyen", "Dites comment c’est arrivé."),
        ({"moyen": "portail"}, "moyen", ""),
        ({"par_qui": ""}, "par_qui", "Indiquez qui l’a dit ou apporté."),
        ({"par_qui": "V" * 161}, "par_qui", "160"),
        ({"texte": ""}, "texte", "Écrivez ce que répond le requérant."),
        ({"periode_du": "2026-01-02T10:00", "periode_au": "2026-01-01T10:00"}, "periode_au", "La fin de la période"),
        ({"mission": ""}, "mission", "Précisez ce qui est demandé."),
    ],
)
def test_les_corrections_passent_le_meme_controle_et_rien_de_saisi_ne_se_perd(
    faute, champ, phrase, a_regulariser, distribution
):
    dossier = a_regulariser("M6", "M9")
    saisie = {**DIT, "texte": "CANARI-TEXTE", "num_procedure": "CANARI-NUMERO", "mission": "CANARI-MISSION", **faute}
    reponse = distribution.client("juriste").post(adresse("complement_recu", dossier), saisie)
    assert phrase in " ".join(reponse.context["form"].errors[champ])
    html = reponse.content.decode()
    for nom, valeur in saisie.items():
        if nom not in faute:
            assert valeur in html, nom
    dossier.refresh_from_db()
    assert dossier.etat == "A_REGULARISER"
    assert dossier.regularisations.get().repondue_le is None


def test_le_formulaire_est_celui_du_requerant_et_dit_en_plus_qui_parle(a_regulariser, distribution):
    distribution.utilisateur("gendarme")
    dossier = a_regulariser("M6", "M9", service_requerant=distribution.service("GEND-COB1").pk)
    sien = distribution.client("gendarme").get(adresse("complement", dossier)).context["form"]
    ici = distribution.client("juriste").get(adresse("complement_recu", dossier)).context["form"]
    assert list(ici.fields) == ["moyen", "par_qui", *sien.fields]
    assert ici["mission"].value() == sien["mission"].value()


def test_un_second_clic_ne_repond_pas_deux_fois(a_regulariser, distribution):
    dossier, juriste = a_regulariser("M6"), distribution.client("juriste")
    poster(juriste, "complement_recu", dossier, **DIT, texte="Voici.", fichier=pdf())
    encore = juriste.post(adresse("complement_recu", dossier), {**DIT, "texte": "Autre.", "fichier": pdf()})
    assert "Ce n’est plus possible" in encore.content.decode()
    assert "Autre." in encore.content.decode()
    assert dossier.regularisations.get().reponse == "Voici."
    assert dossier.pieces.filter(intitule=DOCUMENTS).count() == 1
    assert dossier.evenements.filter(nom="noter_reponse").count() == 1


def test_qui_a_un_compte_repond_encore_lui_meme(a_regulariser, distribution):
    distribution.utilisateur("gendarme")
    dossier = a_regulariser("M6", service_requerant=distribution.service("GEND-COB1").pk)
    poster(distribution.client("gendarme"), "complement", dossier, texte="Voici.", num_procedure="2026/1")
    assert dossier.etat == "RECUE"
    assert dossier.evenements.first().libelle == "Régularisation reçue"


def test_un_titre_choisi_par_l_unite_reste_choisi_et_aucun_autre_ne_se_montre(recue, distribution, juriste):
    """Its titles are the unit's: the hospital keeps the one of the letter, while it stands."""
    unite = distribution.service("GEND-COB1")
    distribution.utilisateur("gendarme")
    dossier = recue(service_requerant=unite.pk)
    vise, autre = (
        declarer(
            acteur=distribution.acteur("parquet"), genre="autorisation", reference=f"AUT-{rang}",
            magistrat="Mme Ardoin, substitut", beneficiaire=unite, signe_du=timezone.now() - timedelta(days=1),
            fin=timezone.localdate() + timedelta(days=20), types_acte=["DOSSIER"],
        )
        for rang in (1, 2)
    )  # fmt: skip
    Requisition.objects.filter(pk=dossier.pk).update(titre=vise)
    dossier = w.controler(dossier=Dossier.objects.get(pk=dossier.pk), acteur=juriste)
    dossier = w.regulariser(dossier=dossier, acteur=juriste, points=["M3"], texte="Complétez.")
    client = distribution.client("juriste")
    page = lire(client, dossier, "complement_recu")
    assert vise.reference in page
    assert autre.reference not in page
    poster(client, "complement_recu", dossier, **DIT, texte="Voici.", titre=vise.pk)
    assert Requisition.objects.get(pk=dossier.pk).titre == vise


# 2. The withdrawal


@pytest.mark.parametrize("moyen", list(MOYENS))
def test_le_retrait_s_enregistre_avec_qui_l_a_dit_et_comment(moyen, recue, distribution):
    distribution.utilisateur("gendarme")
    dossier = recue(service_requerant=distribution.service("GEND-COB1").pk)
    juriste = distribution.client("juriste")
    assert adresse("annulation_recue", dossier) in lire(juriste, dossier)
    poster(juriste, "annulation_recue", dossier, moyen=moyen, par_qui="Adj. Vasseur, OPJ", motif="La personne a parlé.")
    assert (dossier.etat, dossier.phase) == ("ANNULEE", "clos")
    assert dossier.clos_par == distribution.utilisateur("juriste")
    assert Echeance.objects.get(dossier=dossier, nom="reponse").tenue_le
    lue = lire(distribution.client("gendarme"), dossier)
    assert "Retrait enregistré par l’hôpital" in lue
    assert f"Adj. Vasseur, OPJ, {MOYENS[moyen]}. La personne a parlé." in lue
    assert str(distribution.utilisateur("juriste")) not in lue


def test_ce_qui_etait_gele_le_reste_apres_un_retrait(recue, distribution):
    dossier = recue(
        type_acte="VIDEO", cible="Entrée des urgences", periode_du=il_y_a(hours=6), periode_au=il_y_a(hours=5)
    )
    poster(distribution.client("juriste"), "annulation_recue", dossier, **DIT, motif="Sans objet.")
    dossier.gel.refresh_from_db()
    assert not dossier.gel.perdu


def test_une_demande_se_retire_pendant_sa_regularisation_comme_apres_sa_validation(a_regulariser, recue, distribution):
    juriste = distribution.client("juriste")
    dossier = a_regulariser("M6")
    poster(juriste, "annulation_recue", dossier, **DIT, motif="Sans objet.")
    assert dossier.etat == "ANNULEE"
    autre = recue(nouvelle="on")
    rappeler(juriste, autre)
    controler_et_valider(juriste, autre)
    poster(juriste, "annulation_recue", autre, **DIT, motif="Sans objet.")
    assert autre.etat == "ANNULEE"


def test_un_retrait_sans_auteur_ou_sans_motif_ne_s_enregistre_pas(recue, distribution, juriste):
    dossier = recue()
    page = distribution.client("juriste").post(
        adresse("annulation_recue", dossier), {"moyen": "telephone", "motif": "CANARI-MOTIF", "par_qui": ""}
    )
    assert page.context["form"].errors["par_qui"] == ["Indiquez qui l’a dit ou apporté."]
    assert "CANARI-MOTIF" in page.content.decode()
    for parole in (Parole(" ", "telephone"), Parole("Adj. Vasseur", "portail")):
        with pytest.raises(TransitionRefusee, match="Dites qui"):
            w.noter_retrait(dossier=dossier, acteur=juriste, parole=parole, motif="Sans objet.")
    dossier.refresh_from_db()
    assert dossier.etat == "RECUE"


def test_un_second_clic_ne_retire_pas_deux_fois(recue, distribution):
    dossier, juriste = recue(), distribution.client("juriste")
    poster(juriste, "annulation_recue", dossier, **DIT, motif="Sans objet.")
    encore = juriste.post(adresse("annulation_recue", dossier), {**DIT, "motif": "Encore."})
    assert "Ce n’est plus possible" in encore.content.decode()
    assert dossier.evenements.filter(nom="noter_retrait").count() == 1


# 3. Who may


@pytest.mark.parametrize("nom", PAGES)
def test_la_garde_qui_a_enregistre_la_demande_note_aussi_la_suite(nom, a_regulariser, distribution):
    dossier = a_regulariser("M6", par="garde")
    dit = {"texte": "Voici."} if nom == "complement_recu" else {"motif": "Sans objet."}
    poster(distribution.client("garde"), nom, dossier, **DIT, **dit)
    assert dossier.etat == ("RECUE" if nom == "complement_recu" else "ANNULEE")


@pytest.mark.parametrize("nom", PAGES)
def test_nul_autre_n_ecrit_a_la_place_du_requerant(nom, a_regulariser, distribution):
    distribution.utilisateur("gendarme")
    dossier = a_regulariser("M6", service_requerant=distribution.service("GEND-COB1").pk)
    attendus = {
        403: ("gendarme", "parquet"),
        404: (
            "opj",
            "etranger",
            "soignante",
            "cadre",
            "medecin",
            "referente",
            "dpo",
            "ordre",
            "directrice",
            "securite",
        ),
    }
    for code, noms in attendus.items():
        for qui in noms:
            client = distribution.client(qui)
            assert client.get(adresse(nom, dossier)).status_code == code, qui
            assert client.post(adresse(nom, dossier), {**DIT, "texte": "X", "motif": "X"}).status_code == code, qui
    dossier.refresh_from_db()
    assert dossier.etat == "A_REGULARISER"


@pytest.mark.parametrize("nom", PAGES)
def test_ce_qui_vient_du_portail_se_complete_et_se_retire_par_qui_l_a_depose(nom, deposee, distribution, juriste):
    dossier = w.controler(dossier=deposee(cadre="PRELIM"), acteur=juriste)
    dossier = w.regulariser(dossier=dossier, acteur=juriste, points=["M6"], texte="Complétez.")
    client = distribution.client("juriste")
    assert adresse(nom, dossier) not in lire(client, dossier)
    reponse = client.post(adresse(nom, dossier), {**DIT, "texte": "X", "motif": "X"})
    assert reponse.status_code == 403
    assert "Déposée dans Trait d’union" in reponse.content.decode()
    with pytest.raises(TransitionRefusee, match="Déposée dans Trait d’union"):
        w.noter_retrait(dossier=dossier, acteur=juriste, parole=PAROLE, motif="X")
    with pytest.raises(TransitionRefusee, match="Déposée dans Trait d’union"):
        w.noter_reponse(dossier=dossier, acteur=juriste, parole=PAROLE, reponse=w.Reponse("X", {}))
    opj = distribution.client("opj")
    poster(opj, "complement", dossier, texte="Voici.", num_procedure="2026/2")
    assert dossier.evenements.first().libelle == "Régularisation reçue"
    poster(opj, "annulation", dossier, motif="Sans objet.")
    assert dossier.evenements.first().libelle == "Réquisition annulée par le requérant"


def test_l_acte_du_requerant_reste_le_sien(a_regulariser, distribution):
    """Its own addresses are not opened to the hospital, whose word would be nobody's."""
    dossier, juriste = a_regulariser("M6"), distribution.client("juriste")
    assert juriste.post(adresse("annulation", dossier), {"motif": "X"}).status_code == 403
    assert "Ce n’est plus possible" in juriste.post(
        adresse("complement", dossier), {"points": ["M6"], "texte": "X"}
    ).content.decode()  # fmt: skip
    dossier.refresh_from_db()
    assert dossier.etat == "A_REGULARISER"


def test_les_enqueteurs_repartis_sans_rien_prendre_l_hopital_referme(distribution, table, juriste):
    """Nobody of that unit may have an account: the case that the hospital opened itself is not left open for ever."""
    dossier = w.ouvrir_perquisition(
        acteur=juriste, requerant=distribution.service("GEND-BR"), cadre="FLAG", mission="Un dossier.",
        arrivee_le=timezone.now(), officier="Maj. Roussel",
    )  # fmt: skip
    client = distribution.client("juriste")
    assert adresse("annulation_recue", dossier) in lire(client, dossier)
    poster(client, "annulation_recue", dossier, **DIT, motif="Ils sont repartis.")
    assert dossier.etat == "ANNULEE"
