"""A presence that is not to be revealed: nothing the requester reads tells it from a plain impossibility (§2.7)."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from requisitions import workflow as w
from requisitions.models import Derogation, RefusPropose, Requisition
from requisitions.workflow.protection import noter_appel_au_parquet
from transitions.workflow import TransitionRefusee

# What the registers say, whether it is protected, when the person left, what an agent added.
CONSTATS = (
    ("sans_reponse", False, None, ""),
    ("present", True, None, "Arrivée à 14 h."),
    ("absent", True, None, ""),
    ("inconnu", True, None, ""),
    ("sorti", True, date(2026, 3, 2), "Sortie le matin."),
)
PROPRES = re.compile(
    r'REQ-\d{4}-\d+|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16,64}|[0-9a-f]{4}…[0-9a-f]{4}|value="[A-Za-z0-9]{64}"'
)


def repondre(dossier, juriste, constat):
    constatee, protegee, sortie_le, precision = constat
    w.constater_presence(
        dossier=dossier,
        acteur=juriste,
        constatee=constatee,
        protegee=protegee,
        sortie_le=sortie_le,
        precision=precision,
    )
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
    return w.mettre_a_disposition(dossier=dossier, acteur=juriste)


def test_le_requerant_lit_la_meme_reponse_octet_pour_octet(affectee, juriste, distribution, ecrits, time_machine):
    time_machine.move_to(timezone.localtime().replace(hour=10), tick=False)
    client = distribution.client_eleve("opj")
    lues = set()
    for constat in CONSTATS:
        dossier = repondre(affectee("PRESENCE"), juriste, constat)
        pages = [client.get(reverse(f"requisitions:{nom}", args=[dossier.cle])) for nom in ("dossier", "retrait")]
        assert client.post(reverse("requisitions:ouvrir_pli", args=[dossier.cle])).status_code == 302
        pages += [client.get(reverse(f"requisitions:{nom}", args=[dossier.cle])) for nom in ("dossier", "retrait")]
        assert all(page.status_code == 200 for page in pages)
        lues.add(tuple(PROPRES.sub("#", page.content.decode()) for page in pages))
    assert len(lues) == 1, "les pages se distinguent"
    for gabarit in ("presence", "bordereau", "recepisse"):
        papiers = [PROPRES.sub("#", papier) for papier in ecrits[f"pdf/requisition_{gabarit}.html"]]
        assert (len(papiers), len(set(papiers))) == (len(CONSTATS), 1), gabarit
    assert "ne peut pas répondre" in ecrits["pdf/requisition_presence.html"][0]


def test_l_agent_dit_toujours_si_un_motif_de_protection_existe_et_jamais_lequel(affectee, distribution):
    dossier, client = affectee("PRESENCE"), distribution.client("juriste")
    adresse = reverse("requisitions:reponse", args=[dossier.cle])
    vierge = client.get(adresse).content.decode()
    assert "Un motif de protection existe-t-il" in vierge
    assert not re.search(r'name="protegee"[^>]*checked', vierge), "rien n’est répondu d’avance"
    lu = {"geste": "presence", "constatee": "sorti", "sortie_le": "2026-03-02", "precision": "Sortie le matin."}
    refus = client.post(adresse, lu)
    assert refus.context["presence"].errors == {"protegee": ["Dites si un motif de protection existe."]}
    assert "Dites si un motif de protection existe." in refus.content.decode()
    assert 'value="Sortie le matin."' in refus.content.decode()
    assert not Requisition.objects.get(pk=dossier.pk).reponse_presence
    assert client.post(adresse, {**lu, "protegee": "oui"}).status_code == 302
    lettre = Requisition.objects.get(pk=dossier.pk)
    assert (lettre.presence_protegee, lettre.reponse_presence) == (True, "sans_reponse")


def test_sans_motif_de_protection_une_sortie_porte_sa_date(affectee, distribution):
    dossier, client = affectee("PRESENCE"), distribution.client("juriste")
    adresse = reverse("requisitions:reponse", args=[dossier.cle])
    sans_date = client.post(adresse, {"geste": "presence", "constatee": "sorti", "protegee": "non"})
    assert sans_date.context["presence"].errors == {"sortie_le": ["Indiquez la date de sortie."]}
    assert client.post(adresse, {"geste": "presence", "constatee": "sorti", "protegee": "oui"}).status_code == 302


@pytest.mark.parametrize("mots", ["Suivie en addictologie.", "Patient sous anonymat.", "L’accouchement est secret."])
def test_la_precision_ne_laisse_deviner_ni_un_soin_ni_une_protection(affectee, juriste, mots):
    with pytest.raises(TransitionRefusee, match="laisse deviner"):
        w.constater_presence(
            dossier=affectee("PRESENCE"), acteur=juriste, constatee="absent", protegee=False, precision=mots
        )


@pytest.mark.parametrize(
    ("motif", "texte", "raison"),
    [
        ("secret", "Le secret s’y oppose.", "laisserait deviner une présence"),
        ("recusation", "Le médecin la suit.", "laisserait deviner une présence"),
        ("sans_objet", "Elle est hospitalisée.", "laisse deviner"),
        ("sans_objet", "Demandez aux urgences adultes.", "nomme un service"),
    ],
)
def test_un_refus_ne_trahit_pas_davantage(deposee, juriste, motif, texte, raison):
    dossier = w.controler(dossier=deposee("PRESENCE"), acteur=juriste)
    with pytest.raises(TransitionRefusee, match=raison):
        w.proposer_refus(dossier=dossier, acteur=juriste, motif=motif, texte=texte)
    assert not RefusPropose.objects.exists()


def test_cas_12_une_vie_en_danger_le_magistrat_est_informe_par_derogation(affectee, juriste, opj, distribution):
    dossier = affectee("PRESENCE")
    appel = {"dossier": dossier, "acteur": juriste, "magistrat": "Mme Verdière", "motif": "Appel de 18 h 10."}
    with pytest.raises(TransitionRefusee, match="Aucune présence"):
        noter_appel_au_parquet(**appel, informe=False)
    w.constater_presence(dossier=dossier, acteur=juriste, constatee="present", protegee=True)
    with pytest.raises(TransitionRefusee, match="ne se dit à personne"):
        noter_appel_au_parquet(**appel, informe=True, base="art. 223-6 du code pénal")
    page = distribution.client("juriste")
    assert "Noter l’appel" in page.get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()
    adresse = reverse("requisitions:protection", args=[dossier.cle])
    numero = distribution.service("PARQUET-PERM").contacts.first().telephone
    assert numero in page.get(adresse).content.decode(), "le numéro à composer est celui de l’annuaire"
    appel = {"magistrat": "Mme Verdière", "decision": "rien", "motif": "Appel de 18 h 10."}
    assert page.post(adresse, appel).status_code == 302
    Requisition.objects.filter(pk=dossier.pk).update(urgence_vitale=True)
    sans_texte = page.post(adresse, {**appel, "decision": "informe"})
    assert "base" in sans_texte.context["form"].errors
    assert page.post(adresse, {**appel, "decision": "informe", "base": "art. 223-6"}).status_code == 302
    levee = Derogation.objects.get(dossier=dossier, controle="R-21")
    assert (levee.vitale, "art. 223-6" in levee.constat) == (True, True)
    lue = distribution.client("opj").get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()
    assert "Parquet appelé" not in lue
    assert Requisition.objects.get(pk=dossier.pk).reponse_presence == "sans_reponse"
