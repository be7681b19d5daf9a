"""What the requester completes: the points the hospital asked for, and the written act of an oral demand."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from convention.acteur import Acteur
from dossiers.models import Dossier, Personne
from presentation.formulaires import Formulaire
from presentation.temps import age_au
from requisitions.ecrit import confirmee_le
from requisitions.forms.champs import ChampFichier, jour, ligne_de_texte, long_texte, moment, suivre
from requisitions.forms.criteres import CRITERES, CriteresForm, exiger_ages
from requisitions.forms.dates import FIN_AVANT_DEBUT, de_la_demande, exiger_passees, exiger_suite
from requisitions.forms.personne import exiger_la_mesure, situation_impossible
from requisitions.forms.titres import ChampTitre, offrir
from requisitions.models import Regularisation, Requisition, TitreJudiciaire
from requisitions.titres import champs_du_titre, utilisables
from requisitions.types_acte import type_acte

COMMISSION = ("titre", "cr_reference", "cr_date", "cr_juge", "cr_jusqu_au", "ordre_ecrit")
AUTORISATION = (
    "titre", "autorisation_mode", "autorisation_magistrat", "autorisation_le", "instruction_reference",
    "instruction_du", "instruction_couvre", "procureur_informe", "ordre_ecrit",
)  # fmt: skip
PERIODE = ("periode_du", "periode_au")
PERSONNE = ("nom", "prenoms", "naissance")
# Known later, or corrected: the identity that was sent stays sealed, the situation of the person does not.
SITUATION = ("statut_personne", "interprete")
MESURE_DITE = ("debut_mesure", "fin_mesure", "heure_demande", "adulte_injoignable")
# What each mention of the grid lets the requester write again; the others are put right by words and a file.
CHAMPS = {
    "M1": ("sous_controle_de",),
    "M2": ("articles_cites", "ordre_ecrit", "arrete_motif", "arrete_jusqu_au", "grade_controleur"),
    "M3": AUTORISATION,
    "M4": COMMISSION,
    "M5": ("titre", "autorisation_magistrat", "autorisation_le", "ordre_ecrit"),
    "M6": ("num_procedure",),
    "M7": ("qualification", "date_faits"),
    "M9": ("mission", *PERIODE),
    "M10": (*PERSONNE, *SITUATION, *MESURE_DITE, *CRITERES, *PERIODE),
}


class ReponseComplementForm(CriteresForm):
    """Words, a file, and the fields of the points that were asked, as they stand now."""

    marquer_facultatifs = False

    texte = long_texte("Votre réponse", error_messages={"required": "Écrivez votre réponse."})
    fichier = ChampFichier(label="Document complété (facultatif)", required=False)
    acte_signe = forms.BooleanField(label="Ce document est la réquisition écrite et signée", required=False)
    articles_cites = ligne_de_texte("Articles cités par l’acte", 120)
    titre = ChampTitre()
    autorisation_mode = forms.ChoiceField(
        label="Autorisation du procureur", choices=[("", "Choisir"), *Requisition.Autorisation.choices], required=False
    )
    autorisation_magistrat = ligne_de_texte("Magistrat")
    autorisation_le = moment("Autorisation ou instructions données le")
    instruction_reference = ligne_de_texte("Référence de l’instruction générale", 80)
    instruction_du = jour("Instruction générale du")
    instruction_couvre = forms.BooleanField(label="Elle couvre l’acte, l’infraction et ma qualité", required=False)
    procureur_informe = forms.BooleanField(label="Le procureur est informé sans délai", required=False)
    cr_reference = ligne_de_texte("Numéro de la commission rogatoire", 80)
    cr_date = jour("Commission rogatoire du")
    cr_juge = ligne_de_texte("Juge d’instruction")
    cr_jusqu_au = jour("À exécuter avant le")
    sous_controle_de = ligne_de_texte("OPJ qui contrôle l’acte")
    num_procedure = ligne_de_texte("Numéro de procédure", 60)
    ordre_ecrit = forms.BooleanField(
        label="Ce document porte l’autorisation, la commission, l’ordre ou l’arrêté", required=False
    )
    grade_controleur = forms.BooleanField(label="Je suis contrôleur des douanes, ou au-dessus", required=False)
    arrete_motif = ligne_de_texte("Urgence que l’arrêté invoque", 300)
    arrete_jusqu_au = moment("L’arrêté réquisitionne jusqu’au")
    qualification = ligne_de_texte("Qualification des faits")
    date_faits = jour("Date des faits")
    mission = long_texte(
        "Ce que vous demandez",
        help_text="Un lieu, une date, un document. Une demande par ligne : l’hôpital répond à chacune.",
        error_messages={"required": "Précisez ce qui est demandé."},
    )
    periode_du = moment("Du")
    periode_au = moment("Au")
    nom = ligne_de_texte("Nom de naissance", 80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    prenoms = ligne_de_texte("Prénom", 80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    naissance = jour("Date de naissance")
    statut_personne = forms.ChoiceField(
        label="Situation de la personne", choices=[("", "Choisir"), *Requisition.Statut.choices], required=False
    )
    interprete = ligne_de_texte("Langue, s’il faut un interprète", 60)
    debut_mesure = moment("Début de la mesure")
    fin_mesure = moment("Fin de la garde à vue ou de la retenue")
    heure_demande = moment("Examen demandé le")
    adulte_injoignable = forms.BooleanField(
        label="Personne mineure\u00a0: aucun adulte approprié n’a pu être joint", required=False
    )

    def __init__(
        self, *args: Any, acteur: Acteur, dossier: Dossier, demande: Regularisation | None, **options: Any
    ) -> None:
        lettre = dossier.requisition
        offerts = _offerts(dossier, demande.points if demande else list(CHAMPS))
        initial = {nom: getattr(lettre, nom) for nom in offerts if nom not in {*PERSONNE, "ordre_ecrit"}}
        super().__init__(*args, initial=initial, **options)
        if not lettre.orale or confirmee_le(dossier, lettre):
            del self.fields["acte_signe"]
        for nom in {nom for noms in CHAMPS.values() for nom in noms} - offerts:
            del self.fields[nom]
        if "titre" in offerts:
            offrir(self, self.titres(acteur, lettre))
        self.titre_demande = "titre" in offerts
        self.variante, self.recue_le = dossier.variante, dossier.transmis_le or dossier.cree_le
        suivre(self, "fichier", "acte")

    def titres(self, acteur: Acteur, lettre: Requisition) -> QuerySet[TitreJudiciaire]:
        return utilisables(acteur)

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        exiger_suite(self, donnees, "periode_du", "periode_au", FIN_AVANT_DEBUT)
        exiger_ages(self, donnees)
        exiger_passees(self, donnees, ("naissance",))
        de_la_demande(self, donnees)
        if "statut_personne" in self.fields:
            self._situation(donnees)
        if (donnees.get("prenoms") or donnees.get("naissance")) and not donnees.get("nom"):
            self.add_error("nom", "Donnez le nom de naissance.")
        if donnees.get("acte_signe") and not donnees.get("fichier"):
            self.add_error("fichier", "Joignez la réquisition signée.")
        elif donnees.get("ordre_ecrit") and not donnees.get("fichier"):
            self.add_error("fichier", "Joignez le document qui porte l’autorisation.")
        return donnees

    def _situation(self, donnees: dict[str, Any]) -> None:
        statut = donnees.get("statut_personne", "")
        if not statut and (donnees.get("nom") or self.initial.get("statut_personne")):
            self.add_error("statut_personne", "Choisissez la situation de la personne.")
        if faute := situation_impossible(self.variante, statut):
            self.add_error("statut_personne", faute)
        exiger_la_mesure(self, donnees, self.recue_le)

    def corrections(self) -> dict[str, Any]:
        """The fields that were offered; a title that no longer stands goes when none replaces it, a copy stays."""
        passes = {"texte", "fichier", "acte_signe", *PERSONNE}
        saisies = {nom: valeur for nom, valeur in self.cleaned_data.items() if nom not in passes}
        if not saisies.get("ordre_ecrit"):
            saisies.pop("ordre_ecrit", None)
        titre = self.cleaned_data.get("titre")
        if self.titre_demande:
            saisies["titre"] = titre
        return {**saisies, **(champs_du_titre(titre) if titre else {})}

    def personne(self) -> Personne | None:
        nom, naissance = self.cleaned_data.get("nom"), self.cleaned_data.get("naissance")
        if not nom:
            return None
        age = age_au(naissance, timezone.localdate()) if naissance else None
        return Personne(nom=nom, prenoms=self.cleaned_data.get("prenoms", ""), naissance=naissance, age=age)


def _offerts(dossier: Dossier, points: list[str]) -> set[str]:
    """An identity that was sent is sealed, and a period that was frozen would have to be frozen again."""
    acte = type_acte(dossier.variante)
    offerts = {nom for point in points for nom in CHAMPS.get(point, ())}
    if not acte.criteres:
        offerts -= set(CRITERES)
        if "M9" not in points:
            offerts -= set(PERIODE)
    if not acte.personne or dossier.personnes.exists():
        offerts -= set(PERSONNE)
    if not acte.personne:
        offerts -= set(SITUATION)
    if acte.code != "EX_GAV":
        offerts -= set(MESURE_DITE)
    if not acte.periode or acte.gel:
        offerts -= set(PERIODE)
    return offerts


class EcritForm(Formulaire):
    """The signed act; `autres`: the demands of the same act that wait for it too."""

    fichier = ChampFichier(
        label="Réquisition écrite et signée",
        error_messages={"required": "Joignez la réquisition signée."},
    )
    aussi = forms.BooleanField(label="Joindre aussi aux autres demandes du même acte", required=False, initial=True)

    def __init__(self, *args: Any, autres: list[Dossier], **options: Any) -> None:
        super().__init__(*args, **options)
        suivre(self, "fichier", "acte")
        self.fields["aussi"].help_text = ", ".join(str(autre.reference) for autre in autres)
        if not autres:
            del self.fields["aussi"]
