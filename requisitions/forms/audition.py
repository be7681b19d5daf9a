"""The page of a hearing: the slot that is given, who is here, what happened, what the doctor says next."""

from typing import Any

from django import forms
from django.utils import timezone

from convention.models import Service
from presentation.formulaires import ChoixEncadres, Formulaire
from requisitions.audition import PATIENT
from requisitions.forms.champs import ligne_de_texte, long_texte, moment
from requisitions.forms.papiers import offrir_les_services
from requisitions.models import AvisAptitude, Requisition, Seance
from requisitions.workflow import Constat

Issue, Lieu, Interruption = Seance.Issue, Seance.Lieu, Seance.Interruption
DU_PATIENT = ("representant", "representant_absent", "interprete", "reevaluer_avant", "sans_avis")
DU_PROFESSIONNEL = ("entendu", "statut_depuis")
DITS: dict[str, str] = {Issue.NON_TENUE: "Enquêteur ou personne empêchés, sortie de l’hôpital…"}


class ProgrammerForm(Formulaire):
    prevue_pour = moment("Jour et heure", required=True, help_text="Le requérant les lit aussitôt.")
    lieu = forms.ChoiceField(
        label="Lieu",
        choices=Lieu.choices,
        widget=ChoixEncadres(),
        help_text="Jamais une chambre partagée. Le requérant lit seulement «\u00a0à l’hôpital\u00a0».",
        error_messages={"required": "Choisissez le lieu."},
    )
    service_prevenu = forms.ModelChoiceField(
        label="Service à prévenir",
        queryset=Service.objects.none(),
        empty_label="Choisir",
        help_text="Une note à imprimer le prévient, sans le nom ni le motif. Il n’a pas accès à ce dossier.",
        error_messages={"required": "Choisissez le service à prévenir."},
    )

    def __init__(self, *args: Any, variante: str, **options: Any) -> None:
        super().__init__(*args, **options)
        if variante == PATIENT:
            offrir_les_services(self.fields["service_prevenu"])
            return
        del self.fields["service_prevenu"]
        self.fields["lieu"].choices = [  # type: ignore[attr-defined]
            (lieu, mots) for lieu, mots in Lieu.choices if lieu != Lieu.CHAMBRE
        ]


def depart(lettre: Requisition, seance: Seance | None) -> dict[str, Any]:
    """What the page of the slot starts from: the open session, else what was asked."""
    if seance is not None:
        quand = timezone.localtime(seance.prevue_pour)
        return {"prevue_pour": quand, "lieu": seance.lieu, "service_prevenu": seance.service_prevenu_id}
    souhaite = lettre.creneau_du if lettre.creneau_du and lettre.creneau_du > timezone.now() else None
    lieu = Lieu.SERVICE if lettre.lieu_souhaite == Requisition.LieuSouhaite.SERVICE else Lieu.LOCAL
    return {"prevue_pour": timezone.localtime(souhaite) if souhaite else None, "lieu": lieu}


class ConstatForm(Formulaire):
    """What the issue does not call for is neither shown nor kept."""

    marquer_facultatifs = False

    issue = forms.ChoiceField(
        label="Ce qui s’est passé",
        choices=Issue.choices,
        widget=ChoixEncadres(aides=DITS),
        error_messages={"required": "Dites ce qui s’est passé."},
    )
    lieu = forms.ChoiceField(label="Lieu", choices=Lieu.choices, widget=ChoixEncadres(), required=False)
    debut = moment("Début")
    fin = moment("Fin")
    interruption = forms.ChoiceField(
        label="Interrompue",
        choices=[("", "Non, menée à son terme"), *Interruption.choices],
        required=False,
    )
    representant = ligne_de_texte("Représentant, curateur ou tuteur présent (facultatif)")
    representant_absent = forms.ChoiceField(
        label="S’il était absent, pourquoi",
        choices=[("", "Il était là"), *Seance.SansRepresentant.choices],
        required=False,
    )
    avocat = ligne_de_texte("Avocat présent (facultatif)")
    interprete = ligne_de_texte("Interprète (facultatif)")
    entendu = forms.ChoiceField(
        label="Entendu comme", choices=Seance.Entendu.choices, widget=ChoixEncadres(), required=False
    )
    statut_depuis = moment(
        "Son statut a changé à (s’il a changé)",
        help_text="Dès qu’un témoin est mis en cause, il n’est plus tenu de répondre. Prévenez-le, proposez la "
        "protection fonctionnelle.",
    )
    reevaluer_avant = moment(
        "À réévaluer avant", help_text="Laissé vide\u00a0: dans 24 heures. Le médecin est rappelé."
    )
    sans_avis = ligne_de_texte(
        "Tenue sans avis favorable ou sans accord, pourquoi (s’il y a lieu)",
        300,
        help_text="Par les affaires juridiques seules. Compté parmi les points levés, jamais lu du requérant.",
    )
    incident = long_texte(
        "Incident (facultatif)",
        3,
        required=False,
        help_text="Sans motif de santé, ni ce qui s’est dit. Lu dans l’hôpital seulement.",
    )

    def __init__(
        self,
        *args: Any,
        variante: str,
        langue: str = "",
        assistee: bool = False,
        mise_en_cause: bool = False,
        juridique: bool = False,
        **options: Any,
    ) -> None:
        """`assistee`: a representative is owed. `juridique`: legal affairs, who alone record what was not permitted."""
        super().__init__(*args, **options)
        patient = variante == PATIENT
        for nom in DU_PROFESSIONNEL if patient else DU_PATIENT:
            del self.fields[nom]
        if mise_en_cause:
            self.fields["avocat"].help_text = "Mise en cause, elle y a droit. Laissez vide s’il n’y en avait pas."
        if patient:
            self._du_patient(langue, assistee=assistee, juridique=juridique)
        else:
            self.fields["issue"].choices = [  # type: ignore[attr-defined]
                (issue, Issue(issue).label) for issue in (Issue.REALISEE, Issue.NON_TENUE)
            ]
            self.fields["lieu"].choices = [  # type: ignore[attr-defined]
                (lieu, mots) for lieu, mots in Lieu.choices if lieu != Lieu.CHAMBRE
            ]

    def _du_patient(self, langue: str, *, assistee: bool, juridique: bool) -> None:
        if assistee:
            self.fields["representant"].label = "Représentant, curateur ou tuteur présent"
        else:
            del self.fields["representant_absent"]
        if not juridique:
            del self.fields["sans_avis"]
        if langue:
            self.initial["interprete"] = langue
            self.fields["interprete"].help_text = "Langue demandée. Ajoutez le nom, ou effacez si personne n’est venu."

    def constat(self) -> Constat:
        return Constat(**{nom: valeur for nom, valeur in self.cleaned_data.items() if valeur is not None})


class RepriseForm(Formulaire):
    motif = ligne_de_texte(
        "Ce qui est à corriger",
        300,
        required=True,
        help_text="Sans motif de santé. Lu dans l’hôpital seulement. Notez ensuite ce qui s’est vraiment passé.",
    )


class PresenceAuditionForm(Formulaire):
    presence = forms.ChoiceField(
        label="La personne est",
        choices=Seance.Presence.choices,
        widget=ChoixEncadres(attrs={"class": "boxes--2"}),
        help_text="Lu par les affaires juridiques. Ne dites à personne d’autre où elle est.",
        error_messages={"required": "Dites si la personne est à l’hôpital."},
    )


class AvisForm(Formulaire):
    marquer_facultatifs = False

    valeur = forms.ChoiceField(
        label="Avis du médecin",
        choices=AvisAptitude.Valeur.choices,
        widget=ChoixEncadres(),
        error_messages={"required": "Donnez votre avis."},
    )
    donne_le = moment("Avis donné le", required=True)
    valable_jusqu_a = moment("Valable jusqu’à (facultatif)")
    conditions = ligne_de_texte("Si sous conditions\u00a0: durée, pauses, soignant à proximité")
    reevaluer_avant = moment("Si inapte, à réévaluer le", help_text="Laissé vide\u00a0: 24 heures après l’avis.")
    accord = forms.ChoiceField(
        label="La personne",
        choices=AvisAptitude.Accord.choices,
        widget=ChoixEncadres(),
        error_messages={"required": "Dites si la personne accepte d’être entendue."},
    )
