"""What the demonstration adds through the verbs themselves: drafts, a fiche under discussion, titles, acts lived."""

import uuid

from django.db import transaction

from accounts.models import User
from accueil.demonstration import lectures
from accueil.demonstration.auditions import organiser
from accueil.demonstration.titres import declarer_les_titres
from accueil.demonstration.vecues import vivre
from convention.acteur import Acteur, acteur_de
from dossiers.brouillons import garder, retrouver
from fiches import workflow as fiches
from fiches.models import Fiche, Visa
from signalements.depart import commencer
from signalements.voies import voie_de

BROUILLONS = (
    ("VC_SANS_ACCORD", {"personne": {"nom": "Quennesson", "prenoms": "Nora", "age": "34", "sexe": "F"}}),
    ("MAJEUR_AVEC_ACCORD", {"personne": {"nom": "Ozanne", "prenoms": "Bruno", "age": "41", "sexe": "H"}}),
)
FICHE = "violences-soignants"
AVIS = (
    ("opj", Visa.Avis.APPROUVE, ""),
    ("gendarme", Visa.Avis.APPROUVE, ""),
    ("ordre", Visa.Avis.RESERVE, "Préciser que la plainte de l’établissement ne dispense pas l’agent de la sienne."),
)


@transaction.atomic
def achever() -> None:
    """Drafts of the demonstration's nurse, version n+1 of a fiche with three opinions already given, and titles."""
    for rang, (voie, pages) in enumerate(BROUILLONS):
        _rediger(_acteur("soignante"), uuid.UUID(int=0xDE30 + rang, version=4), voie, pages)
    _discuter()
    declarer_les_titres(_acteur("parquet"))
    vivre(opj=_acteur("opj"), juriste=_acteur("juriste"), medecin=_acteur("medecin"))
    organiser(_acteur("juriste"))
    lectures.peupler()


def _acteur(nom: str) -> Acteur:
    return acteur_de(User.objects.get(courriel=f"{nom}@demo.test"))


def _rediger(acteur: Acteur, cle: uuid.UUID, voie: str, pages: dict[str, dict[str, str]]) -> None:
    commencer(voie=voie_de(voie), cle=cle, acteur=acteur)
    brouillon = retrouver(cle, acteur)
    if brouillon:
        for page, valeurs in pages.items():
            garder(brouillon=brouillon, page=page, valeurs=valeurs)


def _discuter() -> None:
    fiche, referente = Fiche.objects.get(code=FICHE), _acteur("referente")
    version = fiches.proposer(fiche=fiche, acteur=referente, motif="Retours des soignants sur le dépôt de plainte")
    contenu = dict(version.contenu)
    contenu["en_pratique"] = [
        *contenu.get("en_pratique", []),
        "La direction propose à l’agent de l’accompagner au dépôt de plainte, sur son temps de travail.",
    ]
    fiches.modifier(
        version=version,
        acteur=referente,
        titre=version.titre,
        contenu=contenu,
        motif=version.motif,
        version_lue=version.version,
    )
    version = fiches.soumettre_lecture(version=version, acteur=referente)
    version = fiches.ouvrir_approbation(version=version, acteur=referente)
    for nom, avis, motif in AVIS:
        fiches.donner_avis(version=version, acteur=_acteur(nom), avis=avis, motif=motif, empreinte=version.empreinte)
