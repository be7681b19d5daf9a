"""The services a requisition goes through, and the neutral words each of them reads."""

from accounts.models import User
from convention.acteur import Acteur
from convention.models import Service
from dossiers.models import Dossier
from dossiers.models.participation import Part
from dossiers.participations import Octroi, accorder
from requisitions.models import Requisition
from requisitions.types_acte import type_acte

HOPITAL = "CHV"
DAJ = "CHV-DAJ"
DIRECTION = "CHV-DIR"
GARDE = "CHV-GARDE"
ARCHIVES = "CHV-ARCH"
PARQUET = "PARQUET-PERM"
JUGE = "TJ-JI"
ORDRE = "CDOM-PERM"
REGIE = "CHV-REGIE"
ENTREES = "CHV-BE"
MORTUAIRE = "CHV-MORT"
ACCUEIL = "Centre Hospitalier de Valenciennes — accueil des autorités"


def service(code: str) -> Service:
    return Service.objects.select_related("institution").get(code=code)


# What no row foresees goes to legal affairs alone; the direction knows of a seizure whatever the row.
SANS_LIGNE = {"SAISIE": (DIRECTION,)}
# Those who read the whole demand; every other service of a circuit reads that something awaits, and until when.
LISENT = frozenset({GARDE, DIRECTION})
# Wards that only ever execute through a doctor of theirs: their worklist says what is on its way.
PREVENUS = frozenset({"CHV-URG", "CHV-UMJ", "CHV-PED", "CHV-IMA", "CHV-PSY", MORTUAIRE})
CIRCUIT = "Circuit de la table de décision"


def codes_du_circuit(r: Requisition) -> tuple[str, ...]:
    """The services that the row of the table names (column « circuit »), legal affairs apart: they know of everything.

    The direction is told of an unplanned search as such, by whoever opens it.
    """
    ligne = r.ligne_decision
    codes = SANS_LIGNE.get(r.type_acte, ()) if ligne is None else () if ligne.renvoi else ligne.circuit
    ailleurs = {DAJ, DIRECTION} if r.inopinee else {DAJ}
    return tuple(code for code in codes if code not in ailleurs)


def octrois_du_circuit(r: Requisition) -> list[Octroi]:
    """What each service of the circuit learns at once: neither who it is about, nor why, nor the name of the act."""
    acte = type_acte(r.type_acte)
    concernes = Service.objects.select_related("institution").filter(code__in=codes_du_circuit(r))
    return [
        Octroi(Part.Role.OBSERVATEUR, _ligne_maison(r), CIRCUIT, ACCUEIL, service=concerne)
        if concerne.code in LISENT
        else Octroi(Part.Role.AVERTI, acte.ligne_executant, CIRCUIT, ACCUEIL, service=concerne)
        for concerne in concernes.order_by("pk")
    ]


def _ligne_maison(r: Requisition) -> str:
    return f"{type_acte(r.type_acte).libelle} · {r.get_cadre_display()} · {r.service_requerant.nom_externe}"[:160]


def octrois_du_depot(
    r: Requisition, *, de_garde: bool, gardien: Service | None, saisie_par: Service | None = None
) -> list[Octroi]:
    """Who knows of a deposit: the requesting unit, legal affairs, the administrator on call, the keeper of the gel,
    the services of the circuit; whoever wrote it down too, whatever the hour it was received.
    """
    acte = type_acte(r.type_acte)
    requerant = r.service_requerant
    ligne_maison = _ligne_maison(r)
    octrois = [
        Octroi(
            Part.Role.AUTEUR,
            f"{acte.libelle} · {r.get_cadre_display()}"[:160],
            "Dépôt",
            requerant.nom_externe,
            service=requerant,
            non_lu=False,
        ),
        Octroi(Part.Role.DESTINATAIRE, ligne_maison, "Guichet unique des réquisitions", ACCUEIL, service=service(DAJ)),
    ]
    if de_garde or gardien:
        motif = (
            "Réception ou échéance hors heures ouvrées, ou urgence immédiate"
            if de_garde
            else "Gel conservatoire à suivre"
        )
        octrois.append(Octroi(Part.Role.OBSERVATEUR, ligne_maison, motif, ACCUEIL, service=service(GARDE)))
    if gardien and gardien.code != DAJ:
        ligne = f"{acte.ligne_executant} · {requerant.nom_externe}"[:160]
        octrois.append(Octroi(Part.Role.EXECUTANT, ligne, "Gel conservatoire", ACCUEIL, service=gardien))
    _completer(octrois, octrois_du_circuit(r))
    if saisie_par:
        _completer(
            octrois,
            [Octroi(Part.Role.OBSERVATEUR, ligne_maison, "Enregistrement", ACCUEIL, service=saisie_par, non_lu=False)],
        )
    return octrois


def _completer(octrois: list[Octroi], autres: list[Octroi]) -> None:
    """One row a service: what it already is comes first."""
    connus = {octroi.service for octroi in octrois}
    octrois += [autre for autre in autres if autre.service not in connus]


# Neither the act nor its reason: what each has to do.
AUX_ARCHIVES = "Dossier à rechercher et à copier en entier"
RESPONSABLE = "Médecin responsable"
CORPS_A_GARDER = "Corps à garder jusqu’à l’examen"
AU_MEDECIN = "Dossier d’un patient à préparer, votre présence est demandée"


def octrois_de_preparation(medecin: User | None, *, archives: bool = True) -> list[Octroi]:
    """Who prepares a planned seizure: the archives, and the doctor responsible for the patient where one is named."""
    octrois = []
    if archives:
        a_elles = service(ARCHIVES)
        octrois.append(Octroi(Part.Role.EXECUTANT, AUX_ARCHIVES, "Copie préalable", ACCUEIL, service=a_elles))
    if medecin is not None:
        octrois.append(Octroi(Part.Role.OBSERVATEUR, AU_MEDECIN, RESPONSABLE, ACCUEIL, personne=medecin))
    return octrois


def copier_au_parquet(dossier: Dossier, r: Requisition, acteur: Acteur, motif: str) -> Service:
    """A refusal or a request to put right always reaches the parquet too."""
    parquet = service(PARQUET)
    ligne = f"{motif} · {r.service_requerant.nom_externe}"[:160]
    accorder(
        dossier=dossier,
        octrois=[Octroi(Part.Role.COPIE, ligne, motif, parquet.nom_externe, service=parquet)],
        acteur=acteur,
    )
    return parquet
