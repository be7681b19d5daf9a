"""Two hearings of the demonstration, through the verbs: one has its slot, the other is deferred by its doctor."""

from datetime import timedelta

from django.utils import timezone

from convention.acteur import Acteur, acteur_de
from convention.models import Contact, Service
from dossiers.models import Dossier
from requisitions.designation import designes
from requisitions.etats import AFFECTEE
from requisitions.models import Seance
from requisitions.volet import garder_moment
from requisitions.workflow import authentifier_par_rappel, programmer_audition, remplir_volet

SERVICE = "CHV-CHIR"


def organiser(juriste: Acteur) -> None:
    a_venir = Dossier.objects.filter(variante="AUD_PAT", etat=AFFECTEE).order_by("reference")
    for dossier, vivre in zip(a_venir[:2], (_programmer, _reporter), strict=False):
        vivre(dossier, juriste)


def _programmer(dossier: Dossier, juriste: Acteur) -> None:
    """Tomorrow at ten, in a closed room."""
    contacts = Contact.objects.filter(service=dossier.requisition.service_requerant).exclude(telephone="")
    authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=contacts.order_by("pk")[0])
    demain = timezone.localtime() + timedelta(days=1)
    programmer_audition(
        dossier=dossier,
        acteur=juriste,
        prevue_pour=demain.replace(hour=10, minute=0, second=0, microsecond=0),
        lieu=Seance.Lieu.LOCAL,
        service_prevenu=Service.objects.get(code=SERVICE),
    )


def _reporter(dossier: Dossier, juriste: Acteur) -> None:
    """Unfit two hours ago, seen again a day later."""
    vu = (timezone.localtime() - timedelta(hours=2)).replace(minute=0, second=0, microsecond=0)
    medecin = designes(dossier)[0].user
    remplir_volet(
        dossier=dossier,
        acteur=acteur_de(medecin),
        reponses={"aptitude": "inapte", "aptitude_le": garder_moment(vu), "accord_patient": "oral"},
    )
