"""What a doctor hides of a piece: words, and areas as whole pages or bands, typed without a mouse."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from documents.mots import cle
from documents.relecture import Zone
from dossiers.models import Piece
from presentation.formulaires import Formulaire
from requisitions.forms.champs import PDF_SEUL, ChampFichier

_ZONE = re.compile(r"(\d{1,4})(?:\s+(\d{1,3})\s*-\s*(\d{1,3})(?:\s+(\d{1,3})\s*-\s*(\d{1,3}))?)?")
MOTS, ZONES = 50, 100


class OccultationForm(Formulaire):
    piece = forms.ModelChoiceField(
        Piece.objects.none(),
        to_field_name="cle",
        label="Pièce",
        empty_label="Choisir",
        error_messages={"required": "Choisissez la pièce.", "invalid_choice": "Choisissez une pièce de la liste."},
    )
    mots = forms.CharField(
        label="Mots à masquer, un par ligne",
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        max_length=3000,
        help_text=(
            "Noms, prénoms, adresses, téléphones d’un tiers. Majuscules, accents et coupures de ligne ne comptent pas. "
            "Un mot de moins de cinq lettres est masqué quand il est seul."
        ),
    )
    zones = forms.CharField(
        label="Pages ou zones à masquer, une par ligne",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
        help_text=(
            "« 3 » masque toute la page 3. « 3 20-35 » masque de 20 à 35 % de sa hauteur. "
            "« 3 20-35 10-60 » limite aussi à 10 à 60 % de sa largeur."
        ),
    )
    copie = ChampFichier(
        label="Copie déjà masquée ailleurs",
        required=False,
        accueil=PDF_SEUL,
        help_text="Facultatif : sans elle, l’outil fait la copie. Elle est relue de la même façon.",
    )

    def __init__(self, *args: Any, pieces: list[Piece], **options: Any) -> None:
        super().__init__(*args, **options)
        champ: Any = self.fields["piece"]
        champ.queryset = Piece.objects.filter(pk__in=[piece.pk for piece in pieces]).order_by("deposee_le", "pk")

    def clean_mots(self) -> list[str]:
        lignes = dict.fromkeys(ligne.strip() for ligne in self.cleaned_data["mots"].splitlines() if ligne.strip())
        for ligne in lignes:
            if len(cle(ligne)) < 2:
                raise ValidationError(f"«\u00a0{ligne[:40]}\u00a0» est trop court. Masquez plutôt une zone.")
        if len(lignes) > MOTS:
            raise ValidationError(f"{MOTS} mots au plus. Masquez plutôt la page entière.")
        return list(lignes)

    def clean_zones(self) -> list[Zone]:
        lignes = [ligne.strip() for ligne in self.cleaned_data["zones"].splitlines() if ligne.strip()]
        if len(lignes) > ZONES:
            raise ValidationError(f"{ZONES} zones au plus. Masquez plutôt la page entière.")
        return [_zone(ligne) for ligne in lignes]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if not self.errors and not donnees.get("mots") and not donnees.get("zones"):
            self.add_error("mots", "Indiquez au moins un mot ou une zone à masquer.")
        return donnees


def _zone(ligne: str) -> Zone:
    lue = _ZONE.fullmatch(ligne)
    page, *bornes = (int(nombre) if nombre else None for nombre in (lue.groups() if lue else (None,)))
    haut, bas, gauche, droite = [*bornes, None, None, None, None][:4]
    haut, bas = (0, 100) if haut is None or bas is None else (haut, bas)
    gauche, droite = (0, 100) if gauche is None or droite is None else (gauche, droite)
    if not page or not (0 <= haut < bas <= 100 and 0 <= gauche < droite <= 100):
        raise ValidationError(f"«\u00a0{ligne[:40]}\u00a0» n’est pas une zone. Écrivez par exemple\u00a0: 3 20-35.")
    return Zone(page, gauche / 100, haut / 100, droite / 100, bas / 100)
