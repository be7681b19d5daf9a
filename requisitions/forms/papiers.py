"""What an internal paper needs: the hours of a hearing, or to whom it goes."""

from typing import Any

from django import forms

from convention.models import Service
from presentation.formulaires import Formulaire
from requisitions.circuit import DAJ, DIRECTION, GARDE, HOPITAL
from requisitions.forms.champs import moment


class AttestationForm(Formulaire):
    debut = moment("Début de l’audition", required=True, error_messages={"required": "Indiquez le début."})
    fin = moment(
        "Fin",
        required=True,
        help_text="L’attestation s’imprime et se remet au professionnel. Elle ne dit pas pourquoi il a été entendu.",
        error_messages={"required": "Indiquez la fin."},
    )


class NoteAuServiceForm(Formulaire):
    destinataire = forms.ModelChoiceField(
        label="Service dont le dossier ou l’objet est saisi",
        queryset=Service.objects.none(),
        empty_label="Choisir",
        help_text="La note s’imprime et se remet au chef de service. Le service n’a pas accès à ce dossier.",
        error_messages={"required": "Choisissez le service qui recevra la note."},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offrir_les_services(self.fields["destinataire"])


def offrir_les_services(champ: Any) -> None:
    """The services of the hospital, but for those that send the paper."""
    services = Service.objects.filter(institution__code=HOPITAL).exclude(code__in=(DAJ, DIRECTION, GARDE))
    champ.queryset = services.select_related("institution").order_by("nom")
    champ.label_from_instance = lambda un: un.nom
