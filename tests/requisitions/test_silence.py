"""A doctor who stays silent is reminded, then legal affairs may say so: nobody is said to have refused (§2.6)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from convention.rattachements import rattacher
from notifications.models import Avis
from requisitions import controles as c
from requisitions import workflow as w
from requisitions.annonces import relances
from requisitions.designation import accord_de, peut_constater_le_silence
from requisitions.faits import faits_de
from requisitions.lettres.motifs import texte
from requisitions.sortie import preparateurs
from tests.requisitions.test_regularisation import livrer
from transitions.workflow import TransitionRefusee


def echeance(dossier):
    return dossier.echeances.get(nom="reponse").echeance_le


def avises(mots):
    return sorted(avis.destinataire.courriel.split("@")[0] for avis in Avis.objects.filter(texte__contains=mots))


def battre():
    for _ in range(2):
        relances.relancer_les_medecins()
        livrer()


def test_le_medecin_est_rappele_avant_l_echeance_puis_a_l_echeance_avec_les_juristes(affectee, time_machine):
    dossier = affectee("DOSSIER")
    terme = echeance(dossier)
    time_machine.move_to(terme - timedelta(hours=25), tick=False)
    battre()
    assert avises("Votre réponse est attendue") == []
    time_machine.move_to(terme - timedelta(hours=23), tick=False)
    battre()
    assert avises("Votre réponse est attendue") == ["medecin"]
    assert avises("n’a pas répondu") == []
    time_machine.move_to(terme + timedelta(minutes=5), tick=False)
    battre()
    assert avises("Votre réponse est attendue") == ["medecin", "medecin"]
    assert avises("Le médecin désigné n’a pas répondu") == ["juriste"]


def test_qui_a_repondu_n_est_pas_relance(affectee, distribution, time_machine):
    dossier = affectee("DOSSIER")
    w.donner_accord(dossier=dossier, acteur=distribution.acteur("medecin"), choix="refuse", motif="secret")
    time_machine.move_to(echeance(dossier) + timedelta(minutes=5), tick=False)
    battre()
    assert avises("Votre réponse est attendue") == []


def test_le_silence_ne_se_constate_qu_une_fois_l_echeance_passee_et_par_les_juristes(
    affectee, distribution, juriste, time_machine
):
    dossier = affectee("DOSSIER")
    assert "peut encore répondre" in peut_constater_le_silence(dossier, juriste).raison
    with pytest.raises(TransitionRefusee):
        w.constater_le_silence(dossier=dossier, acteur=juriste, motif="Appelé deux fois.")
    time_machine.move_to(echeance(dossier) + timedelta(minutes=5), tick=False)
    assert peut_constater_le_silence(dossier, juriste)
    assert not peut_constater_le_silence(dossier, distribution.acteur("medecin"))


@pytest.fixture
def silencieuse(affectee, juriste, time_machine):
    dossier = affectee("DOSSIER")
    time_machine.move_to(echeance(dossier) + timedelta(minutes=5), tick=False)
    w.constater_le_silence(dossier=dossier, acteur=juriste, motif="Appelé deux fois, sans réponse.")
    return dossier


def test_le_silence_mene_a_la_saisie_sans_dire_que_quelqu_un_a_refuse(silencieuse):
    constat = c.r13(faits_de(silencieuse, silencieuse.requisition))
    assert constat.bloque
    assert "n’a pas répondu" in constat.message
    assert "saisie" in constat.message
    assert "refus" not in texte([constat])


def test_qui_constate_un_silence_n_a_pas_prepare_la_reponse(silencieuse, juriste):
    """The four eyes: recording that nobody answered is not answering."""
    assert juriste.utilisateur_id not in preparateurs(silencieuse, list(silencieuse.pieces.filter(classe="medical")))


def test_le_silence_se_constate_depuis_le_dossier(affectee, distribution, time_machine):
    client = distribution.client("juriste")
    dossier = affectee("DOSSIER")
    page, adresse = (reverse(f"requisitions:{nom}", args=[dossier.cle]) for nom in ("dossier", "silence"))
    assert adresse not in client.get(page).content.decode()
    assert client.get(adresse).status_code == 403
    time_machine.move_to(echeance(dossier) + timedelta(minutes=5), tick=False)
    client = distribution.client("juriste")
    assert adresse in client.get(page).content.decode()
    assert "Dites comment" in client.post(adresse, {"motif": ""}).content.decode()
    assert client.post(adresse, {"motif": "Appelé deux fois."}).status_code == 302
    html = client.get(page).content.decode()
    assert "Sans réponse" in html
    assert "Silence constaté par" in html
    medecin = distribution.client("medecin").get(reverse("requisitions:tri", args=[dossier.cle])).content.decode()
    assert "Votre accord est enregistré" not in medecin
    assert "Le médecin n’a pas répondu" not in medecin, "le silence n’est pas une réponse que l’on choisit"


def test_le_medecin_peut_encore_repondre_apres_son_silence(silencieuse, distribution):
    w.donner_accord(dossier=silencieuse, acteur=distribution.acteur("medecin"), choix="refuse", motif="secret")
    assert accord_de(silencieuse).choix == "refuse"


def test_un_autre_medecin_peut_etre_designe_et_le_silence_du_premier_ne_lui_est_pas_oppose(
    silencieuse, distribution, juriste, time_machine
):
    time_machine.move_to(timezone.now() + timedelta(minutes=1), tick=False)
    rattacher(
        utilisateur=distribution.utilisateur("soignante"), service=distribution.service("CHV-CHIR"),
        role=Role.MEDECIN_RESPONSABLE, acteur=None, profession="MEDECIN", matricule="10007654321",
    )  # fmt: skip
    autre = w.remplacants(silencieuse)[0]
    w.remplacer(dossier=silencieuse, acteur=juriste, consigne="Passage du 21 novembre.", medecin=autre)
    assert accord_de(silencieuse) is None
