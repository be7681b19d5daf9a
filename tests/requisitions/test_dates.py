"""The other forms of a requisition refuse a date that cannot be, beside its field."""

from datetime import timedelta

import pytest
from django.utils import timezone

from requisitions.forms.execution import PresenceForm
from requisitions.forms.instructions import InstructionForm
from requisitions.forms.regularisation import ReponseComplementForm
from requisitions.forms.titres import TitreForm
from tests.requisitions.test_regularisation import a_regulariser  # noqa: F401

DEMAIN = (timezone.localdate() + timedelta(days=2)).isoformat()
BIENTOT = f"{DEMAIN}T10:00"


@pytest.mark.parametrize(
    ("formulaire", "champs", "fautif"),
    [
        (PresenceForm, {"constatee": "sorti", "protegee": "non", "sortie_le": DEMAIN}, "sortie_le"),
        (InstructionForm, {"debut": "2206-01-01", "fin": "2206-03-01"}, "debut"),
        (InstructionForm, {"debut": "0206-01-01", "fin": "0206-03-01"}, "debut"),
    ],
)
def test_une_date_impossible_se_dit_a_cote_de_son_champ(formulaire, champs, fautif):
    assert fautif in formulaire(champs).errors


@pytest.mark.parametrize(("fin", "phrase"), [("2206-01-01", "Vérifiez l’année"), ("2020-01-01", "suit sa date")])
def test_un_titre_finit_a_une_date_possible(fin, phrase, distribution):
    form = TitreForm({"signe_du": "2026-01-05T10:00", "fin": fin}, acteur=distribution.acteur("juge"))
    assert phrase in " ".join(form.errors["fin"])


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [("autorisation_le", BIENTOT), ("instruction_du", DEMAIN), ("cr_date", DEMAIN), ("date_faits", DEMAIN),
     ("periode_du", BIENTOT), ("date_faits", "0026-01-01")],
)  # fmt: skip
def test_ce_que_le_requerant_complete_ne_porte_pas_de_date_impossible(a_regulariser, opj, champ, valeur):  # noqa: F811
    dossier = a_regulariser("M3", "M4", "M7", "M9", cadre="PRELIM")
    form = ReponseComplementForm(
        {champ: valeur, "texte": "Voici."}, acteur=opj, dossier=dossier, demande=dossier.regularisations.get()
    )
    assert champ in form.errors
