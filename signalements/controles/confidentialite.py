"""Who reads, and who is read of: controls C49 and C55 of the domain's §9.4. They warn, they never hold."""

from signalements.controles.socle import Faits, controle
from transitions.verdict import Niveau


@controle("C49", Niveau.ALERTE, "", "CP-226-13")
def c49(faits: Faits) -> str:
    """The reader bears the name of somebody of the case: told before it opens."""
    if not faits.lecteur_homonyme:
        return ""
    return (
        "Une personne de ce dossier porte votre nom. Si c’est vous ou un proche, ne l’ouvrez pas\u00a0: "
        "confiez-le à un collègue."
    )


@controle("C55", Niveau.INFORMATION, "nom", "CP-226-13")
def c55(faits: Faits) -> str:
    """The person bears the name of somebody who works here."""
    if not faits.de_la_maison:
        return ""
    return (
        "Une personne du même nom travaille dans l’établissement. Si c’est elle ou un proche, écartez du dossier "
        "les collègues concernés\u00a0: page «\u00a0Qui peut voir\u00a0»."
    )
