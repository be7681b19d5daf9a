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
ACCUEIL = "Centre Hospitalier de Valenciennes — accueil des autorités"


def service(code: str) -> Service:
    return Service.objects.select_related("institution").get(code=code)


def octrois_du_depot(
    r: Requisition, *, de_garde: bool, gardien: Service | None, saisie_par: Service | None = None
) -> list[Octroi]:
    """Who knows of a deposit: the requesting unit, legal affairs, the administrator on call, the keeper of the gel.

    Whoever wrote it down knows of it too, whatever the hour it was received; so does the direction of a seizure (§12).
    """
    acte = type_acte(r.type_acte)
    requerant = r.service_requerant
    ligne_maison = f"{acte.libelle} · {r.get_cadre_display()} · {requerant.nom_externe}"[:160]
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
        motif = "Réception ou échéance hors heures ouvrées" if de_garde else "Gel conservatoire à suivre"
        octrois.append(Octroi(Part.Role.OBSERVATEUR, ligne_maison, motif, ACCUEIL, service=service(GARDE)))
    if gardien and gardien.code != DAJ:
        ligne = f"{acte.ligne_executant} · {requerant.nom_externe}"[:160]
        octrois.append(Octroi(Part.Role.EXECUTANT, ligne, "Gel conservatoire", ACCUEIL, service=gardien))
    if r.type_acte == "SAISIE" and not r.inopinee:
        octrois.append(
            Octroi(Part.Role.OBSERVATEUR, ligne_maison, "Saisie demandée", ACCUEIL, service=service(DIRECTION))
        )
    if saisie_par and saisie_par not in [octroi.service for octroi in octrois]:
        octrois.append(
            Octroi(Part.Role.OBSERVATEUR, ligne_maison, "Enregistrement", ACCUEIL, service=saisie_par, non_lu=False)
        )
    return octrois


# Neither the act nor its reason: what each has to do.
AUX_ARCHIVES = "Dossier à rechercher et à copier en entier"
RESPONSABLE = "Médecin responsable"
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
