"""The cast, always the same people: the demonstration accounts, plus a stranger from another house."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from accounts.demonstration import COMPTES, CompteDemo
from accounts.models import User
from accounts.roles import Role
from convention.acteur import Acteur, acteur_de
from convention.models import Contact, Institution, Permanence, Service
from convention.rattachements import rattacher

DONNEES = Path(__file__).resolve().parents[1] / "donnees"
ETRANGER = CompteDemo(
    "etranger@demo.test",
    "Mme",
    "Paule",
    "Lointaine",
    "une enquêtrice d’une autre unité",
    "POLICE-SUR",
    Role.ENQUETEUR,
    "",
    "OPJ",
)
INFIRMIERE = CompteDemo(
    "infirmiere@demo.test", "Mme", "Zoé", "Maillard", "une collègue des urgences", "CHV-URG", Role.SOIGNANT, "INFIRMIER"
)
SOCIALE = CompteDemo(
    "sociale@demo.test", "Mme", "Rose", "Lenoir", "assistante sociale", "CHV-SOCIAL", Role.SOCIAL, "ASSISTANT_SOCIAL"
)
# fmt: off
# The roles that no demonstration account holds, then a colleague or a sibling for each house that owns cases.
ENTREE = date(2026, 1, 1)
AUTRES = (
    CompteDemo("entrees@demo.test", "M.", "Gaël", "Morin", "bureau des entrées", "CHV-BE", Role.ENTREES),
    CompteDemo("mortuaire@demo.test", "M.", "Luc", "Hautier", "chambre mortuaire", "CHV-MORT", Role.MORTUAIRE),
    CompteDemo(
        "ssc@demo.test", "Mme", "Fanny", "Leblond", "soins sans consentement", "CHV-SSC", Role.SOINS_SANS_CONSENTEMENT
    ),
    CompteDemo("pjj@demo.test", "Mme", "Nora", "Bouvier", "éducatrice auprès des mineurs", "EPM-PJJ", Role.PJJ),
    CompteDemo(
        "opj2@demo.test", "Lt", "Ingrid", "Bailleul", "une collègue de l’OPJ", "POLICE-CSP", Role.ENQUETEUR, "", "OPJ"
    ),
    CompteDemo(
        "parquet2@demo.test", "M.", "Loïc", "Ansart", "un collègue du parquet", "PARQUET-PERM", Role.PARQUET, "", "SUBSTITUT"
    ),
    CompteDemo(
        "parquet_mineurs@demo.test",
        "Mme",
        "Salomé",
        "Piquet",
        "parquet, section des mineurs",
        "PARQUET-MINEURS",
        Role.PARQUET,
        "",
        "SUBSTITUT",
    ),
    CompteDemo(
        "usmp_epm@demo.test", "Dr", "Basile", "Wibaut", "unité sanitaire voisine", "USMP-EPM", Role.USMP, "MEDECIN"
    ),
    CompteDemo("greffe2@demo.test", "Mme", "Tess", "Roger", "une collègue du greffe", "MA-GREFFE", Role.PENITENTIAIRE),
)
# fmt: on
PERSONNES = {
    compte.courriel.split("@")[0].replace("-", "_"): compte
    for compte in (*COMPTES, ETRANGER, INFIRMIERE, SOCIALE, *AUTRES)
}
NOMS = tuple(PERSONNES)


@cache
def _donnees(nom: str) -> dict[str, Any]:
    return yaml.safe_load((DONNEES / nom).read_text(encoding="utf-8"))


class Distribution:
    """Builds the houses at once and each person when first named."""

    def __init__(self) -> None:
        self._services = self._batir()
        self._utilisateurs: dict[str, User] = {}

    def _batir(self) -> dict[str, Service]:
        institutions = {
            ligne["code"]: Institution(
                **{cle: ligne[cle] or "" for cle in ("code", "nom", "nom_court", "famille", "commune")},
                signataire=ligne["signataire"],
            )
            for fichier in ("convention-2025.yaml", "contrat-local-de-sante.yaml")
            for ligne in _donnees(fichier)["institutions"]
        }
        Institution.objects.bulk_create(institutions.values())
        lignes = _donnees("services.yaml")["services"]
        groupes = {
            groupe.name: groupe for groupe in Group.objects.bulk_create(Group(name=ligne["code"]) for ligne in lignes)
        }
        services = [
            Service(
                code=ligne["code"],
                institution=institutions[ligne["institution"]],
                groupe=groupes[ligne["code"]],
                nom=ligne["nom"],
                nom_externe=ligne["nom_externe"],
                domaine=ligne["domaine"],
                permanence=bool(ligne["permanence"]),
            )
            for ligne in lignes
        ]
        Service.objects.bulk_create(services)
        Contact.objects.bulk_create(
            Contact(
                service=service,
                libelle="Accueil",
                telephone=ligne["telephone"],
                horaires=ligne["horaires"],
                verifie_le=ligne["verifie_le"],
            )
            for service, ligne in zip(services, lignes, strict=True)
        )
        return {service.code: service for service in services}

    def service(self, code: str) -> Service:
        return self._services[code]

    def utilisateur(self, nom: str) -> User:
        """The account of a person of the cast, with a valid rattachement (and a running duty slot for GARDE)."""
        if nom not in self._utilisateurs:
            compte = PERSONNES[nom]
            utilisateur = User.objects.create_user(
                compte.courriel, "demonstration-2025", civilite=compte.civilite, prenom=compte.prenom, nom=compte.nom
            )
            service = self.service(compte.service)
            rattacher(
                utilisateur=utilisateur,
                service=service,
                role=compte.role,
                acteur=None,
                profession=compte.profession,
                qualite=compte.qualite,
                # Long since: a test that sets its clock back finds everybody at work, whatever the day it runs.
                debut_le=min(timezone.localdate(), ENTREE),
                # One number a person: two accounts with the same one are one person (four eyes).
                matricule=f"1000{1234567 + NOMS.index(nom)}" if compte.profession else "",
            )
            if compte.role == Role.GARDE:
                maintenant = timezone.now()
                Permanence.objects.create(
                    service=service,
                    titulaire=utilisateur,
                    debut=maintenant - timedelta(hours=2),
                    fin=maintenant + timedelta(hours=10),
                )
            self._utilisateurs[nom] = utilisateur
        return self._utilisateurs[nom]

    def acteur(self, nom: str) -> Acteur:
        return acteur_de(self.utilisateur(nom))

    def client(self, nom: str) -> Client:
        """A browser-like client, signed in."""
        client = Client()
        client.force_login(self.utilisateur(nom), backend="accounts.connexion.CourrielBackend")
        return client

    def client_eleve(self, nom: str) -> Client:
        """The same, for a person who has just proved who they are (step-up)."""
        client = self.client(nom)
        session = client.session
        session["eleve_le"] = int(timezone.now().timestamp())
        session.save()
        return client
