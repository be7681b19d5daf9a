"""Who writes the standard letters, which version is in force, and the words it gives to one case."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.safestring import SafeString

from accounts.roles import Role
from convention.acteur import Acteur
from fiches.prose import IMBRICATION, trop_imbrique
from journal.carnet import noter
from requisitions.lettres import GENRES, composer, inconnues
from requisitions.models import LettreType
from transitions.verdict import OUI, Verdict, non
from transitions.workflow import TransitionRefusee


@dataclass(frozen=True, slots=True)
class Composee:
    texte: SafeString
    modele: str


def peut_ecrire_lettres(acteur: Acteur) -> Verdict:
    permis = acteur.a(Role.JURISTE, Role.REFERENT)
    return OUI if permis else non("Les lettres types s’écrivent par les affaires juridiques ou la référente.")


def en_vigueur(genre: str) -> LettreType | None:
    return LettreType.objects.filter(genre=genre, en_vigueur_le__isnull=False).order_by("-numero").first()


def projet(genre: str) -> LettreType | None:
    return LettreType.objects.filter(genre=genre, en_vigueur_le=None).first()


def lettre(genre: str, valeurs: Mapping[str, str]) -> Composee:
    """The words of this letter now, and the version that gave them."""
    version = en_vigueur(genre)
    texte = version.texte if version else GENRES[genre].depart
    quoi = f"version {version.numero}" if version else "texte de départ"
    modele = f"Lettre type «\u00a0{GENRES[genre].libelle}\u00a0», {quoi}"
    return Composee(composer(texte, valeurs), modele)


def verifier(genre: str, texte: str) -> None:
    """Raise TransitionRefusee with the sentence to show beside the text."""
    if fautes := inconnues(genre, texte):
        connues = ", ".join(f"{{{{ {nom} }}}}" for nom in GENRES[genre].exemple)
        raise TransitionRefusee(
            f"Cette lettre ne connaît pas «\u00a0{fautes[0]}\u00a0». Ses variables\u00a0: {connues}."
        )
    if trop_imbrique(texte):
        raise TransitionRefusee(f"Ce texte a {IMBRICATION}")


@transaction.atomic
def ecrire(*, acteur: Acteur, genre: str, texte: str, mettre_en_vigueur: bool = False) -> LettreType:
    """Keep the draft of the next version; put in force, it is the words of every letter from now on."""
    if not (verdict := peut_ecrire_lettres(acteur)):
        raise TransitionRefusee(verdict.raison)
    verifier(genre, texte)
    versions = LettreType.objects.filter(genre=genre)
    ligne = versions.select_for_update().filter(en_vigueur_le=None).first()
    if ligne is None:
        dernier = versions.aggregate(dernier=Max("numero"))["dernier"] or 0
        ligne = LettreType(genre=genre, numero=dernier + 1)
    ligne.texte, ligne.redigee_par_id = texte, acteur.utilisateur_id
    if mettre_en_vigueur:
        courante = en_vigueur(genre)
        if (courante.texte if courante else GENRES[genre].depart).split() == texte.split():
            raise TransitionRefusee("Ce texte est déjà celui de la version en vigueur.")
        ligne.en_vigueur_le, ligne.en_vigueur_par_id = timezone.now(), acteur.utilisateur_id
    ligne.save()
    details = {"genre": genre, "version": ligne.numero, "en_vigueur": mettre_en_vigueur}
    noter("lettre_type", acteur=acteur, objet="lettre_type", details=details)
    return ligne
