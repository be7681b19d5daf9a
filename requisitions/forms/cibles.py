"""Whom or what a demand is about, and the other persons or places of the same page: a line each (ADR 23)."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from django import forms

from dossiers.models import Personne
from presentation.formulaires import Formulaire, lignes_saisies
from presentation.temps import age_au
from requisitions.cibles import MAXIMUM
from requisitions.forms.champs import jour, ligne_de_texte, moment
from requisitions.forms.montres import PERIODE, PERSONNE
from requisitions.forms.verification import recue
from requisitions.models import Requisition
from requisitions.types_acte import TypeActe, type_acte

if TYPE_CHECKING:
    from requisitions.forms.depot import DepotForm

PREFIXE = "autres"
LIEU = frozenset({"cible", "cameras"})
DEJA = {
    True: ("nom", "Cette personne est déjà dans la demande."),
    False: ("cible", "Ce lieu y est déjà, à ces heures."),
}


class CibleForm(Formulaire):
    """`statut_personne` and `fin_mesure` change the controls and the deadline: each person has their own."""

    marquer_facultatifs = False

    nom = ligne_de_texte("Nom de naissance", 80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    prenoms = ligne_de_texte("Prénom (facultatif)", 80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    naissance = jour("Date de naissance")
    naissance_inconnue = forms.BooleanField(label="Date inconnue", required=False)
    statut_personne = forms.ChoiceField(
        label="Situation de la personne (facultatif)",
        choices=[("", "Choisir"), *Requisition.Statut.choices],
        required=False,
    )
    fin_mesure = moment("Fin de la garde à vue ou de la retenue (facultatif)")
    cible = ligne_de_texte(
        "Lieu filmé, ou ce qu’il faut garder",
        help_text="Lu par qui garde, sans les faits. Par exemple\u00a0: entrée des urgences, téléphone noir.",
    )
    cameras = ligne_de_texte("Caméras, si vous les connaissez (facultatif)")
    periode_du = moment("Du")
    periode_au = moment("Au")


CiblesJeu: Any = forms.formset_factory(
    CibleForm, extra=0, max_num=MAXIMUM - 1, absolute_max=2 * MAXIMUM, validate_max=True
)
MOTS = {
    "missing_management_form": "Cette page est incomplète. Actualisez-la, puis recommencez.",
    "too_many_forms": f"{MAXIMUM} au plus par page. Déposez celles-ci, puis les autres sur une nouvelle page.",
}


def lignes_de(data: Mapping[str, Any] | None, initial: Mapping[str, Any] | None) -> Any:
    """The lines of a page as it was sent, or as its draft holds them."""
    if data is not None and f"{PREFIXE}-TOTAL_FORMS" in data:
        return CiblesJeu(data, prefix=PREFIXE, error_messages=MOTS)
    return CiblesJeu(prefix=PREFIXE, initial=(initial or {}).get(PREFIXE, []))


def lignes_gardees(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the draft holds of the lines: not the empty ones, nor the one that the button « Retirer » names."""
    geste, _, rang = str(data.get("geste", "")).partition(":")
    retiree = f"{PREFIXE}-{rang}-" if geste == "retirer" else ""
    return lignes_saisies(
        CiblesJeu, PREFIXE, {nom: data[nom] for nom in data if not retiree or not nom.startswith(retiree)}
    )


def avec_une_ligne(gardees: dict[str, Any]) -> dict[str, Any]:
    return {**gardees, PREFIXE: [*gardees.get(PREFIXE, []), {}][: MAXIMUM - 1]}


def distinguent(acte: TypeActe) -> frozenset[str]:
    """The fields by which the lines of a page differ; none where one demand serves for all."""
    if acte.personne:
        return PERSONNE | {"fin_mesure"} | ({"cible"} if acte.gel else frozenset())
    return LIEU | PERIODE if acte.code == "VIDEO" else frozenset()


def pages_des_autres(form: "DepotForm") -> list["DepotForm"]:
    """Each line is the page again, about somebody or somewhere else: same rules, same words.

    A fault is said on the line, or on the field of the page where it is mended.
    """
    acte = type_acte(form.data["type_acte"]) if form.cleaned_data.get("type_acte") else None
    pages: list[DepotForm] = []
    if acte is None or not form.autres.is_bound:
        return pages
    vues = {_signature(acte, form.cleaned_data)}
    for ligne in form.autres.forms:
        saisi = {nom: form.data.get(ligne.add_prefix(nom), "") for nom in distinguent(acte)}
        if not any(saisi.values()):
            continue
        dit = _ce_qu_elle_dit(saisi, acte)
        page = form.page_de(_envoi(form.data, dit))
        _reporter(page, ligne, dit.keys(), form)
        signature = _signature(acte, page.cleaned_data)
        if signature in vues and ligne.is_valid():
            ligne.add_error(*DEJA[acte.personne])
        vues.add(signature)
        pages.append(page)
    return pages


def _ce_qu_elle_dit(saisi: dict[str, str], acte: TypeActe) -> dict[str, str]:
    """All of a person. A place, or a period, that the line does not say again is that of the page."""
    if acte.personne:
        return saisi
    groupes = [groupe for groupe in (LIEU, PERIODE) if any(saisi[nom] for nom in groupe)]
    return {nom: saisi[nom] for groupe in groupes for nom in groupe}


def _envoi(page: Mapping[str, Any], dit: dict[str, str]) -> dict[str, str]:
    """What the browser would have sent of this line alone."""
    repris = {nom: page[nom] for nom in page if nom not in dit and not nom.startswith(f"{PREFIXE}-")}
    return {**repris, **{nom: valeur for nom, valeur in dit.items() if valeur}}


def _reporter(page: "DepotForm", ligne: CibleForm, dits: Collection[str], form: "DepotForm") -> None:
    """Beside what the line says, else once on the page."""
    deja = set(ligne.errors)
    for champ, fautes in page.errors.items():
        for faute in fautes:
            if champ in dits:
                if champ not in deja:
                    ligne.add_error(champ, faute)
            elif faute not in form.errors.get(champ, []):
                form.add_error(champ if champ in form.fields else None, faute)
    for recueil in ("manques", "a_verifier", "semblables"):
        setattr(form, recueil, list(dict.fromkeys([*getattr(form, recueil), *getattr(page, recueil)])))


def _signature(acte: TypeActe, donnees: dict[str, Any]) -> tuple[Any, ...]:
    if acte.personne:
        return (*(donnees.get(nom, "").casefold() for nom in ("nom", "prenoms")), donnees.get("naissance"))
    return (donnees.get("cible", "").casefold(), donnees.get("periode_du"), donnees.get("periode_au"))


def personne_de(donnees: dict[str, Any]) -> Personne | None:
    """Who a valid page is about; their age is that of the day of reception."""
    if not type_acte(donnees["type_acte"]).personne:
        return None
    naissance = donnees.get("naissance")
    age = age_au(naissance, recue(donnees).date()) if naissance else None
    return Personne(nom=donnees["nom"], prenoms=donnees.get("prenoms", ""), naissance=naissance, age=age)
