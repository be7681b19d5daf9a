"""Two papers that legal affairs hand over inside the hospital: neither says why, and no requester reads them."""

from datetime import datetime

from convention.models import Service
from documents.models import Document
from dossiers.models import Dossier
from presentation.temps import date_fr, heure_fr
from requisitions.documents import produire_ecrit
from requisitions.models import Inventaire, Requisition, Seance, Volet
from requisitions.saisie.documents import retenues
from requisitions.saisie.inventaire import pieces_de, scelles_de
from requisitions.types_acte.saisie import DEBUT
from requisitions.volet import en_mots

ATTESTATION = "Attestation de présence"
NOTE_AU_SERVICE = "Note interne au service"


def attestation_de_presence(dossier: Dossier, volet: Volet, *, debut: datetime, fin: datetime) -> Document:
    """That the professional came, and nothing of why nor of what they are in the case: their hierarchy may read it."""
    dites = {"debut": _moment(debut), "fin": _moment(fin)}
    seance = dossier.seances.last()
    ici = seance.lieu != Seance.Lieu.SERVICE if seance else volet.donnees.get("lieu") == "hopital"
    lieu = "à l’hôpital" if ici else "dans le service qui l’a convoqué"
    donnees = {"professionnel": volet.donnees["professionnel"], "lieu": lieu, **dites}
    return produire_ecrit("attestation", ATTESTATION, dossier, dossier.cle, "attestation", donnees)


def _moment(quand: datetime) -> str:
    return f"{date_fr(quand)}, {heure_fr(quand)}"


def note_au_service(dossier: Dossier, r: Requisition, volet: Volet, destinataire: Service, telephone: str) -> Document:
    """What was taken and what to do now. The patient is masked: the name is said, never left on a desk."""
    personne = dossier.personnes.first()
    donnees = {
        "debut": en_mots(DEBUT, volet.donnees["debut"]) if volet.donnees.get("debut") else "",
        "retenues": retenues(dossier),
        "scelles": ", ".join(scelle.numero for scelle in scelles_de(dossier)),
        "destinataire": destinataire.nom,
        "personne": personne.masquee if personne else "",
        "autorite": r.service_requerant.nom_externe,
        "reste": _ce_qui_reste(dossier),
        "telephone": telephone,
    }
    return produire_ecrit("note-service", NOTE_AU_SERVICE, dossier, dossier.cle, "note_service", donnees)


def _ce_qui_reste(dossier: Dossier) -> str:
    """Where the care now reads what was taken."""
    if Inventaire.objects.filter(dossier=dossier, copie_conservee=True).exists():
        return "Une copie intégrale est restée à l’hôpital\u00a0: demandez-la aux archives médicales."
    prises = [piece for piece in pieces_de(dossier) if piece.retenue]
    if prises and not any(piece.a_restituer for piece in prises):
        return "Une copie est partie, l’original est resté."
    return "Signalez aux affaires juridiques tout ce qui manque aux soins."
