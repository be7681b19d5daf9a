"""The health contract in the demonstration: what the public text does not give is invented here, and says so."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from convention import actions, manifestations
from convention.acteur import Acteur, acteur_de
from convention.models import Action, Etape, Institution

FICTIF = "Donnée de démonstration, fictive"
SUIVI, PARTENAIRE = "cls@demo.test", "cpam@demo.test"


def peupler_programme() -> None:
    """One action led and measured, one planned only, two stands. Nothing when the contract is not loaded."""
    comptes = {compte.courriel: acteur_de(compte) for compte in User.objects.filter(courriel__in=(SUIVI, PARTENAIRE))}
    depistages = Action.objects.filter(axe__convention__code="cls-2025", code="depistages").first()
    if depistages is None or len(comptes) < 2:
        return
    suivi, cpam = comptes[SUIVI], comptes[PARTENAIRE]
    _planifier(depistages, suivi, "CPAM", ("CHV", "DEPARTEMENT"), 240)
    _planifier(Action.objects.get(axe=depistages.axe, code="publics-eloignes"), suivi, "CAVM", ("CAF", "CPTS"), 400)
    actions.avancer(action=depistages, acteur=cpam, geste="engager", motif=FICTIF)
    compte = actions.ajouter_indicateur(
        action=depistages,
        acteur=cpam,
        intitule="Invitations au dépistage remises en main propre",
        unite="invitations",
        cible=Decimal(500),
        origine=FICTIF,
    )
    jour = timezone.localdate()
    for jours, valeur in ((60, 120), (30, 210), (3, 340)):
        actions.relever(
            indicateur=compte, acteur=cpam, valeur=Decimal(valeur), jour=jour - timedelta(days=jours), source=FICTIF
        )
    etape = Etape.objects.get(manifestation__convention__code="cls-2025", commune="Valenciennes")
    _stand(etape, cpam, "CPAM", "Ouvrir ses droits (stand fictif)", "conseillères", 6)
    _stand(etape, suivi, "CHV", "Suivi gynécologique (stand fictif)", "sages-femmes, gynécologues", 9)


def _planifier(action: Action, acteur: Acteur, pilote: str, partenaires: tuple[str, ...], jours: int) -> None:
    actions.planifier(
        action=action,
        acteur=acteur,
        pilote=Institution.objects.get(code=pilote),
        partenaires=list(Institution.objects.filter(code__in=partenaires)),
        echeance=timezone.localdate() + timedelta(days=jours),
        origine=FICTIF,
    )


def _stand(etape: Etape, acteur: Acteur, code: str, intitule: str, metiers: str, combien: int) -> None:
    manifestations.inscrire_stand(
        etape=etape,
        acteur=acteur,
        intitule=intitule,
        institution=Institution.objects.get(code=code),
        structure="",
        metiers=metiers,
        professionnels=combien,
        source=FICTIF,
    )
