"""The convention of 2025 with somebody to sign for each of its nine parties, and an amendment at any stage."""

import threading
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from django.db import connection
from django.utils import timezone

from convention import quatre_yeux, succession, workflow
from convention.documents import LIVRE, cle_de
from convention.models import (
    Convention,
    Delegation,
    DemandeDouble,
    Institution,
    Mandat,
    PriseDeFonction,
    Signature,
    VersionConvention,
)
from documents import coffre
from documents.models import Document
from fiches.chargement.ecriture import ecrire
from fiches.chargement.verification import Donnees, lire_dossier
from tests.distribution import DONNEES, Distribution

# One person a party, in the order of the signatures.
SIGNATAIRES = {
    "SPREF": "prefecture",
    "PARQUET": "parquet",
    "CHV": "directrice",
    "CDOM": "ordre",
    "POLICE": "opj",
    "GENDARMERIE": "gendarme",
    "DOUANES": "douanes",
    "EPM": "epm",
    "MA": "maison_arret",
}
MOTIF = "Un nouveau groupe de travail est créé."


@cache
def _donnees() -> Donnees:
    return lire_dossier(DONNEES)


def charger_accord(distribution: Distribution) -> Convention:
    """Loaded, with a signature delegated by each of the nine holders."""
    ecrire(_donnees())
    for code, nom in SIGNATAIRES.items():
        mandat = Mandat.objects.get(institution__code=code, fin_le=None)
        Delegation.objects.create(
            mandat=mandat,
            delegataire=distribution.utilisateur(nom),
            titre="Délégué",
            debut_le=timezone.localdate(),
        )
    return Convention.objects.get(code="chv-2025")


def nommer(distribution: Distribution, code: str, nom: str) -> Mandat:
    """Make this person the office-holder, and no longer a delegate."""
    Delegation.objects.filter(mandat__institution__code=code).delete()
    mandat = Mandat.objects.get(institution__code=code, fin_le=None)
    mandat.utilisateur = distribution.utilisateur(nom)
    mandat.save()
    return mandat


def demander_changement(
    distribution: Distribution, code: str = "POLICE", nom: str = "opj2", **autres: Any
) -> PriseDeFonction:
    """The référente asks that this person take the office."""
    donnees = {
        "institution": Institution.objects.get(code=code),
        "acteur": distribution.acteur("referente"),
        "civilite": "Mme",
        "prenom": "Ingrid",
        "nom": "Bailleul",
        "titre": "Commissaire divisionnaire",
        "utilisateur": distribution.utilisateur(nom),
        "debut_le": timezone.localdate(),
        "motif": "Mutation de la commissaire.",
    }
    return succession.demander(**{**donnees, **autres})


def approuver_changement(distribution: Distribution, prise: PriseDeFonction, nom: str = "dpo") -> None:
    quatre_yeux.approuver(
        demande=DemandeDouble.objects.get(objet=prise.cle),
        contenu=succession.contenu(prise.cle),
        acteur=distribution.acteur(nom),
    )


def changer(distribution: Distribution, **options: Any) -> Mandat:
    """Asked by one, approved by another."""
    prise = demander_changement(distribution, **options)
    approuver_changement(distribution, prise)
    return Mandat.objects.get(prise=prise)


def projet(distribution: Distribution, *, admise: str = "", effet_le: date | None = None) -> VersionConvention:
    """An amendment that changes one article."""
    referente = distribution.acteur("referente")
    version = workflow.proposer(
        convention=Convention.objects.get(code="chv-2025"),
        acteur=referente,
        motif=MOTIF,
        effet_le=effet_le or timezone.localdate(),
        institution_admise=Institution.objects.get(code=admise) if admise else None,
    )
    return reecrire(distribution, version, "Chaque thématique a son groupe.")


def reecrire(distribution: Distribution, version: VersionConvention, texte: str) -> VersionConvention:
    version = relire(version)
    lignes = [dict(article) for article in version.contenu["articles"]]
    lignes[4]["texte"] = texte
    return workflow.rediger(
        version=version,
        acteur=distribution.acteur("referente"),
        textes=lignes,
        motif=MOTIF,
        effet_le=date.fromisoformat(version.contenu["effet_le"]),
        version_lue=version.version,
    )


def en_signature(distribution: Distribution, **options: Any) -> VersionConvention:
    version = projet(distribution, **options)
    return workflow.ouvrir_signature(version=version, acteur=distribution.acteur("referente"))


def relire(version: VersionConvention) -> VersionConvention:
    return VersionConvention.objects.select_related("convention", "institution_admise").get(pk=version.pk)


def signer(distribution: Distribution, version: VersionConvention, *noms: str) -> list[Signature]:
    return [
        workflow.signer(version=version, acteur=distribution.acteur(nom), empreinte=relire(version).empreinte)
        for nom in noms
    ]


def livre(code: str = "chv-2025") -> Document:
    """The convention on paper, as if it had been printed now."""
    return Document.objects.create(
        genre=LIVRE,
        intitule="Livre",
        reference=f"CONV-{code}".upper(),
        objet_cle=cle_de(Convention.objects.get(code=code)),
        empreinte="0" * 64,
        fichier=coffre.deposer(b"%PDF-1.7", extension="pdf", type_mime="application/pdf"),
    )


def ensemble(*actes: Callable[[], Any]) -> list[Any]:
    """Run each act in its own thread and connection, at the same instant; returns results or exceptions."""
    depart, resultats = threading.Barrier(len(actes)), [None] * len(actes)

    def courir(rang: int) -> None:
        try:
            depart.wait(5)
            resultats[rang] = actes[rang]()
        except Exception as erreur:
            resultats[rang] = erreur
        finally:
            connection.close()

    fils = [threading.Thread(target=courir, args=(rang,)) for rang in range(len(actes))]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(20)
    return resultats
