"""The journal cannot be denied: chained, append-only for the web, and any change is named at its row."""

import uuid
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from journal.carnet import PLATEFORME, ajouter, carnet, contenu_canonique, noter
from journal.chaine import Rupture, verifier
from journal.models import Entree
from tests.conftest import connexion_superutilisateur
from tests.distribution import Distribution


def remplir(nombre: int = 5) -> None:
    for rang in range(nombre):
        noter("essai", acteur=None, objet=f"objet {rang}", cle=uuid.UUID(int=rang), details={"é": rang})


def test_chaque_entree_suit_la_precedente(db: None) -> None:
    remplir()
    entrees = list(Entree.objects.filter(chaine=PLATEFORME).order_by("numero"))
    assert [entree.numero for entree in entrees] == [1, 2, 3, 4, 5]
    assert all(
        apres.empreinte_precedente == avant.empreinte for avant, apres in zip(entrees, entrees[1:], strict=False)
    )
    assert verifier() == []


def test_une_chaine_par_institution(distribution: Distribution) -> None:
    for nom in ("soignante", "opj"):
        acteur = distribution.acteur(nom)
        with carnet(acteur):
            noter("essai", acteur=acteur)
    chaines = set(Entree.objects.filter(action="essai").values_list("chaine", flat=True))
    assert chaines == {distribution.acteur(nom).principale.institution_code for nom in ("soignante", "opj")}
    assert len(chaines) == 2
    assert verifier() == []


def test_un_carnet_ecrit_tout_a_la_fin_ou_rien(db: None) -> None:
    with carnet(None):
        noter("un", acteur=None)
        noter("deux", acteur=None)
        assert not Entree.objects.exists()
    assert list(Entree.objects.order_by("numero").values_list("action", flat=True)) == ["un", "deux"]
    with pytest.raises(ZeroDivisionError), transaction.atomic(), carnet(None):
        noter("trois", acteur=None)
        raise ZeroDivisionError
    assert Entree.objects.count() == 2


@pytest.mark.parametrize(
    "ordre",
    [
        "INSERT INTO journal_entree"
        " (chaine, numero, le, contenu, action, objet, resultat, empreinte_precedente, empreinte)"
        " VALUES ('x', 1, now(), '{}', '', '', '', '', '')",
        "UPDATE journal_entree SET contenu = '{}'",
        "DELETE FROM journal_entree",
        "TRUNCATE journal_entree",
        "UPDATE journal_tete SET numero = 0",
        "DELETE FROM journal_tete",
        "TRUNCATE journal_tete",
        "INSERT INTO journal_tete (chaine, numero, empreinte) VALUES ('x', 9, '')",
        "ALTER TABLE journal_entree DISABLE TRIGGER ALL",
        "DROP TABLE journal_entree",
        "SELECT journal_enchainer('plateforme', ARRAY['{}'], ARRAY[now() - interval '1 year'])",
        "SET session_replication_role = replica",
    ],
)
def test_le_role_du_web_ne_fait_qu_ajouter(db: None, ordre: str) -> None:
    remplir(1)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(ordre)
    assert verifier() == []
    assert Entree.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_meme_un_superutilisateur_bute_sur_le_declencheur() -> None:
    remplir(1)
    with connexion_superutilisateur() as superutilisateur, superutilisateur.cursor() as curseur:
        for ordre in ("UPDATE journal_entree SET objet = ''", "DELETE FROM journal_entree", "TRUNCATE journal_entree"):
            with pytest.raises(Exception, match="ne se modifie ni ne s'efface"):
                curseur.execute(ordre)


FRAUDES = {
    "UPDATE journal_entree SET contenu = replace(contenu, 'objet 2', 'objet 9') WHERE numero = 3": (
        3,
        "contenu modifié",
    ),
    "UPDATE journal_entree SET le = le + interval '1 microsecond' WHERE numero = 3": (3, "contenu modifié"),
    "UPDATE journal_entree SET contenu = contenu || ' ' WHERE numero = 3": (3, "contenu modifié"),
    "UPDATE journal_entree SET objet = 'autre' WHERE numero = 3": (3, "colonne modifiée"),
    "UPDATE journal_entree SET acteur = cle WHERE numero = 3": (3, "colonne modifiée"),
    "UPDATE journal_entree SET action = 'autre' WHERE numero = 3": (3, "colonne modifiée"),
    "UPDATE journal_entree SET resultat = 'refuse' WHERE numero = 3": (3, "colonne modifiée"),
    "UPDATE journal_entree SET cle = NULL WHERE numero = 3": (3, "colonne modifiée"),
    "UPDATE journal_entree SET empreinte = repeat('a', 64) WHERE numero = 3": (3, "contenu modifié"),
    "UPDATE journal_entree SET empreinte_precedente = repeat('a', 64) WHERE numero = 3": (3, "chaînage rompu"),
    "DELETE FROM journal_entree WHERE numero = 3": (3, "entrée manquante"),
    "DELETE FROM journal_entree WHERE numero = 1": (1, "entrée manquante"),
    "DELETE FROM journal_entree WHERE numero = 5": (5, "fin de chaîne tronquée"),
    "DELETE FROM journal_entree": (1, "fin de chaîne tronquée"),
    "DELETE FROM journal_tete": (6, "fin de chaîne tronquée"),
    "UPDATE journal_entree SET numero = CASE numero WHEN 2 THEN 30 ELSE 2 END WHERE numero IN (2, 3);"
    "UPDATE journal_entree SET numero = 3 WHERE numero = 30": (2, "chaînage rompu"),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fraude", FRAUDES)
def test_une_fraude_du_superutilisateur_est_nommee_a_sa_ligne(fraude: str) -> None:
    remplir()
    with connexion_superutilisateur() as superutilisateur, superutilisateur.cursor() as curseur:
        curseur.execute("SET session_replication_role = replica")
        for ordre in fraude.split(";"):
            curseur.execute(ordre)
    numero, raison = FRAUDES[fraude]
    assert verifier() == [Rupture(PLATEFORME, numero, raison)]
    erreurs = StringIO()
    with pytest.raises(CommandError):
        call_command("verifier_journal", stderr=erreurs)
    assert f"n° {numero} : {raison}" in erreurs.getvalue()


def test_la_commande_dit_quand_tout_tient(db: None) -> None:
    remplir(3)
    sortie = StringIO()
    call_command("verifier_journal", stdout=sortie)
    assert "Journal intègre : 3 entrées" in sortie.getvalue()


def test_une_entree_ajoutee_sans_ses_cles_reste_verifiable(db: None) -> None:
    ajouter("essai", ['{"action": "brute", "objet": "", "resultat": "fait"}'])
    assert verifier() == []


def test_le_contenu_ne_depend_pas_de_l_ordre_des_details() -> None:
    un = contenu_canonique("a", acteur=None, details={"x": 1, "y": 2})
    assert un == contenu_canonique("a", acteur=None, details={"y": 2, "x": 1})
    assert ": " not in un


@pytest.mark.django_db(transaction=True)
def test_deux_transactions_a_la_fois_ne_rompent_pas_la_chaine() -> None:
    from concurrent.futures import ThreadPoolExecutor

    def ecrire(_: int) -> None:
        try:
            for _ in range(10):
                with transaction.atomic():
                    noter("course", acteur=None)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as equipe:
        list(equipe.map(ecrire, range(4)))
    assert Entree.objects.count() == 40
    assert verifier() == []
