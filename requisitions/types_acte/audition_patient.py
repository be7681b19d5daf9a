"""Hearing of a patient: the doctor's fitness certificate first, without a diagnosis; unfit is a worded answer."""

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
        Champ("conditions", "Conditions : durée, pauses, soignant à proximité", Genre.TEXTE, imprime=True),
        Champ("reevaluation_le", "À réévaluer le", Genre.MOMENT, imprime=True, aide="Sous 24 heures si inapte."),
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
        Champ("representant", "Représentant, curateur ou tuteur", Genre.TEXTE, imprime=True),
        Champ("avocat", "Avocat", Genre.TEXTE, imprime=True),
        Champ("interprete", "Interprète", Genre.TEXTE, imprime=True),
        Champ(
            "lieu",
            "Lieu de l’audition",
            Genre.CHOIX,
            choix=(
                ("local", "Local fermé de l’hôpital"),
                ("chambre", "Chambre individuelle"),
                ("service", "Dans le service enquêteur"),
            ),
            aide="Jamais une chambre partagée. Le requérant ne le lit pas.",
        ),
        Champ("debut", "Début de l’audition", Genre.MOMENT, imprime=True),
        Champ("fin", "Fin", Genre.MOMENT, imprime=True),
        Champ("interruption", "Incident, ou interruption demandée par le médecin", Genre.LONG),
    ),
)
