"""The class of every field, and which role may ever receive which class. The "never sees" columns, as a table."""

from collections.abc import Iterable

from django.db import models

from accounts.roles import Role


class Classe(models.TextChoices):
    MEDICAL = "medical", "Médical"
    SOCIAL = "social", "Social"
    ADMINISTRATIF = "administratif", "Administratif"
    JUDICIAIRE = "judiciaire", "Judiciaire"
    IDENTITE = "identite", "Identité"
    TECHNIQUE = "technique", "Technique"


_SOIN = frozenset({Classe.MEDICAL, Classe.SOCIAL, Classe.ADMINISTRATIF, Classe.IDENTITE})
_ADMIN = frozenset({Classe.ADMINISTRATIF})
_ADMIN_IDENTITE = _ADMIN | {Classe.IDENTITE}
_JUDICIAIRE = _ADMIN | {Classe.JUDICIAIRE, Classe.IDENTITE}
_RIEN: frozenset[Classe] = frozenset()

RECOIT: dict[Role, frozenset[Classe]] = {
    Role.SOIGNANT: _SOIN,
    Role.SOCIAL: _SOIN,
    Role.MEDECIN_RESPONSABLE: _SOIN,
    Role.USMP: _SOIN,
    Role.CADRE: _ADMIN,
    Role.GARDE: _JUDICIAIRE,
    Role.JURISTE: _JUDICIAIRE,
    Role.DIRECTION: _JUDICIAIRE,
    Role.ARCHIVES: _ADMIN_IDENTITE,
    Role.SECURITE: _ADMIN,
    Role.ENTREES: _ADMIN_IDENTITE,
    Role.MORTUAIRE: _ADMIN_IDENTITE,
    Role.SOINS_SANS_CONSENTEMENT: _ADMIN_IDENTITE,
    Role.REGIE: _ADMIN,
    Role.REFERENT: _RIEN,
    Role.ADMIN_INSTITUTION: _RIEN,
    Role.DPO: _RIEN,
    Role.PARQUET: _JUDICIAIRE,
    Role.JUGE_INSTRUCTION: _JUDICIAIRE,
    Role.ENQUETEUR: _JUDICIAIRE,
    Role.DOUANES: _JUDICIAIRE,
    Role.PENITENTIAIRE: _JUDICIAIRE,
    Role.PJJ: _ADMIN_IDENTITE,
    Role.PREFECTURE: _ADMIN_IDENTITE,
    Role.ORDRE: _ADMIN,
    Role.CRIP: _ADMIN_IDENTITE,
    Role.ARS: _ADMIN_IDENTITE,
    Role.REFERENT_PROGRAMME: _RIEN,
    Role.PARTENAIRE: _RIEN,
}


def recoit(roles: Iterable[Role], classe: Classe) -> bool:
    """Whether any of these roles ever receives this class.

    What is addressed is the one exception: a frozen document or a sealed bundle belongs to its named recipient.
    """
    return any(classe in RECOIT[role] for role in roles)
