"""Who may do what to a version of a fiche. A refusal says why in French."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.roles import Role
from convention import regles
from convention.acteur import Acteur, Place
from fiches.etats import OUVERTS
from fiches.models import Remarque, Thematique, VerrouRedaction, VersionFiche
from fiches.positions import manquants, signataires_de
from presentation.temps import heure_fr, moment_fr
from transitions.verdict import OUI, Verdict, non

# Any person with a valid place in a signatory institution under one of these roles speaks for it…
ROLES_D_AVIS = frozenset(
    {
        Role.DIRECTION,
        Role.PARQUET,
        Role.REFERENT,
        Role.ENQUETEUR,
        Role.DOUANES,
        Role.PENITENTIAIRE,
        Role.PREFECTURE,
        Role.ORDRE,
        Role.PARTENAIRE,
    }
)
# … but the hospital, which has many, speaks by its direction or by its référente only.
ROLES_D_AVIS_DE_L_ETABLISSEMENT = frozenset({Role.DIRECTION, Role.REFERENT, Role.REFERENT_PROGRAMME})
ANNEE = timedelta(days=366)
EN_DISCUSSION = (VersionFiche.Etat.EN_LECTURE, VersionFiche.Etat.EN_APPROBATION)


def place_d_avis(version: VersionFiche, acteur: Acteur) -> Place | None:
    """The place under which this person gives the opinion of a signatory, recorded with it."""
    signataires = {institution.pk for institution in signataires_de(version)}
    etablissement = version.fiche.thematique.convention.etablissement_id
    for place in acteur.places:
        roles = ROLES_D_AVIS_DE_L_ETABLISSEMENT if place.institution_id == etablissement else ROLES_D_AVIS
        if place.institution_id in signataires and place.role in roles:
            return place
    return None


def place_de_membre(version: VersionFiche, acteur: Acteur) -> Place | None:
    """The place of a member of the working group of this theme: valid while the person works for that partner."""
    siennes = {
        membre.institution_id
        for membre in version.fiche.thematique.membres.all()
        if membre.utilisateur_id == acteur.utilisateur_id and membre.retire_le is None
    }
    return next((place for place in acteur.places if place.institution_id in siennes), None)


def place_de_remarque(version: VersionFiche, acteur: Acteur) -> Place | None:
    return place_d_avis(version, acteur) or place_de_membre(version, acteur)


def est_referente(version: VersionFiche, acteur: Acteur) -> Verdict:
    """The référente of the convention that the sheet belongs to."""
    if regles.est_referente(version.fiche.thematique.convention, acteur):
        return OUI
    return non("Seule la référente de la convention fait avancer une version.")


def peut_composer(thematique: Thematique, acteur: Acteur) -> Verdict:
    if regles.est_referente(thematique.convention, acteur):
        return OUI
    return non("Seule la référente de la convention compose les groupes de travail.")


def peut_proposer(version: VersionFiche, acteur: Acteur) -> Verdict:
    if not (verdict := est_referente(version, acteur)):
        return verdict
    ouverte = version.fiche.versions.filter(etat__in=OUVERTS).first()
    return non(f"La version {ouverte.numero} est déjà en préparation.") if ouverte else OUI


def peut_abroger(version: VersionFiche, acteur: Acteur) -> Verdict:
    """Never under a draft: once approved, it would bring the sheet back."""
    if not (verdict := est_referente(version, acteur)):
        return verdict
    ouverte = version.fiche.versions.filter(etat__in=OUVERTS).first()
    return non(f"La version {ouverte.numero} est en préparation\u00a0: abandonnez-la d’abord.") if ouverte else OUI


def peut_rediger(version: VersionFiche, acteur: Acteur) -> Verdict:
    if version.etat not in OUVERTS:
        return non("Ce texte ne change plus. Proposez une nouvelle version.")
    return est_referente(version, acteur)


def personne_d_autre_n_ecrit(version: VersionFiche, acteur: Acteur) -> Verdict:
    """One pen for a text; who holds it is said. It is free again after ten minutes without a sign of life."""
    verrou = VerrouRedaction.objects.filter(version_fiche=version).select_related("pris_par").first()
    if verrou is None or not verrou.vivant or verrou.pris_par_id == acteur.utilisateur_id:
        return OUI
    depuis = heure_fr(verrou.pris_le) if _aujourd_hui(verrou.pris_le) else moment_fr(verrou.pris_le, timezone.now())
    return non(
        f"{verrou.pris_par} rédige depuis {depuis}. Vous pouvez lire le texte. La plume se libère quand cette personne"
        " enregistre ou quitte, et après dix minutes sans rien taper."
    )


def _aujourd_hui(moment: datetime) -> bool:
    return timezone.localdate(moment) == timezone.localdate()


def peut_ecrire(version: VersionFiche, acteur: Acteur) -> Verdict:
    """To write the text now: who may, and nobody else is writing."""
    return peut_rediger(version, acteur) and personne_d_autre_n_ecrit(version, acteur)


def peut_soumettre(version: VersionFiche, acteur: Acteur) -> Verdict:
    if not (verdict := est_referente(version, acteur)):
        return verdict
    precedente = version.fiche.versions.filter(etat=VersionFiche.Etat.EN_VIGUEUR).first()
    if precedente and precedente.empreinte == version.empreinte:
        return non("Aucune différence avec la version en vigueur : modifiez d’abord le texte.")
    return personne_d_autre_n_ecrit(version, acteur)


def peut_ouvrir_approbation(version: VersionFiche, acteur: Acteur) -> Verdict:
    if not (verdict := est_referente(version, acteur)):
        return verdict
    ouvertes = version.remarques.filter(resolue_le=None).count()
    if ouvertes:
        return non(f"Résolvez d’abord les remarques ouvertes : {ouvertes}.")
    return personne_d_autre_n_ecrit(version, acteur)


def echeance_d_avis(jour: date, aujourd_hui: date) -> Verdict:
    """A day that leaves partners time to read, within the year."""
    if jour <= aujourd_hui:
        return non("Choisissez une date à venir : les partenaires doivent avoir le temps de lire.")
    if jour > aujourd_hui + ANNEE:
        return non("Choisissez une date dans les douze mois : au-delà, le texte aura vieilli.")
    return OUI


def peut_fixer_echeance(version: VersionFiche, acteur: Acteur) -> Verdict:
    if version.etat != VersionFiche.Etat.EN_APPROBATION:
        return non("L’échéance des avis se change pendant l’approbation.")
    return est_referente(version, acteur)


def peut_donner_avis(version: VersionFiche, acteur: Acteur) -> Verdict:
    if version.etat != VersionFiche.Etat.EN_APPROBATION:
        return non("Les avis se donnent pendant l’approbation.")
    if place_d_avis(version, acteur) is None:
        return non("L’avis se donne par un signataire ou son représentant.")
    return OUI


def peut_remarquer(version: VersionFiche, acteur: Acteur) -> Verdict:
    """Signatories while it is discussed; the members of the group from the draft on."""
    if version.etat == VersionFiche.Etat.PROJET and place_de_membre(version, acteur):
        return OUI
    if version.etat not in EN_DISCUSSION:
        return non("Les remarques se posent pendant la lecture ou l’approbation.")
    if place_de_remarque(version, acteur) is None:
        return non("Les remarques viennent des signataires et des membres du groupe de travail.")
    return OUI


def peut_resoudre(remarque: Remarque, acteur: Acteur) -> Verdict:
    if remarque.resolue_le:
        return non("Cette remarque est déjà résolue.")
    if remarque.posee_par_id == acteur.utilisateur_id:
        return OUI
    if est_referente(remarque.version_fiche, acteur):
        return OUI
    return non("Une remarque se résout par son auteur ou par la référente.")


def place_de_reponse(version: VersionFiche, acteur: Acteur) -> Place | None:
    """The place of who answers a remark: who may pin one, or the référente who writes the text."""
    place = place_de_remarque(version, acteur)
    return place or (acteur.principale if est_referente(version, acteur) else None)


def peut_repondre(remarque: Remarque, acteur: Acteur) -> Verdict:
    if remarque.resolue_le:
        return non("Cette remarque est résolue. Posez-en une autre si besoin.")
    if remarque.version_fiche.etat not in OUVERTS:
        return non("Ce texte ne change plus. Déposez un retour depuis la fiche.")
    if place_de_reponse(remarque.version_fiche, acteur) is None:
        return non("Une réponse vient de la référente, d’un signataire ou d’un membre du groupe de travail.")
    return OUI


def toutes_approuvent(version: VersionFiche, acteur: Acteur | None) -> Verdict:
    """Every mandatory partner approved this very text."""
    restants = manquants(version)
    if not restants:
        return OUI
    noms = ", ".join(f"{position.institution.nom_court} ({position.libelle.lower()})" for position in restants)
    return non(f"Il manque l’approbation de : {noms}.")


def peut_mettre_en_vigueur(version: VersionFiche, acteur: Acteur) -> Verdict:
    if not (verdict := est_referente(version, acteur)):
        return verdict
    return toutes_approuvent(version, acteur) and personne_d_autre_n_ecrit(version, acteur)


def peut_relire(version: VersionFiche, acteur: Acteur) -> Verdict:
    if version.etat != VersionFiche.Etat.EN_VIGUEUR:
        return non("Seule une version en vigueur se vérifie.")
    if not est_referente(version, acteur):
        return non("Seule la référente de la convention dit qu’une fiche est vérifiée.")
    return OUI


def peut_programmer(version: VersionFiche, acteur: Acteur) -> Verdict:
    if version.etat != VersionFiche.Etat.APPROUVEE:
        return non("La date d’effet se fixe une fois le texte approuvé par tous.")
    return peut_mettre_en_vigueur(version, acteur)


def peut_voir_version(version: VersionFiche, acteur: Acteur) -> bool:
    """A draft shows to its référente and to its working group; from its reading on, everybody may follow it."""
    if version.etat == VersionFiche.Etat.PROJET:
        return bool(est_referente(version, acteur)) or place_de_membre(version, acteur) is not None
    return (
        version.effet_le is not None
        or version.etat != VersionFiche.Etat.ABROGEE
        or bool(est_referente(version, acteur))
    )


def peut_consulter(version: VersionFiche, acteur: Acteur) -> Verdict:
    """« Que faire ? » helps those who keep the secret; whoever may ask for it never opens the tool of decision."""
    if version.fiche.thematique.convention.etablissement_id in acteur.institutions:
        return OUI
    return non("Cet outil aide les professionnels de l’hôpital à décider. Vous pouvez lire la fiche.")
