"""Situations that carry a name and open no sending here: the page says so, and what remains possible."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SansVoie:
    titre: str
    chapeau: str
    possible: tuple[str, ...]
    fiche_code: str
    contacts: tuple[str, ...]


SANS_VOIE = {
    "RADICALISATION_MAJEUR": SansVoie(
        titre="Aucun signalement pour un patient majeur",
        chapeau=(
            "La radicalisation seule n’ouvre pas le secret. Rien de nominatif ne part, ni au préfet, ni à la police."
        ),
        possible=(
            "Poursuivez les soins. Parlez-en en équipe, sans identité hors de l’équipe.",
            "Demandez l’avis de l’Ordre ou du référent de l’hôpital, sans identité.",
            "Un passage à l’acte imminent\u00a0: appelez le 17, puis le parquet.",
            "Votre patient est dangereux et armé\u00a0: suivez la fiche «\u00a0Armes et menaces\u00a0».",
            "Un proche inquiet appelle lui-même la plateforme nationale. Vous n’appelez pas à sa place.",
            "Notez votre décision, sans identité, et fixez un nouveau point dans 15\u00a0jours.",
        ),
        fiche_code="radicalisation",
        contacts=("CDOM-PERM", "CHV-DAJ", "CHV-GARDE"),
    ),
}
