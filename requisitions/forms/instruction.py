"""Decisions of legal affairs."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from convention.annuaire import perime, valables
from convention.models import Contact
from dossiers.models import Dossier
from presentation.formulaires import Formulaire
from requisitions.forms.champs import ligne_de_texte, long_texte
from requisitions.forms.levees import ALERTES, ajouter_les_motifs
from requisitions.lettres import motifs
from requisitions.levees import Point
from requisitions.mentions import LIBELLES, manquantes
from requisitions.models import ControleMention
from requisitions.types_acte import TypeActe
from transitions.verdict import Constat


class GrilleForm(Formulaire):
    """One result and one remark a mention, built from the rows the system proposed."""

    accompagnent: ClassVar[frozenset[str]] = frozenset({"derogation"})
    jeux = (ALERTES,)
    urgence_vitale = forms.BooleanField(
        label="Une vie est en danger immédiat",
        required=False,
        help_text="Aucun contrôle ne retarde un soin. Chaque point manquant devient une dérogation tracée.",
    )

    def __init__(
        self, *args: Any, mentions: list[ControleMention], alertes: Sequence[Point] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.mentions, self.alertes = mentions, alertes
        ajouter_les_motifs(self, alertes)
        if self.is_bound and (self.data.get("geste") != "valider" or self.data.get("urgence_vitale")):
            for point in alertes:
                self.fields[point.cle].required = False
        for mention in mentions:
            titre, aide = LIBELLES[mention.numero]
            self.fields[f"{mention.numero}_resultat"] = forms.ChoiceField(
                label=f"{mention.numero}. {titre}",
                help_text=aide,
                choices=ControleMention.Resultat.choices,
                initial=mention.resultat,
            )
            self.fields[f"{mention.numero}_precision"] = ligne_de_texte("Précision", 200, initial=mention.precision)

    def lignes(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"{m.numero}_resultat"], self[f"{m.numero}_precision"]) for m in self.mentions]

    def justifications(self) -> list[forms.BoundField]:
        return [self[point.cle] for point in self.alertes]

    def motifs(self) -> dict[str, str]:
        return {point.cle: self.cleaned_data[point.cle] for point in self.alertes}

    def resultats(self) -> dict[str, tuple[str, str]]:
        donnees = self.cleaned_data
        return {m.numero: (donnees[f"{m.numero}_resultat"], donnees[f"{m.numero}_precision"]) for m in self.mentions}


class ComplementForm(Formulaire):
    points = forms.MultipleChoiceField(
        label="Points à compléter",
        choices=[(numero, titre) for numero, (titre, _) in LIBELLES.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins un point."},
    )
    texte = long_texte(
        "Ce que vous demandez",
        help_text="Lu par le requérant. Aucune information sur un patient.",
        error_messages={"required": "Écrivez ce que vous demandez. Le requérant le lira."},
    )

    def __init__(self, *args: Any, mentions: list[ControleMention], constats: list[Constat], **options: Any) -> None:
        demandes = [*(mention.numero for mention in manquantes(mentions)), *motifs.points(constats)]
        initial = {"points": list(dict.fromkeys(demandes)), "texte": motifs.texte(constats)}
        super().__init__(*args, initial=initial, **options)


class MotifForm(Formulaire):
    motif = long_texte(
        "Motif", 3, help_text="Aucune information sur un patient. Les services qui exécutent ne le lisent pas.",
        error_messages={"required": "Indiquez le motif."},
    )  # fmt: skip


class ChampContact(forms.ModelChoiceField):
    """The numbers of the directory, each saying when nobody checked it for ninety days."""

    def label_from_instance(self, contact: Contact) -> str:
        return f"{contact}, non vérifié depuis plus de 90 jours" if perime(contact) else str(contact)


class RevocationForm(Formulaire):
    motif = ligne_de_texte(
        "Motif", 300, required=True, help_text="Lu par le requérant. Aucune information sur un patient.",
        error_messages={"required": "Indiquez le motif. Le requérant le lira."},
    )  # fmt: skip


class SilenceForm(Formulaire):
    motif = ligne_de_texte(
        "Comment le médecin a été relancé", 300, required=True,
        help_text="Lu par les affaires juridiques et la garde. Aucune information sur un patient.",
        error_messages={"required": "Dites comment et quand vous avez relancé le médecin."},
    )  # fmt: skip


class RappelForm(Formulaire):
    contact = ChampContact(
        label="Numéro de l’annuaire composé",
        queryset=Contact.objects.none(),
        empty_label="Choisir",
        error_messages={"required": "Choisissez le numéro que vous avez composé."},
    )
    confirme = forms.BooleanField(
        label="Le service confirme la demande",
        error_messages={"required": "Cochez la case si le service a confirmé. Sinon, prévenez le parquet."},
    )

    def __init__(self, *args: Any, dossier: Dossier, **options: Any) -> None:
        super().__init__(*args, **options)
        contacts: QuerySet = Contact.objects.filter(valables(), service=dossier.service_emetteur_id)
        self.fields["contact"].queryset = contacts.exclude(telephone="")  # type: ignore[attr-defined]


class AffectationForm(Formulaire):
    medecin = forms.ModelChoiceField(
        label="Médecin dont l’accord est demandé",
        queryset=User.objects.none(),
        required=False,
        empty_label="Choisir",
        help_text="Un médecin responsable, qui ne soigne pas la personne et n’a pas d’intérêt personnel.",
        error_messages={"invalid_choice": "Cette personne ne peut pas être désignée, ou l’est déjà."},
    )
    consigne = long_texte(
        "Ce qui est demandé à l’exécutant",
        help_text="C’est tout ce qu’il lira. Retirez le motif pénal : il n’a pas à le connaître.",
        error_messages={"required": "Écrivez ce qui est demandé."},
    )

    def __init__(self, *args: Any, medecins: list[User], acte: TypeActe, **options: Any) -> None:
        super().__init__(*args, **options)
        champ = self.fields["medecin"]
        possibles = User.objects.filter(pk__in=[medecin.pk for medecin in medecins]).order_by("nom", "pk")
        champ.queryset = possibles  # type: ignore[attr-defined]
        champ.required = acte.nomme_un_medecin
        if acte.pas_que_des_medecins:
            champ.label = "Personne requise"
            champ.help_text = "Médecin, interne ou infirmier, qui ne soigne pas la personne s’il n’est pas seul."
        elif acte.requis:
            champ.label = "Médecin requis"
        if acte.copie_prealable:
            champ.label = "Médecin responsable du patient"
            champ.help_text = "Prévenu sans le motif pénal, comme les archives, qui font la copie intégrale préalable."
        champ.error_messages["required"] = acte.a_designer
