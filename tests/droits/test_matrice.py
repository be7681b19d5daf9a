"""Every address × every position × every method (SEC-01), and « not yours » reads as « does not exist » (SEC-02)."""

import re
import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from dossiers.models import Brouillon, Dossier, Piece
from tests.architecture.adresses import PUBLIQUES, Adresse, adresses
from tests.architecture.visites import FICHIER
from tests.contrats.fabrique import fabriques
from tests.droits.monde import ANONYME, DESACTIVEE, EXPIREE, Monde, monde
from tests.rapport import consigner

SANS_EMPLOI = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
# A position each: nobody, ended, deactivated, author, colleague, excluded, sibling, same kind, other kind, addressee.
POSITIONS = (ANONYME, EXPIREE, DESACTIVEE, "soignante", "infirmiere", "parquet2", "opj", "etranger", "gendarme",
             "regie", "juriste", "usmp_epm", "dpo")  # fmt: skip
# The key in the address is drawn by whoever is about to write: it designates no case.
NEUVES = {"requisitions:depot", "requisitions:garder_depot", "prises_en_charge:garder", "prises_en_charge:reprendre"}
# Data protection reads and keeps the list of who may know of a case, never the case.
PROTECTION = {("dpo", "dossiers:acces"), ("dpo", "dossiers:ecarter")}
CONNUS = {200, 204, 302, 400, 403, 404, 405, 409, 422, 429}
FERMES = {403, 404, 405}
MUABLE = re.compile(
    rb'name="(?:csrfmiddlewaretoken|fenetre)" value="[^"]+"|data-(?:maintenant|verrou-a)="[^"]+"|nonce="?-?[\w+/=]+"?'
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def univers(django_db_setup: None, django_db_blocker: object) -> Iterator[Monde]:
    with monde(django_db_blocker) as bati:
        yield bati


def dossier_de(univers: Monde, adresse: Adresse) -> Dossier | None:
    """The case that this address designates."""
    valeurs = univers.valeurs.get(adresse.nom.split(":")[0], {})
    if not any(nom == "cle" for _, nom in adresse.parametres):
        return None
    return next((d for d in univers.dossiers.values() if d.cle == valeurs.get("cle")), None)


def attendus(univers: Monde, adresse: Adresse, personne: str, methode: str) -> set[int]:
    """What the rule allows to answer; the generated matrix says which one for a GET."""
    if methode in SANS_EMPLOI:
        return {405}
    if personne in {ANONYME, DESACTIVEE} and adresse.nom not in PUBLIQUES:
        return {302}
    dossier = dossier_de(univers, adresse)
    if dossier is not None and personne not in {ANONYME, DESACTIVEE} and not univers.connait(personne, dossier):
        return FERMES | ({200} if adresse.nom in NEUVES or (personne, adresse.nom) in PROTECTION else set())
    return CONNUS


def envoyer(univers: Monde, personne: str, methode: str, chemin: str) -> HttpResponse:
    with univers.essai(personne) as client:
        return client.generic(methode, chemin)


def test_chaque_adresse_repond_a_chaque_methode_selon_la_position(univers: Monde) -> None:
    cellules, inattendues, fuites = 0, [], []
    for adresse in adresses():
        chemin = adresse.visite(univers.valeurs.get(adresse.nom.split(":")[0], {}))
        for rang, personne in enumerate(POSITIONS):
            # Refused verbs do not depend on who asks: a few positions show it.
            for methode in ("POST", *(("HEAD", *SANS_EMPLOI) if rang % 6 == 0 else ())):
                reponse = envoyer(univers, personne, methode, chemin)
                cellules += 1
                # Identity is confirmed again before anything is looked up: the same answer whatever the object.
                a_confirmer = reponse.get("Location", "").startswith(reverse("accounts:elever"))
                if not a_confirmer and reponse.status_code not in attendus(univers, adresse, personne, methode):
                    inattendues.append((personne, methode, adresse.nom, reponse.status_code))
                fuites += [(personne, methode, adresse.nom, c.champ) for c in univers.fuites(personne, reponse)]
    matrice = FICHIER.read_text(encoding="utf-8")
    sans_entree = [adresse.nom for adresse in adresses() if f"| {adresse.nom} |" not in matrice]
    consigner(
        "sec-01",
        cellules=cellules,
        inattendues=len(inattendues),
        fuites=len(fuites),
        adresses_sans_entree=len(sans_entree),
    )
    assert sans_entree == []
    assert [f"{nombre} × {ecart}" for ecart, nombre in Counter(e[1:] for e in inattendues).items()] == []
    assert fuites == []
    assert cellules >= 5000


def test_un_verbe_refuse_dit_ceux_que_le_produit_parle(univers: Monde) -> None:
    assert envoyer(univers, "soignante", "DELETE", "/accueil/")["Allow"] == "GET, HEAD, POST"


def objets(univers: Monde) -> list[tuple[str, str, uuid.UUID, str]]:
    """Name, address, key of something real, and somebody who may not know of it: every address with a key."""
    trouves = []
    etrangers = {espace: fabrique.etranger for espace, fabrique in fabriques().items()}
    for adresse in adresses():
        espace = adresse.nom.split(":")[0]
        if espace in etrangers and dossier_de(univers, adresse):
            valeurs = univers.valeurs[espace]
            for personne in (etrangers[espace], "dpo"):
                trouves.append((adresse.nom, adresse.visite(valeurs), valeurs["cle"], personne))
    piece = Piece.objects.filter(dossier=univers.dossiers["REQUISITION"])[0]
    trouves += [("dossiers:piece", f"/pieces/{piece.cle}/", piece.cle, nom) for nom in ("etranger", "juriste2", "dpo")]
    brouillon = Brouillon.objects.create(
        genre="signalement", proprietaire=univers.distribution.utilisateur("soignante"), donnees={"page": {}}
    )
    for suite in ("", "effacer/"):
        chemin = f"/brouillons/{brouillon.cle}/{suite}"
        trouves += [("dossiers:brouillon", chemin, brouillon.cle, nom) for nom in ("infirmiere", "etranger")]
    dossier = univers.dossiers["REQUISITION"]
    trouves.append(("dossiers:attribuer", f"/dossiers/{dossier.cle}/attribuer/", dossier.cle, "etranger"))
    return trouves


def vue(reponse: HttpResponse, cle: object) -> tuple[int, bytes, dict[str, str]]:
    corps = MUABLE.sub(b"", reponse.content).replace(str(cle).encode(), b"CLE")
    entetes = {
        nom: re.sub(r"'nonce-[^']+'", "", valeur).replace(str(cle), "CLE")
        for nom, valeur in reponse.headers.items()
        if nom not in {"Content-Length", "Date"}
    }
    return reponse.status_code, corps, entetes


def test_l_objet_d_un_autre_repond_comme_un_objet_inexistant(univers: Monde) -> None:
    paires, differences = 0, []
    for nom, chemin, cle, personne in objets(univers):
        for methode in ("GET", "POST"):
            inexistante = uuid.uuid4()
            vraie = vue(envoyer(univers, personne, methode, chemin), cle)
            fausse = vue(envoyer(univers, personne, methode, chemin.replace(str(cle), str(inexistante))), inexistante)
            paires += 1
            if vraie != fausse:
                differences.append((nom, methode, personne, vraie[0], fausse[0]))
    consigner("sec-02", adresses=len({o[0] for o in objets(univers)}), paires=paires, differences=len(differences))
    assert differences == []
    assert paires >= 200


def test_une_revocation_ferme_la_session_ouverte(univers: Monde) -> None:
    """SEC-11, sessions: each way of losing a right, between two requests of the same session."""
    from dossiers.models import Exclusion
    from dossiers.participations import terminer

    dossier = univers.dossiers["REQUISITION"]
    chemin = f"/requisitions/{dossier.cle}/"
    utilisateur = univers.distribution.utilisateur("opj")

    def participation() -> None:
        terminer(dossier=dossier, service=univers.distribution.service("POLICE-CSP"))

    def exclusion() -> None:
        Exclusion.objects.create(dossier=dossier, utilisateur=utilisateur, pose_par=dossier.cree_par)

    def desactivation() -> None:
        type(utilisateur).objects.filter(pk=utilisateur.pk).update(is_active=False)

    def mutation() -> None:
        from convention.rattachements import rattacher

        univers.revoquer("opj")
        ailleurs = univers.distribution.service("POLICE-SUR")
        rattacher(utilisateur=utilisateur, service=ailleurs, role="ENQUETEUR", acteur=None, qualite="OPJ")

    perimes, transitions = [], 0
    pieces = [f"/pieces/{piece.cle}/" for piece in Piece.objects.filter(dossier=dossier, deposee_par=utilisateur)]
    assert pieces
    gestes: dict[str, Any] = {
        "participation": participation,
        "rattachement": lambda: univers.revoquer("opj"),
        "exclusion": exclusion,
        "désactivation": desactivation,
        "changement d’unité": mutation,
    }
    for nom, geste in gestes.items():
        for adresse in (chemin, *pieces):
            with univers.essai("opj") as client:
                assert client.get(adresse).status_code == 200
                geste()
                transitions += 1
                if client.get(adresse).status_code not in {302, 404}:
                    perimes.append((nom, adresse))
    consigner("sec-11-sessions", transitions=transitions, acces_perimes=len(perimes))
    assert perimes == []
