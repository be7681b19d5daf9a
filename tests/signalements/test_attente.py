"""Waiting for a written agreement: suspended with a day, resumed, or taken back before anything leaves."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from documents.coffre import deposer
from dossiers.brouillons import effacer_expires
from dossiers.models import Brouillon, Dossier, Participation
from notifications.models import Envoi
from signalements import attente, rappels, workflow
from signalements.conservation import lire as lire_conservation
from signalements.models import Signalement
from signalements.voies import EN_MAIN_PROPRE, VOIES
from tests.signalements.situation import JETON, pret, signature, transmis
from transitions.workflow import TransitionRefusee

ACCORD, PLAINTE = "MAJEUR_AVEC_ACCORD", "PLAINTE_SIMPLIFIEE"


def suspendu(acteur, voie: str = ACCORD, jours: int = 3) -> Dossier:
    jour = timezone.localdate() + timedelta(days=jours)
    return attente.suspendre(dossier=pret(acteur, voie), acteur=acteur, motif="Elle réfléchit.", date_reevaluation=jour)


def lu(reponse) -> str:
    return " ".join(reponse.content.decode().replace("\xa0", " ").split())


def test_seules_les_voies_qui_demandent_un_accord_l_attendent():
    assert {code for code, voie in VOIES.items() if voie.attend_accord} == {"VC_SANS_ACCORD", ACCORD, PLAINTE}
    assert {code for code, voie in VOIES.items() if voie.repose_sur_accord} == {ACCORD, PLAINTE}
    assert not any(voie.attend_accord for voie in EN_MAIN_PROPRE.values())


@pytest.mark.parametrize("voie", ["VC_SANS_ACCORD", ACCORD, PLAINTE])
def test_un_signalement_attend_l_accord_jusqu_a_un_jour_et_rien_ne_part(soignante, voie):
    dossier = suspendu(soignante, voie)
    assert (dossier.etat, dossier.phase, dossier.transmis_le) == ("SUSPENDU", "brouillon", None)
    assert dossier.reference is None
    assert dossier.signalement.fige_le is None
    assert not Participation.objects.filter(content_object=dossier).exists()
    brouillon = Brouillon.objects.get(dossier=dossier)
    assert brouillon.expire_le > timezone.now() + timedelta(days=32)
    with pytest.raises(TransitionRefusee, match="Suspendu, accord attendu"):
        workflow.transmettre(dossier=dossier, acteur=soignante, signature=signature())


def test_l_accord_venu_il_se_reprend_et_se_transmet(soignante):
    dossier = attente.reprendre(dossier=suspendu(soignante), acteur=soignante)
    lettre = Signalement.objects.get(pk=dossier.pk)
    assert (dossier.etat, lettre.motif_decision, lettre.date_reevaluation) == ("BROUILLON", "", None)
    assert not dossier.echeances.filter(tenue_le=None).exists()
    dossier = workflow.transmettre(dossier=dossier, acteur=soignante, signature=signature())
    assert dossier.etat == "TRANSMIS"


def test_repris_tout_s_y_corrige_encore(soignante, distribution):
    """Who the person is may be better known after the wait; a piece may be taken out."""
    dossier = attente.reprendre(dossier=suspendu(soignante), acteur=soignante)
    personne = dossier.personnes.first()
    personne.nom = "Mieux-Connue"
    personne.save()
    piece = dossier.pieces.create(
        intitule="Photographie", classe="medical", deposee_par_id=soignante.utilisateur_id,
        service_id=soignante.principale.service_id, fichier=deposer(b"%PDF-1.4", extension="pdf", type_mime="application/pdf"),
    )  # fmt: skip
    client = distribution.client("soignante")
    assert client.post(reverse("signalements:retirer_piece", args=[dossier.cle, piece.cle])).status_code == 302
    assert not dossier.pieces.exists()


def test_sans_nouvelle_un_mois_apres_le_jour_dit_il_s_efface_comme_un_brouillon(soignante):
    dossier = suspendu(soignante, jours=3)
    with time_machine.travel(timezone.now() + timedelta(days=32)):
        effacer_expires()
        assert Dossier.objects.filter(pk=dossier.pk).exists()
    with time_machine.travel(timezone.now() + timedelta(days=34)):
        effacer_expires()
        assert not Dossier.objects.filter(pk=dossier.pk).exists()


@pytest.mark.parametrize("depuis", [suspendu, lambda acteur: pret(acteur, ACCORD)], ids=["suspendu", "brouillon"])
def test_l_accord_retire_avant_l_envoi_clot_sans_rien_transmettre_et_garde_sa_trace(soignante, depuis):
    dossier = attente.retirer_accord(dossier=depuis(soignante), acteur=soignante, motif="« Je ne veux plus. »")
    assert (dossier.etat, dossier.phase, dossier.transmis_le) == ("RETIRE", "clos", None)
    assert dossier.reference
    assert dossier.clos_le
    lettre = Signalement.objects.get(pk=dossier.pk)
    assert (lettre.motif_decision, bool(lettre.fige_le), bool(lettre.empreinte)) == ("« Je ne veux plus. »", True, True)
    assert not Participation.objects.filter(content_object=dossier).exists()
    assert not dossier.pieces.exists()
    assert not Brouillon.objects.filter(dossier=dossier).exists()
    assert not dossier.echeances.filter(tenue_le=None).exists()
    assert dossier.evenements.filter(nom="retirer_accord").exists()
    assert lire_conservation(dossier).regle == "non-signalement"


def test_ce_qui_est_parti_ne_se_retire_plus(soignante):
    with pytest.raises(TransitionRefusee, match="Ce n’est plus possible"):
        attente.retirer_accord(dossier=transmis(soignante, ACCORD), acteur=soignante, motif="Trop tard.")


def test_sans_accord_requis_rien_n_attend_et_rien_ne_se_retire(soignante, infirmiere):
    with pytest.raises(TransitionRefusee, match="n’attendez pas pour la signaler"):
        suspendu(soignante, "MINEUR_SIGNALEMENT")
    with pytest.raises(TransitionRefusee, match="ne repose pas sur l’accord"):
        attente.retirer_accord(dossier=pret(soignante), acteur=soignante, motif="Non.")
    with pytest.raises(TransitionRefusee, match="Seul l’auteur"):
        attente.reprendre(dossier=suspendu(soignante), acteur=infirmiere)


def test_le_jour_venu_l_auteur_est_prevenu_et_plus_apres_la_reprise(soignante):
    dossier = suspendu(soignante, jours=1)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        rappels.balayer()
        assert Envoi.objects.filter(sujet=rappels.ECHEANCE).exists()
        assert not Envoi.objects.filter(sujet=rappels.PRET).exists()
        Envoi.objects.all().delete()
        attente.reprendre(dossier=dossier, acteur=soignante)
        rappels.balayer()
        assert not Envoi.objects.filter(sujet=rappels.ECHEANCE).exists()


def adresse(nom: str, dossier: Dossier) -> str:
    return reverse(f"signalements:{nom}", args=[dossier.cle])


def test_la_page_demande_un_motif_un_jour_et_dit_quoi_faire(soignante, distribution):
    dossier, client = pret(soignante, ACCORD), distribution.client("soignante")
    assert "Attendre son accord écrit" in lu(client.get(adresse("dossier", dossier)))
    loin = timezone.localdate() + timedelta(days=30)
    page = lu(client.post(adresse("suspendre", dossier), {"motif": "", "date_reevaluation": loin}))
    assert "Écrivez ce qui est attendu." in page
    assert "Choisissez un jour entre aujourd’hui et dans 7 jours." in page
    client.post(
        adresse("suspendre", dossier), {"motif": "Elle revient lundi.", "date_reevaluation": timezone.localdate()}
    )
    suivi = lu(client.get(adresse("suivi", dossier)))
    assert "Elle revient lundi." in suivi
    assert "Son accord écrit est attendu" in suivi
    assert "Elle a répondu, reprendre" in suivi
    liste = lu(client.get(reverse("signalements:liste")))
    assert "Suspendu, accord attendu" in liste
    assert client.get(adresse("faits", dossier)).url == adresse("suivi", dossier)
    assert client.post(adresse("reprendre", dossier)).url == adresse("accord", dossier)
    assert JETON["faits"] in lu(client.get(adresse("faits", dossier)))


def test_le_retrait_se_note_avec_ses_circonstances_et_la_page_le_dit(soignante, distribution):
    dossier, client = suspendu(soignante), distribution.client("soignante")
    assert "Écrivez dans quelles circonstances" in lu(client.post(adresse("retirer_accord", dossier), {"motif": " "}))
    client.post(adresse("retirer_accord", dossier), {"motif": "Elle a peur."})
    suivi = lu(client.get(adresse("suivi", dossier)))
    assert "Elle a peur." in suivi
    assert "Rien n’a été transmis, à personne." in suivi
    assert "Le destinataire a reçu" not in suivi


def test_la_page_refuse_en_francais_ce_qui_ne_s_attend_pas(soignante, distribution):
    dossier, client = pret(soignante, "MINEUR_SIGNALEMENT"), distribution.client("soignante")
    page = client.get(adresse("suspendre", dossier))
    assert page.status_code == 403
    assert "n’attendez pas pour la signaler" in lu(page)
    assert client.post(adresse("reprendre", dossier)).status_code == 403
