"""The blank form of each declaration, made of the very questions of its pages, and its way back into a draft."""

from dossiers.papier import Champ, FormulairePapier, Section
from signalements.champs import REPONSES, Genre, Propre
from signalements.declarations.modele import Route
from signalements.declarations.routes import ROUTES

# Three letters are printed in the number of each sheet: they never change.
CODES = {
    "OBJET_ILLICITE": "OBJ",
    "VIOLENCE_PERSONNEL": "VIO",
    "SANS_IDENTITE": "INC",
    "INFRACTION_ETAB": "ART",
    "ALERTE_SURETE": "SUR",
}
_LIGNES = {Genre.TEXTE: 4}
_CASES = {Genre.OUI_NON: ("Oui", "Non"), Genre.OUI_NON_NSP: tuple(REPONSES.values())}


def _champ(propre: Propre) -> Champ:
    cases = _CASES.get(propre.genre) or tuple(mot for _, mot in propre.choix)
    return Champ(propre.libelle, lignes=_LIGNES.get(propre.genre, 1), cases=cases, aide=propre.aide)


def _victime() -> Section:
    """Room for two more professionals, whom the paper would otherwise forget."""
    return Section(
        "Autres victimes",
        (
            Champ("Deuxième professionnel\u00a0: nom, métier, lésion, arrêt, ITT", lignes=2),
            Champ("Troisième professionnel\u00a0: nom, métier, lésion, arrêt, ITT", lignes=2),
        ),
    )


def _consigne(route: Route) -> str:
    tues = " ".join(f"{tu[0].lower()}{tu[1:]}" for tu in route.taire)
    return f"Danger\u00a0: appelez d’abord le 17. N’écrivez pas\u00a0: {tues}"


def formulaire_de(route: Route) -> FormulairePapier:
    pages = [
        Section(page.libelle, tuple(_champ(propre) for propre in route.propres_de(page.code)))
        for page in route.parcours
    ]
    return FormulairePapier(
        code=CODES[route.code],
        titre=route.titre_document,
        consigne=_consigne(route),
        reprise=f"Signalements, «\u00a0{route.libelle}\u00a0», puis «\u00a0Saisi d’après un formulaire papier\u00a0»",
        sections=(
            Section(
                "Vous",
                (
                    Champ("Nom, fonction, service"),
                    Champ("Où vous rappeler"),
                    Champ("Jour et heure de ce papier", aide="Les délais courent depuis cette heure."),
                ),
            ),
            *pages,
            *((_victime(),) if route.plusieurs_victimes else ()),
            Section(
                "L’envoi",
                (
                    Champ("Appel\u00a0: jour, heure, interlocuteur"),
                    Champ("Papier remis à, le, à"),
                    Champ("Signature"),
                ),
            ),
        ),
    )


FORMULAIRES = tuple(formulaire_de(route) for route in ROUTES.values())
