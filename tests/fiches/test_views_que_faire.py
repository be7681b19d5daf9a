"""« Que faire ? »: the walk, the conclusion, the trace that its author alone keeps."""

import io
import re
from datetime import timedelta

import pikepdf
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents.marque import demarquer
from fiches import consultation as verbes
from fiches import workflow
from fiches.models import ConsultationSecret, Fiche, VersionFiche
from notifications.boite_envoi import executer
from notifications.models import Avis, Envoi
from tests.distribution import Distribution
from tests.fiches.conftest import relire
from transitions.workflow import TransitionRefusee

pytestmark = pytest.mark.django_db
SANS_ACCORD = {"v": "1.0", "r": "2-1-3-1"}
TRACE = {**SANS_ACCORD, "p": "INFIRMIER", "demandeur_type": "INTERNE", "question_type": "VICTIME"}


def lire(client: Client, adresse: str, donnees: dict[str, str] | None = None) -> str:
    reponse = client.get(adresse, donnees or {})
    assert reponse.status_code == 200
    return reponse.content.decode().replace("\u00a0", " ")


@pytest.fixture
def soignante(convention: None, distribution: Distribution) -> Client:
    return distribution.client("soignante")


def test_la_tuile_de_l_accueil_ouvre_la_premiere_question(soignante: Client) -> None:
    assert reverse("fiches:parcours", args=[1]) in lire(soignante, reverse("accueil:accueil"))
    page = lire(soignante, reverse("fiches:parcours", args=[1]))
    assert "Y a-t-il un danger de mort, ici et maintenant ?" in page
    assert page.count('class="reponse"') == 2


def test_l_entree_montre_d_abord_les_situations_du_role(soignante: Client, distribution: Distribution) -> None:
    page = lire(soignante, reverse("fiches:que_faire"))
    assert page.index("Violences dans le couple") < page.index("Mes traces")
    autres = lire(distribution.client("juriste"), reverse("fiches:que_faire"))
    assert autres.index("Réquisitions") < autres.index("Les autres situations") < autres.index("Enfant en danger")


def test_chaque_question_montre_les_reponses_donnees_et_permet_de_les_changer(soignante: Client) -> None:
    page = lire(soignante, reverse("fiches:parcours", args=[1]), {"v": "1.0", "r": "2-1"})
    assert "Accepte-t-elle que la justice soit prévenue ?" in page
    assert "Non, ou pas à cet instant" in page
    assert "Changer" in page
    assert f'href="{reverse("fiches:parcours", args=[1])}?v=1.0&amp;r=2"' in page


def test_les_adresses_ne_portent_que_des_codes(soignante: Client) -> None:
    page = lire(soignante, reverse("fiches:parcours", args=[1]), {"v": "1.0", "r": "2-1"})
    adresses = re.findall(r'class="reponse" href="([^"]*)"', page)
    assert len(adresses) == 4
    assert all(re.fullmatch(r"/que-faire/1/\?v=1\.0&amp;r=[\d-]+", adresse) for adresse in adresses)


def test_la_conclusion_dit_la_reponse_puis_qui_appeler_quoi_dire_et_le_texte(soignante: Client) -> None:
    page = lire(soignante, reverse("fiches:parcours", args=[1]), SANS_ACCORD)
    ordre = [
        "Oui, un texte vous le permet.",
        "Qui appeler maintenant",
        "Ce que vous pouvez dire",
        "Code pénal 226-14 3°",
    ]
    assert [page.index(mot) for mot in ordre] == sorted(page.index(mot) for mot in ordre)
    assert "Procureur de la République seul" in page
    assert 'href="tel:' in page
    assert reverse("signalements:nouveau", args=["vc-sans-accord"]) in page
    assert "Fiche 1, version 1.0" in page


def test_une_conclusion_qui_refuse_n_ouvre_aucun_dossier(soignante: Client) -> None:
    page = lire(soignante, reverse("fiches:parcours", args=[1]), {**SANS_ACCORD, "p": "SECRETAIRE"})
    assert "Ce texte ne vise pas votre profession (secrétaire médicale)" in page
    assert reverse("signalements:nouveau", args=["vc-sans-accord"]) not in page
    non = lire(soignante, reverse("fiches:parcours", args=[1]), {"v": "1.0", "r": "2-1-3-2"})
    assert "Non." in non
    assert "Commencer le signalement" not in non


@pytest.mark.parametrize("r", ["9", "2-1-3-1-1", "abc", "2--1", "-"])
def test_des_reponses_inconnues_reprennent_au_debut_en_le_disant(r: str, soignante: Client) -> None:
    page = lire(soignante, reverse("fiches:parcours", args=[1]), {"v": "1.0", "r": r})
    assert "Reprenez au début." in page
    assert "question 1" in page


def test_des_reponses_donnees_a_une_version_ancienne_reprennent_au_debut(soignante: Client) -> None:
    page = lire(soignante, reverse("fiches:parcours", args=[1]), {"v": "0.9", "r": "2-1"})
    assert "Reprenez au début." in page


def test_une_fiche_sans_arbre_n_a_pas_de_questions(soignante: Client) -> None:
    assert soignante.get(reverse("fiches:parcours", args=[18])).status_code == 404
    assert soignante.get(reverse("fiches:parcours", args=[99])).status_code == 404


def ouvrir(client: Client, **autres: str) -> ConsultationSecret:
    reponse = client.post(reverse("fiches:tracer", args=[1]), {**TRACE, **autres})
    trace = ConsultationSecret.objects.latest("pk")
    assert reponse["Location"] == reverse("fiches:consultation", args=[trace.cle])
    return trace


def test_la_trace_garde_les_mots_lus_la_base_et_la_version(soignante: Client) -> None:
    trace = ouvrir(soignante)
    assert trace.resultat == "BASE_TROUVEE"
    assert (trace.derogation, trace.base.cle, trace.profession[:9]) == ("D03", "CP-226-14-3", "Infirmier")  # type: ignore[union-attr]
    assert trace.reponses[-1]["reponse"] == "Oui, les deux"
    assert trace.version_fiche.numero == "1.0"


@pytest.mark.parametrize(
    ("r", "p", "resultat"),
    [("2-1-3-1", "PSYCHOLOGUE", "AVIS_REQUIS"), ("2-1-3-1", "SECURITE", "SANS_BASE"), ("2-1-3-2", "MEDECIN", "SANS_BASE"),
     ("2-1-3-3", "MEDECIN", "AVIS_REQUIS"), ("1", "SECURITE", "BASE_TROUVEE")],
)  # fmt: skip
def test_le_resultat_de_la_trace_suit_l_arbre_et_la_profession(
    r: str, p: str, resultat: str, soignante: Client
) -> None:
    assert ouvrir(soignante, r=r, p=p).resultat == resultat


def test_une_trace_ne_s_ouvre_ni_au_milieu_ni_sur_une_autre_version_ni_incomplete(soignante: Client) -> None:
    for change in ({"r": "2-1"}, {"v": "0.9"}, {"demandeur_type": ""}, {"r": "9-9"}, {"nom": "Dupont"}):
        reponse = soignante.post(reverse("fiches:tracer", args=[1]), {**TRACE, **change})
        assert reponse["Location"] == reverse("fiches:parcours", args=[1])
    assert not ConsultationSecret.objects.exists()


def test_seul_l_auteur_lit_sa_trace(soignante: Client, distribution: Distribution) -> None:
    trace = ouvrir(soignante)
    for nom in ("infirmiere", "cadre", "juriste", "dpo", "referente"):
        client = distribution.client(nom)
        assert client.get(reverse("fiches:consultation", args=[trace.cle])).status_code == 404
        assert client.post(reverse("fiches:consultation_pdf", args=[trace.cle])).status_code == 404
        assert client.post(reverse("fiches:consultation", args=[trace.cle]), {"geste": "clore"}).status_code == 404
        assert trace.reference not in lire(client, reverse("fiches:consultations"))
    assert trace.reference in lire(soignante, reverse("fiches:consultations"))


def agir(client: Client, trace: ConsultationSecret, **donnees: str) -> ConsultationSecret:
    client.post(reverse("fiches:consultation", args=[trace.cle]), donnees)
    return ConsultationSecret.objects.get(pk=trace.pk)


def test_la_trace_va_de_la_question_a_la_decision_puis_se_clot(soignante: Client) -> None:
    trace = agir(soignante, ouvrir(soignante), geste="demander_avis", aupres="CDOM")
    assert (trace.etat, trace.avis_demande_a) == ("AVIS_DEMANDE", "CDOM")
    trace = agir(
        soignante, trace, geste="decider", decision="REVELER", motif="Danger et emprise réunis.", avis_recu="on"
    )
    assert (trace.etat, trace.decision) == ("DECIDEE", "REVELER")
    assert trace.avis_recu_le is not None
    assert agir(soignante, trace, geste="clore").etat == "CLOSE"
    assert agir(soignante, trace, geste="decider", decision="DIFFERER", motif="Autre").decision == "REVELER"


def test_une_decision_sans_motif_est_refusee_et_rien_n_est_perdu(soignante: Client) -> None:
    trace = ouvrir(soignante)
    page = soignante.post(
        reverse("fiches:consultation", args=[trace.cle]), {"geste": "decider", "decision": "REVELER", "motif": "  "}
    ).content.decode()
    assert "Écrivez le motif de votre décision." in page
    assert re.search(r'value="REVELER"[^>]*checked', page)
    assert ConsultationSecret.objects.get(pk=trace.pk).etat == "OUVERTE"
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsultationSecret.objects.filter(pk=trace.pk).update(decision="REVELER")


def test_un_verbe_ne_sert_que_son_auteur(soignante: Client, distribution: Distribution) -> None:
    trace = ouvrir(soignante)
    with pytest.raises(TransitionRefusee, match="Seul le professionnel"):
        verbes.clore(
            consultation=agir(soignante, trace, geste="decider", decision="DIFFERER", motif="Attendre."),
            acteur=distribution.acteur("juriste"),
        )


def test_un_avis_qui_tarde_est_rappele_a_son_auteur_seul(soignante: Client, distribution: Distribution) -> None:
    trace = agir(soignante, ouvrir(soignante), geste="demander_avis", aupres="JURIDIQUE")
    rappel = Envoi.objects.get(sujet="consultation.rappel")
    assert timedelta(hours=47) < rappel.pas_avant - timezone.now() <= timedelta(hours=48)
    executer(rappel.pk)
    avis = Avis.objects.get(texte__contains=trace.reference)
    assert avis.destinataire_id == distribution.utilisateur("soignante").pk


def test_un_avis_suivi_d_une_decision_n_est_pas_rappele(soignante: Client) -> None:
    trace = agir(soignante, ouvrir(soignante), geste="demander_avis", aupres="CDOM")
    agir(soignante, trace, geste="decider", decision="NE_PAS_REVELER", motif="Pas d’emprise.")
    executer(Envoi.objects.get(sujet="consultation.rappel").pk)
    assert not Avis.objects.exists()


def test_la_trace_imprimee_dit_la_question_la_base_et_la_decision(soignante: Client) -> None:
    trace = agir(soignante, ouvrir(soignante), geste="decider", decision="REVELER", motif="Danger et emprise réunis.")
    reponse = soignante.post(reverse("fiches:consultation_pdf", args=[trace.cle]))
    assert reponse["Content-Type"] == "application/pdf"
    assert trace.reference.lower() in reponse["Content-Disposition"]
    with pikepdf.open(io.BytesIO(reponse.content)) as pdf:
        assert trace.reference in str(pdf.docinfo["/Title"])
    encore = soignante.post(reverse("fiches:consultation_pdf", args=[trace.cle]))
    assert demarquer(encore.content)[0] == demarquer(reponse.content)[0]


def test_la_trace_garde_la_version_lue_quand_la_fiche_change(
    soignante: Client, distribution: Distribution, approuver: object
) -> None:
    trace = ouvrir(soignante)
    referente = distribution.acteur("referente")
    version = workflow.proposer(fiche=Fiche.objects.get(numero=1), acteur=referente)
    workflow.modifier(
        version=version,
        acteur=referente,
        titre=version.titre,
        contenu={champ: valeur for champ, valeur in version.contenu.items() if champ != "arbre"},
        motif="",
        version_lue=relire(version).version,
    )
    workflow.soumettre_lecture(version=relire(version), acteur=referente)
    workflow.ouvrir_approbation(version=relire(version), acteur=referente)
    approuver(version)  # type: ignore[operator]
    workflow.mettre_en_vigueur(version=relire(version), acteur=referente)
    assert VersionFiche.objects.get(fiche__numero=1, etat="EN_VIGUEUR").numero == "1.1"
    page = lire(soignante, reverse("fiches:consultation", args=[trace.cle]))
    assert "Fiche 1 v1.0" in page
    assert soignante.get(reverse("fiches:parcours", args=[1])).status_code == 404
