"""What is written and ends without being sent: an adult oriented at her own pace, a prevention followed up to the return."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Brouillon, Dossier, Participation
from notifications.models import Envoi
from signalements import rappels, sans_signaler, workflow
from signalements.conservation import lire as lire_conservation
from signalements.models import Signalement
from signalements.voies import EN_MAIN_PROPRE, VOIES
from tests.signalements.situation import pret, signature
from tests.signalements.test_documents import texte
from transitions.workflow import TransitionRefusee

CONTROLE = timedelta(days=60)


def repondre(dossier: Dossier, **reponses: str) -> None:
    lettre = Signalement.objects.get(pk=dossier.pk)
    lettre.propres = {**lettre.propres, **reponses}
    lettre.save()


@pytest.fixture
def adulte(soignante) -> Dossier:
    dossier = pret(soignante, "TRAITE")
    dossier.personnes.update(age=34)
    repondre(dossier, incapacite_se_proteger="NON")
    return dossier


@pytest.fixture
def risque(soignante) -> Dossier:
    dossier = pret(soignante, "MSF")
    repondre(dossier, msf_statut="RISQUE", parents_informes="OUI_PREVENTION")
    return dossier


def suivre(dossier: Dossier, acteur) -> Dossier:
    jour = timezone.localdate() + CONTROLE
    return sans_signaler.suivre_prevention(
        dossier=dossier, acteur=acteur, motif="Parents informés.", date_reevaluation=jour
    )


def lu(reponse) -> str:
    return " ".join(reponse.content.decode().replace("\xa0", " ").split())


def adresse(nom: str, dossier: Dossier) -> str:
    return reverse(f"signalements:{nom}", args=[dossier.cle])


def test_seules_ces_voies_finissent_ainsi():
    sorties = {code: set(voie.sorties) for code, voie in {**VOIES, **EN_MAIN_PROPRE}.items() if voie.sorties}
    assert sorties == {"TRAITE": {"orienter"}, "MSF": {"suivre_prevention"}}


def test_une_personne_majeure_s_oriente_a_son_rythme_et_rien_ne_part(soignante, adulte):
    dossier = sans_signaler.orienter(dossier=adulte, acteur=soignante, motif="Association proposée, elle réfléchit.")
    assert (dossier.etat, dossier.phase, dossier.transmis_le) == ("ORIENTE_SANS_SIGNALEMENT", "clos", None)
    lettre = Signalement.objects.get(pk=dossier.pk)
    assert (lettre.motif_decision, bool(lettre.fige_le), lettre.date_reevaluation) == (
        "Association proposée, elle réfléchit.", True, None,
    )  # fmt: skip
    assert dossier.reference
    assert dossier.clos_le
    assert not Participation.objects.filter(content_object=dossier).exists()
    assert not Brouillon.objects.filter(dossier=dossier).exists()
    assert lire_conservation(dossier).regle == "non-signalement"
    with pytest.raises(TransitionRefusee):
        workflow.transmettre(dossier=dossier, acteur=soignante, signature=signature())


@pytest.mark.parametrize(
    ("age", "incapacite", "raison"),
    [(17, "NON", "Elle est mineure"), (None, "NON", "Notez d’abord son âge"), (18, "OUI", "l’empêche de se protéger")],
)
def test_qui_ne_choisit_pas_seule_ne_s_oriente_pas_elle_se_signale(soignante, adulte, age, incapacite, raison):
    adulte.personnes.update(age=age)
    repondre(adulte, incapacite_se_proteger=incapacite)
    with pytest.raises(TransitionRefusee, match=raison):
        sans_signaler.orienter(dossier=adulte, acteur=soignante, motif="Non.")
    adulte.refresh_from_db()
    assert adulte.etat == "BROUILLON"


def test_un_risque_sans_depart_se_suit_et_se_controle_au_retour(soignante, risque):
    dossier = suivre(risque, soignante)
    assert (dossier.etat, dossier.phase, dossier.transmis_le) == ("PREVENTION_SUIVIE", "en_attente", None)
    echeance = dossier.echeances.get(tenue_le=None)
    assert (echeance.libelle, timezone.localdate(echeance.echeance_le)) == (
        "Contrôler au retour", timezone.localdate() + CONTROLE,
    )  # fmt: skip
    assert not Participation.objects.filter(content_object=dossier).exists()
    with time_machine.travel(timezone.now() + CONTROLE + timedelta(hours=12)):
        rappels.balayer()
        assert Envoi.objects.filter(sujet=rappels.ECHEANCE).exists()
        dossier = sans_signaler.clore_prevention(dossier=dossier, acteur=soignante, commentaire="Examen sans lésion.")
    assert (dossier.etat, dossier.phase) == ("CLOS", "clos")
    assert not dossier.echeances.filter(tenue_le=None).exists()
    assert dossier.evenements.get(nom="clore_prevention").commentaire == "Examen sans lésion."


@pytest.mark.parametrize(
    ("statut", "raison"),
    [("RISQUE_IMMINENT", "sans attendre"), ("CONSTAT", "sans attendre"), ("", "Dites d’abord")],
)
def test_un_depart_proche_ou_un_fait_ne_se_suit_pas_il_se_signale(soignante, risque, statut, raison):
    repondre(risque, msf_statut=statut)
    with pytest.raises(TransitionRefusee, match=raison):
        suivre(risque, soignante)


def test_une_autre_situation_ou_une_autre_personne_ne_finit_pas_ainsi(soignante, infirmiere, adulte, risque):
    risque.personnes.update(age=30)
    with pytest.raises(TransitionRefusee, match="ne finit pas par une orientation"):
        sans_signaler.orienter(dossier=risque, acteur=soignante, motif="Non.")
    repondre(adulte, msf_statut="RISQUE")
    with pytest.raises(TransitionRefusee, match="ne se suit pas en prévention"):
        suivre(adulte, soignante)
    with pytest.raises(TransitionRefusee, match="Seul l’auteur"):
        sans_signaler.orienter(dossier=adulte, acteur=infirmiere, motif="Non.")


def test_la_page_de_l_orientation_demande_ce_qui_fut_propose_et_dit_quoi_faire(adulte, distribution):
    client = distribution.client("soignante")
    assert "L’orienter sans signaler" in lu(client.get(adresse("dossier", adulte)))
    assert "Écrivez ce qui lui a été proposé, et sa réponse." in lu(
        client.post(adresse("orienter", adulte), {"motif": " "})
    )
    assert "Appelez le 17" in lu(client.get(adresse("orienter", adulte)))
    client.post(adresse("orienter", adulte), {"motif": "Hébergement proposé : plus tard."})
    suivi = lu(client.get(adresse("suivi", adulte)))
    assert "Hébergement proposé : plus tard." in suivi
    assert "Rien n’a été transmis, à personne." in suivi
    assert client.get(adresse("orienter", adulte)).url == adresse("suivi", adulte)


def test_la_page_garde_ce_qui_est_tape_quand_ce_n_est_pas_possible(adulte, distribution):
    adulte.personnes.update(age=15)
    page = distribution.client("soignante").post(adresse("orienter", adulte), {"motif": "Texte gardé."})
    assert page.status_code == 409
    assert "Elle est mineure" in lu(page)
    assert "Texte gardé." in lu(page)


def test_la_page_de_la_prevention_va_jusqu_au_controle(risque, distribution):
    client = distribution.client("soignante")
    loin = {"motif": "Parents informés.", "date_reevaluation": timezone.localdate() + timedelta(days=400)}
    assert "Choisissez un jour entre demain et dans un an." in lu(client.post(adresse("prevention", risque), loin))
    client.post(adresse("prevention", risque), {**loin, "date_reevaluation": timezone.localdate() + CONTROLE})
    assert "Noter le contrôle au retour" in lu(client.get(adresse("suivi", risque)))
    assert "Écrivez ce que le contrôle a montré." in lu(client.post(adresse("retour", risque), {"commentaire": ""}))
    client.post(adresse("retour", risque), {"commentaire": "Examen sans lésion."})
    suivi = lu(client.get(adresse("suivi", risque)))
    assert "Examen sans lésion." in suivi
    assert "Rien n’a été transmis." in suivi


def test_l_attestation_de_risques_n_existe_qu_en_prevention(risque, distribution):
    client = distribution.client("soignante")
    feuille = reverse("signalements:feuille", args=[risque.cle, "risques"])
    pdf = " ".join(texte(client.get(feuille).content).split())
    for mention in ("222-9 et 222-10", "à l’étranger", "le 119", "Date et signature"):
        assert mention in pdf, mention
    assert not [mot for mot in ("signalement", "procureur", "crip") if mot in pdf.casefold()]
    for reponses in ({"msf_statut": "RISQUE_IMMINENT"}, {"msf_statut": "RISQUE", "parents_informes": "NON_RISQUE"}):
        repondre(risque, **reponses)
        assert client.get(feuille).status_code == 404, reponses
