"""The database alone blocks a forgotten filter (SEC-14)."""

import ast
import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import environ
import psycopg
import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from dossiers.models import Dossier, Exclusion, Personne
from dossiers.models.dossier import DossierQuerySet
from notifications.portee import lire_pour, portee_systeme
from requisitions.models import Requisition
from signalements.models import Signalement
from tests.architecture.adresses import adresses
from tests.architecture.depot import APPS, arbre, modules, nom
from tests.distribution import NOMS
from tests.droits.monde import Monde, monde
from tests.rapport import consigner

# Tables that name a case and stay open, each with its reason.
OUVERTES = {
    "dossiers_participation": "the rule itself reads it",
    "dossiers_participationpersonnelle": "the rule itself reads it",
    "dossiers_exclusion": "the rule itself reads it",
    "dossiers_brisdeglace": "the rule itself reads it",
    "dossiers_echeance": "a date and a neutral label",
    "dossiers_lien": "two keys",
    "dossiers_reprisepapier": "the number and the two hours of a paper form, nothing of what it says",
    "dossiers_historicalreprisepapier": "the same, earlier",
    "dossiers_brouillon": "sealed, and read by its owner's key only",
    "dossiers_conservation": "a rule and dates, nothing of the case",
    "dossiers_miseenattente": "a coded ground and dates",
}
# Who declares the scope of the system, and how many times. Reviewed one by one: a new use is a new line here.
PORTEES = {
    "accueil/acces/reponse.py": 2,
    "accueil/journal_lisible.py": 2,
    "bilans/indicateurs/__init__.py": 1,
    "dossiers/bris_de_glace.py": 3,
    "dossiers/brouillons.py": 1,
    "dossiers/exclusions.py": 2,
    "dossiers/management/commands/extrait_personne.py": 1,
    "dossiers/management/commands/reconcilier_fichiers.py": 1,
    "dossiers/passation.py": 3,
    "dossiers/views_acces.py": 2,
    "notifications/battement.py": 1,
    "notifications/boite_envoi.py": 1,
    "prises_en_charge/chambres.py": 1,
}

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def univers(django_db_setup: None, django_db_blocker: object) -> Iterator[Monde]:
    with monde(django_db_blocker) as bati:
        yield bati


def nus(*reglages: tuple[str, str]) -> Callable[[str], list[Any]]:
    """Read as the role of the web under these settings only."""

    def lire(requete: str) -> list[Any]:
        with transaction.atomic(), connection.cursor() as curseur:
            for reglage in ("tdu.portee", "tdu.utilisateur", "tdu.groupes"):
                curseur.execute("SELECT set_config(%s, %s, true)", [reglage, dict(reglages).get(reglage, "")])
            curseur.execute(requete)
            lignes = curseur.fetchall()
            transaction.set_rollback(True)
        return lignes

    return lire


def fermees() -> list[str]:
    with connection.cursor() as curseur:
        curseur.execute("SELECT relname FROM pg_class WHERE relrowsecurity ORDER BY relname")
        return [table for (table,) in curseur.fetchall()]


def tables_d_un_dossier() -> set[str]:
    """Every table of ours with a column that names an envelope."""
    return {
        modele._meta.db_table
        for modele in apps.get_models()
        if modele._meta.app_label in APPS
        and any(
            isinstance(champ, models.ForeignKey) and champ.related_model is Dossier
            for champ in modele._meta.concrete_fields
        )
    }


def test_toute_table_rattachee_a_un_dossier_est_fermee_ou_dit_pourquoi(univers: Monde) -> None:
    ouvertes = tables_d_un_dossier() - set(fermees())
    assert ouvertes <= set(OUVERTES), ouvertes - set(OUVERTES)
    assert {"dossiers_dossier", "dossiers_historicaldossier"} <= set(fermees())


def test_sans_lecteur_la_base_ne_montre_aucune_ligne(univers: Monde) -> None:
    with portee_systeme("Les lignes existent bien."), connection.cursor() as curseur:
        pleines = []
        for table in fermees():
            curseur.execute(f"SELECT count(*) FROM {table}")
            pleines += [table] if curseur.fetchone()[0] else []
    assert {"dossiers_dossier", "dossiers_personne", "dossiers_piece", "signalements_signalement"} <= set(pleines)
    inconnu = ("tdu.utilisateur", "999999"), ("tdu.groupes", "999999")
    lues = {
        (cas, table): nus(*reglages)(f"SELECT count(*) FROM {table}")[0][0]
        for cas, reglages in {
            "aucun réglage": (),
            "un autre lecteur": inconnu,
            "un lecteur sans service": (("tdu.utilisateur", str(univers.distribution.utilisateur("soignante").pk)),),
            "une portée inventée": (("tdu.portee", "tout"), *inconnu),
        }.items()
        for table in pleines
    }
    consigner("sec-14", tables=len(fermees()), lectures=len(lues), lignes=sum(lues.values()))
    assert {cle for cle, lignes in lues.items() if lignes} == set()


def test_une_personne_ecartee_ne_lit_rien_meme_en_sql(univers: Monde) -> None:
    ecartee = univers.distribution.acteur("juriste2")
    dossier = univers.dossiers["REQUISITION"]
    assert Exclusion.objects.filter(dossier=dossier, utilisateur_id=ecartee.utilisateur_id).exists()
    groupes = ",".join(map(str, ecartee.groupes))
    lire = nus(("tdu.utilisateur", str(ecartee.utilisateur_id)), ("tdu.groupes", groupes))
    assert lire(f"SELECT 1 FROM dossiers_dossier WHERE id = {dossier.pk}") == []
    autre = univers.distribution.acteur("juriste")
    lire = nus(("tdu.utilisateur", str(autre.utilisateur_id)), ("tdu.groupes", groupes))
    assert lire(f"SELECT 1 FROM dossiers_dossier WHERE id = {dossier.pk}") == [(1,)]


def test_un_lecteur_n_ecrit_pas_dans_le_dossier_d_un_autre(univers: Monde) -> None:
    etranger = univers.distribution.acteur("etranger")
    dossier = univers.dossiers["REQUISITION"]
    with transaction.atomic():
        lire_pour(etranger.utilisateur_id, etranger.groupes)
        assert Dossier.objects.filter(pk=dossier.pk).update(version=99) == 0
        assert Requisition.objects.filter(pk=dossier.pk).delete()[0] == 0
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            Personne.objects.create(dossier_id=dossier.pk, nom="Intruse")
        transaction.set_rollback(True)


def test_l_auteur_relit_l_enveloppe_qu_il_n_a_encore_confiee_a_personne(univers: Monde) -> None:
    auteur, collegue = univers.distribution.acteur("soignante"), univers.distribution.acteur("infirmiere")
    with transaction.atomic():
        lire_pour(auteur.utilisateur_id, auteur.groupes)
        neuf = Dossier.objects.create(
            nature="SIGNALEMENT", variante="VC_SANS_ACCORD", etat="BROUILLON",
            service_emetteur_id=next(iter(auteur.services)), cree_par_id=auteur.utilisateur_id,
        )  # fmt: skip
        Signalement.objects.create(dossier=neuf)
        assert Signalement.objects.filter(pk=neuf.pk).exists()
        lire_pour(collegue.utilisateur_id, collegue.groupes)
        assert not Signalement.objects.filter(pk=neuf.pk).exists()
        transaction.set_rollback(True)


def test_la_portee_du_systeme_se_rend_meme_apres_une_erreur(univers: Monde) -> None:
    with transaction.atomic():
        lire_pour(None, ())
        assert not Dossier.objects.exists()
        with portee_systeme("Un essai."):
            assert Dossier.objects.exists()
        assert not Dossier.objects.exists()
        with pytest.raises(ZeroDivisionError), portee_systeme("Un essai qui échoue."):
            raise ZeroDivisionError
        assert not Dossier.objects.exists()
        transaction.set_rollback(True)


def _connexion_web() -> psycopg.Connection[Any]:
    """A connection of the pool, as the web role opens it: without the settings of the tests."""
    reglages = connection.settings_dict
    base = environ.Env.db_url_config(connection.settings_dict.get("URL", "")) if reglages.get("URL") else reglages
    return psycopg.connect(
        host=base["HOST"] or base.get("OPTIONS", {}).get("host"),
        port=base["PORT"] or None,
        user=base["USER"],
        password=base["PASSWORD"],
        dbname=reglages["NAME"],
        autocommit=True,
    )


def test_une_connexion_reprise_du_bassin_ne_garde_rien_du_lecteur_precedent(univers: Monde) -> None:
    with _connexion_web() as web:
        for fin in ("COMMIT", "ROLLBACK"):
            web.execute("BEGIN")
            web.execute("SELECT set_config('tdu.portee', 'systeme', true), set_config('tdu.groupes', '1,2', true)")
            web.execute(fin)
            reste = web.execute(
                "SELECT current_setting('tdu.portee', true), current_setting('tdu.groupes', true)"
            ).fetchone()
            assert all(not valeur for valeur in reste or ())
            assert web.execute("SELECT count(*) FROM dossiers_dossier").fetchone() == (0,)


def test_une_requete_nomme_toujours_son_lecteur_avant_de_lire(univers: Monde) -> None:
    with univers.essai("parquet") as client, CaptureQueriesContext(connection) as requetes:
        client.get(f"/parquet/{univers.dossiers['SIGNALEMENT'].cle}/")
    textes = [requete["sql"] for requete in requetes]
    nomme = next(rang for rang, texte in enumerate(textes) if "tdu.utilisateur" in texte and "'lecteur'" in texte)
    assert nomme < next(rang for rang, texte in enumerate(textes) if 'FROM "dossiers_dossier"' in texte)


def test_un_filtre_oublie_ne_livre_rien(univers: Monde, monkeypatch: pytest.MonkeyPatch) -> None:
    """`visibles_par` returns everything: the pages still show each person their own cases only."""
    monkeypatch.setattr(DossierQuerySet, "visibles_par", lambda self, acteur: self.all())
    objets = [adresse for adresse in adresses() if any(p == "cle" for _, p in adresse.parametres)]
    listes = [a for a in adresses() if not a.parametres and a.nom.split(":")[0] not in {"accounts"}]
    cellules, fuites, ouvertes = 0, [], []
    for personne in ("infirmiere", "etranger", "parquet2", "juriste2", "greffe2", "dpo"):
        for adresse in [*objets, *listes]:
            espace = adresse.nom.split(":")[0]
            with univers.essai(personne) as client:
                reponse = client.get(adresse.visite(univers.valeurs.get(espace, {})))
                cellules += 1
                fuites += [(personne, adresse.nom, c.champ) for c in univers.fuites(personne, reponse)]
                cle = str(univers.valeurs.get(espace, {}).get("cle"))
                etrangere = espace in univers.valeurs and not univers.connait(
                    personne, next(d for d in univers.dossiers.values() if str(d.cle) == cle)
                )
                if (
                    etrangere
                    and adresse in objets
                    and reponse.status_code == 200
                    and (personne, adresse.nom) not in PREVUES
                ):
                    ouvertes.append((personne, adresse.nom))
        with univers.essai(personne) as client:
            for dossier in univers.dossiers.values():
                reponse = client.post("/recherche/", {"q": dossier.reference})
                cellules += 1
                if not univers.connait(personne, dossier) and str(dossier.cle) in reponse.content.decode():
                    ouvertes.append((personne, "recherche"))
    consigner("sec-14-sans-filtre", cellules=cellules, fuites=len(fuites), ouvertes=len(ouvertes))
    assert fuites == []
    assert ouvertes == []
    assert cellules > 700


# A form about to be written under a fresh key; and data protection reads the list of accesses without the case.
PREVUES = {*((personne, "requisitions:depot") for personne in NOMS), ("dpo", "dossiers:acces")}


def raisons(fichier: Path) -> list[str]:
    """The sentence given at each use of the system's scope."""
    constantes = {
        noeud.targets[0].id: noeud.value
        for noeud in arbre(fichier).body
        if isinstance(noeud, ast.Assign) and isinstance(noeud.targets[0], ast.Name)
    }
    trouvees = []
    for noeud in ast.walk(arbre(fichier)):
        if isinstance(noeud, ast.Call) and ast.unparse(noeud.func) == "portee_systeme":
            raison = noeud.args[0]
            if isinstance(raison, ast.Name) and raison.id not in constantes:
                raison = ast.Constant(getattr(importlib.import_module(nom(fichier)[:-3].replace("/", ".")), raison.id))
            elif isinstance(raison, ast.Name):
                raison = constantes[raison.id]
            assert isinstance(raison, ast.Constant), nom(fichier)
            trouvees.append(str(raison.value))
    return trouvees


def test_chaque_portee_du_systeme_est_connue_et_dit_sa_raison() -> None:
    par_fichier = {nom(fichier): lues for fichier in modules() if (lues := raisons(fichier))}
    assert {fichier: len(lues) for fichier, lues in par_fichier.items()} == PORTEES
    phrases = [raison for lues in par_fichier.values() for raison in lues]
    assert all(len(raison.split()) >= 6 for raison in phrases)
    # Nobody else names the setting in SQL.
    autres = {nom(fichier) for fichier in modules() if "tdu.portee" in fichier.read_text(encoding="utf-8")}
    assert autres == {"notifications/portee.py", "dossiers/cloison.py"}


def test_la_distribution_suffit_aux_positions(univers: Monde) -> None:
    """Same service, sibling service, same kind elsewhere, other kind: each position of SEC-01 has its person."""
    service = {
        nom: univers.distribution.acteur(nom).principale for nom in ("opj", "opj2", "etranger", "gendarme", "juriste")
    }
    opj = service["opj"]
    assert opj is not None
    assert service["opj2"].service_id == opj.service_id
    assert service["etranger"].service_id != opj.service_id
    assert service["etranger"].institution_id == opj.institution_id
    assert service["gendarme"].institution_id != opj.institution_id
    assert service["gendarme"].role == opj.role
    assert service["juriste"].role != opj.role
