"""Forms of those who execute: the doctor, the security desk, the admissions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from convention.acteur import Acteur
from documents.flux import Source
from documents.models import Fichier
from documents.reception import MO
from dossiers.models import Piece
from presentation.formulaires import ChoixEncadres, Formulaire
from requisitions.forms.champs import (
    ChampFichier,
    EnvoiAttendu,
    champ_envoi,
    fichier_envoye,
    jour,
    ligne_de_texte,
    suivre,
)
from requisitions.forms.dates import exiger_passees
from requisitions.gels import Gelable
from requisitions.ins import ComparaisonIns, faute_d_identite
from requisitions.models import AccordMedecin, Gel, Requisition, Tri
from requisitions.pieces import aide
from requisitions.types_acte.video import TAILLE, recevoir_images
from requisitions.workflow.execution import relue

EMPREINTE = r"^[0-9a-fA-F]{64}$"


class PieceForm(Formulaire):
    intitule = ligne_de_texte(
        "Intitulé", 120, required=True, help_text="Par exemple : compte rendu de passage.",
        error_messages={"required": "Donnez un intitulé à la pièce."},
    )  # fmt: skip
    fichier = ChampFichier(label="Fichier", error_messages={"required": "Choisissez le fichier."})
    envoi = champ_envoi()

    def __init__(self, *args: Any, attendu: EnvoiAttendu | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.attendu = attendu
        suivre(self, "fichier", "piece")
        if attendu is not None:
            imagerie = f"Avec les scripts du navigateur, imagerie\u00a0: {aide(attendu.accueil)}"
            self.fields["fichier"].help_text = f"{self.fields['fichier'].help_text} {imagerie}"
            self.fields["fichier"].required = not self.data.get("envoi")

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if not self.errors:
            try:
                donnees["fichier"] = fichier_envoye(donnees, self.attendu) or donnees.get("fichier")
            except ValidationError as erreur:
                self.add_error("fichier", erreur)
            else:
                if donnees["fichier"] is None:  # an empty key is no upload
                    self.add_error("fichier", "Choisissez le fichier.")
        donnees.pop("envoi", None)
        return donnees


class TriForm(Formulaire):
    """One decision a piece; a masked copy is prepared on its own page. What another doctor chose is not proposed."""

    def __init__(self, *args: Any, pieces: list[Piece], acteur: Acteur, **options: Any) -> None:
        super().__init__(*args, **options)
        self.pieces = pieces
        for piece in pieces:
            tri = piece.tri if relue(piece, acteur) else None
            self.fields[f"decision_{piece.pk}"] = forms.ChoiceField(
                label=piece.intitule,
                choices=Tri.Decision.choices,
                widget=forms.RadioSelect(),
                initial=tri.decision if tri else None,
                required=False,
            )

    def lignes(self) -> list[tuple[Piece, forms.BoundField]]:
        return [(piece, self[f"decision_{piece.pk}"]) for piece in self.pieces]

    def decisions(self) -> list[tuple[Piece, str]]:
        donnees = self.cleaned_data
        return [(piece, donnees[f"decision_{piece.pk}"]) for piece in self.pieces if donnees[f"decision_{piece.pk}"]]


class AccordForm(Formulaire):
    choix = forms.ChoiceField(
        label="Votre réponse",
        choices=[choix for choix in AccordMedecin.Choix.choices if choix[0] != AccordMedecin.Choix.SILENCE],
        widget=ChoixEncadres(
            aides={
                "total": "Les pièces gardées partent sous pli fermé.",
                "partiel": "Les pièces écartées ne partent pas.",
                "refuse": "Votre refus n’est pas puni. Le parquet peut choisir la saisie.",
            }
        ),
        error_messages={"required": "Choisissez votre réponse."},
    )
    motif = forms.ChoiceField(
        label="Motif d’un refus ou d’un accord partiel",
        choices=[("", "Choisir"), *AccordMedecin.Motif.choices],
        required=False,
    )
    commentaire = forms.CharField(
        label="Remarque médicale",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=3000,
        help_text="Gardée au dossier. Ni les juristes, ni le requérant ne la lisent.",
    )
    identite_verifiee = forms.BooleanField(
        label="J’ai vérifié le nom et la date de naissance du patient sur chaque pièce", required=False
    )
    ins = forms.ChoiceField(
        label="Comparaison de l’INS et des traits",
        choices=ComparaisonIns.choices,
        widget=ChoixEncadres(),
        required=False,
        help_text="N’écrivez jamais le numéro INS.",
    )

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if donnees.get("choix") in {"partiel", "refuse"} and not donnees.get("motif"):
            self.add_error("motif", "Indiquez le motif.")
        accepte = donnees.get("choix") in {"total", "partiel"}
        if accepte and "ins" not in self.errors and (faute := faute_d_identite(donnees.get("ins", ""))):
            self.add_error("ins", faute)
        return donnees


class GelForm(Formulaire):
    """In the words of what is kept; the hash is asked of a copy alone."""

    support = ligne_de_texte(
        "Où la copie est gardée", required=True, help_text="Par exemple : coffre numérique du poste, dossier 412."
    )
    cameras = ligne_de_texte(
        "Caméras ou éléments copiés", help_text="Le requérant lit les caméras dans l’attestation de gel."
    )
    empreinte = forms.RegexField(
        EMPREINTE, label="Empreinte SHA-256 de la copie", required=False,
        error_messages={"invalid": "Une empreinte SHA-256 compte 64 chiffres et lettres de a à f."},
    )  # fmt: skip
    perte = forms.ChoiceField(
        label="S’il n’y a plus rien, pourquoi",
        choices=[("", "Les éléments sont conservés"), *Gel.Perte.choices],
        required=False,
        help_text="Le requérant lit ce motif. Une perte après la réception est signalée à la direction.",
    )

    def __init__(self, *args: Any, gele: Gelable, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["support"].label, self.fields["cameras"].label = gele.ou, gele.quoi
        self.fields["support"].error_messages["required"] = f"Indiquez {gele.ou[0].lower()}{gele.ou[1:]}."
        # What is lost is kept nowhere.
        self.fields["support"].required = not self.data.get("perte")
        if gele.objet != "VIDEO":
            self.fields["support"].help_text = "Par exemple\u00a0: réfrigérateur 2, armoire 4, coffre numérique."
            self.fields["cameras"].help_text = "Gardé ici. Le requérant ne le lit pas."
        if not gele.copie:
            del self.fields["empreinte"]


class PerteForm(Formulaire):
    """After a confirmation: what was kept is no longer usable, or was never really copied."""

    perte = forms.ChoiceField(
        label="Ce qui s’est passé",
        choices=[("", "Choisir"), *(choix for choix in Gel.Perte.choices if choix[0] != Gel.Perte.AVANT)],
        error_messages={"required": "Dites ce qui s’est passé."},
    )


class ChampImages(ChampFichier):
    def recevoir(self, nom: str, contenu: Source) -> Fichier:
        return recevoir_images(nom, contenu, self.accueil)


class ImagesForm(Formulaire):
    intitule = ligne_de_texte("Intitulé", 120, initial="Images extraites")
    fichier = ChampImages(
        label="Fichier extrait",
        required=False,
    )
    envoi = champ_envoi()
    support = ligne_de_texte("Sinon, support remis en main propre", help_text="Par exemple : clé chiffrée n° 7.")
    empreinte = forms.RegexField(
        EMPREINTE, label="Empreinte SHA-256 de ce support", required=False,
        error_messages={"invalid": "Une empreinte SHA-256 compte 64 chiffres et lettres de a à f."},
    )  # fmt: skip

    def __init__(self, *args: Any, attendu: EnvoiAttendu | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.attendu = attendu
        suivre(self, "fichier", "images", f"Sans scripts dans le navigateur, {TAILLE // MO}\u00a0Mo au plus.")

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        try:
            donnees["fichier"] = (None if self.errors else fichier_envoye(donnees, self.attendu)) or donnees.get(
                "fichier"
            )
        except ValidationError as erreur:
            self.add_error("fichier", erreur)
        donnees.pop("envoi", None)
        if not self.errors and not donnees.get("fichier") and not (donnees.get("support") and donnees.get("empreinte")):
            self.add_error("fichier", "Ajoutez le fichier, ou notez le support et son empreinte.")
        return donnees


class PresenceForm(Formulaire):
    """Coded answers and a date: no free word of the hospital joins what the requester reads (R-22)."""

    constatee = forms.ChoiceField(
        label="Ce que disent les registres",
        choices=Requisition.Presence.choices,
        widget=ChoixEncadres(),
        error_messages={"required": "Choisissez ce que disent les registres."},
    )
    sortie_le = jour("Date de sortie")
    protegee = forms.TypedChoiceField(
        label="Un motif de protection existe-t-il (anonymat demandé, accouchement secret, service sensible, "
        "patient sous protection)\u00a0?",
        choices=(("non", "Non"), ("oui", "Oui")),
        coerce=lambda valeur: valeur == "oui",
        widget=ChoixEncadres(aides={"oui": "La réponse devient neutre, la même que pour un empêchement technique."}),
        help_text="Est sensible un service dont le nom révèle la maladie. Le motif n’est ni enregistré, ni montré.",
        error_messages={"required": "Dites si un motif de protection existe."},
    )

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if donnees.get("constatee") == "sorti" and donnees.get("protegee") is False and not donnees.get("sortie_le"):
            self.add_error("sortie_le", "Indiquez la date de sortie.")
        exiger_passees(self, donnees, ("sortie_le",))
        return donnees
