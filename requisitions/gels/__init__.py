"""What disappears: who keeps it, for how long, from when, and in which words. Pure rules; the days are a setting."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings

from dossiers.echeances import PARIS

CONFIRMER_SOUS = timedelta(hours=1)
# Days before the end of what is not frozen yet: whoever keeps it is reminded.
JALONS = (2, 5)


@dataclass(frozen=True, slots=True)
class Gelable:
    """`periode`: kept from the start of the period asked, otherwise from the day of the facts. `copie`: what is kept
    is a copy, known by its hash; otherwise the thing itself. `fin`, `finissent`, `limite`: what would happen to it.
    """

    objet: str
    gardien: str
    elements: str
    tenus: str
    gardee_par: str
    periode: bool
    copie: bool
    fin: str
    finissent: str
    limite: str
    geste: str
    ordre: str
    ou: str
    quoi: str
    reserve: str


REGLES = {
    regle.objet: regle
    for regle in (
        Gelable(
            "VIDEO", "CHV-SECU", "Les images", "sont conservées", "le poste de sécurité", periode=True, copie=True,
            fin="Effacement", finissent="s’effacent", limite="original effacé le",
            geste="Copier", ordre="Copiez les images tout de suite", ou="Où la copie est gardée",
            quoi="Caméras copiées", reserve="Ne montrez pas les images au comptoir.",
        ),
        Gelable(
            "TUBES", "CHV-LABO", "Les tubes", "sont conservés", "le laboratoire", periode=False, copie=False,
            fin="Destruction", finissent="sont détruits", limite="sans ce gel, détruits le",
            geste="Mettre à part", ordre="Mettez les tubes à part tout de suite", ou="Où les tubes sont gardés",
            quoi="Tubes mis à part", reserve="Aucun résultat ne se donne avec le tube.",
        ),
        Gelable(
            "LOGS", "CHV-DPO", "Les traces", "sont conservées", "la protection des données", periode=True, copie=True,
            fin="Effacement", finissent="s’effacent", limite="original effacé le",
            geste="Copier", ordre="Copiez les traces tout de suite", ou="Où la copie est gardée",
            quoi="Traces copiées", reserve="Une trace peut dire qui est soigné\u00a0: ne la montrez à personne.",
        ),
        Gelable(
            "EFFETS", "CHV-SECU", "Les effets", "sont conservés", "le poste de sécurité", periode=False, copie=False,
            fin="Restitution ou destruction", finissent="sont rendus ou détruits",
            limite="sans ce gel, rendus ou détruits le", geste="Mettre sous clé",
            ordre="Mettez les effets sous clé tout de suite", ou="Où les effets sont gardés",
            quoi="Effets mis sous clé", reserve="Notez chaque main par laquelle passe un effet.",
        ),
    )
}  # fmt: skip
GARDIENS = {objet: regle.gardien for objet, regle in REGLES.items()}


def remis_par_le_poste(variante: str) -> bool:
    """The security desk hands over at the counter what it keeps itself (§2.10)."""
    return GARDIENS.get(variante) == "CHV-SECU"


def conservation(objet: str) -> timedelta:
    """How long the establishment keeps this, frozen or not."""
    return timedelta(days=settings.CONSERVATION_JOURS[objet])


def ecrasement(
    objet: str, *, recue_le: datetime, periode_du: datetime | None = None, date_faits: date | None = None
) -> datetime:
    """When the first of what is asked disappears; never counted from later than the reception."""
    if REGLES[objet].periode:
        debut = periode_du or recue_le
    else:
        debut = datetime.combine(date_faits, time(), PARIS) if date_faits else recue_le
    return min(debut, recue_le, key=lambda instant: instant.astimezone(UTC)) + conservation(objet)


def duree(objet: str) -> str:
    """How long, and counted from what: the sentence of the page."""
    regle = REGLES[objet]
    depuis = "du début de la période demandée" if regle.periode else "du jour des faits"
    return (
        f"{regle.elements} {regle.tenus} {conservation(objet).days}\u00a0jours, comptés {depuis}, ou de la réception "
        "si la demande ne le dit pas."
    )


def jalon(reste: timedelta) -> int | None:
    """The nearest mark already passed: 2 days, 5 days, or none yet; nothing is left to say once it is over."""
    if reste <= timedelta(0):
        return None
    return next((jours for jours in JALONS if reste <= timedelta(days=jours)), None)
