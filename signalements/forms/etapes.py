"""The forms of the seven steps. Which groups of fields appear comes from the voie, by name."""

from typing import Any

from django import forms
from django.utils import timezone

from dossiers.models import Personne
from presentation.formulaires import DateNative, MomentNatif, Question
from signalements import grilles
from signalements import reponses as r
from signalements.contenu import age_au
from signalements.forms.champs import boites, choix, texte
from signalements.forms.etape import Etape


class PersonneForm(Etape):
    code = "personne"
    jeux = ("enfants",)

    nom = forms.CharField(label="Nom", max_length=120, required=False)
    prenoms = forms.CharField(label="Prénoms", max_length=120, required=False)
    sexe = boites("Sexe", list(Personne.Sexe.choices)[:2], "Indiquez le sexe\u00a0: les questions s’y accordent.")
    naissance = forms.DateField(label="Date de naissance", widget=DateNative, required=False)
    age = forms.IntegerField(
        label="Âge, même approché",
        min_value=0,
        max_value=120,
        required=False,
        help_text="Inutile si la date de naissance est connue.",
    )
    etat_grossesse = Question(label="Grossesse en cours", required=False)
    contact_sur = texte(
        "Comment la joindre sans danger",
        2,
        required=True,
        help_text="Demandez-lui\u00a0: «\u00a0Comment puis-je vous joindre sans danger\u00a0?\u00a0» "
        "Par exemple\u00a0: par un proche sûr, après 18\u00a0h.",
        error_messages={
            "required": "Indiquez comment joindre la personne sans danger, ou écrivez qu’aucun moyen n’est sûr."
        },
    )
    contact_interdit = forms.CharField(
        label="À ne jamais utiliser",
        max_length=300,
        required=False,
        help_text="Par exemple\u00a0: le téléphone du couple.",
    )

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        naissance = donnees.get("naissance")
        if naissance and naissance > timezone.localdate():
            self.add_error("naissance", "Cette date est dans le futur. Corrigez-la.")
        elif naissance:
            donnees["age"] = age_au(naissance, timezone.localdate())
        elif donnees.get("age") is None and "age" not in self.errors:
            self.add_error("age", "Indiquez au moins l’âge, même approché.")
        return donnees


class FaitsForm(Etape):
    code = "faits"
    jeux = ("lesions",)

    date_constat = forms.DateTimeField(
        label="Jour et heure de votre examen", widget=MomentNatif,
        error_messages={"required": "Indiquez le jour et l’heure de votre examen."},
    )  # fmt: skip
    a_examine = forms.BooleanField(label="J’ai moi-même examiné la personne", required=False)
    contexte = boites("Dans quel cadre\u00a0?", list(r.Contexte.choices), "Indiquez le cadre des faits.")
    agression_sexuelle = Question(
        label="S’agit-il d’une agression sexuelle\u00a0?",
        error_messages={"required": "Répondez\u00a0: s’agit-il d’une agression sexuelle\u00a0?"},
    )
    date_faits = forms.CharField(
        label="Date ou période des faits",
        max_length=160,
        help_text="Par exemple\u00a0: «\u00a021 novembre vers 23\u00a0h\u00a0». "
        "Si elle est inconnue, écrivez «\u00a0date inconnue\u00a0».",
        error_messages={
            "required": "Indiquez la date des faits. Si elle est inconnue, écrivez «\u00a0date inconnue\u00a0»."
        },
    )
    lieu_faits = choix("Lieu des faits", list(r.Lieu.choices))
    commune_faits = forms.CharField(
        label="Commune des faits", max_length=80, required=False, help_text="Elle désigne le procureur compétent."
    )
    types_violences = forms.MultipleChoiceField(
        label="Violences décrites", choices=r.Violence.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    faits_observes = texte(
        "Ce que vous avez constaté",
        5,
        help_text="Au présent, sans interpréter\u00a0: lésions, taille, place, état de la personne. "
        "Une supposition s’écrit au conditionnel.",
    )
    propos_rapportes = texte(
        "Ce que la personne déclare", 5, help_text="Ses mots, entre guillemets. Écrivez «\u00a0elle déclare…\u00a0»."
    )
    lien_auteur = choix(
        "Lien avec l’auteur désigné", list(r.LienAuteur.choices), "Indiquez le lien avec l’auteur désigné."
    )
    auteur_nom = forms.CharField(label="Nom de l’auteur désigné", max_length=120, required=False)
    auteur_prenoms = forms.CharField(label="Prénoms de l’auteur désigné", max_length=120, required=False)
    auteur_designe = forms.CharField(
        label="Autres précisions, avec ses mots",
        max_length=400,
        required=False,
        help_text="Par exemple\u00a0: «\u00a0il travaille de nuit\u00a0». "
        "N’affirmez rien\u00a0: la personne le désigne.",
    )
    certificat = choix("Certificat médical descriptif", list(r.Certificat.choices))

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if not donnees.get("faits_observes") and not donnees.get("propos_rapportes"):
            self.add_error("faits_observes", "Décrivez au moins un fait constaté ou une parole rapportée.")
        constat = donnees.get("date_constat")
        if constat and constat > timezone.now():
            self.add_error("date_constat", "Cet examen est dans le futur. Corrigez le jour ou l’heure.")
        return donnees


class DangerForm(Etape):
    code = "danger"
    marquer_facultatifs = False

    danger_immediat = boites(
        "Sa vie est-elle en danger immédiat\u00a0?",
        list(r.OuiNon.choices),
        "Répondez\u00a0: sa vie est-elle en danger immédiat\u00a0?",
    )
    motif_danger = texte(
        "Ce qui fonde le danger",
        help_text="Mettez ses paroles entre guillemets. Décrivez ce que vous avez constaté, sans interpréter.",
    )
    emprise = boites(
        "L’emprise l’empêche-t-elle de se protéger\u00a0?",
        list(r.OuiNon.choices),
        "Répondez\u00a0: l’emprise l’empêche-t-elle de se protéger\u00a0?",
    )
    motif_emprise = texte(
        "Ce qui fonde l’emprise", help_text="Au moins un fait\u00a0: isolement, contrôle, peur, renoncements."
    )
    crainte_represailles = texte("Craint-elle des représailles\u00a0?", 2)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "grilles" not in self.voie.blocs:
            return
        for modele in (grilles.DANGER, grilles.EMPRISE):
            for code, phrase in modele.items():
                self.fields[code] = Question(label=grilles.question(phrase, self.genre), required=False)

    def groupe(self, modele: dict[str, str], debut: int, fin: int | None) -> list[Any]:
        return [self[code] for code in list(modele)[debut:fin] if code in self.fields]

    @property
    def groupes(self) -> list[dict[str, Any]]:
        """The two grids as the template shows them: the first questions, and the others folded."""
        if "grilles" not in self.voie.blocs:
            return []
        return [
            {
                "cle": cle,
                "titre": titre,
                "premieres": self.groupe(modele, 0, grilles.PREMIERES[cle]),
                "autres": self.groupe(modele, grilles.PREMIERES[cle], None),
            }
            for cle, titre, modele in (
                ("d", "Signes de danger immédiat", grilles.DANGER),
                ("e", "Signes d’emprise", grilles.EMPRISE),
            )
        ]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        for champ, motif in (("danger_immediat", "motif_danger"), ("emprise", "motif_emprise")):
            if donnees.get(champ) == "OUI" and not donnees.get(motif):
                self.add_error(motif, "Écrivez au moins un fait qui fonde votre appréciation.")
        return donnees


class AccordForm(Etape):
    code = "accord"
    marquer_facultatifs = False

    accord_recherche = boites(
        "Avez-vous recherché son accord\u00a0?",
        list(r.OuiNon.choices),
        "Répondez\u00a0: avez-vous recherché son accord\u00a0?",
    )
    accord = boites(
        "Quelle est sa réponse\u00a0?",
        list(r.Accord.choices),
        "Indiquez sa réponse.",
        {"IMPOSSIBLE": "Hors d’état de répondre, ou jamais seule"},
    )
    accord_date = forms.DateTimeField(label="Quand\u00a0?", widget=MomentNatif, required=False)
    accord_paroles = texte(
        "Ses mots", 2, help_text="Entre guillemets, par exemple\u00a0: «\u00a0J’ai peur que ce soit pire.\u00a0»"
    )
    accord_ecrit = forms.BooleanField(
        label="Son accord est écrit, daté et signé",
        required=False,
        help_text="Joignez-le à l’étape «\u00a0Pièces jointes\u00a0».",
    )
    accord_portee = forms.MultipleChoiceField(
        label="Il couvre", choices=r.Portee.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    information = boites(
        "L’avez-vous informée du signalement\u00a0?",
        list(r.Information.choices),
        "",
        {"FAITE": "La loi le demande quand elle a refusé"},
    )
    information_date = forms.DateTimeField(label="Informée quand\u00a0?", widget=MomentNatif, required=False)
    information_par = forms.CharField(label="Par qui\u00a0?", max_length=160, required=False)
    motif_non_information = texte(
        "Sinon, pourquoi\u00a0?", 2, help_text="L’information reste due\u00a0: vous la noterez après l’envoi."
    )

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if donnees.get("information") in {"DIFFEREE", "NON_FAITE"} and not donnees.get("motif_non_information"):
            self.add_error("motif_non_information", "Écrivez pourquoi elle n’est pas encore informée.")
        return donnees


class AbriForm(Etape):
    code = "abri"
    mesures = texte(
        "Mesures prises",
        3,
        help_text="Par exemple\u00a0: lit-porte sous confidentialité, poste de sécurité prévenu à 2\u00a0h\u00a012.",
    )
    hebergement = choix("Où va-t-elle ensuite\u00a0?", list(r.Hebergement.choices))
    auteur_present_hopital = Question(
        label="L’auteur désigné est-il à l’hôpital\u00a0?",
        required=False,
        help_text="Si oui, prévenez le poste de sécurité, sans donner de motif médical.",
    )
    plainte = choix("La plainte", list(r.Plainte.choices))
