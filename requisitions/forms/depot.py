"""The deposit, on one page. What the frame and the act do not call for is neither asked nor kept."""

from collections.abc import Mapping, Sequence, Set
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from convention.acteur import Acteur
from documents.models import Fichier
from dossiers.models import Dossier
from dossiers.models.dossier import Urgence
from presentation.formulaires import ChoixEncadres
from presentation.temps import heure_fr
from requisitions.controles import Faits, controler
from requisitions.doublons import semblables
from requisitions.forms.appui import accueillir_l_appui, champ_appui, champ_dans_l_acte, constater_l_appui
from requisitions.forms.cadres import (
    AIDES_CADRE,
    AIDES_URGENCE,
    AUTRE,
    DU_FORMULAIRE,
    PRINCIPAUX,
    REGLES,
    hors_de_son_cadre,
)
from requisitions.forms.champs import ChampFichier, jour, ligne_de_texte, long_texte, moment, suivre
from requisitions.forms.cibles import PREFIXE, exiger_la_cible, lignes_de, personne_de
from requisitions.forms.creneau import champ_entendu, champ_lieu, exiger_creneau
from requisitions.forms.criteres import CriteresForm, exiger_criteres
from requisitions.forms.dates import FIN_AVANT_DEBUT, de_la_demande, exiger_suite, peu_probables
from requisitions.forms.montres import DANS_L_ORDRE, caches_par_l_acte, caches_par_le_cadre
from requisitions.forms.personne import exiger_la_mesure, exiger_la_personne
from requisitions.forms.plusieurs import PageForm, pages_des_autres
from requisitions.forms.retour import champ_canal, champ_souhait, verifier_le_souhait
from requisitions.forms.titres import ChampTitre, offrir_les_titres
from requisitions.forms.verification import faits_saisis, ligne_visee, recue
from requisitions.models import Cadre, LigneDecision, Requisition
from requisitions.policies import DEPOSANTS
from requisitions.table import DECLAREES
from requisitions.titres import champs_du_titre
from requisitions.types_acte import choix, type_acte
from requisitions.workflow.depot import deposer
from requisitions.workflow.enregistrement import Cible


class DepotForm(PageForm, CriteresForm):
    """`liste`: the page that whoever deposits comes back to; `autres`: the lines of the other persons or places."""

    reception, liste = False, "requisitions:miennes"
    jeux = (PREFIXE,)
    field_order: Sequence[str] = DANS_L_ORDRE

    cadre = forms.ChoiceField(
        label="Sous quel cadre agissez-vous ?",
        choices=[*((cadre.value, cadre.label) for cadre in PRINCIPAUX), (AUTRE, "Autre")],
        widget=ChoixEncadres(attrs={"class": "boxes--2"}, aides=AIDES_CADRE),
        error_messages={"required": "Choisissez le cadre juridique."},
    )
    cadre_autre = forms.ChoiceField(
        label="Autre cadre",
        choices=[("", "Choisir"), *((cadre.value, cadre.label) for cadre in Cadre if cadre not in PRINCIPAUX)],
        required=False,
    )
    num_procedure = ligne_de_texte("Numéro de procédure", 60)
    articles_cites = ligne_de_texte(
        "Articles cités par l’acte (facultatif)", 120, help_text="Si l’acte en vise d’autres que ceux ci-dessus."
    )
    sous_controle_de = ligne_de_texte("OPJ qui contrôle l’acte")
    titre = ChampTitre()
    autorisation_mode = forms.ChoiceField(
        label="Autorisation du procureur", choices=[("", "Choisir"), *Requisition.Autorisation.choices], required=False
    )
    autorisation_magistrat = ligne_de_texte("Magistrat", help_text="Nom et fonction.")
    autorisation_le = moment("Autorisation ou instructions données le")
    instruction_reference = ligne_de_texte(
        "Référence de l’instruction générale", 80, help_text="Telle que le parquet l’a déclarée."
    )
    instruction_du = jour("Instruction générale du")
    instruction_couvre = forms.BooleanField(label="Elle couvre l’acte, l’infraction et ma qualité", required=False)
    procureur_informe = forms.BooleanField(label="Le procureur est informé sans délai", required=False)
    cr_reference = ligne_de_texte("Numéro de la commission rogatoire", 80)
    cr_date = jour("Commission rogatoire du")
    cr_juge = ligne_de_texte("Juge d’instruction")
    cr_jusqu_au = jour("À exécuter avant le (facultatif)")
    appui = champ_appui()
    ordre_ecrit = champ_dans_l_acte()
    grade_controleur = forms.BooleanField(label="Je suis contrôleur des douanes, ou au-dessus", required=False)
    arrete_motif = ligne_de_texte("Urgence que l’arrêté invoque", 300)
    arrete_jusqu_au = moment("L’arrêté réquisitionne jusqu’au")
    type_acte = forms.ChoiceField(
        label="Nature",
        choices=lambda: [("", "Choisir"), *choix()],
        error_messages={"required": "Choisissez la nature de la demande."},
    )
    precision = forms.ChoiceField(
        label="Cas particulier (facultatif)",
        choices=[("", "Aucun"), *((mot, mot.capitalize()) for mot in dict.fromkeys(DECLAREES.values()))],
        required=False,
    )
    mission = long_texte(
        "Précisez",
        help_text="Un lieu, une date, un document. Une demande par ligne : l’hôpital répond à chacune.",
        error_messages={"required": "Précisez ce qui est demandé."},
    )
    lieu_souhaite = champ_lieu()
    entendu_comme = champ_entendu()
    qualification = ligne_de_texte("Qualification des faits")
    date_faits = jour("Date des faits")
    urgence = forms.ChoiceField(
        label="Quand vous faut-il la réponse ?",
        choices=[
            (Urgence.IMMEDIATE, "Garde à vue en cours"),
            (Urgence.JOUR, "Urgent"),
            (Urgence.ORDINAIRE, "Ordinaire"),
        ],
        widget=ChoixEncadres(aides=AIDES_URGENCE),
        error_messages={"required": "Choisissez un délai."},
    )
    delai_motif = ligne_de_texte("Motif de l’urgence", 200)
    reponse_souhaitee_le = champ_souhait()
    canal_de_retour = champ_canal()
    fichier = ChampFichier(label="Fichier", required=False)
    orale = forms.BooleanField(label="La demande est orale, l’écrit suit sous 24 heures", required=False)
    orale_motif = ligne_de_texte("Pourquoi l’écrit manque", 200)
    incomplet = forms.BooleanField(
        label="Déposer quand même",
        required=False,
        help_text="Ce qui s’efface est gelé. L’hôpital ne remet rien avant la régularisation.",
    )
    nouvelle = forms.BooleanField(
        label="Ce n’est pas la même demande",
        required=False,
        help_text="Sinon, reprenez celle qui court : elle a déjà son numéro et son délai.",
    )

    def __init__(self, *args: Any, acteur: Acteur, cle: UUID, gardes: Set[str] = frozenset(), **options: Any) -> None:
        super().__init__(*args, **options)
        self.cle = cle
        self.autres = lignes_de(self.data if self.is_bound else None, self.initial)
        self.pages: list[DepotForm] = []
        place = acteur.place(*DEPOSANTS)
        self.qualite = place.qualite if place else ""
        self.gardes = gardes
        self.manques, self.a_verifier, self.semblables = [], [], []
        self.ligne: LigneDecision | None = None
        self.acteur = acteur
        self.service = place.service_id if place else None
        offrir_les_titres(self, acteur)
        suivre(self, "fichier", "acte", "Une photo lisible suffit.")
        accueillir_l_appui(self)
        if not self.sous_controle():
            del self.fields["sous_controle_de"]

    def sous_controle(self) -> bool:
        """Whether whoever requires may be somebody whose act an OPJ controls."""
        return self.qualite in {"APJ", "ASSIST"}

    def hors_cadre(self, donnees: dict[str, Any]) -> str:
        """Why this frame is not that of whoever requires; empty when it may be."""
        return hors_de_son_cadre(self.acteur.roles, donnees["cadre"])

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if donnees.get("cadre") == AUTRE:
            donnees["cadre"] = donnees.get("cadre_autre", "")
            if not donnees["cadre"]:
                self.add_error("cadre_autre", "Choisissez le cadre.")
        if donnees.get("cadre") and (raison := self.hors_cadre(donnees)):
            self.add_error("cadre", raison)
        self._taire(donnees, caches_par_l_acte(donnees))
        if donnees.get("type_acte"):
            self._selon_acte(donnees)
        self.ligne = ligne_visee(donnees)
        caches = caches_par_le_cadre(donnees, self.ligne)
        self._taire(donnees, caches)
        if donnees.get("titre"):
            donnees.update(champs_du_titre(donnees["titre"]))
            donnees["num_procedure"] = donnees.get("num_procedure") or donnees["titre"].procedure
        self._document(donnees)
        constater_l_appui(donnees, self.gardes, caches)
        if donnees.get("cadre") and donnees.get("type_acte"):
            self._regles(donnees)
        if donnees.get("type_acte"):  # a rule may have found fault with the act itself
            self._doublons(donnees)
        self.a_verifier = peu_probables(donnees, recue(donnees))
        de_la_demande(self, donnees)
        verifier_le_souhait(self, donnees, recue(donnees))
        self.pages = pages_des_autres(self)
        return donnees

    def is_valid(self) -> bool:
        return super().is_valid() and (not self.autres.is_bound or self.autres.is_valid())

    def _taire(self, donnees: dict[str, Any], champs: Set[str]) -> None:
        """What the page does not show has no fault and reaches no letter; the page and the draft still hold it."""
        for champ in champs:
            donnees[champ] = self._vide(champ) if champ in self.fields else None
            self.errors.pop(champ, None)

    def _doublons(self, donnees: dict[str, Any]) -> None:
        """A demand of the unit that still runs and looks the same: say it, and let the officer decide."""
        lettre = Requisition(
            cle_depot=self.cle,
            type_acte=donnees["type_acte"],
            num_procedure=donnees.get("num_procedure", ""),
            periode_du=donnees.get("periode_du"),
            periode_au=donnees.get("periode_au"),
        )
        self.semblables = list(semblables(lettre, donnees.get("nom", ""), self.acteur)[:3])
        if self.semblables and not donnees.get("nouvelle"):
            self.add_error("nouvelle", "Une demande semblable court déjà. Reprenez-la, ou cochez la case.")

    def _vide(self, champ: str) -> Any:
        """What a field that is not asked is worth in the letter."""
        type_de_champ = self.fields[champ]
        if isinstance(type_de_champ, forms.ModelChoiceField):
            return None
        if isinstance(type_de_champ, forms.BooleanField):
            return False
        return "" if isinstance(type_de_champ, forms.CharField | forms.ChoiceField) else None

    def _selon_acte(self, donnees: dict[str, Any]) -> None:
        acte = type_acte(donnees["type_acte"])
        exiger_creneau(self, donnees, passe_admis=self.reception)
        if acte.personne:
            exiger_la_personne(self, donnees, acte.code, recue(donnees))
        exiger_la_mesure(self, donnees, recue(donnees))
        exiger_la_cible(self, donnees, acte.code, au_guichet=self.reception)
        exiger_suite(self, donnees, "periode_du", "periode_au", FIN_AVANT_DEBUT)
        if acte.criteres:
            exiger_criteres(self, donnees, tous=not self.reception)
        if donnees.get("urgence") == Urgence.JOUR and not donnees.get("delai_motif"):
            self.add_error("delai_motif", "Indiquez le motif de l’urgence.")

    def _document(self, donnees: dict[str, Any]) -> None:
        if donnees.get("fichier") or "fichier" in self.gardes:
            donnees["orale"], donnees["orale_motif"] = False, ""
            return
        if "fichier" in self.errors:
            return
        if not donnees.get("orale"):
            self.add_error("fichier", "Ajoutez la réquisition signée.")
        elif not donnees.get("orale_motif"):
            self.add_error("orale_motif", "Indiquez pourquoi l’écrit manque.")

    def _regles(self, donnees: dict[str, Any]) -> None:
        """What the control would refuse is said now; the officer may still deposit so that things are frozen."""
        constats = [constat for constat in controler(self._faits(donnees), REGLES) if constat.bloque]
        self.manques = [constat.message for constat in constats]
        if donnees.get("incomplet"):
            return
        for constat in constats:
            self.add_error(constat.champ if constat.champ in self.fields else None, constat.message)

    def _faits(self, donnees: dict[str, Any]) -> Faits:
        return faits_saisis(donnees, self.ligne, qualite=self.qualite, service=self.service)

    def deposer(self, cle_depot: UUID, fichiers: Mapping[str, Fichier | None]) -> Dossier:
        """What a valid form says becomes a case. Raises TransitionRefusee."""
        return deposer(**self._ecrit(cle_depot, fichiers))

    def confirmation(self, dossier: Dossier) -> str:
        depot = heure_fr(dossier.transmis_le or timezone.now())
        if not self.pages:
            return f"Réquisition déposée à {depot}. L’accusé de réception est prêt."
        combien = f"{1 + len(self.pages)} réquisitions déposées à {depot}"
        return f"{combien}, chacune avec son numéro et son accusé. Les autres sont sous «\u00a0Même acte\u00a0»."

    def _ecrit(self, cle_depot: UUID, fichiers: Mapping[str, Fichier | None]) -> dict[str, Any]:
        ecrit = {"lettre": self.lettre(), "personne": personne_de(self.cleaned_data)}
        autres = [Cible(page.lettre(), personne_de(page.cleaned_data)) for page in self.pages]
        joints = {**fichiers, "appui": fichiers.get("appui") if self.cleaned_data["ordre_ecrit"] else None}
        suite = {"cle_depot": cle_depot, **joints, "urgence": self.cleaned_data["urgence"]}
        return {**ecrit, **suite, "acteur": self.acteur, "autres": autres}

    def lettre(self) -> Requisition:
        champs = {
            nom: valeur for nom, valeur in self.cleaned_data.items() if nom not in DU_FORMULAIRE and valeur is not None
        }
        return Requisition(**champs)
