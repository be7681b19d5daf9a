"""What the prosecutor's office has declared in the demonstration: general instructions and authorisations."""

from datetime import datetime, timedelta

from django.utils import timezone

from convention.acteur import Acteur
from convention.models import Service
from requisitions import instructions, titres
from requisitions.models import TitreJudiciaire

INSTRUCTIONS = (
    # objet, infractions, types_acte, qualites, begun how many days ago, for how many days
    (
        "Images de vidéoprotection des lieux ouverts au public",
        "Vols, violences et dégradations",
        ["VIDEO"],
        ["OPJ", "APJ"],
        40,
        180,
    ),
    ("Examen médical des victimes", "Violences, infractions sexuelles", ["EX_VICT"], ["OPJ", "APJ"], 100, 180),
    ("Images de vidéoprotection des parkings", "Vols dans les véhicules", ["VIDEO"], ["OPJ"], 230, 180),
)
AUTORISATIONS = (
    ("POLICE-CSP", ["VIDEO", "PRESENCE"], 1),
    ("GEND-COB1", ["DOSSIER"], 2),
)


def declarer_les_titres(parquet: Acteur) -> None:
    """Instructions in force and one that is over; authorisations that the police and the gendarmerie may pick."""
    jour = timezone.localdate()
    for rang, (objet, infractions, actes, qualites, depuis, duree) in enumerate(INSTRUCTIONS, start=1):
        debut = jour - timedelta(days=depuis)
        instructions.declarer(
            acteur=parquet,
            reference=f"IG-{debut:%Y}-{rang:02d}",
            objet=objet,
            infractions=infractions,
            types_acte=actes,
            qualites=qualites,
            debut=debut,
            fin=debut + timedelta(days=duree),
        )
    for rang, (service, actes, avant) in enumerate(AUTORISATIONS, start=1):
        signe: datetime = timezone.now() - timedelta(days=avant)
        titres.declarer(
            acteur=parquet,
            genre=TitreJudiciaire.Genre.AUTORISATION,
            reference=f"AUT-{signe:%Y}-{rang:03d}",
            magistrat="Mme Verdière, substitut",
            beneficiaire=Service.objects.get(code=service),
            signe_du=signe,
            fin=timezone.localdate(signe) + timedelta(days=15),
            types_acte=actes,
        )
