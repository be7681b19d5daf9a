"""REL-18: a list costs the same number of queries with 10, 100 or 1,000 cases."""

import uuid
from typing import Any

from django.db import connection, models
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from dossiers.models import Dossier, Echeance, Participation, ParticipationPersonnelle, Personne
from prises_en_charge.models import Extraction
from requisitions.models import Requisition
from signalements.models import Signalement
from tests.durcissement.monde import Monde, sans_effet
from tests.rapport import consigner

LISTES = {
    "signalements": {"soignante": ("/signalements/", "/accueil/"), "parquet": ("/parquet/", "/parquet/?vue=tous")},
    "requisitions": {"opj": ("/mes-requisitions/",), "juriste": ("/requisitions/", "/requisitions/?vue=attente")},
    "prises_en_charge": {"usmp": ("/detenus/",), "maison_arret": ("/detenus/",)},
}
TAILLES = (10, 100, 1000)
AUTOUR: tuple[type[Model], ...] = (
    Signalement,
    Requisition,
    Extraction,
    Personne,
    Participation,
    ParticipationPersonnelle,
    Echeance,
)


def copie(ligne: Any, **autres: Any) -> Any:
    """The same row under another key."""
    valeurs = {
        champ.attname: uuid.uuid4()
        if champ.unique and isinstance(champ, models.UUIDField)
        else getattr(ligne, champ.attname)
        for champ in ligne._meta.concrete_fields
        if not (champ.primary_key and isinstance(champ, models.AutoField))
    }
    return type(ligne)(**{**valeurs, **autres})


# PostgreSQL takes 65 535 parameters a statement; a letter has some seventy columns.
PAR_ENVOI = 200


def multiplier(modele: Dossier, combien: int) -> None:
    """As many cases like this one, with their letters, parties and deadlines."""
    debut = Dossier.objects.count()
    enveloppes = Dossier.objects.bulk_create(
        copie(modele, reference=f"{(modele.reference or '')[:9]}{debut + rang}") for rang in range(combien)
    )
    for autour in AUTOUR:
        lien = "content_object" if issubclass(autour, Participation | ParticipationPersonnelle) else "dossier"
        lignes = list(autour._default_manager.filter(**{lien: modele}))
        autour._default_manager.bulk_create(
            (copie(ligne, **{f"{lien}_id": enveloppe.pk}) for enveloppe in enveloppes for ligne in lignes),
            batch_size=PAR_ENVOI,
        )


def test_une_liste_coute_autant_pour_dix_cent_ou_mille_dossiers(monde: Monde) -> None:
    mesures, ecarts = 0, []
    for espace, listes in LISTES.items():
        modele = Dossier.objects.get(cle=monde.valeurs[espace]["cle"])
        comptes: dict[tuple[str, str], list[int]] = {}
        presents = 1
        for taille in TAILLES:
            multiplier(modele, taille - presents)
            presents = taille
            for role, chemins in listes.items():
                for chemin in chemins:
                    with sans_effet(monde.clients[role]), CaptureQueriesContext(connection) as requetes:
                        assert monde.clients[role].get(chemin).status_code == 200, chemin
                    comptes.setdefault((role, chemin), []).append(len(requetes))
                    mesures += 1
        ecarts += [(liste, suite) for liste, suite in comptes.items() if len(set(suite)) > 1]
    assert ecarts == []
    consigner(
        "rel-18", mesures=mesures, listes=sum(len(c) for roles in LISTES.values() for c in roles.values()), ecarts=0
    )
