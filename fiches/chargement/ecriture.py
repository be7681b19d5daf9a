"""Writes checked data, once: a second run changes nothing, and what people changed since is never overwritten.

A row is updated from the files only while its last history row says that the files wrote it. The text of a version
is never updated: once signed it changes by approval alone.
"""

from typing import Any

from django.contrib.auth.models import Group
from django.db import connection, models, transaction

from convention.models import Contact, Convention, Institution, Service, Signataire
from fiches import contenu as contenus
from fiches.chargement.accord import poser_accord
from fiches.chargement.bilan import ORIGINE, Bilan
from fiches.chargement.formes import HORS_DU_CONTENU
from fiches.chargement.programme import Programme
from fiches.chargement.verification import Donnees
from fiches.models import Fiche, ReferenceLegale, Thematique, VersionFiche
from fiches.workflow import WORKFLOW
from journal.carnet import noter
from presentation.typographie import typographier

VERROU = 730_527


@transaction.atomic
def ecrire(donnees: Donnees) -> Bilan:
    """Write everything in one transaction; two runs at once wait for each other."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(%s)", [VERROU])
    bilan = Bilan()
    institutions = _institutions(donnees, bilan)
    _services(donnees, institutions, bilan)
    thematiques: dict[str, Thematique] = {}
    for convention in donnees.conventions:
        thematiques |= _convention(convention.donnees, institutions, bilan)
    _references(donnees, bilan)
    for fichier in donnees.fiches:
        _fiche(fichier.donnees, thematiques, bilan)
    if not bilan.rien:
        codes = [fichier.donnees["convention"]["code"] for fichier in donnees.conventions]
        details = {"conventions": codes, "crees": bilan.crees, "modifies": bilan.modifies}
        noter(ORIGINE, acteur=None, objet="convention", details=details)
    return bilan


def _poser(modele: type[models.Model], cle: dict[str, Any], valeurs: dict[str, Any], bilan: Bilan) -> Any:
    """Create the row, or update it while nobody but the files wrote it."""
    objet = modele._default_manager.filter(**cle).first()
    if objet is None:
        objet = modele(**cle, **valeurs)
        objet._change_reason = ORIGINE  # type: ignore[attr-defined]
        objet.save()
        bilan.crees += 1
        return objet
    ecarts = {champ: valeur for champ, valeur in valeurs.items() if getattr(objet, champ) != valeur}
    if not ecarts:
        return objet
    if not _des_fichiers(objet):
        bilan.conserves.append(f"{objet._meta.verbose_name} « {objet} » : modifié dans l’application, laissé tel quel.")
        return objet
    for champ, valeur in ecarts.items():
        setattr(objet, champ, valeur)
    objet._change_reason = ORIGINE  # type: ignore[attr-defined]
    objet.save()
    bilan.modifies += 1
    return objet


def _lier(objet: Any, champ: str, institutions: list[Institution], bilan: Bilan) -> None:
    """Give a row its institutions while nobody but the files wrote it."""
    lien = getattr(objet, champ)
    if {institution.pk for institution in institutions} == set(lien.values_list("pk", flat=True)):
        return
    if not _des_fichiers(objet):
        bilan.conserves.append(f"{objet._meta.verbose_name} « {objet} » : modifié dans l’application, laissé tel quel.")
        return
    objet._change_reason = ORIGINE
    lien.set(institutions)
    bilan.modifies += 1


def _des_fichiers(objet: Any) -> bool:
    """Whether the files wrote the row last; a model without history has no other writer."""
    if not hasattr(objet, "history"):
        return True
    derniere = objet.history.order_by("-history_date", "-history_id").first()
    return derniere is not None and derniere.history_change_reason == ORIGINE


def _sans(ligne: dict[str, Any], *champs: str) -> dict[str, Any]:
    return {champ: valeur for champ, valeur in ligne.items() if champ not in champs}


def _institutions(donnees: Donnees, bilan: Bilan) -> dict[str, Institution]:
    return {
        ligne["code"]: _poser(
            Institution, {"code": ligne["code"]}, _sans(ligne, "code") | {"commune": ligne["commune"] or ""}, bilan
        )
        for fichier in donnees.conventions
        for ligne in fichier.donnees["institutions"]
    }


def _services(donnees: Donnees, institutions: dict[str, Institution], bilan: Bilan) -> None:
    """Services, the group each one owns, and their contacts; substitutes once all exist."""
    lignes = donnees.services.donnees["services"]
    services: dict[str, Service] = {}
    for ligne in lignes:
        groupe, _ = Group.objects.get_or_create(name=ligne["code"])
        valeurs = {champ: ligne[champ] for champ in ("nom", "nom_externe", "domaine", "permanence")}
        valeurs |= {"institution": institutions[ligne["institution"]], "groupe": groupe}
        service = services[ligne["code"]] = _poser(Service, {"code": ligne["code"]}, valeurs, bilan)
        _contacts(service, ligne, bilan)
    for ligne in lignes:
        remplacant = services[ligne["remplacant"]] if ligne["remplacant"] else None
        _poser(Service, {"code": ligne["code"]}, {"remplacant": remplacant}, bilan)


def _contacts(service: Service, ligne: dict[str, Any], bilan: Bilan) -> None:
    accueil = {
        "telephone": ligne["telephone"],
        "courriel": ligne["courriel"] or "",
        "horaires": ligne["horaires"],
        "verifie_le": ligne["verifie_le"],
    }
    _poser(Contact, {"service": service, "libelle": "Accueil"}, accueil, bilan)
    if ligne["telephone_garde"]:
        garde = {
            "telephone": ligne["telephone_garde"],
            "horaires": "En dehors de ces horaires",
            "verifie_le": ligne["verifie_le"],
            "ordre": 1,
        }
        _poser(Contact, {"service": service, "libelle": "Garde"}, garde, bilan)


def _convention(brut: dict[str, Any], institutions: dict[str, Institution], bilan: Bilan) -> dict[str, Thematique]:
    ligne = brut["convention"]
    valeurs = _sans(ligne, "code") | {
        "etablissement": institutions[ligne["etablissement"]],
        "lieu": ligne["lieu"] or "",
        "suivi": ligne["suivi"] or "",
    }
    convention = _poser(Convention, {"code": ligne["code"]}, valeurs, bilan)
    _lier(convention, "correspondants", [institutions[code] for code in brut.get("correspondants", ())], bilan)
    for signataire in brut.get("signataires", ()):
        valeurs = _sans(signataire, "ordre") | {
            "institution": institutions[signataire["institution"]],
            "signe_le": ligne["signee_le"],
        }
        _poser(Signataire, {"convention": convention, "ordre": signataire["ordre"]}, valeurs, bilan)
    poser_accord(convention, brut, institutions, _poser, bilan)
    Programme(convention, institutions, _poser, _lier, bilan).ecrire(brut)
    return {
        theme["code"]: _poser(
            Thematique, {"convention": convention, "code": theme["code"]}, _sans(theme, "code"), bilan
        )
        for theme in brut.get("thematiques", ())
    }


def _references(donnees: Donnees, bilan: Bilan) -> None:
    """Successors first, so that each row is written whole and once."""
    lignes = {ligne["cle"]: ligne for ligne in donnees.references.donnees["references"]}
    posees: dict[str, ReferenceLegale] = {}

    def poser(cle: str) -> ReferenceLegale:
        if cle not in posees:
            ligne = lignes[cle]
            valeurs = _sans(ligne, "cle") | {
                "alinea": ligne["alinea"] or "",
                "successeur": poser(ligne["successeur"]) if ligne["successeur"] else None,
            }
            posees[cle] = _poser(ReferenceLegale, {"cle": cle}, valeurs, bilan)
        return posees[cle]

    for cle in lignes:
        poser(cle)


def _fiche(brut: dict[str, Any], thematiques: dict[str, Thematique], bilan: Bilan) -> None:
    """The sheet, and its version 1.0 in force when it has no version yet."""
    valeurs = {"code": brut["code"], "thematique": thematiques[brut["thematique"]]}
    fiche = _poser(Fiche, {"numero": brut["numero"]}, valeurs, bilan)
    contenu = contenus.lire(_sans(brut, *HORS_DU_CONTENU))
    titre = typographier(brut["titre"])
    empreinte = contenus.empreinte(titre, contenu)
    versions = list(fiche.versions.order_by("rang"))
    if any(version.empreinte == empreinte for version in versions):
        return
    if versions:
        bilan.conserves.append(
            f"fiche {fiche.numero} : le texte du fichier diffère de la version en vigueur, qui est gardée. "
            "Proposez une nouvelle version dans l’application."
        )
        return
    version = VersionFiche(
        fiche=fiche,
        numero="1.0",
        rang=1,
        titre=titre,
        contenu=contenu.en_json(),
        empreinte=empreinte,
        verifie_le=brut["verifie_le"],
        effet_le=fiche.thematique.convention.signee_le,
        motif="Texte signé avec la convention",
    )
    WORKFLOW.initialiser(version, VersionFiche.Etat.EN_VIGUEUR)
    version._change_reason = ORIGINE  # type: ignore[attr-defined]
    version.save()
    bilan.crees += 1
