"""R-14: an identity is confirmed by its traits and by the INS, whose comparison is said and whose number is not kept."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from requisitions import workflow as w
from requisitions.forms.execution import AccordForm
from requisitions.ins import ComparaisonIns
from requisitions.models import AccordMedecin
from requisitions.types_acte import type_acte
from tests.requisitions.test_operations import NOTES
from transitions.workflow import TransitionRefusee

FICHE = "pdf/requisition_accord.html"
SIGNE = {"choix": "total", "identite_verifiee": "on"}
INCERTAINE = "l’identité du patient est incertaine"


def fautes_de(**champs) -> dict[str, list[str]]:
    return dict(AccordForm({**SIGNE, **champs}).errors)


@pytest.fixture
def relue(affectee, medecin, fichier):
    dossier = affectee()
    piece = w.verser_piece(dossier=dossier, acteur=medecin, intitule="CR", fichier=fichier("CR"), classe="medical")
    w.trier(dossier=dossier, acteur=medecin, piece=piece, decision="remettre")
    return dossier


# The doctor's agreement


def test_un_accord_dit_ce_que_donne_l_ins_et_un_refus_peut_s_en_passer():
    assert "Dites ce que donne la comparaison" in fautes_de()["ins"][0]
    assert INCERTAINE in fautes_de(ins="discordante")["ins"][0]
    assert INCERTAINE in fautes_de(choix="partiel", motif="tiers", ins="discordante")["ins"][0]
    assert fautes_de(ins="qualifiee") == fautes_de(ins="traits") == {}
    assert fautes_de(choix="refuse", motif="identite", ins="discordante") == {}
    assert fautes_de(choix="refuse", motif="secret") == {}


@pytest.mark.parametrize(("ins", "phrase"), [("", "comparaison de l’INS"), ("discordante", INCERTAINE)])
def test_aucun_accord_ne_se_signe_sans_identite_concordante(ins, phrase, relue, medecin):
    with pytest.raises(TransitionRefusee, match=phrase):
        w.donner_accord(dossier=relue, acteur=medecin, choix="total", identite_verifiee=True, ins=ins)
    assert not AccordMedecin.objects.exists()


def test_la_base_refuse_un_accord_sur_une_identite_discordante(relue, medecin):
    with pytest.raises(IntegrityError, match="accord_identite_concordante"), transaction.atomic():
        AccordMedecin.objects.create(
            dossier=relue, choix="total", ins="discordante", donne_par_id=medecin.utilisateur_id
        )


def test_la_fiche_du_medecin_dit_la_comparaison(relue, medecin, ecrits):
    w.donner_accord(dossier=relue, acteur=medecin, choix="total", identite_verifiee=True, ins="traits")
    assert ComparaisonIns.TRAITS.label in ecrits[FICHE][-1]


def test_un_refus_pour_identite_incertaine_garde_la_discordance(relue, medecin, ecrits):
    w.donner_accord(dossier=relue, acteur=medecin, choix="refuse", motif="identite", ins="discordante")
    assert ComparaisonIns.DISCORDANTE.label in ecrits[FICHE][-1]


# The seizure


@pytest.fixture
def saisie(affectee):
    jour = timezone.localdate()
    return affectee("SAISIE", cadre="CR", cr_reference="JI 4/26", cr_juge="Mme Dubar", cr_date=jour, cr_jusqu_au=jour)


def remplir(client, dossier, **champs):
    return client.post(reverse("requisitions:volet", args=[dossier.cle]), {**NOTES, **champs})


def test_la_saisie_demande_l_ins_des_que_l_identite_est_confirmee(saisie, distribution):
    juriste = distribution.client("juriste")
    muette = remplir(juriste, saisie, ins="")
    assert muette.context["form"].errors["ins"] == ["Complétez «\u00a0Comparaison de l’INS et des traits\u00a0»."]
    assert 'value="2026-11-20T20:50"' in muette.content.decode(), "rien de saisi ne se perd"
    assert remplir(juriste, saisie, ins="", identite_verifiee="").status_code == 302


def test_une_discordance_bloque_la_saisie_et_se_dit(saisie, distribution):
    juriste = distribution.client("juriste")
    remplir(juriste, saisie, ins="discordante")
    html = juriste.get(reverse("requisitions:volet", args=[saisie.cle])).content.decode()
    assert INCERTAINE in html
    remplir(juriste, saisie, ins="qualifiee")
    assert INCERTAINE not in juriste.get(reverse("requisitions:volet", args=[saisie.cle])).content.decode()


# The number


def test_le_numero_ins_n_a_de_place_nulle_part():
    """Fifteen digits do not fit where a code of twelve letters goes, and only a choice is taken."""
    champ = AccordMedecin._meta.get_field("ins")
    note = next(champ for champ in type_acte("SAISIE").volet if champ.nom == "ins")
    assert champ.max_length < 15
    assert list(champ.choices) == list(note.choix) == ComparaisonIns.choices
    assert "ins" in fautes_de(ins="269054958815780")
