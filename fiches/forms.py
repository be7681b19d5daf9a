"""The forms of a revision: the text block by block, an opinion, a remark."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from accounts.roles import Role
from convention.models import Service
from fiches.contenu import FACULTATIFS, Contenu
from fiches.controle import QuestionJeu, en_questions, initiales
from fiches.models import ReferenceLegale, Visa
from fiches.prose import refuser_l_imbrication
from presentation.comparaison import Bloc
from presentation.formulaires import ChoixEncadres, Formulaire


class Lignes(forms.CharField):
    """A list of short texts, one a line."""

    def __init__(self, *, lignes: int = 6, maximum: int = 30, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": lignes}), **options)
        self._maximum = maximum
        self.help_text = self.help_text or "Une ligne par point."

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lues = [ligne.strip() for ligne in super().clean(value).splitlines() if ligne.strip()]
        if len(lues) > self._maximum:
            raise forms.ValidationError(f"{len(lues)} lignes, c’est trop : gardez-en {self._maximum} au plus.")
        return lues


def paragraphe(lignes: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": lignes})


class TexteForm(Formulaire):
    """What a sheet says once. The lists of steps, parts, deadlines and references are formsets beside it."""

    jeux = ("etapes", "roles", "delais", "textes", "controle")
    titre = forms.CharField(label="Titre", max_length=160)
    motif = forms.CharField(
        label="Pourquoi cette version", max_length=300, required=False, help_text="Lu par les neuf partenaires."
    )
    situation = forms.CharField(label="Situation, comme la vit le lecteur", max_length=200)
    urgence = forms.CharField(label="En cas d’urgence", max_length=300)
    public = forms.MultipleChoiceField(label="Pour qui", choices=Role.choices, widget=forms.CheckboxSelectMultiple)
    essentiel = Lignes(label="L’essentiel")
    accord_titre = forms.CharField(label="Accord : la question", max_length=120)
    accord_texte = forms.CharField(
        label="Accord : la réponse",
        max_length=3000,
        widget=paragraphe(9),
        validators=[refuser_l_imbrication],
        help_text="Un tiret en début de ligne fait une liste, **deux étoiles** mettent en gras.",
    )
    a_eviter = Lignes(label="À éviter", required=False)
    en_pratique = Lignes(label="En pratique", required=False)
    modeles = Lignes(label="Modèles", required=False, lignes=4)
    contacts = forms.MultipleChoiceField(label="Contacts de l’annuaire", widget=forms.CheckboxSelectMultiple)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        services = Service.objects.select_related("institution").order_by("institution__nom", "nom")
        choix = [(service.code, f"{service.institution.nom_court} : {service.nom}") for service in services]
        self.fields["contacts"].choices = choix  # type: ignore[attr-defined]


class EtapeForm(Formulaire):
    identifiant = forms.CharField(required=False, widget=forms.HiddenInput)
    titre = forms.CharField(label="Étape", max_length=120)
    qui = forms.CharField(label="Qui", max_length=160)
    quand = forms.CharField(label="Quand", max_length=120)
    texte = forms.CharField(
        label="Ce qu’il faut faire", max_length=1500, widget=paragraphe(), validators=[refuser_l_imbrication]
    )


class PartForm(Formulaire):
    identifiant = forms.CharField(required=False, widget=forms.HiddenInput)
    acteur = forms.CharField(label="Partenaire ou métier", max_length=120)
    actions = Lignes(label="Ce qu’il fait", lignes=3)


class DelaiForm(Formulaire):
    objet = forms.CharField(label="Pour quoi", max_length=160)
    delai = forms.CharField(label="Délai", max_length=120)
    source = forms.CharField(label="Source", max_length=160, required=False)


class ArticleForm(Formulaire):
    reference = forms.ChoiceField(label="Texte de loi")
    portee = forms.CharField(label="Ce qu’il permet ou interdit", max_length=400, widget=paragraphe(2))

    def __init__(self, *args: Any, references: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reference"].choices = [("", "Choisir un texte"), *references]  # type: ignore[attr-defined]


class Jeu(forms.BaseFormSet):
    """A list of forms that says in plain words when it is too long."""

    default_error_messages = {
        **forms.BaseFormSet.default_error_messages,
        "too_many_forms": "Cette liste a trop de lignes : %(num)d au plus. Rien n’est enregistré. Gardez l’essentiel.",
    }


def _jeu(formulaire: type[forms.Form], *, ordre: bool = False) -> Any:
    return forms.formset_factory(
        formulaire,
        formset=Jeu,
        extra=1,
        can_delete=True,
        can_order=ordre,
        absolute_max=60,
        max_num=40,
        validate_max=True,
    )


EtapeJeu, PartJeu, DelaiJeu, ArticleJeu = (
    _jeu(EtapeForm, ordre=True),
    _jeu(PartForm, ordre=True),
    _jeu(DelaiForm),
    _jeu(ArticleForm),
)


class Redacteur:
    """The whole page of a revision: one form and four lists, read from a version and written back as a content."""

    def __init__(self, contenu: Contenu, titre: str, motif: str, version: int, data: QueryDict | None = None) -> None:
        self._contenu = contenu
        brut = contenu.en_json()
        initial = {
            **{champ: brut[champ] for champ in ("situation", "urgence", "public", "essentiel", "a_eviter")},
            **{champ: brut[champ] for champ in ("en_pratique", "modeles", "contacts")},
            "accord_titre": contenu.accord["titre"],
            "accord_texte": contenu.accord["texte"],
            "titre": titre,
            "motif": motif,
            "version": version,
        }
        references = [
            (ligne.cle, str(ligne)) for ligne in ReferenceLegale.objects.order_by("code", "article", "alinea")
        ]
        self.texte = TexteForm(data, initial=initial)
        self.etapes = EtapeJeu(data, prefix="etapes", initial=[_avec_identifiant(ligne) for ligne in brut["etapes"]])
        self.parts = PartJeu(
            data, prefix="roles", initial=[_avec_identifiant(ligne) for ligne in brut["qui_fait_quoi"]]
        )
        self.delais = DelaiJeu(data, prefix="delais", initial=brut["delais"])
        self.articles = ArticleJeu(
            data, prefix="textes", initial=brut["textes"], form_kwargs={"references": references}
        )
        self.controle = QuestionJeu(data, prefix="controle", initial=initiales(contenu.controle))
        self.jeux = (self.etapes, self.parts, self.delais, self.articles, self.controle)

    def is_valid(self) -> bool:
        return all([self.texte.is_valid(), *(jeu.is_valid() for jeu in self.jeux)])

    @property
    def formulaires(self) -> list[forms.BaseForm]:
        return [self.texte, *(formulaire for jeu in self.jeux for formulaire in jeu.forms)]

    def en_contenu(self) -> dict[str, Any]:
        """The content as typed. The tree has its own page; the icon and the act are not the référente's to change."""
        saisi, brut = self.texte.cleaned_data, self._contenu.en_json()
        directs = ("situation", "urgence", "essentiel", "a_eviter", "en_pratique", "modeles")
        return {
            **{champ: saisi[champ] for champ in directs},
            "public": dans_l_ordre(saisi["public"], self._contenu.public),
            "contacts": dans_l_ordre(saisi["contacts"], self._contenu.contacts),
            "icone": self._contenu.icone,
            "action": self._contenu.action,
            "accord": {"titre": saisi["accord_titre"], "texte": saisi["accord_texte"]},
            "etapes": [_sans_identifiant(ligne) for ligne in _gardees(self.etapes)],
            "qui_fait_quoi": [_sans_identifiant(ligne) for ligne in _gardees(self.parts)],
            "delais": list(_gardees(self.delais)),
            "textes": list(_gardees(self.articles)),
            **{champ: brut[champ] for champ in FACULTATIFS if champ in brut},
            "controle": en_questions(list(_gardees(self.controle))),
        }


def dans_l_ordre(choisis: list[str], avant: list[str]) -> list[str]:
    """Ticked boxes have no order of their own: what was there keeps its place, what is new comes last."""
    gardes = [code for code in avant if code in choisis]
    return gardes + [code for code in choisis if code not in gardes]


def _avec_identifiant(ligne: dict[str, Any]) -> dict[str, Any]:
    return {**ligne, "identifiant": ligne["id"]}


def _sans_identifiant(ligne: dict[str, Any]) -> dict[str, Any]:
    reste = {champ: valeur for champ, valeur in ligne.items() if champ != "identifiant"}
    return {**reste, "id": ligne["identifiant"]} if ligne["identifiant"] else reste


def _gardees(jeu: Any) -> Iterable[dict[str, Any]]:
    """The lines neither empty nor removed, in the order asked."""
    formulaires = jeu.ordered_forms if jeu.can_order else jeu.forms
    for formulaire in formulaires:
        saisi = formulaire.cleaned_data
        if saisi and not saisi.get("DELETE") and formulaire not in jeu.deleted_forms:
            yield {champ: valeur for champ, valeur in saisi.items() if champ not in {"DELETE", "ORDER"}}


class AvisForm(Formulaire):
    """The opinion of one institution on the text it has before its eyes (`empreinte`)."""

    avis = forms.ChoiceField(
        label="Avis de votre institution",
        choices=[
            (Visa.Avis.APPROUVE, "J’approuve"),
            (Visa.Avis.RESERVE, "J’ai une réserve"),
            (Visa.Avis.BLOQUE, "Je bloque"),
        ],
        widget=ChoixEncadres(
            aides={
                Visa.Avis.APPROUVE: "Le texte peut entrer en vigueur pour nous.",
                Visa.Avis.RESERVE: "Un point est à revoir. Vous pourrez approuver ensuite.",
                Visa.Avis.BLOQUE: "Le texte ne peut pas entrer en vigueur ainsi.",
            }
        ),
        error_messages={"required": "Choisissez votre avis."},
    )
    motif = forms.CharField(
        label="Motif",
        max_length=500,
        required=False,
        widget=paragraphe(),
        help_text="Obligatoire pour réserver ou bloquer.",
    )
    passages = forms.MultipleChoiceField(
        label="Passages visés",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Pour une réserve ou un blocage. Sans choix, l’avis porte sur tout le texte.",
    )
    empreinte = forms.CharField(widget=forms.HiddenInput)
    marquer_facultatifs = False

    def __init__(self, *args: Any, passages: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passages"].choices = list(passages)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        saisi = super().clean() or {}
        if saisi.get("avis") in {Visa.Avis.RESERVE, Visa.Avis.BLOQUE} and not (saisi.get("motif") or "").strip():
            self.add_error("motif", "Une réserve doit être motivée.")
        return saisi


class RemarqueForm(Formulaire):
    passage = forms.ChoiceField(label="Passage")
    texte = forms.CharField(label="Remarque", max_length=2000, widget=paragraphe())

    def __init__(self, *args: Any, blocs: list[Bloc], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passage"].choices = [(bloc.id, bloc.intitule) for bloc in blocs]  # type: ignore[attr-defined]
