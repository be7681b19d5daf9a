"""The page of an inventory: what is said once, then lines that are added, corrected and struck out."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django import forms

from presentation.formulaires import ChoixEncadres, Formulaire, lignes_saisies
from requisitions.forms.champs import ligne_de_texte, long_texte
from requisitions.forms.execution import EMPREINTE
from requisitions.models import PieceSaisie, Reserve, Scelle, SignatureSaisie
from requisitions.saisie.inventaire import LignePiece, LigneReserve, LigneScelle, LigneSignature, Releve, lire_la_liste

# What one sending may carry, well under the number of fields that the server accepts.
MAXIMUMS = {"scelles": 40, "pieces": 30, "reserves": 6, "signatures": 8, "passages": 40}
CHOISIR = ("", "Choisir")
NATURE = 300
# What an export asks besides (§4.3).
EXPORT = {
    "empreinte": "Relevez l’empreinte de l’export.",
    "logiciels": "Nommez les logiciels d’où vient l’export.",
    "responsable": "Nommez qui répond de l’export.",
}


class LigneForm(Formulaire):
    """`cle` names the line it corrects; an empty one says nothing."""

    marquer_facultatifs = False
    intitule = ""

    cle = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def dit(self) -> bool:
        """Whether something was typed or chosen: a choice made beforehand says nothing."""
        return any(self.data.get(self.add_prefix(nom), "").strip() for nom in self.fields if not self._muet(nom))

    def _muet(self, nom: str) -> bool:
        champ = self.fields[nom]
        return nom == "cle" or (isinstance(champ, forms.ChoiceField) and bool(champ.initial))

    def full_clean(self) -> None:
        """A line left empty has no fault."""
        super().full_clean()
        if self.is_bound and not self.dit() and not self.inconnus():
            self._errors = self.errors.__class__(renderer=self.renderer)


class ScelleForm(LigneForm):
    numero = ligne_de_texte("Numéro du scellé", 60, required=True, error_messages={"required": "Numérotez le scellé."})
    genre = forms.ChoiceField(
        label="Scellé", choices=Scelle.Genre.choices, initial=Scelle.Genre.FERME, widget=ChoixEncadres()
    )
    motif = ligne_de_texte("Ouvert ou provisoire\u00a0: pourquoi", 300)

    def ligne(self) -> LigneScelle:
        lu = self.cleaned_data
        return LigneScelle(lu["numero"].strip(), lu["genre"], lu["motif"].strip(), lu.get("cle"))


class PieceForm(LigneForm):
    nature = ligne_de_texte(
        "Nature", NATURE, required=True, help_text="Jamais un diagnostic.",
        error_messages={"required": "Dites ce qu’est la pièce."},
    )  # fmt: skip
    date = ligne_de_texte("Date", 40)
    auteur = ligne_de_texte("Auteur", 120)
    pages = forms.IntegerField(label="Pages", min_value=1, max_value=9999, required=False)
    support = forms.ChoiceField(
        label="Support", choices=PieceSaisie.Support.choices, initial="copie", widget=ChoixEncadres()
    )
    empreinte = forms.RegexField(
        EMPREINTE, label="Export numérique\u00a0: empreinte SHA-256", required=False,
        error_messages={"invalid": "Une empreinte SHA-256 compte 64 chiffres et lettres de a à f."},
    )  # fmt: skip
    logiciels = ligne_de_texte("Export numérique\u00a0: logiciels sources", 200)
    responsable = ligne_de_texte("Export numérique\u00a0: qui en répond", 120, help_text="Nom et qualité.")
    scelle = ligne_de_texte("Scellé n°", 60, widget=forms.TextInput(attrs={"list": "scelles-connus"}))
    motif = forms.ChoiceField(
        label="Retenue ou écartée",
        choices=[("", "Retenue"), *((code, f"Écartée\u00a0: {mots}") for code, mots in PieceSaisie.Exclusion.choices)],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if donnees.get("support") == PieceSaisie.Support.NUMERIQUE and self.dit():
            for champ, mots in EXPORT.items():
                if not donnees.get(champ) and champ not in self.errors:
                    self.add_error(champ, mots)
        return donnees

    def ligne(self) -> LignePiece:
        lu = self.cleaned_data
        sort = PieceSaisie.Sort.EXCLUE if lu["motif"] else PieceSaisie.Sort.RETENUE
        return LignePiece(
            nature=lu["nature"].strip(),
            date=lu["date"].strip(),
            auteur=lu["auteur"].strip(),
            pages=lu["pages"],
            support=lu["support"],
            sort=sort,
            motif=lu["motif"],
            scelle="" if lu["motif"] else lu["scelle"].strip(),
            empreinte=lu["empreinte"].lower(),
            logiciels=lu["logiciels"].strip(),
            responsable=lu["responsable"].strip(),
            cle=lu.get("cle"),
        )


class ReserveForm(LigneForm):
    auteur = forms.ChoiceField(
        label="Réserve de", choices=[CHOISIR, *Reserve.Auteur.choices],
        error_messages={"required": "Dites de qui est la réserve."},
    )  # fmt: skip
    texte = long_texte("Réserve", 2, error_messages={"required": "Écrivez la réserve."})
    au_pv = forms.BooleanField(label="Portée au procès-verbal", required=False)

    def ligne(self) -> LigneReserve:
        lu = self.cleaned_data
        return LigneReserve(lu["auteur"], lu["texte"].strip(), lu["au_pv"], lu.get("cle"))


class SignatureForm(LigneForm):
    qualite = forms.ChoiceField(
        label="Qualité", choices=[CHOISIR, *SignatureSaisie.Qualite.choices],
        error_messages={"required": "Dites la qualité du signataire."},
    )  # fmt: skip
    nom = ligne_de_texte("Nom", 120, required=True, error_messages={"required": "Nommez le signataire."})

    def ligne(self) -> LigneSignature:
        lu = self.cleaned_data
        return LigneSignature(lu["qualite"], lu["nom"].strip(), lu.get("cle"))


NOMS = {"scelles": "Scellé", "pieces": "Pièce", "reserves": "Réserve", "signatures": "Signature", "passages": "Gardien"}


def jeux_de_lignes(**lignes: type[LigneForm]) -> dict[str, Any]:
    """A set of forms for each kind of line, in the order of the page."""
    return {
        prefixe: forms.formset_factory(
            form, extra=0, max_num=MAXIMUMS[prefixe], absolute_max=MAXIMUMS[prefixe], validate_max=True
        )
        for prefixe, form in lignes.items()
    }


INCONNU = "Ce scellé n’est pas dans la liste."
MOTS = {"missing_management_form": "Cette page est incomplète. Actualisez-la, puis recommencez."}


class InventaireForm(Formulaire):
    """`JEUX`: the lines of each kind. `rayees`: the keys of the lines taken off the page."""

    JEUX: ClassVar = jeux_de_lignes(
        scelles=ScelleForm, pieces=PieceForm, reserves=ReserveForm, signatures=SignatureForm
    )
    jeux = tuple(JEUX)

    copie_conservee = forms.BooleanField(
        label="Une copie intégrale reste à l’hôpital", required=False,
        help_text="Exigée dès qu’un original part\u00a0: les soins et la défense en dépendent.",
    )  # fmt: skip
    impossible = ligne_de_texte(
        "Inventaire impossible sur place\u00a0: pourquoi", 300,
        help_text="Le scellé est alors provisoire. L’inventaire se fait à son ouverture.",
    )  # fmt: skip
    collees = long_texte(
        "Coller une liste", 3, required=False,
        help_text="Une pièce par ligne\u00a0: nature, date, auteur, pages, original ou copie.",
    )  # fmt: skip
    rayees = forms.CharField(required=False, widget=forms.HiddenInput, max_length=2000)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, lignes: Mapping[str, list[dict[str, Any]]], **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.lignes = {
            prefixe: jeu(data, prefix=prefixe, error_messages=MOTS)
            if data is not None
            else jeu(prefix=prefixe, initial=lignes.get(prefixe, []))
            for prefixe, jeu in self.JEUX.items()
        }
        for prefixe, jeu in self.lignes.items():
            for rang, ligne in enumerate(jeu.forms, start=1):
                ligne.intitule = f"{NOMS[prefixe]} {rang}"

    @staticmethod
    def faute_de(nature: str) -> str:
        """What is wrong with the words of a pasted line."""
        return ""

    @staticmethod
    def lire(texte: str) -> list[dict[str, str]]:
        """What each pasted line says."""
        return lire_la_liste(texte)

    @classmethod
    def tapees(cls, data: Mapping[str, Any], *, vides: bool = False) -> dict[str, list[dict[str, Any]]]:
        """The lines as they were typed, nothing validated; a button of the page counts the empty ones too."""
        return {prefixe: lignes_saisies(jeu, prefixe, data, vides=vides) for prefixe, jeu in cls.JEUX.items()}

    @property
    def toutes(self) -> list[Any]:
        """The sets of lines, in the order of the page."""
        return list(self.lignes.values())

    def is_valid(self) -> bool:
        valides = [super().is_valid(), *(jeu.is_valid() for jeu in self.lignes.values())]
        if not all(valides):
            return False
        connus = self._scelles()
        for ligne in self._dites("pieces"):
            if ligne.ligne().scelle and ligne.ligne().scelle not in connus:
                ligne.add_error("scelle", f"{INCONNU} Ajoutez-le, ou corrigez son numéro.")
        self._collees(connus)
        return not self.errors and not any(any(jeu.errors) for jeu in self.lignes.values())

    def _dites(self, prefixe: str) -> list[Any]:
        return [ligne for ligne in self.lignes[prefixe].forms if ligne.dit()]

    def _scelles(self) -> set[str]:
        """Said beside the line, not on top of the page."""
        connus: set[str] = set()
        for ligne in self._dites("scelles"):
            numero = ligne.ligne().numero
            if numero in connus:
                ligne.add_error("numero", "Ce numéro est déjà celui d’un autre scellé.")
            connus.add(numero)
        return connus

    def _collees(self, connus: set[str]) -> None:
        """The pasted lines, each fault with the number of its line."""
        for rang, lue in enumerate(self.lire(self.cleaned_data["collees"]), start=1):
            faute = ""
            if not lue["nature"]:
                faute = "Dites ce qu’est la pièce."
            elif len(lue["nature"]) > NATURE:
                faute = f"{NATURE} caractères au plus."
            elif lue.get("scelle") and lue["scelle"] not in connus:
                faute = INCONNU
            else:
                faute = self.faute_de(lue["nature"])
            if faute:
                self.add_error("collees", f"Ligne {rang}\u00a0: {faute}")

    def releve(self) -> Releve:
        """What a valid page says; a line emptied by hand is struck out."""
        lu = self.cleaned_data
        videes = {
            ligne.cleaned_data["cle"]
            for jeu in self.lignes.values()
            for ligne in jeu.forms
            if not ligne.dit() and ligne.cleaned_data.get("cle")
        }
        dites: dict[str, Any] = {
            prefixe: tuple(ligne.ligne() for ligne in self._dites(prefixe)) for prefixe in self.JEUX
        }
        dites["pieces"] += tuple(_collee(lue) for lue in self.lire(lu["collees"]))
        return Releve(
            copie_conservee=lu.get("copie_conservee", False),
            impossible=lu.get("impossible", "").strip(),
            rayees=frozenset(_cles(lu["rayees"]) | videes),
            **dites,
        )


def _collee(lue: dict[str, str]) -> LignePiece:
    pages = int(lue["pages"]) if lue.get("pages") else None
    return LignePiece(**{**lue, "pages": pages})  # type: ignore[arg-type]


def _cles(texte: str) -> set[UUID]:
    return {UUID(mot) for mot in texte.split(",") if _est_cle(mot)}


def _est_cle(mot: str) -> bool:
    try:
        UUID(mot)
    except ValueError:
        return False
    return True
