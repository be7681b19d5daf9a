"""The sheets that an author prints: what they say, what they must not say, and to whom they answer."""

import pytest
from django.urls import reverse

from tests.signalements.situation import JETON, pret, transmis
from tests.signalements.test_documents import texte


def imprimee(client, dossier, code: str):
    return client.get(reverse("signalements:feuille", args=[dossier.cle, code]))


def test_la_carte_de_ressources_ne_dit_rien_de_la_situation(soignante, distribution):
    reponse = imprimee(distribution.client("soignante"), pret(soignante), "numeros-utiles")
    assert reponse["Content-Disposition"] == 'attachment; filename="numeros-utiles.pdf"'
    pdf = texte(reponse.content)
    assert "3919" in pdf
    interdits = (*JETON.values(), "violence", "Hôpital", "hospitalier", "signalement", "victime", "couple", "SIG-")
    assert not [mot for mot in interdits if mot.casefold() in pdf.casefold()]


def test_l_attestation_d_information_dit_quand_et_par_qui(soignante, distribution):
    pdf = texte(imprimee(distribution.client("soignante"), transmis(soignante), "information").content)
    for mention in (JETON["nom"], "Informée du signalement", "par l’infirmière", "Reste dans l’hôpital"):
        assert mention in pdf.replace("\n", " "), mention


def test_la_fiche_de_retour_fait_aviser_tous_ceux_qui_cherchent_sans_donnee_de_sante(soignante, distribution):
    dossier, client = transmis(soignante, "DISPARITION"), distribution.client("soignante")
    pdf = texte(imprimee(client, dossier, "retour").content).replace("\n", " ")
    for mention in (JETON["nom"], dossier.reference, "Radiation du fichier des personnes recherchées", "Préfet et ARS"):
        assert mention in pdf, mention
    faites = texte(imprimee(client, dossier, "diligences").content).replace("\n", " ")
    assert "Poste de sécurité prévenu" in faites
    assert not [mot for mot in ("DESORIENTATION", "traitement", "tutelle") if mot in (pdf + faites).casefold()]


@pytest.mark.parametrize(
    ("qui", "code", "statut"), [("parquet", "information", 403), ("infirmiere", "information", 404)]
)
def test_personne_d_autre_n_imprime_la_feuille(qui, code, statut, soignante, distribution):
    assert imprimee(distribution.client(qui), transmis(soignante), code).status_code == statut


def test_une_feuille_d_une_autre_voie_n_existe_pas(soignante, distribution):
    assert imprimee(distribution.client("soignante"), pret(soignante), "retour").status_code == 404


def test_la_fiche_d_orientation_ne_dit_ni_le_motif_ni_la_personne_et_n_envoie_rien(soignante, distribution):
    dossier = pret(soignante, "TRAITE")
    dossier.personnes.update(age=34)
    reponse = imprimee(distribution.client("soignante"), dossier, "accompagnement")
    assert reponse["Content-Disposition"] == 'attachment; filename="accompagnement.pdf"'
    pdf = " ".join(texte(reponse.content).split())
    for mention in ("association spécialisée", "hébergement éloigné", "un interprète que vous ne connaissez pas"):
        assert mention in pdf, mention
    interdits = (
        *JETON.values(),
        "traite ",
        "exploitation",
        "prostitution",
        "Hôpital",
        "signalement",
        "victime",
        "SIG-",
    )
    assert not [mot for mot in interdits if mot.casefold() in pdf.casefold()]
    dossier.refresh_from_db()
    assert (dossier.etat, dossier.pieces.count()) == ("BROUILLON", 0)


def test_une_personne_mineure_n_est_pas_orientee_elle_est_signalee(soignante, distribution):
    dossier, client = pret(soignante, "TRAITE"), distribution.client("soignante")
    page = reverse("signalements:dossier", args=[dossier.cle])
    dossier.personnes.update(age=34)
    assert "Fiche d’orientation" in client.get(page).content.decode()
    dossier.personnes.update(age=15)
    assert "Fiche d’orientation" not in client.get(page).content.decode()
    assert imprimee(client, dossier, "accompagnement").status_code == 404
