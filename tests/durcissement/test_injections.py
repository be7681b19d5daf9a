"""SEC-37, 38, 39: what is typed is text, in a page, a PDF, a query, a cell, a mail and a log."""

import ast
import csv
import io
import json
import logging
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from django.core import mail
from django.core.mail import BadHeaderError
from django.db import DatabaseError, connection, models, transaction
from django.db.models import Model
from django.template.loader import render_to_string

from config.journalisation import FormatSobre
from notifications.avis import prevenir
from presentation.cellules import neutre
from tests.architecture.depot import arbre, modeles, modules, nom
from tests.durcissement.charges import CHARGES, MARQUE, actives
from tests.durcissement.monde import Monde, sans_effet
from tests.durcissement.test_saisies import PARAMETRES
from tests.rapport import consigner
from tests.requisitions.conftest import octets_pdf

TOURS = 2


def charge(longueur: int | None, rang: int) -> tuple[str, int]:
    """As many payloads as the field holds, from this one on; how many."""
    if longueur is None:
        return " ".join(CHARGES), len(CHARGES)
    texte, nombre = "", 0
    for suivante in (CHARGES[(rang + pas) % len(CHARGES)] for pas in range(len(CHARGES))):
        if len(texte) + len(suivante) + 1 > longueur:
            break
        texte, nombre = f"{texte} {suivante}".strip(), nombre + 1
    return texte or CHARGES[rang % len(CHARGES)][:longueur], max(nombre, 1)


def champs_de_texte(modele: type[Model]) -> list[Any]:
    return [
        champ
        for champ in modele._meta.concrete_fields
        if isinstance(champ, models.CharField | models.TextField) and not champ.choices and not champ.unique
        if champ.name
        not in {"password", "empreinte", "genre", "code", "etat", "phase", "nature", "variante", "cle", "type_acte"}
    ]


def ecrire_partout(rang: int) -> tuple[int, int]:
    """Write payloads in every text column that the database lets change; (fields written, pairs field × payload)."""
    ecrits = paires = 0
    for modele in modeles():
        if modele._meta.app_label in {"journal", "contenttypes"} or not modele._default_manager.exists():
            continue
        for champ in champs_de_texte(modele):
            texte, nombre = charge(champ.max_length, rang + ecrits)
            try:
                with transaction.atomic():
                    modele._default_manager.update(**{champ.name: texte})
            except (DatabaseError, ValueError, TypeError):
                continue
            ecrits, paires = ecrits + 1, paires + nombre
    return ecrits, paires


@pytest.fixture
def imprimes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The HTML handed to the PDF engine."""
    pages: list[str] = []

    def imprimer(gabarit: str, contexte: Any) -> bytes:
        pages.append(render_to_string(gabarit, contexte))
        return octets_pdf(gabarit)

    monkeypatch.setattr("documents.render.rendre_pdf", imprimer)
    return pages


def test_aucun_texte_enregistre_ne_s_execute_dans_une_page(monde: Monde, imprimes: list[str]) -> None:
    assert len(CHARGES) >= 80
    vues = portees = paires = 0
    champs, fautes = 0, []
    for tour in range(TOURS):
        with transaction.atomic():
            ecrits, nouvelles = ecrire_partout(tour * 10)
            champs, paires = max(champs, ecrits), paires + nouvelles
            for role, vue, chemin in monde.lectures(tour):
                client = monde.clients[role]
                with sans_effet(client):
                    reponse = client.get(chemin)
                if "html" in reponse.headers.get("Content-Type", "") and reponse.status_code == 200:
                    page = reponse.content.decode()
                    vues, portees = vues + 1, portees + (MARQUE in page)
                    fautes += [(vue, faute) for faute in actives(page)]
            transaction.set_rollback(True)
    fautes += [("pdf", faute) for page in imprimes for faute in actives(page)]
    assert fautes == []
    assert champs >= 30
    assert portees >= 50
    consigner(
        "sec-37-pages",
        charges=len(CHARGES),
        champs=champs,
        paires=paires,
        pages=vues,
        pages_portant=portees,
        executions=0,
    )


def test_aucun_texte_renvoye_avec_ses_erreurs_ne_s_execute(monde: Monde) -> None:
    paires, portees, fautes = 0, 0, []
    for page in monde.formulaires():
        textes = page.textes()
        for rang in range(0, len(CHARGES), 40):
            lot = " ".join(CHARGES[rang : rang + 40])
            with sans_effet(monde.clients[page.role]):
                reponse = monde.clients[page.role].post(
                    page.action, page.remplir(**dict.fromkeys(textes, lot), intrus="1")
                )
            rendu = reponse.content.decode(errors="ignore")
            paires, portees = paires + 40 * len(textes), portees + (MARQUE in rendu)
            fautes += [(page.nom, faute) for faute in actives(rendu)]
            if not textes:
                break
    assert fautes == []
    assert portees >= 25
    consigner("sec-37-formulaires", paires=paires, reponses_portant=portees, executions=0)


def test_le_detecteur_voit_chaque_charge_brute() -> None:
    """A page that did not escape would be seen: most payloads act as they stand, in a body or in an attribute."""
    vues = [charge for charge in CHARGES if actives(f"<p>{charge}</p>") or actives(f'<p><input value="{charge}"></p>')]
    assert len(vues) >= 60
    assert actives(f"<p>{MARQUE}</p><input value='{MARQUE}'>") == []


# Lookups that a crafted parameter would smuggle into the ORM (CVE-2025-64459 and its kin), and plain SQL.
RECHERCHES = (
    *(
        "password__startswith",
        "_connector",
        "_negated",
        "cree_par__password__startswith",
        "institution__code",
        "pk__gt",
    ),
    *(
        "etat__in",
        "participations__group__name",
        "id__in",
        "dossier__signalement__nom",
        "order_by",
        "sort",
        "tri",
        "o",
        "-pk",
    ),
    *("fields", "include", "expand", "filter", "where", "limit", "offset", "columns"),
)
SQL = (
    "' OR '1'='1", "1; SELECT pg_sleep(9)--", "1) UNION SELECT password FROM accounts_user--", "'||(SELECT version())||'",
    "\\'; DROP TABLE x;--", "1 AND 1=CAST((SELECT courriel FROM accounts_user LIMIT 1) AS int)", "OR", "?", "%(x)s", "{0}",
)  # fmt: skip
SONDE = "sonde7f"


def test_aucun_parametre_d_adresse_ne_devient_une_requete_ni_ne_s_execute(monde: Monde) -> None:
    """The text of a statement never changes with what is asked, nothing of other people comes out, nothing acts."""
    enonces: list[str] = []

    def espionner(executer: Any, sql: str, params: Any, many: bool, contexte: Any) -> Any:
        enonces.append(sql)
        return executer(sql, params, many, contexte)

    probes, essais, fuites, fautes = 0, 0, [], []
    for tour, lectures in enumerate((monde.lectures(), monde.curiosites())):
        for numero, (role, vue, chemin) in enumerate(lectures):
            client = monde.clients[role]
            valeurs = [f"{sql}{SONDE}" for sql in islice(SQL * 2, numero % len(SQL), numero % len(SQL) + 3)]
            # Of a repeated name, the last one is read.
            charges = " ".join(CHARGES[(numero * 10) % 80 : (numero * 10) % 80 + 10])
            noms = dict.fromkeys((*PARAMETRES, *RECHERCHES), valeurs) | {
                nom: [*valeurs, charges] for nom in PARAMETRES[tour::2]
            }
            with connection.execute_wrapper(espionner), sans_effet(client):
                reponse = client.get(chemin, noms)
            probes += len(noms) * len(valeurs)
            lu = reponse.content.decode(errors="ignore")
            if reponse.status_code >= 500 or (tour and "CANARI-" in lu):
                fuites.append((role, vue, reponse.status_code))
            essais += 1
            if "html" in reponse.headers.get("Content-Type", ""):
                fautes += [(vue, faute) for faute in actives(lu)]
    assert fuites == []
    assert fautes == []
    assert enonces
    assert [sql for sql in enonces if SONDE in sql or "pg_sleep" in sql] == []
    consigner("sec-38", sondes=probes, enonces=len(enonces), canaris=0)
    consigner("sec-37-adresses", essais=essais, executions=0)


# `filter(**…)` is closed: a dictionary of conditions may be written by a visitor. Each exception says where it comes from.
CONDITIONS_SURES: dict[str, str] = {}


def conditions_depliees() -> Iterator[tuple[str, str]]:
    verbes = {"filter", "exclude", "get", "annotate", "alias", "aggregate", "order_by", "values", "values_list", "Q"}
    for fichier in modules():
        for noeud in ast.walk(arbre(fichier)):
            if not isinstance(noeud, ast.Call):
                continue
            appel = noeud.func.attr if isinstance(noeud.func, ast.Attribute) else getattr(noeud.func, "id", "")
            depliees = [mot.value for mot in noeud.keywords if mot.arg is None]
            depliees += [argument.value for argument in noeud.args if isinstance(argument, ast.Starred)]
            arguments = [*noeud.args, *(mot.value for mot in noeud.keywords)]
            dit = any("request." in ast.unparse(argument) for argument in arguments)
            demandees = dit and appel in {"order_by", "values", "values_list"}
            if appel in verbes and (any("request" in ast.unparse(valeur) for valeur in depliees) or demandees):
                yield nom(fichier), f"{noeud.lineno} {ast.unparse(noeud)[:80]}"


def test_aucune_condition_ne_se_deplie_depuis_la_demande() -> None:
    assert [(fichier, ou) for fichier, ou in conditions_depliees() if fichier not in CONDITIONS_SURES] == []


ACTIVES = tuple(
    f"{blanc}{signe}{suite}"
    for blanc in ("", " ", "\t", "\r", "\n", "\u00a0", "\u200b", "\ufeff")
    for signe in ("=", "+", "-", "@", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")
    for suite in ("cmd|'/c calc'!A1", 'HYPERLINK("http://mal.test")', "1+1", "SUM(A1)")
)


def test_aucune_cellule_exportee_ne_se_calcule() -> None:
    sortie = io.StringIO()
    csv.writer(sortie).writerow([neutre(valeur) for valeur in ACTIVES])
    lues = next(csv.reader(io.StringIO(sortie.getvalue())))
    assert len(lues) == len(ACTIVES) >= 300
    fautes = [cellule for cellule in lues if not cellule.startswith("'")]
    assert fautes == []
    assert not any(caractere in cellule for cellule in lues for caractere in "\r\n\t\0")
    for intacte in ("Dupont", "-12,5", "-3", "42", "", "L’hôpital", "12 rue = angle", "2026-11-22"):
        assert neutre(intacte) == intacte
    assert neutre(None) == ""
    assert neutre(-7) == "-7"
    consigner("sec-39-cellules", cellules=len(ACTIVES), actives=0)


def test_aucun_fin_de_ligne_n_ajoute_un_en_tete_a_un_courriel(monde: Monde) -> None:
    personne = monde.distribution.utilisateur("parquet")
    for rang, charge_ in enumerate(
        ("X\r\nBcc: mal@mal.test", "X\nBcc: mal@mal.test", "X\r\n\r\ncorps", "X\u2028Bcc: a")
    ):
        try:
            prevenir([personne], cle_unique=f"essai:{rang}", texte="Essai", adresse="/", reference=charge_)
        except BadHeaderError:
            continue
    for message in mail.outbox:
        entetes = message.message()
        assert "Bcc" not in entetes
        assert message.recipients() == [personne.courriel]
        assert "\n" not in message.subject
    consigner("sec-39-courriels", charges=4, entetes_ajoutes=0)


def test_aucun_fin_de_ligne_n_ajoute_une_ligne_au_journal_technique() -> None:
    sortie = io.StringIO()
    guichet = logging.StreamHandler(sortie)
    guichet.setFormatter(FormatSobre())
    enregistreur = logging.getLogger("essai.lignes")
    enregistreur.propagate, enregistreur.level = False, logging.INFO
    enregistreur.addHandler(guichet)
    for texte in ("a\r\nb", "a\nERROR b", "a\x1b[31mb", "a\u2028b", "a\x85b"):
        enregistreur.info("ouvert par %s", texte)
        enregistreur.info(f"ouvert {texte} %d", 3)
    enregistreur.removeHandler(guichet)
    lignes = sortie.getvalue().splitlines()
    assert len(lignes) == 10
    assert all(json.loads(ligne)["niveau"] == "INFO" for ligne in lignes)
    consigner("sec-39-journaux", charges=10, lignes_ajoutees=0)
