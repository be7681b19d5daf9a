"""A named doctor who cannot answer says so, and legal affairs name another: what either wrote stays their own."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from convention.acteur import acteur_de
from convention.rattachements import rattacher
from dossiers.models import Dossier, ParticipationPersonnelle
from notifications.models import Avis
from requisitions import workflow as w
from requisitions.controles import controler as controler_faits
from requisitions.controles import r13
from requisitions.designation import recusation_sans_suite
from requisitions.faits import faits_de
from requisitions.forms.execution import TriForm
from requisitions.models import Recusation, Volet
from tests.requisitions.conftest import motifs_du_controle
from tests.requisitions.test_medecin_requis import GAV
from tests.requisitions.test_parcours import pdf, poster
from tests.requisitions.test_volets import page
from transitions.workflow import TransitionRefusee

# `page` folds every space.
ALERTE = "Le médecin désigné s’est récusé : désignez-en un autre"
LIEN = Recusation.Motif.LIEN
REPONSES = {
    "lien": "aucun",
    "identite_verifiee": True,
    "accord_personne": "donne",
    "examen_le": "2026-11-24T10:00",
    "conclusion": "compatible",
}


def frais(dossier):
    return Dossier.objects.get(pk=dossier.pk)


def voit(dossier, acteur) -> bool:
    return Dossier.objects.visibles_par(acteur).filter(pk=dossier.pk).exists()


def avis_de(qui) -> list[str]:
    return list(Avis.objects.filter(destinataire=qui).order_by("pk").values_list("texte", flat=True))


@pytest.fixture
def autre(distribution):
    """A second responsible doctor, of the same ward."""
    compte = distribution.utilisateur("soignante")
    rattacher(
        utilisateur=compte,
        service=distribution.service("CHV-CHIR"),
        role=Role.MEDECIN_RESPONSABLE,
        acteur=None,
        profession="MEDECIN",
        matricule="10007654321",
    )
    return compte


@pytest.fixture
def examen(validee, distribution, juriste):
    """An examination entrusted to the first doctor."""

    def faire(code="EX_GAV", **champs):
        medecin = distribution.utilisateur("medecin")
        return w.affecter(dossier=validee(code, **champs), acteur=juriste, consigne="Examen.", medecin=medecin)

    return faire


def remplacer(dossier, acteur, medecin, **options):
    return w.remplacer(dossier=frais(dossier), acteur=acteur, consigne="Même passage.", medecin=medecin, **options)


def test_un_autre_medecin_prend_la_place_et_le_premier_ne_voit_plus_le_dossier(
    affectee, juriste, medecin, autre, distribution, travailler
):
    dossier = affectee()
    travailler()
    Avis.objects.all().delete()
    client = distribution.client("juriste")
    assert "Désigner un autre médecin" in page(client, "dossier", dossier)
    poster(client, "remplacement", dossier, medecin=autre.pk, consigne="Même passage.", version=frais(dossier).version)
    travailler()
    assert dossier.etat == "AFFECTEE"
    assert not voit(dossier, medecin)
    assert voit(dossier, acteur_de(autre))
    assert distribution.client("medecin").get(reverse("requisitions:tri", args=[dossier.cle])).status_code == 404
    assert "Même passage." in page(distribution.client("soignante"), "tri", dossier)
    assert any("Autre médecin désigné" in texte for texte in avis_de(autre))
    (dit,) = avis_de(distribution.utilisateur("medecin"))
    assert dit == f"Un autre médecin est désigné, vous n’avez plus rien à faire : {dossier.reference}"
    assert ParticipationPersonnelle.objects.filter(content_object=dossier).count() == 2, "la trace du premier reste"
    assert "Autre médecin désigné" in page(client, "dossier", dossier)


def test_le_requerant_ne_lit_ni_le_remplacement_ni_son_motif(affectee, juriste, medecin, autre, distribution):
    dossier = affectee()
    w.decliner(dossier=dossier, acteur=medecin, motif=LIEN)
    remplacer(dossier, juriste, autre)
    lue = page(distribution.client("opj"), "dossier", dossier)
    for mots in ("récus", "Je soigne", "intérêt personnel", "médecin désigné", "Autre médecin", "à désigner"):
        assert mots not in lue
    assert "En traitement" in lue


def test_le_medecin_decline_et_n_est_plus_tenu(affectee, medecin, juriste, distribution, travailler):
    dossier = affectee()
    travailler()
    Avis.objects.all().delete()
    client = distribution.client("medecin")
    assert "Je ne peux pas répondre" in page(client, "tri", dossier)
    reponse = client.post(reverse("requisitions:decliner", args=[dossier.cle]), {"motif": "absence"}, follow=True)
    assert "Les affaires juridiques désignent un autre médecin" in reponse.content.decode()
    travailler()
    assert not voit(dossier, medecin)
    assert any("un autre est à désigner" in texte for texte in avis_de(distribution.utilisateur("juriste")))
    lue = page(distribution.client("juriste"), "dossier", dossier)
    assert ALERTE in lue
    assert "Je suis absent ou indisponible" in lue
    with pytest.raises(TransitionRefusee):
        w.decliner(dossier=frais(dossier), acteur=medecin, motif="absence")
    assert dossier.recusations.count() == 1


def test_l_alerte_tombe_quand_un_autre_est_designe(affectee, medecin, juriste, autre, distribution):
    dossier = affectee()
    w.decliner(dossier=dossier, acteur=medecin, motif=LIEN)
    assert recusation_sans_suite(frais(dossier))
    remplacer(dossier, juriste, autre)
    assert recusation_sans_suite(frais(dossier)) is None
    assert ALERTE not in page(distribution.client("juriste"), "dossier", dossier)


def test_un_motif_est_demande_et_il_est_code(affectee, medecin, distribution):
    dossier = affectee()
    client = distribution.client("medecin")
    for envoi in ({}, {"motif": "fatigue"}):
        assert client.post(reverse("requisitions:decliner", args=[dossier.cle]), envoi).status_code == 200
    with pytest.raises(TransitionRefusee, match="pourquoi"):
        w.decliner(dossier=dossier, acteur=medecin, motif="fatigue")
    assert voit(dossier, medecin)


@pytest.fixture
def heure(monkeypatch):
    """Deposited in working hours or not, declined in working hours or not, whatever the day of the test."""

    def regler(*, depot_la_nuit=False, declin_la_nuit=False):
        for module, nuit in (("enregistrement", depot_la_nuit), ("remplacement", declin_la_nuit)):
            monkeypatch.setattr(f"requisitions.workflow.{module}.hors_heures_ouvrees", lambda *_, nuit=nuit: nuit)

    return regler


@pytest.mark.parametrize("nuit", [True, False])
def test_en_garde_a_vue_la_garde_est_appelee_a_toute_heure(examen, medecin, distribution, heure, travailler, nuit):
    """§2.13: the administrator on call knows of every custody from its deposit."""
    heure(declin_la_nuit=nuit)
    garde = distribution.acteur("garde")
    dossier = examen(statut_personne="gav")
    assert voit(dossier, garde)
    w.decliner(dossier=dossier, acteur=medecin, motif="absence")
    travailler()
    for nom in ("garde", "juriste"):
        assert any("Urgent, garde à vue" in texte for texte in avis_de(distribution.utilisateur(nom)))


def test_seules_les_affaires_juridiques_remplacent_et_seul_le_medecin_decline(
    affectee, examen, juriste, medecin, opj, autre, distribution
):
    dossier, garde_a_vue = affectee(), examen()
    for acteur in (opj, medecin, distribution.acteur("directrice"), distribution.acteur("archives")):
        with pytest.raises(TransitionRefusee):
            remplacer(dossier, acteur, autre)
    for acteur in (opj, juriste, acteur_de(autre)):
        with pytest.raises(TransitionRefusee, match="lui seul"):
            w.decliner(dossier=frais(dossier), acteur=acteur, motif=LIEN)
    assert distribution.client("opj").get(reverse("requisitions:remplacement", args=[dossier.cle])).status_code == 403
    assert distribution.client("juriste").get(reverse("requisitions:decliner", args=[dossier.cle])).status_code == 403
    assert distribution.client("etranger").get(reverse("requisitions:decliner", args=[dossier.cle])).status_code == 404
    assert remplacer(garde_a_vue, juriste, autre).etat == "AFFECTEE"


def test_la_garde_remplace_ce_qu_elle_peut_confier_et_rien_d_autre(deposee, distribution, medecin, autre, heure):
    heure(depot_la_nuit=True)
    garde, juriste = distribution.acteur("garde"), distribution.acteur("juriste")
    premier = distribution.utilisateur("medecin")
    for code, permis in (("EX_GAV", True), ("DOSSIER", False)):
        demandee = {"heure_demande": timezone.now()} if code == "EX_GAV" else {}
        dossier = w.controler(dossier=deposee(code, **demandee), acteur=juriste)
        w.noter_mentions(
            dossier=dossier,
            acteur=juriste,
            mentions={m.numero: ("conforme", "") for m in dossier.mentions.all() if m.resultat == "a_verifier"},
        )
        w.valider(dossier=dossier, acteur=juriste, motifs=motifs_du_controle(dossier))
        w.affecter(dossier=frais(dossier), acteur=juriste, consigne="Examen.", medecin=premier)
        if permis:
            assert remplacer(dossier, garde, autre).etat == "AFFECTEE"
        else:
            with pytest.raises(TransitionRefusee, match="affaires juridiques"):
                remplacer(dossier, garde, autre)


@pytest.mark.parametrize(("choix", "motif", "phrase"), [
    ("refuse", "secret", "Son refus est une réponse"), ("total", "", "a donné son accord")
])  # fmt: skip
def test_une_reponse_donnee_ne_se_remplace_pas(
    affectee, juriste, medecin, autre, fichier, distribution, choix, motif, phrase
):
    dossier = affectee()
    piece = w.verser_piece(
        dossier=dossier, acteur=medecin, intitule="Compte rendu", fichier=fichier("a"), classe="medical"
    )
    w.trier(dossier=dossier, acteur=medecin, piece=piece, decision="remettre")
    w.donner_accord(dossier=dossier, acteur=medecin, choix=choix, motif=motif, identite_verifiee=True, ins="qualifiee")
    with pytest.raises(TransitionRefusee, match=phrase):
        remplacer(dossier, juriste, autre)
    with pytest.raises(TransitionRefusee, match="déjà répondu"):
        w.decliner(dossier=frais(dossier), acteur=medecin, motif=LIEN)
    assert phrase in page(distribution.client("juriste"), "dossier", dossier), "le bouton dit pourquoi"
    assert "Je ne peux pas répondre" not in page(distribution.client("medecin"), "tri", dossier)
    assert voit(dossier, medecin)


def test_un_examen_note_ne_se_remplace_pas(examen, juriste, medecin, autre, fichier):
    dossier = examen()
    w.remplir_volet(dossier=dossier, acteur=medecin, reponses=REPONSES, fichier=fichier("certificat"))
    with pytest.raises(TransitionRefusee, match="déjà noté son examen"):
        remplacer(dossier, juriste, autre)
    with pytest.raises(TransitionRefusee, match="déjà répondu"):
        w.decliner(dossier=frais(dossier), acteur=medecin, motif=LIEN)


def test_un_medecin_qui_se_dit_traitant_est_remplace_et_son_examen_n_est_pas_au_second(
    examen, distribution, medecin, juriste, autre
):
    dossier = examen()
    poster(
        distribution.client("medecin"), "volet", dossier, **{**GAV, "lien": "traitant"}, fichier=pdf("certificat.pdf")
    )
    remplacer(dossier, juriste, autre)
    assert Volet.objects.get(dossier=dossier).donnees == {}
    assert Volet.history.filter(dossier_id=dossier.pk).count() >= 2, "ce que le premier a écrit reste dans l’historique"
    second = distribution.client("soignante")
    assert "CANARI" not in page(second, "volet", dossier)
    certificat = dossier.pieces.get(intitule="Certificat")
    assert second.get(reverse("dossiers:piece", args=[certificat.cle])).status_code in {403, 404}
    with pytest.raises(TransitionRefusee, match="Joignez"):
        w.remplir_volet(dossier=frais(dossier), acteur=acteur_de(autre), reponses=REPONSES)
    assert distribution.utilisateur("medecin") not in w.remplacants(frais(dossier))


def test_un_refus_pour_recusation_se_remplace_et_ne_vaut_plus_reponse(affectee, medecin, juriste, autre, distribution):
    dossier = w.donner_accord(dossier=affectee(), acteur=medecin, choix="refuse", motif="recusation")
    assert faits_de(dossier, dossier.requisition).accord == "refuse"
    dossier = remplacer(dossier, juriste, autre)
    assert faits_de(dossier, dossier.requisition).accord == ""
    assert controler_faits(faits_de(dossier, dossier.requisition), (r13,))
    assert "Vous avez refusé" not in page(distribution.client("soignante"), "tri", dossier)
    assert dossier.accords.get().donne_par == distribution.utilisateur("medecin")


def test_le_tri_du_premier_n_est_pas_signe_par_le_second(affectee, medecin, juriste, autre, fichier):
    dossier = affectee()
    piece = w.verser_piece(
        dossier=dossier, acteur=medecin, intitule="Compte rendu", fichier=fichier("a"), classe="medical"
    )
    w.trier(dossier=dossier, acteur=medecin, piece=piece, decision="remettre")
    dossier, second = remplacer(dossier, juriste, autre), acteur_de(autre)
    (piece,) = w.pieces_a_trier(frais(dossier))
    proposes = [TriForm(pieces=[piece], acteur=qui).lignes()[0][1].initial for qui in (medecin, second)]
    assert proposes == ["remettre", None], "le choix du premier n’est pas proposé au second"
    with pytest.raises(TransitionRefusee, match="pas été relue"):
        w.donner_accord(dossier=dossier, acteur=second, choix="total", identite_verifiee=True, ins="qualifiee")
    w.trier(dossier=frais(dossier), acteur=second, piece=piece, decision="remettre")
    w.donner_accord(dossier=frais(dossier), acteur=second, choix="total", identite_verifiee=True, ins="qualifiee")
    assert frais(dossier).accords.get().donne_par == autre


def test_un_second_clic_ne_remplace_pas_deux_fois(affectee, juriste, autre, distribution):
    dossier = affectee()
    client, adresse = distribution.client("juriste"), reverse("requisitions:remplacement", args=[dossier.cle])
    envoi = {"medecin": autre.pk, "consigne": "Même passage.", "version": frais(dossier).version}
    assert client.post(adresse, envoi).status_code == 302
    redite = client.post(adresse, envoi)
    assert redite.status_code == 200
    assert "ne peut pas être désignée, ou l’est déjà" in redite.content.decode()
    assert "Même passage." in redite.content.decode(), "rien de ce qui est tapé n’est perdu"
    assert dossier.evenements.filter(nom="remplacer").count() == 1


def test_deux_juristes_en_meme_temps_le_second_relit(affectee, medecin, juriste, autre, distribution):
    dossier = affectee()
    lue = str(frais(dossier).version)
    w.decliner(dossier=dossier, acteur=medecin, motif="absence")
    with pytest.raises(TransitionRefusee, match="a changé"):
        remplacer(dossier, juriste, autre, version=lue)


def test_l_absent_revient_et_le_recuse_jamais(affectee, examen, medecin, juriste, autre, distribution):
    premier = distribution.utilisateur("medecin")
    for motif, revient in (("absence", True), (LIEN, False), ("competence", False)):
        dossier = w.decliner(dossier=affectee(), acteur=medecin, motif=motif)
        assert (premier in w.remplacants(frais(dossier))) is revient
    absent = w.decliner(dossier=affectee(), acteur=medecin, motif="absence")
    remplacer(absent, juriste, premier)
    assert voit(absent, medecin)


def test_une_reponse_prete_ou_un_acte_sans_medecin_ne_se_remplacent_pas(affectee, juriste, autre, distribution):
    dossier = affectee("PRESENCE")
    with pytest.raises(TransitionRefusee, match="ne désigne pas de médecin"):
        remplacer(dossier, juriste, autre)
    client = distribution.client("juriste")
    assert "Désigner un autre médecin" not in page(client, "dossier", dossier)
    w.constater_presence(dossier=frais(dossier), acteur=juriste, constatee="absent", protegee=False)
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
    w.mettre_a_disposition(dossier=frais(dossier), acteur=juriste)
    with pytest.raises(TransitionRefusee, match="Ce n’est plus possible"):
        remplacer(dossier, juriste, autre)


def test_un_refus_qui_attend_son_visa_arrete_le_remplacement(affectee, juriste, autre, directrice):
    dossier = affectee()
    w.proposer_refus(dossier=dossier, acteur=juriste, motif="secret", texte="Le secret couvre la demande.")
    with pytest.raises(TransitionRefusee, match="visa de la direction"):
        remplacer(dossier, juriste, autre)
