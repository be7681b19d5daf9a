"""SEC-56, SEC-57 on the whole URLconf: whoever asks whatever address, one entry, of the right person, nothing inside."""

import re
from datetime import timedelta
from typing import Any

from django.utils import timezone

from journal.models import Entree
from tests.architecture.adresses import adresses
from tests.canari import jetons_dans
from tests.durcissement.monde import CHEZ_EUX, ROLES, SORTIES, Champ, Formulaire, Monde, sans_effet
from tests.journal.surveillance import Surveillance
from tests.rapport import consigner

PHRASE = "Une phrase de vérification assez longue pour un motif."
NOMINATIF = re.compile(r"canari|Delcambre|vérification", re.I)


def plausible(champ: Champ) -> str:
    """What a person in good faith would type there."""
    if champ.valeur:
        return champ.valeur
    demain = timezone.localdate() + timedelta(days=1)
    valeurs = {
        "date": f"{demain:%Y-%m-%d}",
        "datetime-local": f"{demain:%Y-%m-%d}T10:00",
        "time": "10:00",
        "number": "1",
        "email": "quelqu-un@demo.test",
        "tel": "03 53 01 00 00",
        "checkbox": next(iter(champ.choix), ""),
        "radio": next((choix for choix in champ.choix if choix), ""),
    }
    if champ.genre in {"text", "search", "textarea"}:
        return PHRASE
    return valeurs.get(champ.genre, next((choix for choix in champ.choix if choix), ""))


def envois(formulaire: Formulaire) -> list[dict[str, Any]]:
    """The form as it stands, then filled in good faith, once for each button it has."""
    remplis = {nom: plausible(champ) for nom, champ in formulaire.champs.items() if champ.genre != "file"}
    boutons = [
        (nom, choix) for nom, champ in formulaire.champs.items() if champ.genre == "button" for choix in champ.choix
    ]
    return [formulaire.remplir(), remplis, *({**remplis, nom: choix} for nom, choix in boutons)]


def visiteurs(nom: str, rang: int) -> list[str]:
    """Two of those whose pages these are, then two more, other pairs at each address."""
    if nom in SORTIES:
        return []
    chez_eux = CHEZ_EUX.get(nom.split(":")[0], ())
    autres = [role for role in ROLES if role not in chez_eux]
    siens = [chez_eux[(rang + pas) % len(chez_eux)] for pas in range(min(2, len(chez_eux)))]
    return [*siens, autres[rang % len(autres)], autres[(rang + 1) % len(autres)]]


def jamais_vues(noms: set[str]) -> set[str]:
    """Two names may share one path."""
    motifs = {adresse.motif for adresse in adresses() if adresse.nom in noms | SORTIES}
    return {adresse.nom for adresse in adresses() if adresse.motif not in motifs}


def indiscrets() -> int:
    contenus = Entree.objects.order_by("-pk").values_list("contenu", flat=True)[:3]
    return sum(bool(NOMINATIF.search(contenu) or jetons_dans(contenu)) for contenu in contenus)


def test_chaque_lecture_et_chaque_refus_laisse_une_entree(monde: Monde) -> None:
    surveillance, canaris, vues = Surveillance(), 0, set()
    with surveillance.en_cours():
        for rang, (nom, chemin) in enumerate(monde.chemins):
            for role in visiteurs(nom, rang):
                with sans_effet(monde.clients[role]):
                    monde.clients[role].get(chemin)
                    canaris += indiscrets()
                vues.add(nom)
    assert surveillance.fautes == []
    assert canaris == 0
    assert jamais_vues(vues) == set()
    comptes = {
        nom: surveillance.comptes[nom]
        for nom in ("lectures", "refus", "manquante", "doublee", "acteur_faux", "sans_motif")
    }
    assert comptes["lectures"] >= 300
    assert comptes["refus"] >= 500
    consigner("sec-57-adresses", adresses=len(vues), canaris=canaris, **comptes)


def test_chaque_adresse_qui_change_quelque_chose_laisse_une_entree(monde: Monde) -> None:
    """Every form of every page, and a bare POST to every address of the URLconf."""
    surveillance, canaris, changeantes, visees = Surveillance(), 0, set(), set()
    demandes = [
        (formulaire.role, formulaire.nom, formulaire.action, donnees)
        for formulaire in monde.formulaires()
        for donnees in envois(formulaire)
    ]
    demandes += [
        (role, nom, chemin, {})
        for rang, (nom, chemin) in enumerate(monde.chemins)
        for role in visiteurs(nom, rang)[-1:]
    ]
    with surveillance.en_cours():
        for role, nom, chemin, donnees in demandes:
            avant = surveillance.comptes["mutations"] + surveillance.comptes["brouillons"]
            with sans_effet(monde.clients[role]):
                monde.clients[role].post(chemin, donnees)
                canaris += indiscrets()
            visees.add(nom)
            if surveillance.comptes["mutations"] + surveillance.comptes["brouillons"] > avant:
                changeantes.add(nom)
    assert surveillance.fautes == []
    assert canaris == 0
    assert jamais_vues(visees) == set()
    comptes = {nom: surveillance.comptes[nom] for nom in ("mutations", "manquante", "doublee", "acteur_faux")}
    consigner(
        "sec-56-adresses",
        adresses=len(visees),
        changeantes=len(changeantes),
        envois=len(demandes),
        canaris=canaris,
        **comptes,
    )
    assert len(changeantes) >= 30
