"""An attack on a professional: the tree of complaints, what stays inside, what goes out, what the observatory gets."""

import csv
import io
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dossiers.models import Participation
from dossiers.models.participation import Part
from signalements import onvs
from signalements.controles import CONTROLES, Faits
from signalements.controles.violence import CONSENTEMENT
from signalements.declarations import envoi
from signalements.declarations.routes import ROUTES
from signalements.declarations.situations_fictives import SITUATIONS
from signalements.models import Victime
from signalements.remise import ControlesBloquants
from tests.coffre_ouvert import lire as lire_fichier
from tests.declarations.situation import JETON, lettre_de, prete, signature, transmise
from tests.documents.corpus import pdf as fichier_pdf
from tests.imprime import texte
from transitions.verdict import Niveau

CODE = "VIOLENCE_PERSONNEL"
CT08 = {
    "auteur_type": "ACCOMPAGNANT",
    "infraction": "CP_222_13",
    "plainte_mode": "EMPLOYEUR",
    "consentement": "OUI",
    "passe_droit": "NON",
    "domiciliation_pro": "OUI",
    "description": "Un accompagnant donne un coup de poing.",
}
POLICE = ("POLICE", "voie-publique")


def trouve(numero: str, *, vers=POLICE, role="JURISTE", pieces=frozenset({CONSENTEMENT}), **reponses) -> Niveau | None:
    faits = Faits(CODE, destinataire=vers, role=role, pieces=pieces, propres=CT08 | reponses)
    constat = CONTROLES[numero](faits)
    return constat.niveau if constat else None


def lu(reponse) -> str:
    return reponse.content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize("numero", ["C22", "C23", "C24", "C25", "C30", "C58", "C73", "C74"])
def test_le_cas_08_passe_tous_ses_controles(numero):
    assert trouve(numero) is None


def test_c22_il_faut_l_ecrit_la_liste_et_un_auteur_exterieur():
    assert trouve("C22", consentement="NON") is Niveau.BLOQUANT
    assert trouve("C22", pieces=frozenset()) is Niveau.BLOQUANT
    assert trouve("C22", infraction="CP_433_5") is Niveau.BLOQUANT
    assert trouve("C22", auteur_type="AGENT") is Niveau.BLOQUANT
    assert trouve("C22", auteur_type="AGENT", plainte_mode="AGENT") is None


def test_c23_un_passe_droit_oblige_le_representant():
    assert trouve("C23", passe_droit="OUI", plainte_mode="AGENT") is Niveau.ALERTE
    assert trouve("C23", passe_droit="OUI", plainte_mode="OBLIGATOIRE_433_3_1") is None


@pytest.mark.parametrize("infraction", ["CP_433_5", "CP_311_1", "CP_222_22"])
def test_c24_outrage_vol_et_agression_sexuelle_sont_hors_liste(infraction):
    assert trouve("C24", infraction=infraction) is Niveau.ALERTE
    assert trouve("C24", infraction=infraction, plainte_mode="AGENT") is None


def test_c25_l_adresse_personnelle_ne_figure_nulle_part():
    assert trouve("C25", description="Il l’attendait au 12 rue des Dentelles.") is Niveau.BLOQUANT
    assert trouve("C25", domiciliation_pro="NON") is Niveau.BLOQUANT
    assert trouve("C25", domiciliation_pro="NON", plainte_mode="AGENT") is None


@pytest.mark.parametrize("mot", ["schizophrène", "son traitement", "alcoolique", "psychiatrie"])
def test_c30_la_sante_d_un_patient_auteur_se_retire(mot):
    assert trouve("C30", auteur_type="PATIENT", description=f"Patient {mot}, il frappe.") is Niveau.ALERTE
    assert trouve("C30", auteur_type="PATIENT") is None


def test_c58_un_consentement_retire_arrete_la_plainte():
    assert trouve("C58", consentement_retire="OUI") is Niveau.BLOQUANT
    assert trouve("C58", consentement_retire="OUI", plainte_mode="AGENT") is None


def test_c73_sans_plainte_de_l_hopital_la_declaration_reste_dedans():
    assert trouve("C73", plainte_mode="AGENT") is Niveau.BLOQUANT
    assert trouve("C73", plainte_mode="AGENT", vers=("CHV", "juridique")) is None
    assert trouve("C73", plainte_mode="OBLIGATOIRE_433_3_1") is None


def test_c74_la_soignante_ne_signe_pas_la_plainte_de_l_hopital():
    assert trouve("C74", role="SOIGNANT") is Niveau.BLOQUANT
    assert trouve("C74", role="SOIGNANT", vers=("CHV", "juridique")) is None


def test_la_declaration_interne_va_aux_affaires_juridiques_qui_y_repondent(soignante, distribution):
    dossier = transmise(soignante, CODE, plainte_mode="AGENT")
    roles = list(Participation.objects.filter(content_object=dossier).order_by("pk").values_list("role", flat=True))
    assert roles == [Part.Role.DESTINATAIRE, Part.Role.COPIE, Part.Role.COPIE]
    client = distribution.client("juriste")
    assert dossier.reference in lu(client.get(reverse("signalements:liste")))
    page = lu(client.get(reverse("declarations:dossier", args=[dossier.cle])))
    assert "Zoé Maillard" in page
    client.post(reverse("declarations:geste", args=[dossier.cle, "accuser"]))
    saisie = {"cle": "0b1e7d3a-0a0a-4c3e-8a3a-1f1f1f1f1f1f", "suite_type": "SUIVI_INTERNE", "jour": "2026-11-20"}
    assert client.post(reverse("declarations:suite", args=[dossier.cle]), saisie).status_code == 302
    dossier.refresh_from_db()
    assert dossier.etat == "SUITES_CONNUES"
    for qui in ("opj", "parquet", "infirmiere", "cadre", "securite"):
        assert distribution.client(qui).get(reverse("declarations:dossier", args=[dossier.cle])).status_code == 404


def plainte(juriste, distribution, **reponses):
    """The complaint of the employer, its consent joined through the page."""
    dossier = prete(juriste, CODE, **(CT08 | reponses))
    client = distribution.client("juriste")
    fichier = SimpleUploadedFile("consentement.pdf", fichier_pdf(), "application/pdf")
    reponse = client.post(
        reverse("declarations:pieces", args=[dossier.cle]), {"intitule": CONSENTEMENT, "fichier": fichier}
    )
    assert reponse.status_code == 302
    return dossier


def test_la_plainte_de_l_employeur_part_avec_le_consentement_et_sans_sante(distribution):
    juriste = distribution.acteur("juriste")
    dossier = plainte(juriste, distribution, discernement="OUI", soutien="OUI")
    envoi.transmettre(dossier=dossier, acteur=juriste, signature=signature("POLICE-CSP"))
    document = dossier.pieces.exclude(document=None).get()
    assert {s.code for s in document.remise_a.all()} == {"POLICE-CSP", "CHV-DRH", "CHV-DIR"}
    consentement = dossier.pieces.get(document=None)
    assert "POLICE-CSP" in {s.code for s in consentement.remise_a.all()}
    pdf = texte(lire_fichier(document.fichier))
    for mention in (
        "Plainte de l’employeur",
        "n’acquiert pas la qualité de victime",
        "article 40",
        "Zoé Maillard",
        "coup de poing",
        "adresse professionnelle",
        CONSENTEMENT,
    ):
        assert mention in pdf, mention
    for interdite in ("discernement", "soutien", "observatoire", "rue ", "protection fonctionnelle"):
        assert interdite not in pdf, interdite
    page = lu(distribution.client("opj").get(reverse("declarations:dossier", args=[dossier.cle])))
    assert "discernement" not in page
    assert "Télécharger la ligne" not in page


def test_la_plainte_obligatoire_a_ses_propres_mots(distribution):
    juriste = distribution.acteur("juriste")
    dossier = prete(juriste, CODE, **(CT08 | {"plainte_mode": "OBLIGATOIRE_433_3_1", "passe_droit": "OUI"}))
    envoi.transmettre(dossier=dossier, acteur=juriste, signature=signature("PARQUET-PERM"))
    pdf = texte(lire_fichier(dossier.pieces.get().fichier))
    assert "Plainte du représentant du service" in pdf
    assert lettre_de(dossier).base_legale.cle == "CP-433-3-1"
    assert "Le consentement de l’agent n’est pas requis" in pdf


def test_sans_consentement_joint_la_plainte_ne_part_pas(distribution):
    juriste = distribution.acteur("juriste")
    with pytest.raises(ControlesBloquants) as refus:
        envoi.transmettre(dossier=prete(juriste, CODE, **CT08), acteur=juriste, signature=signature("POLICE-CSP"))
    assert [c.numero for c in refus.value.constats if c.bloque] == ["C22"]


def test_le_niveau_est_celui_du_fait_le_plus_grave():
    assert onvs.niveau(["P1_INJURE", "P3_VIOLENCE"]) == 3
    assert onvs.niveau([]) == 0
    assert len({fait.code for fait in onvs.echelle()[1]}) == len(onvs.echelle()[1])


def test_l_export_n_a_que_des_codes_et_aucun_texte_saisi():
    noms = {propre.nom: propre for propre in ROUTES[CODE].propres}
    libres = {nom for nom, propre in noms.items() if propre.genre in {"ligne", "texte"}}
    assert libres & set(onvs.COLONNES) == set()
    assert set(onvs.COLONNES) <= set(noms)
    pleines = SITUATIONS[CODE](0) | {nom: f"{JETON}-{nom}" for nom in libres}
    contenu = onvs.exporter("SIG-2026-0001", pleines).decode("utf-8-sig")
    assert JETON not in contenu
    lignes = list(csv.DictReader(io.StringIO(contenu), delimiter=";"))
    assert len(lignes) == 1
    assert (lignes[0]["niveau"], lignes[0]["itt_jours"], lignes[0]["faits"]) == ("3", "5", "P3_VIOLENCE|P1_INJURE")


def test_l_export_dit_chaque_victime_dans_la_meme_ligne():
    autre = Victime(nom=f"{JETON}-nom", metier="MEDECIN", statut="ETUDIANT", lesion="NON", itt_jours=0)
    contenu = onvs.exporter("SIG-2026-0001", SITUATIONS[CODE](0), [autre]).decode("utf-8-sig")
    (ligne,) = csv.DictReader(io.StringIO(contenu), delimiter=";")
    assert (ligne["victimes"], ligne["agent_metier"], ligne["agent_statut"]) == (
        "2", "INFIRMIER|MEDECIN", "AGENT|ETUDIANT",
    )  # fmt: skip
    assert (ligne["arret_jours"], ligne["itt_jours"]) == ("3|", "5|0")
    assert JETON not in contenu


def test_l_export_se_confirme_et_ne_sort_que_de_l_hopital(soignante, distribution):
    dossier = transmise(soignante, CODE)
    adresse = reverse("declarations:onvs", args=[dossier.cle])
    client = distribution.client("soignante")
    assert client.get(adresse).status_code == 302
    session = client.session
    session["eleve_le"] = int(time.time())
    session.save()
    reponse = client.get(adresse)
    assert reponse["Content-Type"] == "text/csv; charset=utf-8"
    assert "Maillard" not in reponse.content.decode()
    assert distribution.client("opj").get(adresse).status_code == 404


def test_les_affaires_juridiques_preparent_la_plainte_sans_rien_retaper(soignante, distribution):
    dossier, client = transmise(soignante, CODE, plainte_mode="AGENT"), distribution.client("juriste")
    adresse = reverse("declarations:reprendre", args=[dossier.cle])
    cle = {"cle": "0b1e7d3a-0a0a-4c3e-8a3a-1f1f1f1f1f1d"}
    premiere = client.post(adresse, cle)
    assert client.post(adresse, cle).url == premiere.url
    suivant = dossier.liens_sortants.get().cible
    assert suivant.declaration.propres == dossier.declaration.propres
    assert suivant.declaration.etapes == []
    assert "coup de poing" in lu(client.get(premiere.url))
    assert distribution.client("soignante").post(adresse, cle).status_code == 403
