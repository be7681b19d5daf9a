"""Who may do what with a signalement. Pure questions: a Verdict, with the French reason of a refusal."""

from accounts.roles import Role
from convention.acteur import Acteur, Place
from dossiers.models import Dossier
from dossiers.models.participation import Part
from dossiers.participations import participe
from signalements import etats
from signalements.controles import Faits, controler
from signalements.voies import EN_MAIN_PROPRE, VOIES, Voie
from transitions.verdict import OUI, Verdict, non

AUTEURS = (Role.SOIGNANT, Role.SOCIAL, Role.MEDECIN_RESPONSABLE, Role.USMP)
DESTINATAIRES = (Role.PARQUET, Role.PREFECTURE, Role.CRIP, Role.ARS, Role.ENQUETEUR, Role.DOUANES)


# Besides, what an agent declares may stay in the hospital: legal affairs answer it.
RECEVEURS = (*DESTINATAIRES, Role.JURISTE)


def place_d_auteur(acteur: Acteur) -> Place | None:
    """The place under which this person reports."""
    return acteur.place(*AUTEURS)


def peut_commencer(acteur: Acteur) -> Verdict:
    if place_d_auteur(acteur):
        return OUI
    return non("Un signalement s’écrit par le soignant ou le travailleur social qui a constaté les faits.")


def reserve_de_profession(voie: Voie, acteur: Acteur) -> str:
    """Said before the first step: the control of the sending would hold this profession under this legal basis."""
    place = place_d_auteur(acteur)
    if place is None:
        return ""
    faits = Faits(voie=voie.code, profession=place.profession, professions_admises=voie.professions)
    return " ".join(constat.message for constat in controler(faits, ["C06"]))


def peut_commencer_voie(voie: Voie, acteur: Acteur) -> Verdict:
    """A certificate is the doctor's who examined; any other writing is controlled when it is sent."""
    verdict = peut_commencer(acteur)
    if not verdict or voie.code not in EN_MAIN_PROPRE:
        return verdict
    place = place_d_auteur(acteur)
    if place and voie.professions and place.profession in voie.professions:
        return OUI
    return non("Un certificat médical s’écrit et se signe par le médecin qui a examiné la personne.")


def est_auteur(dossier: Dossier, acteur: Acteur) -> Verdict:
    if participe(dossier, acteur, Part.Role.AUTEUR):
        return OUI
    return non("Seul l’auteur du signalement peut le faire.")


def peut_ecrire(dossier: Dossier, acteur: Acteur) -> Verdict:
    if dossier.etat == etats.SUSPENDU:
        return non("Ce signalement attend un accord\u00a0: reprenez-le d’abord.")
    if dossier.etat != etats.BROUILLON:
        return non("Ce signalement est figé\u00a0: ajoutez un complément.")
    return est_auteur(dossier, acteur)


def peut_transmettre(dossier: Dossier, acteur: Acteur) -> Verdict:
    """Send it, or decide not to: a certificate knows neither."""
    if dossier.variante in EN_MAIN_PROPRE:
        return non("Un certificat se remet en main propre\u00a0: l’application ne l’envoie à personne.")
    return est_auteur(dossier, acteur)


def peut_remettre(dossier: Dossier, acteur: Acteur) -> Verdict:
    if dossier.variante not in EN_MAIN_PROPRE:
        return non("Un signalement se transmet\u00a0; seul un certificat se remet en main propre.")
    return est_auteur(dossier, acteur)


def _finit_par(nom: str, dossier: Dossier) -> bool:
    voie = VOIES.get(dossier.variante)
    return voie is not None and nom in voie.sorties


def peut_orienter(dossier: Dossier, acteur: Acteur) -> Verdict:
    """Only a voie in which an adult goes at her own pace; her age and her state are read by the verb."""
    if not _finit_par("orienter", dossier):
        return non("Cette situation ne finit pas par une orientation. Si vous ne signalez pas, notez votre décision.")
    return est_auteur(dossier, acteur)


def peut_suivre_prevention(dossier: Dossier, acteur: Acteur) -> Verdict:
    if not _finit_par("suivre_prevention", dossier):
        return non("Cette situation ne se suit pas en prévention. Si vous ne signalez pas, notez votre décision.")
    return est_auteur(dossier, acteur)


def peut_suspendre(dossier: Dossier, acteur: Acteur) -> Verdict:
    """Only a voie that asks for the person's agreement can wait for it."""
    voie = VOIES.get(dossier.variante)
    if voie is None or not voie.attend_accord:
        return non("Cette situation ne dépend pas de l’accord de la personne\u00a0: n’attendez pas pour la signaler.")
    return est_auteur(dossier, acteur)


def peut_retirer_accord(dossier: Dossier, acteur: Acteur) -> Verdict:
    """Only what rests on an agreement falls with it."""
    voie = VOIES.get(dossier.variante)
    if voie is None or not voie.repose_sur_accord:
        return non(
            "Cette situation ne repose pas sur l’accord de la personne. Si vous ne signalez pas, notez votre décision."
        )
    return est_auteur(dossier, acteur)


def peut_completer(dossier: Dossier, acteur: Acteur) -> Verdict:
    if dossier.etat not in etats.ENVOYES or dossier.etat == etats.CLOS:
        return non("Un complément s’ajoute à un signalement transmis et non clos.")
    return est_auteur(dossier, acteur)


def est_destinataire(dossier: Dossier, acteur: Acteur) -> Verdict:
    if acteur.a(*RECEVEURS) and participe(dossier, acteur, Part.Role.DESTINATAIRE):
        return OUI
    return non("Seul le destinataire du signalement peut le faire.")


def peut_lire_lettre(dossier: Dossier, acteur: Acteur) -> Verdict:
    """The addressee, and the service to which the law sends a copy: it reads, and decides nothing."""
    if acteur.a(*DESTINATAIRES) and participe(dossier, acteur, Part.Role.DESTINATAIRE, Part.Role.COPIE):
        return OUI
    return non("Seul le destinataire du signalement peut le lire.")
