"""Hearing of a patient: the doctor's fitness certificate first, without a diagnosis; unfit is a worded answer.

The block holds what the certificate says and freezes with it. What happens at the hearing is a `Seance`, which goes
on after the answer has left; so does a later certificate (`AvisAptitude`).
"""

from requisitions.types_acte.base import Champ, Famille, Genre, TypeActe

AUD_PAT = TypeActe(
    code="AUD_PAT",
    libelle="Audition d’un patient",
    choix="Audition d’un patient (avis d’aptitude du médecin)",
    titre="Audition d’un patient",
    famille=Famille.AUDITION,
    requis=True,
    manuel=False,
    ligne_executant="Avis d’aptitude demandé",
    ecrit="Avis d’aptitude à une audition",
    rappel="Apte ou inapte, de telle heure à telle heure. Jamais un diagnostic. L’audition se tient hors d’une "
    "chambre partagée, un soignant à proximité et hors d’écoute.",
    volet=(
        Champ(
            "aptitude",
            "Avis du médecin",
            Genre.CHOIX,
            choix=(
                ("apte", "Apte à être entendue"),
                ("conditions", "Apte sous conditions"),
                ("inapte", "Inapte : l’audition est reportée"),
            ),
            requis=True,
            imprime=True,
        ),
        Champ("aptitude_le", "Avis donné le", Genre.MOMENT, requis=True, imprime=True),
        Champ(
            "valable_jusqu_a",
            "Valable jusqu’à",
            Genre.MOMENT,
            imprime=True,
            aide="Laissez vide si rien ne le limite.",
        ),
        Champ("conditions", "Conditions : durée, pauses, soignant à proximité", Genre.TEXTE, imprime=True),
        Champ(
            "reevaluation_le",
            "À réévaluer le",
            Genre.MOMENT,
            imprime=True,
            aide="Si inapte. Laissé vide\u00a0: 24 heures après l’avis. Vous êtes rappelé à cette heure.",
        ),
        Champ(
            "accord_patient",
            "La personne",
            Genre.CHOIX,
            choix=(
                ("ecrit", "Accord écrit"),
                ("oral", "Accord oral, tracé"),
                ("refus", "Refuse d’être entendue"),
                ("sans_objet", "Accord non requis dans ce cadre"),
            ),
            requis=True,
            imprime=True,
        ),
    ),
)
