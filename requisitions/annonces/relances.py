"""What time alone brings: a seal asked back is followed after its case is closed, silence is answered by a reminder."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from convention.gardes import de_garde
from convention.models import Permanence
from dossiers.models import Dossier, Echeance
from notifications.boite_envoi import publier
from presentation.temps import date_fr, heure_fr
from requisitions.circuit import DAJ, GARDE, ORDRE, service
from requisitions.designation import CONFIEE, accord_de, designes, terme_du_medecin
from requisitions.etats import A_REGULARISER, PRETE
from requisitions.models import RefusPropose, Regularisation, Remise
from requisitions.notifications import annoncer_refus, gens, prevenir_de
from requisitions.refus import OUVERTE
from requisitions.saisie.ordre import ATTENDUE, appele_le
from requisitions.saisie.ordre import ECHEANCE as REPONSE_DE_L_ORDRE
from requisitions.types_acte import libelles, type_acte
from requisitions.workflow.restitution import ECHEANCE

SUJET, SUJET_ORDRE = "requisition.relance", "requisition.ordre"
SUJET_REGULARISATION, SUJET_MEDECIN = "requisition.regularisation", "requisition.medecin"
SUJET_RETRAIT, RETRAIT_PROCHE = "requisition.retrait", timedelta(days=5)
UN_JOUR = timedelta(days=1)
REGULARISATION_SANS_REPONSE = timedelta(days=3)
RATTRAPAGE = timedelta(days=3)


def relancer() -> None:
    """At each tick: one notice for each date reached; a reminder noted meanwhile has moved the date."""
    dues = Echeance.objects.filter(nom=ECHEANCE, tenue_le=None, echeance_le__lte=timezone.now())
    for pk, echeance_le in dues.values_list("pk", "echeance_le"):
        publier(SUJET, cle_unique=f"relance:{pk}:{echeance_le:%Y%m%d}", charge={"echeance": pk})


def prevenir_de_la_relance(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.relance`: idempotent."""
    echeance = Echeance.objects.select_related("dossier").filter(pk=charge["echeance"], tenue_le=None).first()
    if echeance is None:
        return
    juristes = gens(DAJ)
    cle = f"relance:{echeance.pk}:{echeance.echeance_le:%Y%m%d}"
    prevenir_de(juristes, echeance.dossier, cle, "Restitution à suivre")


def relancer_la_regularisation() -> None:
    """At each tick: the requester three days after a demand to put right, legal affairs when its time is over."""
    maintenant = timezone.now()
    attendues = Regularisation.objects.filter(repondue_le=None, dossier__etat=A_REGULARISER)
    demandee = maintenant - REGULARISATION_SANS_REPONSE
    jalons = (
        ("rappel", attendues.filter(demandee_le__range=(demandee - RATTRAPAGE, demandee))),
        ("terme", attendues.filter(avant__range=(maintenant - RATTRAPAGE, maintenant))),
    )
    for jalon, dues in jalons:
        for pk in dues.order_by("pk").values_list("pk", flat=True):
            charge = {"regularisation": pk, "jalon": jalon}
            publier(SUJET_REGULARISATION, cle_unique=f"regularisation:{pk}:{jalon}", charge=charge)


def prevenir_de_la_regularisation(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.regularisation`: idempotent, and silent once it was answered."""
    attendues = Regularisation.objects.select_related("dossier__service_emetteur").filter(repondue_le=None)
    demande = attendues.filter(pk=charge["regularisation"], dossier__etat=A_REGULARISER).first()
    if demande is None:
        return
    cle = f"regularisation:{demande.pk}:{charge['jalon']}"
    if charge["jalon"] == "rappel":
        mots = f"Régularisation attendue avant le {date_fr(demande.avant)}"
        prevenir_de(gens(demande.dossier.service_emetteur.code), demande.dossier, cle, mots)
    else:
        prevenir_de(gens(DAJ), demande.dossier, cle, "Régularisation sans réponse, à classer")


def relancer_l_ordre() -> None:
    """At each tick: whoever is called first, then second, then third, a wait apart, until the Ordre answers or the
    operation is over."""
    maintenant = timezone.now()
    dues = Echeance.objects.filter(
        nom=REPONSE_DE_L_ORDRE,
        tenue_le=None,
        echeance_le__range=(maintenant - RATTRAPAGE, maintenant),
        dossier__etat__in=ATTENDUE,
    )
    for echeance in dues.order_by("pk"):
        for rang in Permanence.Rang.values:
            if appele_le(echeance.debut_le, echeance.echeance_le, rang) <= maintenant:
                publier(
                    SUJET_ORDRE,
                    cle_unique=f"ordre:{echeance.pk}:{rang}",
                    charge={"echeance": echeance.pk, "rang": rang},
                )


def prevenir_l_ordre(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.ordre`: who is on duty at this rank, everybody there when nobody is; legal affairs."""
    rang = charge.get("rang", Permanence.Rang.PREMIER)
    attendues = Echeance.objects.select_related("dossier").filter(tenue_le=None, dossier__etat__in=ATTENDUE)
    echeance = attendues.filter(pk=charge["echeance"]).first()
    if echeance is None:
        return
    gardes = list(de_garde(timezone.now()).filter(service=service(ORDRE)))
    cle = f"ordre:{echeance.pk}:{rang}"
    titulaires = [garde.titulaire_id for garde in gardes if garde.rang == rang]
    if rang == Permanence.Rang.PREMIER:
        ordre = User.objects.filter(pk__in=titulaires) if gardes else gens(ORDRE)
        mots = "L’Ordre n’a pas répondu, appelez son astreinte"
    else:
        ordre = User.objects.filter(pk__in=titulaires)
        mots = f"L’Ordre ne répond toujours pas, appel n°\u00a0{rang}"
    prevenir_de(ordre, echeance.dossier, cle, "Confirmez la présence d’un conseiller")
    prevenir_de(gens(DAJ, GARDE), echeance.dossier, cle, mots)


def relancer_les_refus() -> None:
    """At each tick: a refusal whose time is over waits neither unseen nor in silence."""
    maintenant = timezone.now()
    dus = RefusPropose.objects.filter(OUVERTE, viser_avant__range=(maintenant - RATTRAPAGE, maintenant))
    for refus in dus.order_by("pk"):
        annoncer_refus(refus=refus, jalon="retard")


def relancer_les_medecins() -> None:
    """At each tick: a named doctor who has not answered, a day before the deadline (half the time where it is shorter),
    then at the deadline, with legal affairs.
    """
    maintenant = timezone.now()
    dues = Echeance.objects.select_related("dossier").filter(
        nom="reponse",
        tenue_le=None,
        suspendue_le=None,
        echeance_le__range=(maintenant - RATTRAPAGE, maintenant + UN_JOUR),
        dossier__etat__in=CONFIEE,
        dossier__variante__in=[code for code in libelles() if type_acte(code).medecin],
    )
    for due in dues.order_by("pk"):
        rappel = due.echeance_le - min(UN_JOUR, (due.echeance_le - due.debut_le) / 2)
        jalon = "terme" if due.echeance_le <= maintenant else "rappel" if rappel <= maintenant else ""
        if jalon and designes(due.dossier).exists() and accord_de(due.dossier) is None:
            cle = f"medecin:{due.pk}:{jalon}:{due.echeance_le:%Y%m%d%H%M}"
            publier(SUJET_MEDECIN, cle_unique=cle, charge={"dossier": due.dossier_id, "jalon": jalon, "cle": cle})


def prevenir_le_medecin(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.medecin`: idempotent, silent once there is an answer."""
    dossier = Dossier.objects.get(pk=charge["dossier"])
    terme = terme_du_medecin(dossier)
    if terme is None or dossier.etat not in CONFIEE or accord_de(dossier):
        return
    medecins = User.objects.filter(pk__in=designes(dossier).values("user"), is_active=True)
    mots = f"Votre réponse est attendue le {date_fr(terme)} à {heure_fr(terme)}"
    prevenir_de(medecins, dossier, charge["cle"], mots)
    if charge["jalon"] == "terme":
        prevenir_de(gens(DAJ), dossier, charge["cle"], "Le médecin désigné n’a pas répondu")


def relancer_le_retrait() -> None:
    """At each tick: the answer that waits five days before it expires, then once it has."""
    maintenant = timezone.now()
    jalons = (
        ("rappel", (maintenant, maintenant + RETRAIT_PROCHE)),
        ("terme", (maintenant - RATTRAPAGE, maintenant)),
    )
    for jalon, bornes in jalons:
        for pk in _a_retirer().filter(expiration__range=bornes).order_by("pk").values_list("pk", flat=True):
            publier(SUJET_RETRAIT, cle_unique=f"retrait:{pk}:{jalon}", charge={"remise": pk, "jalon": jalon})


def _a_retirer() -> QuerySet[Remise]:
    """Bundles that nobody has opened; one put back has its own row, and what waits at the counter stays there."""
    suivante = Remise.objects.filter(dossier=OuterRef("dossier"), numero__gt=OuterRef("numero"))
    attendues = Remise.objects.filter(ouverte_le=None, revoquee_le=None, support=Remise.Support.PLATEFORME)
    return attendues.filter(~Exists(suivante), dossier__etat=PRETE)


def prevenir_du_retrait(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.retrait`: idempotent, silent once it was opened, taken back or put back."""
    attendues = _a_retirer().select_related("dossier__requisition__service_requerant")
    remise = attendues.filter(pk=charge["remise"]).first()
    if remise is None or remise.expiree != (charge["jalon"] == "terme"):
        return
    dossier, cle = remise.dossier, f"retrait:{remise.pk}:{charge['jalon']}"
    unite = gens(dossier.requisition.service_requerant.code)
    if charge["jalon"] == "rappel":
        prevenir_de(unite, dossier, cle, f"Réponse à retirer avant le {date_fr(remise.expiration)}")
        return
    prevenir_de(unite, dossier, cle, "Réponse expirée, demandez un nouveau dépôt")
    prevenir_de(gens(DAJ), dossier, cle, "Réponse non retirée, à déposer à nouveau")


TRAITEMENTS = {
    SUJET: prevenir_de_la_relance,
    SUJET_REGULARISATION: prevenir_de_la_regularisation,
    SUJET_ORDRE: prevenir_l_ordre,
    SUJET_MEDECIN: prevenir_le_medecin,
    SUJET_RETRAIT: prevenir_du_retrait,
}
TOURS = (
    relancer,
    relancer_la_regularisation,
    relancer_l_ordre,
    relancer_les_refus,
    relancer_les_medecins,
    relancer_le_retrait,
)
