"""The indicators of the yearly review, each with its definition, its source and its frequency."""

from collections.abc import Collection, Iterator

from bilans.indicateurs import convention, declarations, detenus, requisitions, signalements, voies
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
_S, _D, _R = "signalements", "declarations", "requisitions"
_CODEES = "réponses codées de la déclaration"
_ENVELOPPES, _EVENEMENTS = "enveloppes des dossiers", "chronologies des dossiers"

INDICATEURS = (
    Indicateur(
        "I01",
        _S,
        "Signalements par situation",
        "Signalements transmis, selon le mois de transmission et la voie.",
        _ENVELOPPES,
        "mensuelle",
        signalements.par_mois,
    ),
    Indicateur(
        "I02",
        _S,
        "Accord de la personne",
        "Signalements transmis sans l’accord de la personne (article 226-14, 3°), avec son accord, et décisions "
        "motivées de ne pas signaler.",
        f"{_ENVELOPPES}, {_EVENEMENTS}",
        "trimestrielle",
        signalements.accords,
    ),
    Indicateur(
        "I03",
        _S,
        "Information de la personne",
        "Part des signalements sans accord où l’information de la personne est tracée, et où elle est faite.",
        "réponses codées du signalement",
        "trimestrielle",
        signalements.information,
    ),
    Indicateur(
        "I04",
        _S,
        "Délais du signalement",
        "Du constat à la transmission, et de la transmission à l’accusé de réception : médiane et neuvième décile.",
        f"réponses codées du signalement, {_EVENEMENTS}",
        "trimestrielle",
        signalements.delais,
    ),
    Indicateur(
        "I16",
        _S,
        "Suites connues",
        "Dernière suite enregistrée par le destinataire, ou absence de retour.",
        "suites enregistrées",
        "annuelle",
        signalements.suites,
    ),
    Indicateur(
        "I05",
        _S,
        "Enfants en danger",
        "Signalements d’un mineur au procureur, part avec copie à la CRIP, et informations préoccupantes.",
        f"{_ENVELOPPES}, participations",
        "trimestrielle",
        voies.mineurs,
    ),
    Indicateur(
        "I07",
        _S,
        "Majeurs vulnérables",
        "Signalements de majeurs hors d’état de se protéger, selon le destinataire.",
        _ENVELOPPES,
        "annuelle",
        voies.vulnerables,
    ),
    Indicateur(
        "I08",
        _S,
        "Certificats et ITT",
        "Certificats remis en main propre, part qui fixe une ITT, part établie sur réquisition.",
        "réponses codées du certificat",
        "annuelle",
        voies.certificats,
    ),
    Indicateur(
        "I09",
        _S,
        "Plaintes simplifiées",
        "Fiches de liaison transmises à la demande de la personne, et plaintes reçues.",
        f"{_ENVELOPPES}, suites enregistrées",
        "trimestrielle",
        voies.demarches,
    ),
    Indicateur(
        "I15",
        _S,
        "Absences inquiétantes",
        "Absences signalées à la police ou à la gendarmerie, délai du constat à l’alerte, personnes retrouvées.",
        "réponses codées du signalement, suites enregistrées",
        "trimestrielle",
        voies.absences,
    ),
    Indicateur(
        "I10",
        _D,
        "Objets remis sans identité",
        "Objets illicites déclarés par nature apparente, délai de la découverte au récépissé, remises après 48 heures.",
        f"{_CODEES}, suites enregistrées",
        "annuelle",
        declarations.objets,
    ),
    Indicateur(
        "I11",
        _D,
        "Violences envers les professionnels",
        "Épisodes déclarés par niveau de l’observatoire national, professionnels touchés, jours d’arrêt, motifs.",
        _CODEES,
        "mensuelle",
        declarations.violences,
    ),
    Indicateur(
        "I12",
        _D,
        "Plaintes pour les professionnels",
        "Épisodes selon le mode de plainte, et consentements écrits aux plaintes de l’hôpital.",
        _CODEES,
        "trimestrielle",
        declarations.plaintes,
    ),
    Indicateur(
        "I13",
        _D,
        "Protection fonctionnelle",
        "Protections demandées par écrit dans l’année, accordées, et délai de la décision.",
        "suivi des déclarations",
        "annuelle",
        declarations.protections,
    ),
    Indicateur(
        "I14",
        _D,
        "Alertes de sûreté",
        "Alertes par nature, délai de l’appel à l’arrivée des forces, retours d’expérience tenus dans le mois.",
        f"{_CODEES}, suivi des déclarations",
        "trimestrielle",
        declarations.alertes,
    ),
    Indicateur(
        "I23",
        _R,
        "Volume des réquisitions",
        "Réquisitions reçues, par institution requérante, type d’acte et cadre juridique.",
        "réponses codées de la réquisition",
        "mensuelle",
        requisitions.volumes,
    ),
    Indicateur(
        "I24",
        _R,
        "Conformité du premier coup",
        "Part des réquisitions sans demande de régularisation.",
        "demandes de régularisation",
        "trimestrielle",
        requisitions.conformite,
    ),
    Indicateur(
        "I25",
        _R,
        "Délai de réponse",
        "De la réception à la mise à disposition ou au refus, pauses comprises ; part des échéances tenues parmi "
        "les échéances tenues ou dépassées.",
        f"{_EVENEMENTS}, échéances",
        "trimestrielle",
        requisitions.delais,
    ),
    Indicateur(
        "I26",
        _R,
        "Refus motivés",
        "Réquisitions refusées, selon le motif codé.",
        "réponses codées de la réquisition",
        "annuelle",
        requisitions.refus,
    ),
    Indicateur(
        "I27",
        _R,
        "Heures de réception",
        "Réception du lundi au vendredi de 9 h à 18 h, ou hors de ces heures et les jours fériés.",
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
