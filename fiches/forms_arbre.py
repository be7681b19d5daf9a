"""The forms of the drawing of a tree: one question, one conclusion, one derogation at a time."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from convention.models import Service
from fiches.arbre import edition, secret
from fiches.arbre.modele import AVIS, REPONSES
from fiches.forms import Lignes, dans_l_ordre, paragraphe
from fiches.models import ReferenceLegale, VersionFiche
from presentation.formulaires import ChoixEncadres, Formulaire

Choix = list[tuple[str, str]]


class QuestionForm(Formulaire):
    """The answers are a formset beside it."""

    jeux = ("reponses",)
    texte = forms.CharField(
        label="Question", max_length=200, help_text="Une seule question, en vous adressant au lecteur."
    )
    aide = forms.CharField(label="Aide sous la question", max_length=600, required=False, widget=paragraphe(2))


class ReponseForm(Formulaire):
    texte = forms.CharField(label="Réponse", max_length=160)
    vers = forms.ChoiceField(label="Mène à", required=False)

    def __init__(self, *args: Any, suites: Choix, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vers"].choices = [("", "Pas encore choisi"), *suites]  # type: ignore[attr-defined]


ReponseJeu = forms.formset_factory(ReponseForm, extra=2, can_delete=True, can_order=True, absolute_max=20, max_num=12)


def suites(brut: edition.Brut, sauf: str = "") -> Choix:
    """Where an answer may lead."""
    questions = [(ligne["id"], f"Question : {ligne['texte']}") for ligne in brut["questions"] if ligne["id"] != sauf]
    return questions + [(ligne["id"], f"Conclusion : {ligne['titre']}") for ligne in brut["conclusions"]]


def reponses_de(jeu: Any) -> list[dict[str, str]]:
    """The answers neither empty nor removed, in the order asked."""
    gardees = [formulaire.cleaned_data for formulaire in jeu.ordered_forms if formulaire.cleaned_data]
    return [{"texte": ligne["texte"], "vers": ligne["vers"]} for ligne in gardees]


class ConclusionForm(Formulaire):
    titre = forms.CharField(label="Titre", max_length=120)
    reponse = forms.ChoiceField(
        label="Puis-je parler ?",
        choices=list(REPONSES.items()),
        widget=ChoixEncadres,
        help_text="Avec une dérogation cochée plus bas, la profession du lecteur décide.",
    )
    resume = forms.CharField(label="La réponse en une ligne", max_length=300, widget=paragraphe(2))
    derogations = forms.MultipleChoiceField(
        label="Dérogations au secret", required=False, widget=forms.CheckboxSelectMultiple
    )
    bases = forms.MultipleChoiceField(
        label="Base légale",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Les textes que cite la fiche. Ajoutez-en un dans « Les textes » de la fiche pour le choisir ici.",
    )
    destinataires = Lignes(label="Destinataires autorisés", required=False, lignes=2)
    dire = Lignes(label="Ce qui peut être dit", required=False, lignes=3)
    taire = Lignes(label="Ce qui ne doit pas l’être", required=False, lignes=3)
    accord = forms.CharField(label="Accord et information", max_length=400, required=False, widget=paragraphe(2))
    appeler = forms.MultipleChoiceField(
        label="Qui appeler maintenant", required=False, widget=forms.CheckboxSelectMultiple
    )
    document = forms.CharField(label="Document à produire", max_length=160, required=False)
    acte_cible = forms.ChoiceField(label="Dossier à ouvrir", required=False)
    acte_libelle = forms.CharField(label="Mots du bouton", max_length=60, required=False)
    avis = forms.MultipleChoiceField(
        label="Avis possible", required=False, choices=list(AVIS.items()), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, choix: Mapping[str, Choix], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for champ, valeurs in choix.items():
            self.fields[champ].choices = valeurs  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        saisi = super().clean() or {}
        if bool(saisi.get("acte_cible")) != bool(saisi.get("acte_libelle")):
            self.add_error("acte_libelle", "Un dossier à ouvrir a toujours les mots de son bouton, et l’inverse.")
        return saisi

    def en_brut(self) -> edition.Brut:
        saisi = dict(self.cleaned_data)
        for champ in ("derogations", "bases", "appeler", "avis"):
            saisi[champ] = dans_l_ordre(saisi[champ], list(self.initial.get(champ, ())))
        cible, libelle = saisi.pop("acte_cible"), saisi.pop("acte_libelle")
        return {**saisi, "acte": {"libelle": libelle, "cible": cible or None}}


def initial_de(ligne: edition.Brut) -> dict[str, Any]:
    acte = ligne.get("acte") or {}
    return {**ligne, "acte_cible": acte.get("cible") or "", "acte_libelle": acte.get("libelle") or ""}


def choix_de(version: VersionFiche, brut: edition.Brut, table: secret.Table | None) -> dict[str, Choix]:
    """What a conclusion of this fiche may name."""
    conclusions = brut["conclusions"]
    cles = [article["reference"] for article in version.contenu["textes"]]
    cles += [cle for ligne in conclusions for cle in ligne.get("bases", ())]
    services = Service.objects.select_related("institution").order_by("institution__nom", "nom")
    return {
        "derogations": [(ligne.code, f"{ligne.code} · {ligne.base}") for ligne in (table.derogations if table else ())],
        "bases": references(cles),
        "appeler": [(service.code, f"{service.institution.nom_court} : {service.nom}") for service in services],
        "acte_cible": [("", "Aucun"), *_cibles(conclusions)],
    }


def references(cles: Iterable[str]) -> Choix:
    lignes = ReferenceLegale.objects.in_bulk(list(cles), field_name="cle")
    return [(cle, f"{ligne} : {ligne.libelle}") for cle, ligne in sorted(lignes.items())]


def _cibles(conclusions: list[edition.Brut]) -> Choix:
    """The acts that the fiches in force, or this draft, already open: their code and a wording in use."""
    trouvees: dict[str, str] = {}
    contenus = VersionFiche.objects.filter(etat=VersionFiche.Etat.EN_VIGUEUR).values_list("contenu", flat=True)
    actes = [contenu["action"] for contenu in contenus]
    actes += [ligne["acte"] for contenu in contenus for ligne in contenu.get("arbre", {}).get("conclusions", ())]
    actes += [ligne.get("acte") or {} for ligne in conclusions]
    for acte in actes:
        if acte.get("cible"):
            trouvees.setdefault(acte["cible"], acte.get("libelle") or acte["cible"])
    return sorted((cible, f"{libelle} ({cible})") for cible, libelle in trouvees.items())


class DerogationForm(Formulaire):
    """One line of the table, and what each group of professions may do under it."""

    code = forms.RegexField(
        r"^[DX]\d{2}$",
        label="Code",
        help_text="Par exemple D17.",
        error_messages={"invalid": "Écrivez D ou X et deux chiffres."},
    )
    base = forms.CharField(label="Texte", max_length=160)
    references = forms.MultipleChoiceField(label="Références", required=False, widget=forms.CheckboxSelectMultiple)
    caractere = forms.ChoiceField(label="Caractère", choices=list(secret.CARACTERES.items()))
    precision = forms.CharField(label="Précision", max_length=200, required=False)
    qui = forms.CharField(label="Qui peut révéler", max_length=200)
    destinataire = forms.CharField(label="À qui", max_length=200)
    contenu = forms.CharField(label="Contenu", max_length=300, widget=paragraphe(2))
    accord = forms.CharField(label="Accord", max_length=200)

    def __init__(self, *args: Any, table: secret.Table, cles: Iterable[str], nouvelle: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["references"].choices = references(cles)  # type: ignore[attr-defined]
        if not nouvelle:
            del self.fields["code"]
        permis = self.initial.get("permis", {})
        for groupe in table.groupes:
            self._poser(groupe.code, groupe.nom, permis.get(groupe.code, secret.NON), list(secret.PERMIS.items()))
        comme = [("", "Comme son groupe"), *secret.PERMIS.items()]
        groupes = {groupe.code for groupe in table.groupes}
        for profession in table.professions:
            if profession.code not in groupes:
                self._poser(profession.code, profession.nom, permis.get(profession.code, ""), comme)

    def _poser(self, code: str, nom: str, valeur: str, choix: Choix) -> None:
        champ = forms.ChoiceField(label=nom, choices=choix, initial=valeur, required=choix[0][0] != "")
        self.fields[f"permis_{code}"] = champ

    def en_brut(self) -> dict[str, Any]:
        saisi = dict(self.cleaned_data)
        saisi["references"] = dans_l_ordre(saisi["references"], list(self.initial.get("references", ())))
        permis = {nom.removeprefix("permis_"): valeur for nom, valeur in saisi.items() if nom.startswith("permis_")}
        reste = {nom: valeur for nom, valeur in saisi.items() if not nom.startswith("permis_")}
        return {**reste, "permis": {code: valeur for code, valeur in permis.items() if valeur}}
