"""The page of kept objects: each object in its seal, each hand since they were found."""

from django import forms
from django.utils import timezone

from requisitions.controles import soin_devine
from requisitions.controles.execution import ADMIS
from requisitions.forms.champs import ligne_de_texte, long_texte, moment
from requisitions.forms.inventaire import NATURE, InventaireForm, LigneForm, ScelleForm, jeux_de_lignes
from requisitions.models import PieceSaisie
from requisitions.saisie.inventaire import LignePassage, LignePiece, lire_les_effets

EXCLUSIONS = (PieceSaisie.Exclusion.MISSION, PieceSaisie.Exclusion.TIERS)


def indiscretion(texte: str) -> str:
    """What to say of a word that tells where the person is treated: the requester reads them all (R-22)."""
    trouve = soin_devine(texte, admis=ADMIS["EFFETS"])
    return f"«\u00a0{trouve}\u00a0» laisse deviner un service de soins. Retirez-le." if trouve else ""


def discret(texte: str) -> None:
    if faute := indiscretion(texte):
        raise forms.ValidationError(faute)


class EffetForm(LigneForm):
    nature = ligne_de_texte(
        "Objet et état", NATURE, required=True, validators=[discret],
        help_text="Jean coupé, taché. Téléphone noir, éteint. Jamais un diagnostic ni un service.",
        error_messages={"required": "Dites ce qu’est l’objet."},
    )  # fmt: skip
    scelle = ligne_de_texte("Scellé n°", 60, widget=forms.TextInput(attrs={"list": "scelles-connus"}))
    motif = forms.ChoiceField(
        label="Remis ou laissé",
        choices=[("", "Remis"), *((motif.value, f"Laissé\u00a0: {motif.label}") for motif in EXCLUSIONS)],
        required=False,
    )

    def ligne(self) -> LignePiece:
        lu = self.cleaned_data
        return LignePiece(
            nature=lu["nature"].strip(),
            support=PieceSaisie.Support.OBJET,
            sort=PieceSaisie.Sort.EXCLUE if lu["motif"] else PieceSaisie.Sort.RETENUE,
            motif=lu["motif"],
            scelle="" if lu["motif"] else lu["scelle"].strip(),
            cle=lu.get("cle"),
        )


class PassageForm(LigneForm):
    nom = ligne_de_texte(
        "Qui les garde", 120, required=True, validators=[discret], help_text="Nom et fonction, sans le service.",
        error_messages={"required": "Nommez qui garde les effets."},
    )  # fmt: skip
    le = moment("Reçus le", required=True, error_messages={"required": "Indiquez la date et l’heure."})
    lieu = ligne_de_texte(
        "Où", 160, required=True, validators=[discret],
        help_text="Coffre, armoire, réfrigérateur. Jamais un service de soins.",
        error_messages={"required": "Dites où les effets sont gardés."},
    )  # fmt: skip
    interruption = ligne_de_texte("Garde interrompue avant lui\u00a0: pourquoi", 300, validators=[discret])

    def clean_le(self) -> object:
        le = self.cleaned_data["le"]
        if le and le > timezone.now():
            raise forms.ValidationError("Cette heure est à venir. Écrivez l’heure où les effets ont été reçus.")
        return le

    def ligne(self) -> LignePassage:
        lu = self.cleaned_data
        return LignePassage(lu["le"], lu["nom"].strip(), lu["lieu"].strip(), lu["interruption"].strip(), lu.get("cle"))


class EffetsForm(InventaireForm):
    """No copy, no official record: objects, seals, hands."""

    JEUX = jeux_de_lignes(scelles=ScelleForm, pieces=EffetForm, passages=PassageForm)
    jeux = tuple(JEUX)

    copie_conservee = impossible = None  # type: ignore[assignment]  # None drops an inherited field
    collees = long_texte("Coller une liste", 3, required=False, help_text="Un objet par ligne, avec son état.")

    @staticmethod
    def faute_de(nature: str) -> str:
        return indiscretion(nature)

    @staticmethod
    def lire(texte: str) -> list[dict[str, str]]:
        return lire_les_effets(texte)
