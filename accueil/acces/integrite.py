"""Whether the chain holds, in the words of the banner."""

from dataclasses import dataclass
from datetime import datetime

from journal.models import Ancre, Tete, Verification


@dataclass(frozen=True, slots=True)
class Bandeau:
    """What the last verification found for one chain, and its last link."""

    verifie_le: datetime | None
    entrees: int
    numero: int | None
    raison: str
    empreinte: str
    ancree_le: datetime | None
    horodatee: bool

    @property
    def rompue(self) -> bool:
        return self.numero is not None

    @property
    def empreinte_courte(self) -> str:
        return f"{self.empreinte[:4]} {self.empreinte[4:8]} … {self.empreinte[-4:]}" if self.empreinte else ""


def bandeau(chaine: str) -> Bandeau:
    """Three rows read; a rupture of the table of anchors concerns every chain."""
    derniere = Verification.objects.first()
    tete = Tete.objects.filter(chaine=chaine).first()
    ancre = Ancre.objects.filter(chaine=chaine, genre=Ancre.Genre.TETE).order_by("-numero", "-pk").first()
    horodatee = ancre is not None and Ancre.objects.filter(releve=ancre.releve, genre=Ancre.Genre.HORODATAGE).exists()
    fautes = derniere.ruptures if derniere else []
    _, numero, raison = next((faute for faute in fautes if faute[0] in {chaine, "ancres"}), (chaine, None, ""))
    return Bandeau(
        verifie_le=derniere.le if derniere else None,
        entrees=derniere.entrees if derniere else 0,
        numero=numero,
        raison=raison,
        empreinte=tete.empreinte if tete else "",
        ancree_le=ancre.le if ancre else None,
        horodatee=horodatee,
    )
