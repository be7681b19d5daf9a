"""Who lives in the demonstration: the accounts one signs in with, and their colleagues."""

import random
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from accounts.demonstration import COMPTES, MOT_DE_PASSE
from accounts.models import User
from accounts.roles import Role
from convention.models import Rattachement, Service
from convention.rattachements import rattacher

PRENOMS = {
    "Mme": (
        "Agathe",
        "Clémence",
        "Estelle",
        "Gwenaëlle",
        "Isabelle",
        "Karine",
        "Mélanie",
        "Ophélie",
        "Romane",
        "Stéphanie",
    ),
    "M.": ("Bastien", "Damien", "Fabrice", "Hakim", "Jérôme", "Ludovic", "Nassim", "Pascal", "Thibault", "Valentin"),
}
NOMS = (
    "Bracquart",
    "Caudrelier",
    "Delmotte",
    "Flinois",
    "Gosselet",
    "Hecquet",
    "Ladrière",
    "Maillot",
    "Nisolle",
    "Obled",
    "Pamart",
    "Quievreux",
    "Rousselle",
    "Sénéchal",
    "Tison-Lemoine",
    "Urbain",
    "Vilain-Carette",
    "Wacquier",
)
# What colleagues of a service are, by the domain or the institution of the service.
METIERS: dict[str, tuple[Role, str, str]] = {
    "social": (Role.SOCIAL, "ASSISTANT_SOCIAL", ""),
    "mortuaire": (Role.MORTUAIRE, "", ""),
    "juridique": (Role.JURISTE, "", ""),
    "archives": (Role.ARCHIVES, "ADMINISTRATIF", ""),
    "admissions": (Role.ENTREES, "ADMINISTRATIF", ""),
    "finances": (Role.REGIE, "ADMINISTRATIF", ""),
    "soins-en-detention": (Role.USMP, "MEDECIN", ""),
    "soins-sans-consentement": (Role.SOINS_SANS_CONSENTEMENT, "ADMINISTRATIF", ""),
}
AILLEURS: dict[str, tuple[Role, str, str]] = {
    "instruction": (Role.JUGE_INSTRUCTION, "", "JI"),
    "education": (Role.PJJ, "", ""),
}
SOINS = frozenset(
    {
        "urgences",
        "pediatrie",
        "enfance-en-danger",
        "psychiatrie",
        "gynecologie",
        "geriatrie",
        "chirurgie",
        "reanimation",
        "imagerie",
        "medico-legal",
    }
)
MAISONS: dict[str, tuple[Role, str, str]] = {
    "PARQUET": (Role.PARQUET, "", "SUBSTITUT"),
    "POLICE": (Role.ENQUETEUR, "", "OPJ"),
    "GENDARMERIE": (Role.ENQUETEUR, "", "OPJ"),
    "DOUANES": (Role.DOUANES, "", "AG_DOUANE"),
    "MA": (Role.PENITENTIAIRE, "", ""),
    "EPM": (Role.PENITENTIAIRE, "", ""),
    "SPREF": (Role.PREFECTURE, "", ""),
    "CDOM": (Role.ORDRE, "", ""),
    "CRIP": (Role.CRIP, "", ""),
    "ARS": (Role.ARS, "", ""),
}
SIGNATURE = date(2025, 5, 26)  # everybody holds their place since the convention was signed


@dataclass(frozen=True)
class Monde:
    """The services by code, and who works in each: the demonstration account first."""

    services: dict[str, Service]
    equipes: dict[str, list[User]]
    encadrants: frozenset[int] = frozenset()

    def quelqu_un(self, code: str, alea: random.Random) -> User:
        """A person of the service who does its work, the demonstration account half of the time."""
        equipe = [membre for membre in self.equipes[code] if membre.pk not in self.encadrants] or self.equipes[code]
        return equipe[0] if alea.random() < 0.5 else alea.choice(equipe)


def peupler_comptes(alea: random.Random) -> Monde:
    """The demonstration accounts and two colleagues a service, who cannot sign in."""
    services = {service.code: service for service in Service.objects.select_related("institution").order_by("code")}
    equipes: dict[str, list[User]] = {code: [] for code in services}
    mot_de_passe = make_password(MOT_DE_PASSE)
    for compte in COMPTES:
        utilisateur = User.objects.create(
            courriel=compte.courriel,
            password=mot_de_passe,
            civilite=compte.civilite,
            prenom=compte.prenom,
            nom=compte.nom,
        )
        _rattacher(utilisateur, services[compte.service], compte.role, compte.profession, compte.qualite)
        equipes[compte.service].append(utilisateur)
    for code, service in services.items():
        metier = _metier(service)
        for rang in range(2 if metier else 0):
            equipes[code].append(_collegue(service, rang, metier, alea))  # type: ignore[arg-type]
    encadrants = frozenset(Rattachement.objects.filter(role=Role.CADRE).values_list("utilisateur_id", flat=True))
    return Monde(services, equipes, encadrants)


def _metier(service: Service) -> tuple[Role, str, str] | None:
    if service.institution.code != "CHV":
        return AILLEURS.get(service.domaine) or MAISONS.get(service.institution.code)
    return (Role.SOIGNANT, "MEDECIN", "") if service.domaine in SOINS else METIERS.get(service.domaine)


def _collegue(service: Service, rang: int, metier: tuple[Role, str, str], alea: random.Random) -> User:
    civilite = alea.choice(tuple(PRENOMS))
    collegue = User.objects.create(
        courriel=f"{service.code.lower()}-{rang + 1}@demo.test",
        password=make_password(None),
        civilite="Dr" if metier[1] == "MEDECIN" else civilite,
        prenom=alea.choice(PRENOMS[civilite]),
        nom=alea.choice(NOMS),
    )
    _rattacher(collegue, service, *metier)
    return collegue


def _rattacher(utilisateur: User, service: Service, role: Role, profession: str, qualite: str) -> None:
    matricule = f"10{utilisateur.pk:09d}" if profession in {"MEDECIN", "INFIRMIER"} else ""
    rattacher(
        utilisateur=utilisateur,
        service=service,
        role=role,
        acteur=None,
        profession=profession,
        qualite=qualite,
        matricule=matricule,
        debut_le=SIGNATURE,
    )
