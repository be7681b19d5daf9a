"""Who may move an action, measure it, and register a stand. Pure questions: a Verdict, with its French reason."""

from accounts.roles import Role
from convention.acteur import Acteur
from convention.models import Action, Manifestation, Stand
from convention.regles import en_cours, est_referente
from transitions.verdict import OUI, Verdict, non

# Those who speak for their house in a programme; a carer of the same house does not.
ROLES_DE_PROGRAMME = frozenset({Role.PARTENAIRE, Role.REFERENT_PROGRAMME, Role.DIRECTION, Role.REFERENT})


def maisons(acteur: Acteur) -> frozenset[int]:
    """The institutions that this person speaks for in a programme."""
    return frozenset(place.institution_id for place in acteur.places if place.role in ROLES_DE_PROGRAMME)


def peut_planifier(action: Action, acteur: Acteur) -> Verdict:
    """Say who leads, with whom and until when."""
    convention = action.axe.convention
    if not est_referente(convention, acteur):
        return non("Seule la personne qui suit le programme dit qui pilote, avec qui et pour quand.")
    return en_cours(convention)


def peut_suivre(action: Action, acteur: Acteur) -> Verdict:
    """Change its state, add an indicator, record a value."""
    convention = action.axe.convention
    if est_referente(convention, acteur) or (action.pilote_id and action.pilote_id in maisons(acteur)):
        return en_cours(convention)
    if action.pilote_id is None:
        return non("Cette action n’a pas encore de pilote\u00a0: la personne qui suit le programme la fait avancer.")
    return non("Seuls l’institution pilote et la personne qui suit le programme font avancer cette action.")


def tient(manifestation: Manifestation, acteur: Acteur) -> Verdict:
    """Register for everybody: who follows the programme, or the institution that leads the event."""
    if est_referente(manifestation.convention, acteur):
        return OUI
    if manifestation.pilote_id and manifestation.pilote_id in maisons(acteur):
        return OUI
    return non("Seuls l’institution pilote et la personne qui suit le programme inscrivent pour les autres.")


def institutions_inscriptibles(manifestation: Manifestation, acteur: Acteur) -> frozenset[int]:
    """The houses whose stand this person may register."""
    partenaires = frozenset(institution.pk for institution in manifestation.partenaires.all())
    return partenaires if tient(manifestation, acteur) else partenaires & maisons(acteur)


def peut_inscrire(manifestation: Manifestation, acteur: Acteur) -> Verdict:
    if tient(manifestation, acteur) or institutions_inscriptibles(manifestation, acteur):
        return en_cours(manifestation.convention)
    return non("Les stands s’inscrivent par les partenaires de l’événement et par la personne qui suit le programme.")


def peut_inscrire_pour(manifestation: Manifestation, acteur: Acteur, institution_id: int | None) -> Verdict:
    """None stands for an association that is no institution here: only who holds the event registers it."""
    verdict = peut_inscrire(manifestation, acteur)
    if not verdict:
        return verdict
    if institution_id is None:
        return tient(manifestation, acteur)
    if institution_id in institutions_inscriptibles(manifestation, acteur):
        return OUI
    return non("Choisissez une institution partenaire de l’événement\u00a0: la vôtre, si vous ne le suivez pas.")


def peut_retirer(stand: Stand, acteur: Acteur) -> Verdict:
    manifestation = stand.etape.manifestation
    if stand.retire_le:
        return non("Ce stand est déjà retiré.")
    if tient(manifestation, acteur) or (stand.institution_id and stand.institution_id in maisons(acteur)):
        return en_cours(manifestation.convention)
    return non("Un stand se retire par son institution ou par la personne qui suit le programme.")
