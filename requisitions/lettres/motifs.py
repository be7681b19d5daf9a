"""From what the controls found to the words and codes of the answer: proposed, never sent without a reader."""

from collections.abc import Iterable

from django.utils import timezone

from fiches.models import ReferenceLegale
from requisitions.models import Cadre, Requisition
from transitions.verdict import Constat

Refus = Requisition.Refus
# The mention of the grid that each blocking control asks to put right.
POINTS = {
    "R-01": "M3",
    "R-02": "M3",
    "R-03": "M1",
    "R-04": "M4",
    "R-05": "M5",
    "R-06": "M2",
    "R-07": "M2",
    "R-08": "M2",
    "R-09": "M1",
    "R-23": "M3",
    "R-26": "M10",
}
# The first that is met gives the ground.
REFUS = (
    ("R-35", Refus.EXPERTISE_DETENU),
    ("R-06", Refus.SECRET),
    ("R-07", Refus.SECRET),
    ("R-13", Refus.SECRET),
    ("R-11", Refus.RECUSATION),
)
# What §2.3 rests each ground on, as rows: articles are renumbered.
BASES: dict[str, tuple[str, ...]] = {
    Refus.SECRET: ("CP-226-13",),
    Refus.RECUSATION: ("CSP-R4127-105",),
    Refus.TECHNIQUE: ("CSP-R4127-70",),
    Refus.EXPERTISE_DETENU: ("CPENIT-L322-2",),
    Refus.PUBERTAIRE: ("CC-388",),
    Refus.REFUS_PERSONNE: ("CC-16-3", "CSP-L1111-4"),
}
SELON_LE_CADRE: dict[tuple[str, str], tuple[str, ...]] = {
    (Refus.INCOMPETENCE, Cadre.PRELIM): ("CPP-77-1", "CPP-77-1-1"),
    (Refus.SECRET, Cadre.FLAG): ("CPP-60-1", "CP-226-13"),
}
VOIES = {
    Refus.INCOMPETENCE: ("Une nouvelle réquisition reste possible, prise par l’autorité compétente et dans son cadre."),
    Refus.SECRET: (
        "Ces pièces peuvent être saisies par un magistrat ou sous son autorité, "
        "en présence d’un représentant de l’Ordre des médecins."
    ),
    Refus.RECUSATION: "Un autre médecin peut être requis. Les affaires juridiques vous proposent un nom.",
    Refus.TECHNIQUE: "Un médecin légiste ou un autre spécialiste peut être requis.",
    Refus.INDISPONIBILITE: "La demande peut être renouvelée dès que l’empêchement a cessé.",
    Refus.EXPERTISE_DETENU: "Un médecin extérieur à l’unité sanitaire peut être requis.",
    Refus.PUBERTAIRE: "Aucune : la loi interdit cet examen.",
    Refus.REFUS_PERSONNE: "Le refus est constaté par écrit. Le magistrat apprécie la suite.",
    Refus.SANS_OBJET: "Le parquet est informé et peut préciser la demande.",
}
# Of a presence, any other ground (secret, doctor concerned, gesture refused) says that somebody is there.
SANS_TRAHIR = frozenset({Refus.INCOMPETENCE, Refus.INDISPONIBILITE, Refus.SANS_OBJET})
# What these say is for the hospital alone.
INTERNES = frozenset({"R-14", "R-19", "R-20", "R-46"})


def points(constats: Iterable[Constat]) -> list[str]:
    return list(dict.fromkeys(POINTS[constat.numero] for constat in constats if constat.numero in POINTS))


def refus(constats: Iterable[Constat]) -> str:
    """The coded ground of a refusal; empty when nothing calls for one."""
    trouves = {constat.numero: constat for constat in constats if constat.bloque}
    pubertaire = trouves.get("R-23")
    if pubertaire and "pubertaire" in pubertaire.message:
        return Refus.PUBERTAIRE
    connu = next((motif for numero, motif in REFUS if numero in trouves), None)
    return connu or (Refus.INCOMPETENCE if trouves else "")


def possibles(type_acte: str) -> list[Requisition.Refus]:
    """The grounds on which this kind of act may be refused."""
    return [motif for motif in Refus if type_acte != "PRESENCE" or motif in SANS_TRAHIR]


def texte(constats: Iterable[Constat]) -> str:
    """One line a point, with its legal ground."""
    return "\n".join(
        f"{constat.message} ({constat.reference})" if constat.reference else constat.message
        for constat in constats
        if constat.bloque and constat.numero not in INTERNES
    )


def base_du_refus(motif: str, cadre: str) -> str:
    """The texts in force today behind a coded ground; empty where §2.3 gives none."""
    cles = SELON_LE_CADRE.get((motif, cadre), BASES.get(motif, ()))
    jour, rangees = timezone.localdate(), ReferenceLegale.objects.select_related("successeur")
    lues = rangees.in_bulk(cles, field_name="cle")
    textes = (lues[cle] for cle in cles if cle in lues)
    return "\u00a0; ".join(str(lu.successeur if lu.successeur and lu.fin and lu.fin < jour else lu) for lu in textes)
