"""The three acts that are lived end to end, through the pages as each person opens them."""

import uuid
import zipfile
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Dossier
from journal.models import Entree
from tests.distribution import Distribution
from tests.requisitions.conftest import octets_pdf


def pdf(nom="acte.pdf", texte=""):
    return SimpleUploadedFile(nom, octets_pdf(texte), content_type="application/pdf")


# What each act supposes of the person; the page guesses nothing.
SITUATIONS = {"EX_GAV": "gav", "CORPS": "defunte", "EX_VICT": "victime"}


def depot(client, **champs):
    cle = champs.pop("cle", None) or uuid.uuid4()
    donnees = {
        "cadre": "FLAG",
        "type_acte": "DOSSIER",
        "mission": "Compte rendu du passage du 21 novembre.",
        "nom": "Delcambre",
        "prenoms": "Lucie",
        "naissance": "1992-03-07",
        "statut_personne": SITUATIONS.get(champs.get("type_acte", ""), "inconnu"),
        "urgence": "ORDINAIRE",
        "fichier": pdf(),
        **champs,
    }
    reponse = client.post(reverse("requisitions:depot", args=[cle]), donnees)
    assert reponse.status_code == 302, reponse.context["form"].errors
    return Dossier.objects.get(requisition__cle_depot=cle)


def poster(client, nom, dossier, **donnees):
    reponse = client.post(reverse(f"requisitions:{nom}", args=[dossier.cle]), donnees)
    if reponse.status_code == 200:
        formulaires = [
            valeur
            for cle in ("form", "erreurs", "presence", "images", "support")
            if (valeur := reponse.context.get(cle))
        ]
        raise AssertionError([formulaire.errors for formulaire in formulaires])
    assert reponse.status_code == 302, reponse.status_code
    dossier.refresh_from_db()
    return reponse


def controler_et_valider(juriste, dossier):
    poster(juriste, "commencer", dossier)
    grille = {}
    for mention in dossier.mentions.all():
        resultat = "conforme" if mention.resultat == "a_verifier" else mention.resultat
        grille[f"{mention.numero}_resultat"] = resultat
        grille[f"{mention.numero}_precision"] = ""
    page = juriste.get(reverse("requisitions:controle", args=[dossier.cle]))
    grille |= {champ.name: "Vu avec le requérant." for champ in page.context["form"].justifications()}
    poster(juriste, "controle", dossier, **grille, geste="valider", version=dossier.version)
    assert dossier.etat == "VALIDEE"


def rappeler(juriste, dossier):
    contact = dossier.service_emetteur.contacts.first()
    poster(juriste, "rappel", dossier, contact=contact.pk, confirme="on")


def test_un_dossier_medical_va_de_l_opj_au_pli_retire(distribution: Distribution, table):
    opj, juriste, medecin = (distribution.client_eleve(nom) for nom in ("opj", "juriste", "medecin"))
    dossier = depot(opj)
    assert dossier.reference.startswith(f"REQ-{timezone.localdate().year}-")
    controler_et_valider(juriste, dossier)
    page = juriste.get(reverse("requisitions:affectation", args=[dossier.cle]))
    assert "Compte rendu du passage" in page.content.decode()
    poster(
        juriste,
        "affectation",
        dossier,
        medecin=distribution.utilisateur("medecin").pk,
        consigne="Passage du 21 novembre.",
    )
    poster(
        medecin,
        "tri",
        dossier,
        geste="verser",
        intitule="Compte rendu de passage",
        fichier=pdf("cr.pdf", "CANARI-MEDICAL"),
    )
    piece = dossier.pieces.get(classe="medical")
    poster(medecin, "tri", dossier, geste="trier", **{f"decision_{piece.pk}": "remettre"})
    poster(medecin, "tri", dossier, geste="accord", choix="total", identite_verifiee="on", ins="qualifiee")
    assert dossier.etat == "EN_EXECUTION"
    rappeler(juriste, dossier)
    poster(juriste, "reponse", dossier, geste="remettre", relu="on", nom_relu="on")
    assert dossier.etat == "PRETE"
    retirer(opj, juriste, dossier, piece)
    poster(juriste, "cloture", dossier)
    assert dossier.etat == "CLOTUREE"


def retirer(opj, juriste, dossier, piece):
    """Nobody but the doctor opens the piece before the bundle is opened; the officer alone afterwards."""
    url_piece = reverse("dossiers:piece", args=[piece.cle])
    assert opj.get(url_piece).status_code == 404
    assert juriste.get(url_piece).status_code == 404
    assert opj.post(reverse("requisitions:pli", args=[dossier.cle])).status_code == 302, "rien ne sort d’un pli fermé"
    assert dossier.remises.get().ouverte_le is None
    poster(opj, "ouvrir_pli", dossier)
    assert dossier.etat == "REMISE"
    pli = opj.post(reverse("requisitions:pli", args=[dossier.cle]))
    archive = zipfile.ZipFile(BytesIO(pli.content))
    assert archive.namelist() == ["bordereau.pdf", f"{dossier.reference}-01.pdf"]
    assert opj.get(url_piece).status_code == 200
    assert juriste.get(url_piece).status_code == 404
    assert juriste.post(reverse("requisitions:pli", args=[dossier.cle])).status_code == 403
    partie = opj.post(reverse("requisitions:pli", args=[dossier.cle]), {"partie": "1"})
    assert partie.content == pli.content
    assert partie["Content-Disposition"] == f'attachment; filename="{dossier.reference}.zip.001"'
    notice = opj.post(reverse("requisitions:pli", args=[dossier.cle]), {"partie": "notice"})
    assert f"copy /b {dossier.reference}.zip.001" in notice.content.decode()
    assert opj.post(reverse("requisitions:pli", args=[dossier.cle]), {"partie": "9999"}).status_code == 302
    traces = "".join(entree.contenu for entree in Entree.objects.all())
    assert (traces.count('"ouvrir_pli"'), traces.count('"telecharger_pli"')) == (1, 4)


def test_des_images_sont_gelees_puis_remises(distribution: Distribution, table):
    opj, juriste, securite = (distribution.client_eleve(nom) for nom in ("opj", "juriste", "securite"))
    hier = timezone.localtime() - timezone.timedelta(days=1)
    dossier = depot(
        opj,
        type_acte="VIDEO",
        cible="Entrée des urgences",
        periode_du=hier.strftime("%Y-%m-%dT%H:%M"),
        periode_au=hier.strftime("%Y-%m-%dT23:59"),
    )
    page = securite.get(reverse("requisitions:gel", args=[dossier.cle])).content.decode()
    assert "Entrée des urgences" in page
    assert "Delcambre" not in page
    poster(securite, "gel", dossier, geste="geler", support="Coffre numérique du poste", empreinte="a" * 64)
    controler_et_valider(juriste, dossier)
    poster(juriste, "affectation", dossier, consigne="Deux heures de l’entrée des urgences.")
    boites = (b"\x00\x00\x00\x08moov", b"\x00\x00\x00\xd0mdat" + b"\x00" * 200)
    mp4 = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + b"".join(boites)
    video = SimpleUploadedFile("cam.mp4", mp4, content_type="video/mp4")
    poster(securite, "gel", dossier, geste="images", intitule="Caméra 3", fichier=video)
    rappeler(juriste, dossier)
    poster(juriste, "reponse", dossier, geste="remettre", relu="on")
    poster(opj, "ouvrir_pli", dossier)
    archive = zipfile.ZipFile(BytesIO(opj.post(reverse("requisitions:pli", args=[dossier.cle])).content))
    assert archive.read(f"{dossier.reference}-01.mp4") == mp4


def test_une_presence_est_repondue_sans_nommer_le_service(distribution: Distribution, table):
    opj, juriste = distribution.client("opj"), distribution.client("juriste")
    dossier = depot(opj, type_acte="PRESENCE")
    controler_et_valider(juriste, dossier)
    poster(juriste, "affectation", dossier, consigne="Vérifier la présence.")
    poster(juriste, "reponse", dossier, geste="presence", constatee="present", protegee="non")
    rappeler(juriste, dossier)
    poster(juriste, "reponse", dossier, geste="remettre", relu="on")
    assert poster(opj, "ouvrir_pli", dossier)["Location"].startswith(reverse("accounts:elever"))
    assert dossier.etat == "PRETE", "le pli s’ouvre après confirmation"
    opj = distribution.client_eleve("opj")
    poster(opj, "ouvrir_pli", dossier)
    archive = zipfile.ZipFile(BytesIO(opj.post(reverse("requisitions:pli", args=[dossier.cle])).content))
    assert archive.namelist() == ["bordereau.pdf", f"{dossier.reference}-01.pdf"]
