"""A person without a name, the direction's notice, an alert: one test per control, and the document of each."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from signalements.controles import CONTROLES, Faits
from signalements.declarations import envoi
from signalements.declarations.situations_fictives import SITUATIONS
from signalements.remise import ControlesBloquants
from tests.coffre_ouvert import lire as lire_fichier
from tests.declarations.situation import prete, signature, transmise
from tests.imprime import texte
from transitions.verdict import Niveau


def trouve(numero: str, voie: str, urgence: str = "JOUR", appel: bool = False, **reponses: object) -> Niveau | None:
    faits = Faits(voie, urgence=urgence, appel=appel, propres=SITUATIONS[voie](0) | reponses)
    constat = CONTROLES[numero](faits)
    return constat.niveau if constat else None


@pytest.mark.parametrize("anonymat", ["OUI", ""])
def test_c28_qui_a_choisi_l_anonymat_n_est_jamais_signale(anonymat):
    assert trouve("C28", "SANS_IDENTITE", choix_anonymat=anonymat) is Niveau.BLOQUANT
    assert trouve("C28", "SANS_IDENTITE") is None


def test_c75_la_fiche_de_renseignements_ne_dit_pas_le_diagnostic():
    assert trouve("C75", "SANS_IDENTITE", description="Homme âgé, démence évidente.") is Niveau.BLOQUANT
    assert trouve("C75", "SANS_IDENTITE") is None


def test_c76_l_hopital_cherche_d_abord():
    assert trouve("C76", "SANS_IDENTITE", recherche_interne="NON") is Niveau.ALERTE
    assert trouve("C76", "SANS_IDENTITE") is None


@pytest.mark.parametrize("reponse", ["OUI", "NSP"])
def test_c83_une_disparition_ouverte_se_rapproche(reponse):
    assert trouve("C83", "SANS_IDENTITE", disparition=reponse) is Niveau.ALERTE
    assert trouve("C83", "SANS_IDENTITE") is None


def test_c08_et_c77_l_article_40_n_ouvre_pas_le_secret():
    assert trouve("C08", "INFRACTION_ETAB", connu_par="SECRET") is Niveau.ALERTE
    assert trouve("C77", "INFRACTION_ETAB", connu_par="SECRET") is Niveau.BLOQUANT
    assert trouve("C08", "INFRACTION_ETAB") is None
    assert trouve("C77", "INFRACTION_ETAB") is None


@pytest.mark.parametrize("ecrit", ["Vu avec M. Dupont", "Chambre 214", "Il délirait"])
def test_c78_un_patient_n_est_ni_nomme_ni_decrit(ecrit):
    assert trouve("C78", "INFRACTION_ETAB", victime_type="PATIENT", decouverte=ecrit) is Niveau.BLOQUANT
    assert trouve("C78", "INFRACTION_ETAB", auteur_type="PATIENT", mesures=ecrit) is Niveau.BLOQUANT
    assert trouve("C78", "INFRACTION_ETAB", victime_type="PATIENT") is None


def test_c82_l_enquete_interne_attend():
    assert trouve("C82", "INFRACTION_ETAB", enquete_interne="OUI") is Niveau.ALERTE
    assert trouve("C82", "INFRACTION_ETAB") is None


def test_c79_le_formulaire_n_alerte_personne():
    assert trouve("C79", "ALERTE_SURETE", urgence="IMMEDIATE", heure_appel17="") is Niveau.ALERTE
    assert trouve("C79", "ALERTE_SURETE", niveau="CRISE", heure_appel17="") is Niveau.ALERTE
    assert trouve("C79", "ALERTE_SURETE", heure_appel17="") is None
    assert trouve("C79", "ALERTE_SURETE", urgence="IMMEDIATE") is None


def test_c80_une_alerte_ne_nomme_aucun_patient():
    assert trouve("C80", "ALERTE_SURETE", faits="Mme Durand menace le personnel") is Niveau.BLOQUANT
    assert trouve("C80", "ALERTE_SURETE", zone="Chambre 12") is Niveau.BLOQUANT
    assert trouve("C80", "ALERTE_SURETE") is None


def test_c81_le_sous_prefet_le_jour_meme_et_le_retour_dans_le_mois():
    tard = timezone.localdate(timezone.now() + timedelta(days=60)).isoformat()
    assert trouve("C81", "ALERTE_SURETE", niveau="GRAVE") is Niveau.ALERTE
    assert trouve("C81", "ALERTE_SURETE", niveau="GRAVE", appel=True) is None
    assert trouve("C81", "ALERTE_SURETE", retex_prevu="") is Niveau.ALERTE
    assert trouve("C81", "ALERTE_SURETE", retex_prevu=tard) is Niveau.ALERTE
    assert trouve("C81", "ALERTE_SURETE") is None


def lu(reponse) -> str:
    return reponse.content.decode().replace("\u00a0", " ")


def test_la_fiche_de_renseignements_part_sans_soin_ni_photographie_diffusee(distribution):
    dossier = transmise(distribution.acteur("soignante"), "SANS_IDENTITE")
    pdf = texte(lire_fichier(dossier.pieces.get().fichier))
    for mention in ("Fiche de renseignements", "Manteau bleu", "n’a pas choisi l’anonymat", "réquisition"):
        assert mention in pdf.replace("\n", " "), mention
    for interdite in (dossier.service_emetteur.nom, "diagnostic", "traitement"):
        assert interdite not in pdf, interdite


def test_qui_a_choisi_l_anonymat_ne_part_pas(distribution):
    acteur = distribution.acteur("soignante")
    with pytest.raises(ControlesBloquants) as refus:
        dossier = prete(acteur, "SANS_IDENTITE", choix_anonymat="OUI")
        envoi.transmettre(dossier=dossier, acteur=acteur, signature=signature())
    assert [c.numero for c in refus.value.constats if c.bloque] == ["C28"]


def test_l_identification_se_dit_par_sa_date_jamais_par_le_nom(distribution):
    dossier = transmise(distribution.acteur("soignante"), "SANS_IDENTITE")
    client = distribution.client("opj")
    client.post(reverse("declarations:geste", args=[dossier.cle, "accuser"]))
    saisie = {"cle": "0b1e7d3a-0a0a-4c3e-8a3a-1f1f1f1f1f1f", "suite_type": "IDENTIFIE", "jour": "2026-11-20"}
    adresse = reverse("declarations:suite", args=[dossier.cle])
    assert "Indiquez le jour de l’identification." in lu(client.post(adresse, saisie))
    assert client.post(adresse, saisie | {"identifie_le": "2026-11-20"}).status_code == 302
    page = lu(distribution.client("soignante").get(reverse("declarations:dossier", args=[dossier.cle])))
    assert "Personne identifiée" in page
    assert "vendredi 20 novembre 2026" in page


def test_la_direction_avise_le_procureur_qui_lui_repond(distribution):
    dossier = transmise(distribution.acteur("directrice"), "INFRACTION_ETAB")
    pdf = texte(lire_fichier(dossier.pieces.get().fichier)).replace("\n", " ")
    for mention in ("Avis au procureur de la République", "hors du secret médical", "armoire ouverte"):
        assert mention in pdf, mention
    client = distribution.client("parquet")
    assert "Avis de la direction au procureur" in lu(client.get(reverse("signalements:parquet")))
    client.post(reverse("declarations:geste", args=[dossier.cle, "accuser"]))
    saisie = {"cle": "0b1e7d3a-0a0a-4c3e-8a3a-1f1f1f1f1f1f", "suite_type": "CLASSEMENT", "jour": "2026-11-20"}
    assert client.post(reverse("declarations:suite", args=[dossier.cle]), saisie).status_code == 302
    page = lu(distribution.client("directrice").get(reverse("declarations:dossier", args=[dossier.cle])))
    assert "Classement" in page
    assert distribution.client("opj").get(reverse("declarations:dossier", args=[dossier.cle])).status_code == 404


@pytest.mark.parametrize(("code", "qui"), [("INFRACTION_ETAB", "soignante"), ("ALERTE_SURETE", "soignante")])
def test_chaque_declaration_a_ses_auteurs(code, qui, distribution):
    adresse = reverse("declarations:nouvelle", args=[code.lower().replace("_", "-")])
    assert distribution.client(qui).post(adresse, {"cle": "x"}).status_code == 403


def test_l_alerte_va_a_la_police_et_a_la_sous_prefecture_en_copie(distribution):
    dossier = transmise(distribution.acteur("garde"), "ALERTE_SURETE", type_alerte="COLIS_SUSPECT")
    assert dossier.urgence == "IMMEDIATE"
    pdf = texte(lire_fichier(dossier.pieces.get().fichier)).replace("\n", " ")
    for mention in ("Compte rendu d’alerte de sûreté", "Colis suspect", "Hall B", "donnée d’abord par téléphone"):
        assert mention in pdf, mention
    client = distribution.client("prefecture")
    assert "Alerte de sûreté" in lu(client.get(reverse("signalements:parquet")))
    page = lu(client.get(reverse("declarations:dossier", args=[dossier.cle])))
    assert "Hall B" in page
    assert "Accuser réception" not in page
    assert client.post(reverse("declarations:geste", args=[dossier.cle, "accuser"])).status_code == 403
