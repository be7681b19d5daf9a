"""A presence that is not to be revealed: nothing the requester reads tells it from a plain impossibility (§2.7)."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from presentation.temps import date_fr, heure_fr
from requisitions import workflow as w
from requisitions.models import Derogation, RefusPropose, Requisition
from requisitions.types_acte.presence import phrase
from requisitions.workflow.protection import noter_appel_au_parquet
from tests.requisitions.test_gels import MIDI
from transitions.workflow import TransitionRefusee

# What the registers say, whether it is protected, when the person left.
CONSTATS = (
    ("sans_reponse", False, None),
    ("present", True, None),
    ("absent", True, None),
    ("inconnu", True, None),
    ("sorti", True, date(2026, 3, 2)),
)
PROPRES = re.compile(
    r'2026/00000\d|REQ-\d{4}-\d+|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16,64}|[0-9a-f]{4}…[0-9a-f]{4}|value="[A-Za-z0-9]{64}"'
)


def repondre(dossier, juriste, constat):
    constatee, protegee, sortie_le = constat
    w.constater_presence(dossier=dossier, acteur=juriste, constatee=constatee, protegee=protegee, sortie_le=sortie_le)
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
    return w.mettre_a_disposition(dossier=dossier, acteur=juriste)


def test_le_requerant_lit_la_meme_reponse_octet_pour_octet(affectee, juriste, distribution, ecrits, time_machine):
    time_machine.move_to(timezone.localtime().replace(hour=10), tick=False)
    client = distribution.client_eleve("opj")
    lues = set()
    for rang, constat in enumerate(CONSTATS):
        # Each in a procedure of its own: the acts of one procedure name one another on their pages.
        dossier = repondre(affectee("PRESENCE", num_procedure=f"2026/00000{rang}"), juriste, constat)
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


@pytest.mark.parametrize("constat", CONSTATS[:2], ids=["technique", "protegee"])
def test_la_reponse_neutre_dit_aussi_quand_elle_a_ete_verifiee(constat, affectee, juriste, ecrits, time_machine):
    time_machine.move_to(MIDI, tick=False)
    repondre(affectee("PRESENCE"), juriste, constat)
    assert f"Vérification faite le {date_fr(MIDI)} à {heure_fr(MIDI)}" in ecrits["pdf/requisition_presence.html"][0]


def test_t12_une_presence_verifiee_la_veille_ne_se_dit_pas_de_ce_jour(affectee, juriste, ecrits, time_machine):
    time_machine.move_to(MIDI, tick=False)
    dossier = affectee("PRESENCE")
    w.constater_presence(dossier=dossier, acteur=juriste, constatee="present", protegee=False)
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
    time_machine.move_to(MIDI + timedelta(days=1), tick=False)
    with pytest.raises(TransitionRefusee, match=f"vérifiée le {MIDI:%d/%m/%Y}") as refus:
        w.mettre_a_disposition(dossier=dossier, acteur=juriste)
    w.mettre_a_disposition(
        dossier=dossier, acteur=juriste, motifs={refus.value.champ: "Registres fermés, dit au requérant."}
    )
    [lue] = ecrits["pdf/requisition_presence.html"]
    assert "ce jour" not in lue
    assert f"Vérification faite le {date_fr(MIDI)} à {heure_fr(MIDI)}" in lue


def test_une_presence_verifiee_de_nouveau_part_sans_alerte(affectee, juriste, time_machine):
    time_machine.move_to(MIDI, tick=False)
    dossier = affectee("PRESENCE")
    w.constater_presence(dossier=dossier, acteur=juriste, constatee="present", protegee=False)
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
    time_machine.move_to(MIDI + timedelta(days=1), tick=False)
    w.constater_presence(dossier=dossier, acteur=juriste, constatee="present", protegee=False)
    assert w.mettre_a_disposition(dossier=dossier, acteur=juriste).etat == "PRETE"


def test_l_agent_dit_toujours_si_un_motif_de_protection_existe_et_jamais_lequel(affectee, distribution):
    dossier, client = affectee("PRESENCE"), distribution.client("juriste")
    adresse = reverse("requisitions:reponse", args=[dossier.cle])
    vierge = client.get(adresse).content.decode()
    assert "Un motif de protection existe-t-il" in vierge
    assert not re.search(r'name="protegee"[^>]*checked', vierge), "rien n’est répondu d’avance"
    lu = {"geste": "presence", "constatee": "sorti", "sortie_le": "2026-03-02"}
    refus = client.post(adresse, lu)
    assert refus.context["presence"].errors == {"protegee": ["Dites si un motif de protection existe."]}
    assert "Dites si un motif de protection existe." in refus.content.decode()
    assert 'value="2026-03-02"' in refus.content.decode()
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


TRAHISONS = (
    "Vue aux urgences ce matin.", "Chambre 214, 2e étage.", "En cardiologie.", "Dialyse demain.", "Née sous X.",
    "En soins palliatifs.", "Suivie en addictologie.", "Patient sous anonymat.", "L’accouchement est secret.",
)  # fmt: skip


@pytest.mark.parametrize("mots", TRAHISONS)
def test_aucun_mot_libre_ne_rejoint_la_reponse_de_presence(affectee, distribution, mots):
    """The page has no field for it, and words posted all the same are refused."""
    dossier, client = affectee("PRESENCE"), distribution.client("juriste")
    adresse = reverse("requisitions:reponse", args=[dossier.cle])
    assert 'name="precision"' not in client.get(adresse).content.decode()
    lu = {"geste": "presence", "constatee": "present", "protegee": "non"}
    assert client.post(adresse, {**lu, "precision": mots}).context["presence"].errors
    assert not Requisition.objects.get(pk=dossier.pk).reponse_texte
    assert client.post(adresse, lu).status_code == 302
    assert Requisition.objects.get(pk=dossier.pk).reponse_texte == phrase("present")


@pytest.mark.parametrize("mots", TRAHISONS)
def test_ce_que_l_hopital_ecrit_d_une_presence_ne_laisse_rien_deviner(deposee, juriste, distribution, mots):
    """Asked to put right: refused beside the field, nothing typed is lost, nothing is sent."""
    dossier = w.controler(dossier=deposee("PRESENCE"), acteur=juriste)
    adresse = reverse("requisitions:complement", args=[dossier.cle])
    page = distribution.client("juriste").post(adresse, {"points": ["M3"], "texte": f"Précisez. {mots}"})
    (erreur,) = page.context["form"].errors["texte"]
    assert "laisse deviner un soin" in erreur
    assert f"Précisez. {mots}" in page.content.decode()
    assert not dossier.regularisations.exists()


@pytest.mark.parametrize(
    "mots",
    [
        "La demande est traitée en urgence.",
        "L’ordonnance de la chambre de l’instruction manque.",
        "Le service requérant bloque l’envoi.",
        "Joignez l’autorisation du procureur, avec son nom et l’heure.",
    ],
)
def test_une_phrase_honnete_part(deposee, juriste, mots):
    dossier = w.controler(dossier=deposee("PRESENCE"), acteur=juriste)
    assert w.regulariser(dossier=dossier, acteur=juriste, points=["M3"], texte=mots).etat == "A_REGULARISER"


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
    entrees = distribution.client("entrees").get(reverse("requisitions:dossier", args=[dossier.cle]), follow=True)
    assert "Parquet appelé" not in entrees.content.decode(), "qui a cherché n’apprend pas qu’une vie est en danger"
    assert "Parquet appelé" in page.get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()
    assert Requisition.objects.get(pk=dossier.pk).reponse_presence == "sans_reponse"


def disparue(affectee, juriste, cadre="DISP", protegee=True):
    visa = {"autorisation_magistrat": "Mme Verdière", "autorisation_le": timezone.now(), "ordre_ecrit": True}
    dossier = affectee("PRESENCE", cadre=cadre, **visa)
    w.constater_presence(dossier=dossier, acteur=juriste, constatee="present", protegee=protegee)
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
    return dossier


def trouves(dossier):
    return {c.numero: c for c in w.constats_de_sortie(dossier, Requisition.objects.get(pk=dossier.pk))}


def test_t17_le_parquet_s_appelle_d_une_personne_protegee_disparue_ou_l_on_dit_pourquoi_non(
    affectee, juriste, distribution
):
    """§15, case 12: the neutral answer leaves all the same, and neither the ward nor the protection is told."""
    dossier = disparue(affectee, juriste)
    assert str(trouves(dossier)["T-17"].niveau) == "alerte"
    assert (
        "T-17"
        in distribution.client("juriste").get(reverse("requisitions:reponse", args=[dossier.cle])).content.decode()
    )
    with pytest.raises(TransitionRefusee, match="appelez le parquet") as refus:
        w.mettre_a_disposition(dossier=dossier, acteur=juriste)
    w.mettre_a_disposition(dossier=dossier, acteur=juriste, motifs={refus.value.champ: "Parquet injoignable à 18 h."})
    passee = Derogation.objects.get(dossier=dossier, controle="T-17")
    assert (passee.niveau, passee.motif) == ("alerte", "Parquet injoignable à 18 h.")
    assert Requisition.objects.get(pk=dossier.pk).reponse_presence == "sans_reponse"
    for qui in ("opj", "entrees", "parquet"):
        lue = distribution.client(qui).get(reverse("requisitions:dossier", args=[dossier.cle]), follow=True)
        for tu in ("T-17", "injoignable", "protégée", "Parquet appelé"):
            assert tu not in lue.content.decode(), (qui, tu)


def test_t17_l_appel_note_l_alerte_tombe(affectee, juriste):
    dossier = disparue(affectee, juriste)
    noter_appel_au_parquet(
        dossier=dossier, acteur=juriste, magistrat="Mme Verdière", informe=False, motif="Appel de 18 h 10."
    )
    assert "T-17" not in trouves(dossier)
    assert w.mettre_a_disposition(dossier=dossier, acteur=juriste).etat == "PRETE"


@pytest.mark.parametrize(
    ("cadre", "protegee", "du"), [("DISP_ADM", True, True), ("DISP", False, False), ("FLAG", True, False)]
)
def test_t17_seulement_dans_une_disparition_et_pour_une_personne_protegee(affectee, juriste, cadre, protegee, du):
    assert ("T-17" in trouves(disparue(affectee, juriste, cadre, protegee))) is du
