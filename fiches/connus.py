"""What the rows bear today: the words that a content may cite, and the table of derogations in force."""

from convention.models import Service
from fiches.arbre import secret
from fiches.models import ReferenceLegale, VersionFiche


def table_en_vigueur() -> secret.Table | None:
    """The derogations that the partners approved; every tree speaks by them."""
    brut = (
        VersionFiche.objects.filter(etat=VersionFiche.Etat.EN_VIGUEUR, contenu__has_key="secret")
        .order_by("fiche__numero")
        .values_list("contenu__secret", flat=True)
        .first()
    )
    return secret.lire(brut)


def connus() -> tuple[set[str], set[str], set[str]]:
    """References, services, derogations."""
    table = table_en_vigueur()
    return (
        set(ReferenceLegale.objects.values_list("cle", flat=True)),
        set(Service.objects.values_list("code", flat=True)),
        table.codes if table else set(),
    )
