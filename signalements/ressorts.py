"""Which court the place of the facts belongs to: the communes that matter around Valenciennes. Pure data, to be signed.

Source: the arrondissements of the Nord, to be checked against the code de l'organisation judiciaire by the parquet.
A commune that is not written here is said to be unknown, with what to check: no court is named on a guess.
"""

import re
import unicodedata

ICI = "Valenciennes"
_COMMUNES = {
    ICI: (
        "Valenciennes, Anzin, Artres, Aubry-du-Hainaut, Aulnoy-lez-Valenciennes, Bellaing, Beuvrages, Bouchain, "
        "Bruay-sur-l’Escaut, Condé-sur-l’Escaut, Crespin, Curgies, Denain, Douchy-les-Mines, Escaudain, Escautpont, "
        "Famars, Fresnes-sur-Escaut, Haulchin, Haveluy, Hergnies, Hérin, La Sentinelle, Lourches, Maing, Marly, "
        "Mortagne-du-Nord, Neuville-sur-Escaut, Onnaing, Petite-Forêt, Préseau, Prouvy, Quarouble, Quiévrechain, "
        "Raismes, Rouvignies, Saint-Amand-les-Eaux, Saint-Saulve, Saultain, Sebourg, Thiant, Trith-Saint-Léger, "
        "Vicq, Vieux-Condé, Wallers, Wavrechain-sous-Denain"
    ),
    "Cambrai": (
        "Cambrai, Avesnes-les-Aubert, Beauvois-en-Cambrésis, Caudry, Escaudœuvres, Gouzeaucourt, Iwuy, "
        "Le Cateau-Cambrésis, Masnières, Neuville-Saint-Rémy, Proville, Solesmes, Walincourt-Selvigny"
    ),
    "Avesnes-sur-Helpe": (
        "Avesnes-sur-Helpe, Aulnoye-Aymeries, Bavay, Feignies, Ferrière-la-Grande, Fourmies, Hautmont, Jeumont, "
        "Landrecies, Le Quesnoy, Louvroil, Maubeuge, Recquignies"
    ),
    "Douai": (
        "Douai, Aniche, Auby, Cuincy, Dechy, Flers-en-Escrebieux, Guesnain, Lallaing, Marchiennes, "
        "Montigny-en-Ostrevent, Orchies, Pecquencourt, Raimbeaucourt, Roost-Warendin, Sin-le-Noble, Somain, Waziers"
    ),
    "Lille": (
        "Lille, Armentières, Croix, Faches-Thumesnil, Haubourdin, Hem, La Madeleine, Lambersart, Loos, Lomme, "
        "Marcq-en-Barœul, Mons-en-Barœul, Ronchin, Roubaix, Seclin, Tourcoing, Villeneuve-d’Ascq, Wasquehal, Wattrelos"
    ),
}


def _plier(mot: str) -> str:
    """The same commune, whatever the accents, the hyphens and the capitals."""
    sans = unicodedata.normalize("NFKD", mot.replace("œ", "oe").replace("Œ", "oe"))
    lettres = "".join(lettre for lettre in sans if not unicodedata.combining(lettre)).casefold()
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"\b(?:ste?)\b", "saint", lettres)).strip()


TRIBUNAUX = {_plier(nom): tribunal for tribunal, noms in _COMMUNES.items() for nom in noms.split(", ")}


def tribunal_de(commune: str) -> str:
    """The seat of the court of a commune, empty when it is not in the table."""
    return TRIBUNAUX.get(_plier(commune), "")
