"""The indicators of the yearly review, each with its definition, its source and its frequency."""

from collections.abc import Collection, Iterator

from bilans.indicateurs import auditions, conformite, convention, detenus, requisitions, saisies, suites
from bilans.indicateurs.des_signalements import SIGNALEMENTS
from bilans.indicateurs.indicateur import Indicateur
from bilans.indicateurs.periode import Periode, periode
from bilans.indicateurs.releve import Chiffre, Releve, Tableau, restaurer, serialiser
from notifications.portee import portee_systeme

CHAPITRES = (
    ("signalements", "Signalements"),
    ("declarations", "Sûreté et violences"),
    ("requisitions", "Réquisitions"),
    ("detenus", "Personnes détenues"),
    ("convention", "Vie de la convention"),
)
_R = "requisitions"
_ENVELOPPES, _EVENEMENTS = "enveloppes des dossiers", "chronologies des dossiers"

INDICATEURS = (
    *SIGNALEMENTS,
    Indicateur(
        "I23",
        _R,
        "Volume des réquisitions",
        "Réquisitions reçues, par institution et service requérants, type d’acte et cadre juridique.",
        "réponses codées de la réquisition",
        "mensuelle",
        requisitions.volumes,
    ),
    Indicateur(
        "I24",
        _R,
        "Conformité du premier coup",
        "Parmi les réquisitions dont le contrôle est fini (validées, refusées ou classées), part de celles validées "
        "sans demande de régularisation, sans refus et sans point bloquant levé ; points que ces demandes nomment.",
        f"{_EVENEMENTS}, demandes de régularisation, dérogations écrites",
        "trimestrielle",
        conformite.conformite,
    ),
    Indicateur(
        "I25",
        _R,
        "Délai de réponse",
        "De la réception à la mise à disposition ou au refus, sans le temps où le requérant régularise ; part des "
        "réponses données avant leur échéance, parmi celles données ou en retard.",
        f"{_EVENEMENTS}, échéances, demandes de régularisation",
        "trimestrielle",
        requisitions.delais,
    ),
    Indicateur(
        "I26",
        _R,
        "Refus motivés",
        "Réquisitions refusées, selon le motif codé, que le refus soit contesté ensuite ou non.",
        "réponses codées de la réquisition",
        "annuelle",
        requisitions.refus,
    ),
    Indicateur(
        "I27",
        _R,
        "Heures de réception",
        "Heure où la réquisition atteint l’hôpital, même saisie plus tard : du lundi au vendredi de 9 h à 18 h, ou "
        "hors de ces heures et les jours fériés.",
        _ENVELOPPES,
        "annuelle",
        requisitions.heures,
    ),
    Indicateur(
        "I28",
        _R,
        "Images de vidéoprotection",
        "Ordres de conservation : images copiées, déjà effacées à la réception, copie à confirmer.",
        "ordres de conservation",
        "trimestrielle",
        requisitions.videos,
    ),
    Indicateur(
        "I29",
        _R,
        "Accord du médecin",
        "Dernière réponse du médecin à chaque demande de remise.",
        "réponses datées des médecins",
        "annuelle",
        requisitions.accords,
    ),
    Indicateur(
        "I32",
        _R,
        "Autorisation du procureur",
        "Part des réquisitions préliminaires dont l’autorisation écrite est jointe, hors examens de garde à vue et "
        "actes du procureur lui-même.",
        "réponses codées de la réquisition",
        "annuelle",
        conformite.autorisations,
    ),
    Indicateur(
        "I33",
        _R,
        "Saisies et perquisitions",
        "Saisies et perquisitions selon leur suite et la présence de l’Ordre, notée sur place. Pour celles qui ont été "
        "menées : délai entre l’annonce et l’opération, hors perquisition inopinée ; copie intégrale gardée quand un "
        "original est saisi ; originaux restitués, à partir de cinq saisies d’originaux ; réserves écrites.",
        f"{_ENVELOPPES}, comptes rendus codés des opérations, inventaires, restitutions",
        "annuelle",
        saisies.saisies,
    ),
    Indicateur(
        "I34",
        _R,
        "Auditions",
        "Auditions de patients et de professionnels selon leur issue, séance par séance. Le refus dit au médecin avant "
        "toute séance est une audition refusée. Avis d’aptitude rendus, délai du premier depuis la réception. "
        "Réponse des professionnels convoqués à l’accompagnement proposé.",
        "séances d’audition, avis d’aptitude codés, réponses aux convocations",
        "annuelle",
        auditions.auditions,
    ),
    Indicateur(
        "I35",
        _R,
        "Points levés et alertes passées outre",
        "Points bloquants levés, par écrit ou par une urgence vitale, et alertes passées outre avec leur raison, selon "
        "le contrôle. Chaque point compte une fois.",
        "dérogations écrites des réquisitions",
        "annuelle",
        suites.levees,
    ),
    Indicateur(
        "I36",
        _R,
        "Frais de justice",
        "Mémoires de frais selon leur situation, montants facturés (déposés, rejetés ou payés) et encaissés (payés).",
        "mémoires de frais de la régie",
        "annuelle",
        suites.frais,
    ),
    Indicateur(
        "I37",
        _R,
        "Échéances dépassées",
        "Réponses et contrôles d’une perquisition inopinée non faits à l’échéance, inscrits au registre, par acte.",
        "registre des incidents",
        "annuelle",
        suites.echeances_depassees,
    ),
    Indicateur(
        "I30",
        "detenus",
        "Extractions médicales",
        "Extractions demandées, réalisées, annulées selon le motif codé, refusées par la personne.",
        f"{_ENVELOPPES}, motifs codés",
        "trimestrielle",
        detenus.extractions,
    ),
    Indicateur(
        "I20",
        "convention",
        "Fiches à jour",
        "Fiches dont une nouvelle version est entrée en vigueur dans l’année, et fiches vérifiées depuis moins "
        "de deux ans.",
        "versions des fiches",
        "annuelle",
        convention.fiches,
    ),
    Indicateur(
        "I21",
        "convention",
        "Fiches lues",
        "Fiches en vigueur dont aucune lecture n’a été attestée dans leur version actuelle.",
        "accusés de lecture",
        "annuelle",
        convention.lectures,
    ),
    Indicateur(
        "I38",
        "convention",
        "Incidents de confidentialité",
        "Accès exceptionnels à un dossier, ouverts dans l’année, selon ce que leur examen a conclu. Un accès "
        "injustifié est un incident.",
        "accès exceptionnels et leur examen",
        "annuelle",
        suites.confidentialite,
    ),
    Indicateur(
        "I31",
        "convention",
        "Retours du terrain",
        "Retours déposés dans l’année sur une étape d’une fiche, retours répondus, et délai du dépôt à la réponse.",
        "retours d’expérience",
        "annuelle",
        convention.retours,
    ),
)
PAR_CODE = {indicateur.code: indicateur for indicateur in INDICATEURS}


def egrener(annee: int, codes: Collection[str] = ()) -> Iterator[tuple[Indicateur, Releve]]:
    """The indicators of a year one after the other, all or those of `codes`. To be read to its end at once."""
    p = periode(annee)
    with portee_systeme("Les indicateurs comptent tous les dossiers et n’en montrent aucun."):
        for indicateur in INDICATEURS:
            if not codes or indicateur.code in codes:
                yield indicateur, indicateur.relever(p)


def relever(annee: int) -> list[Releve]:
    """Every indicator of a year."""
    return [releve for _, releve in egrener(annee)]


__all__ = [
    "CHAPITRES",
    "INDICATEURS",
    "PAR_CODE",
    "Chiffre",
    "Indicateur",
    "Periode",
    "Releve",
    "Tableau",
    "egrener",
    "periode",
    "relever",
    "restaurer",
    "serialiser",
]
