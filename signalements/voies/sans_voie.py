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
    # Its recipient is the victim, or the authority that required it: neither is a service of the directory.
    "CMI": SansVoie(
        titre="Le certificat médical initial ne s’envoie pas d’ici",
        chapeau="Il se remet à la victime, en main propre. Il n’est ni un signalement, ni une plainte.",
        possible=(
            "Écrivez ses dires entre guillemets, vos constats, l’incapacité totale de travail ou ce qui la réserve.",
            "Ne nommez pas d’auteur. Ne dites pas si les faits sont volontaires.",
            "Remettez-le à elle seule, jamais à un proche. Pour un mineur, à son représentant s’il n’est pas en cause.",
            "Gardez-en le double au dossier médical.",
            "Un enquêteur le demande\u00a0: il faut une réquisition. Elle se traite dans «\u00a0Réquisitions\u00a0».",
        ),
        fiche_code="majeur-avec-accord",
        contacts=("CHV-UMJ", "CHV-DAJ", "CHV-GARDE"),
    ),
}
