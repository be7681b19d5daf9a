"""Whom or what a demand is about, and the lines of the other persons or places of the same page."""

from collections.abc import Mapping
from typing import Any

from django import forms

from dossiers.models import Personne
from presentation.formulaires import Formulaire, lignes_saisies
from requisitions.cles_de_depot import MAXIMUM
from requisitions.forms.champs import VIE, jour, ligne_de_texte, moment
from requisitions.forms.montres import CRENEAU, MESURE, PERIODE, PERSONNE
from requisitions.forms.verification import age_saisi
from requisitions.models import Requisition
from requisitions.types_acte import Famille, TypeActe, type_acte

PREFIXE = "autres"
LIEU = frozenset({"cible", "cameras"})


class CibleForm(Formulaire):
    """`statut_personne` and `fin_mesure` change the controls and the deadline: each person has their own.

    `intitule` is what the page calls a line, where it is one.
    """

    marquer_facultatifs = False
    intitule = ""

    nom = ligne_de_texte("Nom de naissance", 80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    prenoms = ligne_de_texte("Prénom (facultatif)", 80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    naissance = jour("Date de naissance")
    naissance_inconnue = forms.BooleanField(label="Date inconnue", required=False)
    age_declare = forms.IntegerField(
        label="Âge dit ou apparent, en années (facultatif)",
        min_value=0,
        max_value=VIE,
        required=False,
        help_text="Le plus jeune si vous hésitez\u00a0: un mineur est examiné d’abord.",
    )
    statut_personne = forms.ChoiceField(
        label="Situation de la personne",
        choices=[("", "Choisir"), *Requisition.Statut.choices],
        required=False,
    )
    majeur_protege = forms.ChoiceField(
        label="Majeur protégé (facultatif)",
        choices=[("", "Je ne sais pas"), *Requisition.Protection.choices],
        required=False,
    )
    interprete = ligne_de_texte("Langue, s’il faut un interprète (facultatif)", 60)
    debut_mesure = moment("Début de la mesure (facultatif)")
    heure_demande = moment(
        "Examen demandé le (facultatif)", help_text="Par la personne, un proche ou vous. Les 3\u00a0heures en partent."
    )
    adulte_injoignable = forms.BooleanField(
        label="Personne mineure\u00a0: aucun adulte approprié n’a pu être joint", required=False
    )
    fin_mesure = moment("Fin de la garde à vue ou de la retenue (facultatif)")
    cible = ligne_de_texte(
        "Lieu filmé, ou ce qu’il faut garder",
        help_text="Lu par qui garde, sans les faits. Par exemple\u00a0: entrée des urgences, téléphone noir, compte.",
    )
    cameras = ligne_de_texte("Caméras, si vous les connaissez (facultatif)")
    periode_du = moment("Du")
    periode_au = moment("Au")
    creneau_du = moment("À partir de")
    creneau_au = moment("Jusqu’à")


CiblesJeu: Any = forms.formset_factory(
    CibleForm, extra=0, max_num=MAXIMUM - 1, absolute_max=2 * MAXIMUM, validate_max=True
)
# A person named on the page says whose tubes or effects; never which pictures nor which traces.
CIBLEES = {
    "VIDEO": "Indiquez le lieu filmé.",
    "LOGS": "Indiquez le compte, le poste ou le logiciel dont il faut garder les traces.",
}
MOTS = {
    "missing_management_form": "Cette page est incomplète. Actualisez-la, puis recommencez.",
    "too_many_forms": f"{MAXIMUM} au plus par page. Gardez celles-ci, et demandez la suite sur une nouvelle page.",
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
        mesure = MESURE if acte.code == "EX_GAV" else frozenset()
        creneau = CRENEAU if acte.famille == Famille.AUDITION else frozenset()
        return PERSONNE | mesure | {"fin_mesure"} | creneau | ({"cible"} if acte.gel else frozenset())
    return LIEU | PERIODE if acte.code == "VIDEO" else frozenset()


def exiger_la_cible(form: Formulaire, donnees: Mapping[str, Any], acte: str, *, au_guichet: bool) -> None:
    """Where nobody is enough to find what is kept: the place, or the account, and the hours. A paper that says less is
    recorded at the counter, and what may be is frozen; the control puts it right (M9)."""
    if acte not in CIBLEES or au_guichet:
        return
    if not donnees.get("cible"):
        form.add_error("cible", CIBLEES[acte])
    if not donnees.get("periode_du") or not donnees.get("periode_au"):
        form.add_error("periode_du", "Indiquez le début et la fin de la période à copier.")


def personne_de(donnees: dict[str, Any]) -> Personne | None:
    """Who a valid page is about; their age is that of the day of reception."""
    if not type_acte(donnees["type_acte"]).personne:
        return None
    naissance, age = donnees.get("naissance"), age_saisi(donnees)
    return Personne(nom=donnees["nom"], prenoms=donnees.get("prenoms", ""), naissance=naissance, age=age)
