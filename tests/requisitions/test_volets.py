"""The acts that have fields of their own, from deposit to receipt through the pages, as each person opens them."""

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone

from requisitions import workflow as w
from requisitions.documents import NOTE
from requisitions.documents.serment import SERMENT
from requisitions.models import Volet
from requisitions.saisie.inventaire import LignePiece
from tests import imprime
from tests.coffre_ouvert import lire as lire_fichier
from tests.distribution import Distribution
from tests.requisitions.inventaires import inventorier
from tests.requisitions.test_parcours import controler_et_valider, depot, pdf, poster, rappeler
from transitions.workflow import TransitionRefusee


def page(client, nom, dossier) -> str:
    return " ".join(client.get(reverse(f"requisitions:{nom}", args=[dossier.cle])).content.decode().split())


def remettre_et_retirer(juriste, requerant, dossier) -> dict[str, str]:
    """Call back, hand over, receipt; returns the words of each paper of the bundle."""
    rappeler(juriste, dossier)
    poster(juriste, "reponse", dossier, geste="remettre", relu="on", nom_relu="on")
    assert dossier.etat == "PRETE", dossier.etat
    poster(requerant, "ouvrir_pli", dossier)
    pli = requerant.post(reverse("requisitions:pli", args=[dossier.cle]))
    archive = zipfile.ZipFile(BytesIO(pli.content))
    poster(juriste, "cloture", dossier)
    assert dossier.etat == "CLOTUREE"
    return {nom: imprime.texte(archive.read(nom)) for nom in archive.namelist() if nom != "bordereau.pdf"}


def confier(juriste, dossier, distribution: Distribution | None = None) -> None:
    champs = {"consigne": "Ce que demande l’acte joint."}
    if distribution is not None:
        champs["medecin"] = distribution.utilisateur("medecin").pk
    poster(juriste, "affectation", dossier, **champs)
    assert dossier.etat == "AFFECTEE"


EXAMEN = {
    "lien": "aucun",
    "serment": "ecrit",
    "identite_verifiee": "on",
    "examen_le": "2026-11-24T10:00",
    "accord_personne": "donne",
    "retentissement": "on",
    "itt_jours": "4",
    "remarque": "CANARI-MEDICAL",
}


@pytest.mark.parametrize("qui", ["opj", "gendarme"])
def test_une_victime_est_examinee_et_son_certificat_remis(distribution: Distribution, table, qui):
    requerant, juriste, medecin = (distribution.client_eleve(nom) for nom in (qui, "juriste", "medecin"))
    dossier = depot(requerant, type_acte="EX_VICT", statut_personne="victime", sous_controle_de="Cne Morel")
    controler_et_valider(juriste, dossier)
    confier(juriste, dossier, distribution)
    assert medecin.get(reverse("requisitions:ouvrir", args=[dossier.cle])).url.endswith("/volet/")
    refus = medecin.post(reverse("requisitions:volet", args=[dossier.cle]), EXAMEN)
    assert "Joignez le certificat." in refus.content.decode()
    assert 'value="4"' in refus.content.decode(), "rien de ce qui est saisi n’est perdu"
    assert not Volet.objects.exists()
    poster(medecin, "volet", dossier, **EXAMEN, fichier=pdf("certificat.pdf"))
    html = page(juriste, "dossier", dossier)
    assert "CANARI" not in html
    assert "Incapacité totale" not in html, "les juristes ne lisent pas ce qui est médical"
    assert "A donné son accord" in html
    papiers = remettre_et_retirer(juriste, requerant, dossier)
    assert len(papiers) == 3, "le certificat, l’attestation et le serment"
    attestation = next(texte for texte in papiers.values() if "Attestation d’examen" in texte)
    serment = next(texte for texte in papiers.values() if "Serment du médecin" in texte)
    for papier in (attestation, serment):
        assert "en mon honneur et en ma conscience" in papier
    assert "Sellier" in serment
    assert "Delcambre" not in serment, "le serment ne dit rien de la personne"
    assert "Delcambre" in attestation
    assert "Sellier" in attestation, "le médecin signe ce qu’il a fait"
    assert "CANARI" not in " ".join(papiers.values())


def test_le_medecin_traitant_ne_remet_pas_d_expertise(distribution: Distribution, table):
    opj, juriste, medecin = (distribution.client(nom) for nom in ("opj", "juriste", "medecin"))
    dossier = depot(opj, type_acte="EX_VICT")
    controler_et_valider(juriste, dossier)
    confier(juriste, dossier, distribution)
    poster(medecin, "volet", dossier, **{**EXAMEN, "lien": "traitant", "serment": ""}, fichier=pdf())
    html = page(medecin, "volet", dossier)
    assert "désignez-en un autre" in html
    assert "R-12" in html
    rappeler(juriste, dossier)
    refusee = juriste.post(reverse("requisitions:reponse", args=[dossier.cle]), {"geste": "remettre", "relu": "on"})
    assert refusee.status_code == 200
    dossier.refresh_from_db()
    assert dossier.etat == "EN_EXECUTION", "rien ne part"


def test_un_refus_de_la_personne_se_constate_sans_certificat(distribution: Distribution, table):
    opj, juriste, medecin = (distribution.client_eleve(nom) for nom in ("opj", "juriste", "medecin"))
    dossier = depot(opj, type_acte="EX_VICT")
    controler_et_valider(juriste, dossier)
    confier(juriste, dossier, distribution)
    poster(medecin, "volet", dossier, **{**EXAMEN, "accord_personne": "refuse"})
    papiers = remettre_et_retirer(juriste, opj, dossier)
    assert len(papiers) == 2, "l’attestation et le serment, sans certificat"
    assert any("refus constaté par écrit" in texte for texte in papiers.values())


def test_le_serment_est_un_papier_signe_une_fois_par_son_medecin(distribution: Distribution, table):
    opj, juriste, medecin = (distribution.client(nom) for nom in ("opj", "juriste", "medecin"))
    dossier = depot(opj, type_acte="EX_VICT")
    controler_et_valider(juriste, dossier)
    confier(juriste, dossier, distribution)
    assert "Je jure d’apporter mon concours à la justice" in page(medecin, "volet", dossier)
    poster(medecin, "volet", dossier, **{**EXAMEN, "serment": ""}, fichier=pdf())
    assert not dossier.pieces.filter(intitule=SERMENT).exists()
    assert "R-12" in page(medecin, "volet", dossier)
    for _ in range(2):
        poster(medecin, "volet", dossier, **EXAMEN)
    piece = dossier.pieces.get(intitule=SERMENT)
    assert piece.deposee_par == distribution.utilisateur("medecin")
    assert "R-12" not in page(medecin, "volet", dossier)
    adresse = reverse("dossiers:piece", args=[piece.cle])
    assert (juriste.get(adresse).status_code, opj.get(adresse).status_code) == (200, 404)
    Volet.objects.filter(dossier=dossier).update(rempli_par=distribution.utilisateur("soignante"))
    assert "R-12" in page(medecin, "volet", dossier), "le serment d’un autre médecin n’est pas le sien"


AUDITION = {
    "entendu": "temoin",
    "professionnel": "Zoé Maillard",
    "hierarchie": "on",
    "accompagnement": "accepte",
    "secret_rappele": "on",
    "protection": "sans_objet",
    "lieu": "service",
    "debut": "2026-11-27T09:30",
}


CRENEAU = {
    "creneau_du": f"{timezone.localdate() + timedelta(days=1)}T09:00",
    "creneau_au": f"{timezone.localdate() + timedelta(days=1)}T12:00",
    "lieu_souhaite": "service",
    "entendu_comme": "temoin",
}


def test_un_professionnel_est_convoque_par_les_affaires_juridiques(distribution: Distribution, table):
    opj, juriste = distribution.client_eleve("opj"), distribution.client_eleve("juriste")
    dossier = depot(
        opj, type_acte="AUD_PRO", mission="Audition de l’infirmière présente le 21 novembre au soir.", **CRENEAU
    )
    controler_et_valider(juriste, dossier)
    confier(juriste, dossier)
    incomplet = juriste.post(reverse("requisitions:volet", args=[dossier.cle]), {**AUDITION, "professionnel": ""})
    assert "Complétez «\u00a0Professionnel convoqué\u00a0»." in incomplet.content.decode()
    poster(juriste, "volet", dossier, **{**AUDITION, "accompagnement": "non"})
    rappeler(juriste, dossier)
    arret = juriste.post(reverse("requisitions:reponse", args=[dossier.cle]), {"geste": "remettre", "relu": "on"})
    assert "Proposez d’abord au professionnel" in arret.content.decode()
    assert not dossier.remises.exists()
    poster(juriste, "volet", dossier, **AUDITION)
    poster(juriste, "volet", dossier, **{**AUDITION, "debut": "2026-11-27T10:15"})
    notes = dossier.pieces.filter(intitule=NOTE)
    assert notes.count() == 1
    note = imprime.texte(lire_fichier(notes.get().fichier))
    assert "Je suis tenu au secret professionnel" in note
    assert opj.get(reverse("dossiers:piece", args=[notes.get().cle])).status_code == 404
    papiers = remettre_et_retirer(juriste, opj, dossier)
    reponse = next(texte for texte in papiers.values() if "Réponse à la convocation" in texte)
    assert "Zoé Maillard" in reponse
    assert "226-13" in reponse
    assert "Accompagnement" not in reponse, "l’accompagnement ne regarde pas l’enquêteur"


IMAGERIE = {
    "lien": "aucun",
    "identite_verifiee": "on",
    "base": "consentement",
    "base_le": "2026-11-24T10:00",
    "examen_le": "2026-11-24T10:40",
    "resultat": "absence",
}


def test_la_douane_fait_chercher_des_stupefiants_avec_consentement(distribution: Distribution, table):
    douanes, juriste, medecin = (distribution.client_eleve(nom) for nom in ("douanes", "juriste", "medecin"))
    dossier = depot(
        douanes, cadre="AUTRE", cadre_autre="DOUANE_ADM", type_acte="INCORP", articles_cites="60 bis",
        statut_personne="retenue_douane", mission="Rechercher la présence de corps étrangers.", ordre_ecrit="on",
    )  # fmt: skip
    assert dossier.requisition.ligne_decision.rang == 8
    controler_et_valider(juriste, dossier)
    confier(juriste, dossier, distribution)
    sans_base = {**IMAGERIE, "base": "aucune", "base_le": "", "resultat": "presence"}
    poster(medecin, "volet", dossier, **sans_base)
    assert "R-29" in page(medecin, "volet", dossier)
    rappeler(juriste, dossier)
    refusee = juriste.post(reverse("requisitions:reponse", args=[dossier.cle]), {"geste": "remettre", "relu": "on"})
    assert refusee.status_code == 200
    dossier.refresh_from_db()
    assert dossier.etat == "EN_EXECUTION", "ni consentement ni magistrat : rien ne part"
    poster(medecin, "volet", dossier, **IMAGERIE)
    papiers = remettre_et_retirer(juriste, douanes, dossier)
    certificat = next(texte for texte in papiers.values() if "Certificat de présence ou d’absence" in texte)
    assert "Absence" in certificat
    assert "consentement exprès" in certificat


SAISIE = {
    "operation": "saisie_cr",
    "magistrat_present": "",
    "identite_verifiee": "on",
    "ins": "qualifiee",
    "homonyme_ecarte": "on",
    "ordre_representant": "Dr Témoin",
    "ordre_presence": "present",
    "lieu": "Archives",
    "debut": "2026-11-26T14:00",
    "fin": "2026-11-26T15:00",
}


def test_une_saisie_se_fait_devant_l_ordre_et_laisse_une_copie(distribution: Distribution, table):
    opj, juriste, ordre = (distribution.client_eleve(nom) for nom in ("opj", "juriste", "ordre"))
    dossier = depot(
        opj, cadre="CR", type_acte="SAISIE", cr_reference="CR 45", cr_date="2026-11-01", cr_juge="M. Dubar",
        cr_jusqu_au="2027-03-01",
    )  # fmt: skip
    assert dossier.requisition.ligne_decision.rang == 25
    url = reverse("requisitions:dossier", args=[dossier.cle])
    assert ordre.get(url).status_code == 404
    controler_et_valider(juriste, dossier)
    confier(juriste, dossier)
    poster(juriste, "volet", dossier, **SAISIE)
    ici = distribution.acteur("juriste")
    inventorier(dossier, ici, copie_conservee=False)
    html = page(juriste, "volet", dossier)
    assert "R-15" in html
    assert "R-17" in html
    poster(juriste, "ordre", dossier, lieu="accueil")
    vue = ordre.get(url, follow=True).content.decode()
    assert "Delcambre" not in vue
    assert "2026/" not in vue, "ni le numéro de procédure"
    convocation = dossier.pieces.get(intitule="Convocation de l’Ordre des médecins")
    assert ordre.get(reverse("dossiers:piece", args=[convocation.cle])).status_code == 200
    assert "Commission rogatoire" not in imprime.texte(lire_fichier(convocation.fichier))
    assert page(juriste, "volet", dossier).count("R-15") == 0
    inventorier(dossier, ici, scelles=(), pieces=(LignePiece("Compte rendu", "21 novembre", pages=2),), signatures=())
    papiers = remettre_et_retirer(juriste, opj, dossier)
    inventaire = next(texte for texte in papiers.values() if "Inventaire de la saisie" in texte)
    for mot in ("SC-4", "Compte rendu", "21 novembre", "Copie certifiée", "Cne Duval", "Une copie intégrale reste"):
        assert mot in inventaire, mot


def test_un_autre_medecin_ne_remplit_pas_le_volet(affectee, deposee, distribution, juriste, soignante):
    dossier = w.controler(dossier=deposee("EX_VICT", cadre="FLAG"), acteur=juriste)
    with pytest.raises(TransitionRefusee):
        w.remplir_volet(dossier=dossier, acteur=soignante, reponses={})


def test_l_ordre_ne_se_convoque_que_pour_une_saisie(deposee, juriste, opj):
    with pytest.raises(TransitionRefusee, match="pour une saisie"):
        w.convoquer_ordre(dossier=deposee("RH"), acteur=juriste)
    with pytest.raises(TransitionRefusee, match="affaires juridiques"):
        w.convoquer_ordre(dossier=deposee("SAISIE", cadre="CR"), acteur=opj)
