"""Lists, searches and figures see the reader's scope and nothing else (SEC-04)."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from accounts.roles import Role
from dossiers.models import Dossier, Participation, ParticipationPersonnelle
from tests.canari import jetons_dans
from tests.distribution import NOMS, PERSONNES
from tests.droits.monde import EXPIREE, Monde, monde
from tests.rapport import consigner

JOKERS = ("%", "_", "\\", "' OR 1=1 --", "\x00", "SIG%", "____-____-____")
PREFIXES = ("S", "R", "RE", "EX", "REQ", "can")
FILTRES: dict[str, tuple[dict[str, str], ...]] = {
    "/accueil/": ({},),
    "/notifications/": ({},),
    "/annuaire/": ({}, {"q": "%"}),
    "/fiches/": ({}, {"q": "%"}),
    "/signalements/": ({}, {"apres": "x"}),
    "/parquet/": (
        {}, {"vue": "complement"}, {"vue": "tous"}, {"vue": "suites"}, {"nature": "REQUISITION"},
        {"nature": "EXTRACTION"}, {"nature": "%"}, {"apres": "x"},
    ),
    "/requisitions/": ({}, {"vue": "attente"}, {"vue": "closes"}, {"apres": "x"}),
    "/mes-requisitions/": ({}, {"vue": "attente"}, {"vue": "closes"}, {"apres": "x"}),
    "/detenus/": ({}, {"jour": "2026-11-23"}, {"jour": "x"}),
    "/journal/": ({}, {"resultat": "refuse"}, {"dossier": "%"}, {"personne": "\x00"}),
    "/bilan/2026/": ({"chapitre": "convention"},),
}  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def univers(django_db_setup: None, django_db_blocker: object) -> Iterator[Monde]:
    with monde(django_db_blocker) as bati:
        yield bati


def etrangers(univers: Monde, personne: str) -> list[Dossier]:
    return [dossier for dossier in univers.dossiers.values() if not univers.connait(personne, dossier)]


def recherches(univers: Monde) -> list[str]:
    """What a curious person types: each case's reference, tokens of every field, prefixes, wildcards."""
    references = [dossier.reference or "" for dossier in univers.dossiers.values()]
    cles = [str(dossier.cle) for dossier in univers.dossiers.values()]
    jetons = sorted(univers.voliere.jetons())
    return [
        "",
        *references,
        *(r[:-1] for r in references),
        *cles,
        *jetons[:: max(1, len(jetons) // 5)],
        *PREFIXES,
        *JOKERS,
    ]


def test_aucune_liste_ni_recherche_ne_sort_du_perimetre(univers: Monde) -> None:
    questions, fuites = 0, []
    for personne in (*NOMS, EXPIREE):
        interdits = etrangers(univers, personne)
        for adresse, demandes in (("/recherche/", recherches(univers)), *FILTRES.items()):
            for demande in demandes:
                with univers.essai(personne) as client:
                    if isinstance(demande, str):
                        reponse, tapes = client.post(adresse, {"q": demande}), demande
                    else:
                        reponse, tapes = client.get(adresse, demande), ""
                questions += 1
                assert reponse.status_code < 500, (personne, adresse, demande)
                texte = reponse.content.decode(errors="ignore")
                # What one typed oneself is written back in the box.
                vus = {c for c in univers.fuites(personne, reponse) if c.jeton not in jetons_dans(tapes)}
                fuites += [(personne, adresse, str(demande), c.champ) for c in vus]
                fuites += [
                    (personne, adresse, str(demande), dossier.reference)
                    for dossier in interdits
                    if (str(dossier.cle) in texte and str(dossier.cle) not in tapes)
                    or (
                        (dossier.reference or "") in texte
                        and (dossier.reference or "") not in tapes
                        and personne != "dpo"
                    )
                ]
    consigner("sec-04", requetes=questions, fuites=len(fuites))
    assert fuites == []
    assert questions >= 2000


def recompter(univers: Monde, personne: str, phases: set[str], nature: str = "") -> int:
    """How many cases are in somebody's list, counted row by row."""
    utilisateur = univers.distribution.utilisateur(personne)
    groupe = univers.distribution.service(PERSONNES[personne].service).groupe_id
    lignes: list[Any] = [p for p in Participation.objects.all() if p.group_id == groupe]
    lignes += [p for p in ParticipationPersonnelle.objects.all() if p.user_id == utilisateur.pk]
    connus = {dossier.pk for dossier in univers.dossiers.values() if univers.connait(personne, dossier)}
    return len({
        p.content_object_id
        for p in lignes
        if p.fin_le is None and p.phase in phases and nature in {"", p.nature} and p.content_object_id in connus
    })  # fmt: skip


def test_les_nombres_affiches_sont_ceux_d_un_recomptage(univers: Monde) -> None:
    compares, faux = 0, []
    for personne in NOMS:
        for adresse, nature, phases in (
            ("/parquet/", "", {"en_cours"}),
            ("/parquet/?vue=tous", "", {"en_cours", "en_attente"}),
            ("/requisitions/", "REQUISITION", {"en_cours"}),
            ("/requisitions/?vue=attente", "REQUISITION", {"en_attente"}),
        ):
            with univers.essai(personne) as client:
                reponse = client.get(adresse)
            if reponse.status_code != 200:
                continue
            compares += 1
            natures = [nature]
            if adresse.startswith("/parquet/") and PERSONNES[personne].role in {Role.ENQUETEUR, Role.DOUANES}:
                natures = ["SIGNALEMENT", "DECLARATION"]  # a unit's requisitions have their own list
            attendu = sum(recompter(univers, personne, phases, une) for une in natures)
            if len(reponse.context["lignes"]) != attendu:
                faux.append((personne, adresse, "lignes"))
            for onglet in reponse.context["onglets"]:
                lu = onglet if isinstance(onglet, dict) else vars(onglet)
                if lu["actif"] and lu["compte"] is not None:
                    compares += 1
                    if lu["compte"] != attendu:
                        faux.append((personne, adresse, lu["compte"]))
        with univers.essai(personne) as client:
            tableau = client.get("/detenus/")
            if tableau.status_code == 200 and "colonnes" in (tableau.context or {}):
                cartes = sum(len(colonne.cartes) for colonne in tableau.context["colonnes"])
                compares += 1
                if cartes != recompter(univers, personne, {"en_cours", "en_attente"}, "EXTRACTION"):
                    faux.append((personne, "/detenus/", cartes))
    consigner("sec-04-nombres", nombres=compares, faux=len(faux))
    assert faux == []
    assert compares > 100


def test_les_chiffres_du_bilan_ne_dependent_pas_de_qui_les_lit(univers: Monde) -> None:
    """The declared scope of the review: a reader without any case counts as one who knows several."""
    lus = []
    for personne in ("referente", "juriste", "parquet", "ordre"):
        with univers.essai(personne) as client:
            reponse = client.get("/bilan/2026/?chapitre=requisitions")
        lus.append([str(partie) for partie in reponse.context["cles"]])
        assert reponse.status_code == 200
    assert all(lecture == lus[0] for lecture in lus)


TRIS = ("tri", "ordre", "sort", "order", "order_by", "o", "ordering", "colonne")
CACHES = ("cree_par__password", "-signalement__faits_observes", "personnes__nom", "-index_nom", "empreinte")
# Not the journal: each reading adds its own line to it.
TABLEAUX = ("/signalements/", "/parquet/", "/requisitions/", "/mes-requisitions/", "/detenus/", "/annuaire/")


def test_trier_par_une_colonne_cachee_ne_change_rien(univers: Monde) -> None:
    """SEC-05: no list lets its reader choose a column that it does not show, whatever the parameter is called."""
    sondes, distinguees = 0, []
    for personne in ("soignante", "parquet", "opj", "juriste", "usmp", "dpo"):
        for adresse in TABLEAUX:
            with univers.essai(personne) as client:
                temoin = client.get(adresse)
                colonnes = CACHES if temoin.status_code == 200 else ()
                for colonne in colonnes:
                    sondes += len(TRIS)
                    if lignes_lues(client.get(adresse, dict.fromkeys(TRIS, colonne))) != lignes_lues(temoin):
                        distinguees.append((personne, adresse, colonne))
    consigner("sec-05-tris", sondes=sondes, distinguees=len(distinguees))
    assert distinguees == []
    assert sondes >= 300


def lignes_lues(reponse: Any) -> tuple[int, list[str]]:
    """The links of a page in their order, without their parameters: what a sort would move."""
    return reponse.status_code, [lien.split("?")[0] for lien in re.findall(r'href="([^"#]+)', reponse.content.decode())]
