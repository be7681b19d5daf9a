"""Every medical act is the named doctor's: legal affairs neither bring its paper nor read it, day or night."""

import pytest
from django.urls import reverse

from dossiers.classes import Classe
from requisitions import workflow as w
from requisitions.types_acte import Famille, codes, type_acte
from tests import imprime
from tests.coffre_ouvert import lire as lire_fichier
from tests.distribution import Distribution
from tests.requisitions.test_parcours import controler_et_valider, depot, pdf, poster, rappeler
from tests.requisitions.test_volets import confier, page, remettre_et_retirer
from transitions.workflow import TransitionRefusee

GAV = {
    "lien": "aucun",
    "identite_verifiee": "on",
    "accord_personne": "donne",
    "examen_le": "2026-11-24T10:00",
    "conclusion": "conditions",
    "conditions": "CANARI-CONDITIONS : réexamen dans six heures.",
}
PRISE = {
    "lien": "aucun",
    "identite_verifiee": "on",
    "accord_personne": "refuse",
    "examen_le": "2026-11-24T23:10",
}


@pytest.mark.parametrize("code", sorted(codes(Famille.EXAMEN)))
def test_un_examen_est_celui_d_un_medecin_qui_ecrit_ce_qui_part(code):
    acte = type_acte(code)
    assert acte.requis
    assert acte.ecrit
    assert not acte.manuel
    assert {"lien", "examen_le"} <= {champ.nom for champ in acte.volet}


def test_la_nuit_un_examen_de_garde_a_vue_va_jusqu_a_la_remise(distribution: Distribution, table, monkeypatch):
    monkeypatch.setattr("requisitions.workflow.enregistrement.hors_heures_ouvrees", lambda *_: True)
    opj, garde, medecin = (distribution.client_eleve(nom) for nom in ("opj", "garde", "medecin"))
    dossier = depot(opj, type_acte="EX_GAV", statut_personne="gav")
    controler_et_valider(garde, dossier)
    confier(garde, dossier, distribution)
    poster(medecin, "volet", dossier, **GAV, fichier=pdf("certificat.pdf"))
    assert "dites jusqu’à quand" in page(medecin, "volet", dossier), "R-27 se dit au médecin, avant la remise"
    rappeler(garde, dossier)
    sans_terme = {"geste": "remettre", "relu": "on"}
    arret = garde.post(reverse("requisitions:reponse", args=[dossier.cle]), sans_terme).content.decode()
    assert "dites jusqu’à quand" in arret
    assert not dossier.remises.exists()
    poster(medecin, "volet", dossier, **GAV, valable_jusqu_au="2026-11-24T16:00")
    assert dossier.pieces.get(intitule="Certificat").classe == Classe.MEDICAL
    html = page(garde, "dossier", dossier)
    assert "Compatible sous conditions" in html
    assert "CANARI" not in html
    poster(garde, "reponse", dossier, geste="remettre", relu="on", nom_relu="on")
    assert dossier.etat == "PRETE"
    attestation = dossier.pieces.get(intitule="Attestation d’examen")
    assert attestation.classe == Classe.MEDICAL
    assert "CANARI-CONDITIONS" in imprime.texte(lire_fichier(attestation.fichier)), "le requérant lit les conditions"


def test_un_refus_de_prise_de_sang_se_constate_sans_piece(distribution: Distribution, table):
    opj, juriste, medecin = (distribution.client_eleve(nom) for nom in ("opj", "juriste", "medecin"))
    dossier = depot(opj, cadre="AUTRE", cadre_autre="ROUTE", type_acte="PREL_ALC", statut_personne="suspect")
    controler_et_valider(juriste, dossier)
    confier(juriste, dossier, distribution)
    assert "n’exerce jamais la force" in page(medecin, "volet", dossier)
    poster(medecin, "volet", dossier, **PRISE)
    papiers = remettre_et_retirer(juriste, opj, dossier)
    assert any("refus constaté par écrit" in texte for texte in papiers.values())


def test_les_affaires_juridiques_ne_versent_pas_un_certificat(distribution: Distribution, validee, juriste, fichier):
    dossier = w.affecter(
        dossier=validee("EX_GAV"), acteur=juriste, consigne="Examen.", medecin=distribution.utilisateur("medecin")
    )
    with pytest.raises(TransitionRefusee):
        w.verser_piece(
            dossier=dossier, acteur=juriste, intitule="Certificat", fichier=fichier(), classe=Classe.JUDICIAIRE
        )
    with pytest.raises(TransitionRefusee):
        w.affecter(dossier=validee("PSY"), acteur=juriste, consigne="Examen.")


@pytest.mark.parametrize(
    ("code", "avec_medecin", "dit"),
    [
        ("AUD_PRO", False, "Les affaires juridiques préparent elles-mêmes cette réponse."),
        ("RECH_CRIT", False, "Le service qui exécute est prévenu."),
        ("RH", False, "Le service qui exécute est prévenu."),
        ("VIDEO", False, "Le service qui exécute est prévenu."),
        ("EX_GAV", True, "Le médecin désigné est prévenu."),
    ],
)
def test_la_page_dit_qui_est_vraiment_prevenu(distribution: Distribution, validee, code, avec_medecin, dit):
    dossier, client = validee(code), distribution.client("juriste")
    champs = {"consigne": "Ce que demande l’acte joint."}
    if avec_medecin:
        champs["medecin"] = distribution.utilisateur("medecin").pk
    adresse = reverse("requisitions:affectation", args=[dossier.cle])
    assert dit in client.post(adresse, champs, follow=True).content.decode()
