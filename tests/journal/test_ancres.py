"""SEC-59: what the chain alone cannot see (a lost tail, a chain rewritten, an older database) its witnesses do."""

import json
import uuid
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from accueil.acces import taches
from journal import ancres
from journal.carnet import PLATEFORME, noter
from journal.chaine import Ligne, Rupture, Temoin, empreinte, lignes, verifier
from journal.depot import DOSSIER
from journal.horodatage import HorodatageRefuse, horodater, verifier_jeton
from journal.models import Ancre, Entree, Tete, Verification
from notifications.models import Envoi
from tests.conftest import connexion_superutilisateur
from tests.distribution import Distribution
from tests.journal.autorite import Autorite
from tests.rapport import consigner

TABLES = ("journal_entree", "journal_tete", "journal_ancre")


def remplir(nombre: int) -> None:
    for rang in range(nombre):
        noter("essai", acteur=None, objet=f"objet {rang}", cle=uuid.UUID(int=rang + 1))


def en_superutilisateur(*ordres: str) -> None:
    with connexion_superutilisateur() as superutilisateur, superutilisateur.cursor() as curseur:
        curseur.execute("SET session_replication_role = replica")
        for ordre in ordres:
            curseur.execute(ordre)


def couper_et_reculer() -> None:
    en_superutilisateur(
        "DELETE FROM journal_entree WHERE numero > 7",
        "UPDATE journal_tete SET numero = 7, empreinte = (SELECT empreinte FROM journal_entree WHERE numero = 7)",
    )


def couper_seulement() -> None:
    en_superutilisateur("DELETE FROM journal_entree WHERE numero > 7")


def reculer_la_tete() -> None:
    en_superutilisateur(
        "UPDATE journal_tete SET numero = 7, empreinte = (SELECT empreinte FROM journal_entree WHERE numero = 7)"
    )


def recalculer_tout() -> None:
    """Change one content and recompute every following link, head included."""
    from django.db import transaction

    with transaction.atomic():
        lues = list(lignes(PLATEFORME, jusqu_a=10_000))
    precedente, ordres = lues[1].empreinte, []
    for ligne in lues[2:]:
        contenu = ligne.contenu.replace('"objet":"objet 2"', '"objet":"innocent"')
        lien = empreinte(PLATEFORME, ligne.numero, ligne.le, precedente, contenu)
        objet = json.loads(contenu)["objet"]
        ordres.append(
            f"UPDATE journal_entree SET contenu = $x${contenu}$x$, objet = '{objet}', empreinte = '{lien}',"
            f" empreinte_precedente = '{precedente}' WHERE numero = {ligne.numero}"
        )
        precedente = lien
    en_superutilisateur(*ordres, f"UPDATE journal_tete SET empreinte = '{precedente}'")


def garder() -> None:
    en_superutilisateur(
        "CREATE SCHEMA IF NOT EXISTS hier", *(f"CREATE TABLE hier.{t} AS SELECT * FROM public.{t}" for t in TABLES)
    )


def restaurer() -> None:
    en_superutilisateur(
        *(f"DELETE FROM public.{t}" for t in TABLES),
        *(f"INSERT INTO public.{t} SELECT * FROM hier.{t}" for t in TABLES),
        "DROP SCHEMA hier CASCADE",
    )


def sans_ancres_en_base() -> None:
    en_superutilisateur("DELETE FROM journal_ancre")


def courriel_garde() -> str:
    """What a partner keeps: the text of the mail, as the mail program shows it."""
    return "\n".join(f"> {ligne}" for ligne in mail.outbox[-1].body.splitlines())


@pytest.fixture
def gardien(distribution: Distribution) -> Any:
    return distribution.utilisateur("dpo")


def envoyer(travailler: Callable[[], int]) -> str:
    taches.envoyer_les_tetes({})
    travailler()
    return courriel_garde()


ATTAQUES: dict[str, tuple[Callable[[], None], str]] = {
    "couper_la_fin": (couper_seulement, "fin de chaîne tronquée"),
    "reculer_la_tete": (reculer_la_tete, "fin de chaîne tronquée"),
    "couper_la_fin_et_reculer_la_tete": (couper_et_reculer, "fin de chaîne disparue"),
    "recalculer_toute_la_chaine": (recalculer_tout, "chaîne réécrite"),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attaque", ATTAQUES)
@pytest.mark.parametrize("en_base", [True, False], ids=["ancres_en_base", "courriel_seul"])
def test_une_attaque_se_voit_par_ses_temoins(
    gardien: Any, travailler: Callable[[], int], attaque: str, en_base: bool
) -> None:
    remplir(10)
    courriel = envoyer(travailler)
    assert verifier(ancres.lire(courriel)) == []
    faire, raison = ATTAQUES[attaque]
    faire()
    if not en_base:
        sans_ancres_en_base()
    temoins = ancres.temoins_gardes() if en_base else ancres.lire(courriel)
    trouvees = [rupture for rupture in verifier(temoins) if rupture.chaine == PLATEFORME]
    assert len(trouvees) == 1
    assert trouvees[0].raison.startswith(raison)
    assert trouvees[0].numero >= 3


@pytest.mark.django_db(transaction=True)
def test_les_quatre_attaques_sont_detectees(gardien: Any, travailler: Callable[[], int], tmp_path: Path) -> None:
    """Without witnesses the last three pass unseen; with the mail alone, all four are named by the command."""
    fichier, detectees = tmp_path / "courriel.txt", 0
    for attaque in (couper_et_reculer, reculer_la_tete, recalculer_tout, None):
        en_superutilisateur(*(f"DELETE FROM {t}" for t in (*TABLES, "notifications_envoi")))
        remplir(8)
        if attaque is None:
            garder()
        remplir(2)
        fichier.write_text(envoyer(travailler), encoding="utf-8")
        (attaque or restaurer)()
        sans_ancres_en_base()
        assert bool(verifier()) is (attaque is reculer_la_tete)
        erreurs = StringIO()
        with pytest.raises(CommandError, match="pas intègre"):
            call_command("verifier_journal", ancres=[str(fichier)], stderr=erreurs)
        detectees += f"Chaîne {PLATEFORME} rompue à l’événement n°" in erreurs.getvalue()
        rompues = Verification.objects.first()
        assert rompues is not None
        assert rompues.ruptures
    assert detectees == 4
    consigner("sec-59", attaques=4, detectees=detectees)


def oublier_les_depots() -> None:
    for nom in default_storage.listdir(DOSSIER)[1]:
        default_storage.delete(f"{DOSSIER}/{nom}")


@pytest.mark.django_db(transaction=True)
def test_l_ancre_de_l_heure_gardee_hors_de_la_base_suffit(gardien: Any, travailler: Callable[[], int]) -> None:
    """No mail, no anchor left in the base: the command finds the four attacks with the file store alone."""
    detectees = 0
    for attaque in (couper_et_reculer, reculer_la_tete, recalculer_tout, None):
        en_superutilisateur(*(f"DELETE FROM {t}" for t in (*TABLES, "notifications_envoi")))
        remplir(8)
        if attaque is None:
            garder()
        remplir(2)
        taches.relever({})
        call_command("verifier_journal", stdout=StringIO())
        (attaque or restaurer)()
        sans_ancres_en_base()
        with pytest.raises(CommandError, match="pas intègre"):
            call_command("verifier_journal", stderr=StringIO())
        detectees += 1
        oublier_les_depots()
    remplir(1)
    with time_machine.travel("2026-11-22T00:02:00Z", tick=False) as horloge:
        for _ in range(24 * 12):
            taches.tour_du_journal()
            horloge.shift(timedelta(minutes=5))
    moments = list(
        Envoi.objects.filter(sujet="journal.ancrer").order_by("pas_avant").values_list("pas_avant", flat=True)
    )
    periode = max(suivant - avant for avant, suivant in pairwise(moments))
    assert periode <= timedelta(hours=1)
    assert len(moments) == 24
    consigner("sec-59-heure", attaques=4, detectees=detectees, periode_en_minutes=int(periode.total_seconds() // 60))


def test_une_ancre_prise_chaque_heure_et_les_courriels_chaque_jour(gardien: Any, travailler: Callable[[], int]) -> None:
    remplir(3)
    with time_machine.travel("2026-11-22T04:10:00Z", tick=False) as horloge:
        for _ in range(3):
            taches.tour_du_journal()
        assert list(Envoi.objects.values_list("sujet", flat=True)) == ["journal.ancrer"]
        horloge.move_to("2026-11-22T05:20:00Z")
        for _ in range(3):
            taches.tour_du_journal()
    sujets = sorted(Envoi.objects.filter(sujet__startswith="journal.").values_list("sujet", flat=True))
    assert sujets == ["journal.ancrer", "journal.ancrer", "journal.envoyer", "journal.verifier"]
    while travailler():
        pass
    assert Ancre.objects.filter(genre="tete", chaine=PLATEFORME).count() == 3
    assert Verification.objects.count() == 1


def test_le_courriel_ne_porte_que_chaines_numeros_empreintes_et_dates(
    distribution: Distribution, travailler: Callable[[], int]
) -> None:
    dpo = distribution.utilisateur("dpo")
    distribution.utilisateur("soignante")
    taches.envoyer_les_tetes({})
    travailler()
    travailler()
    assert {destinataire for message in mail.outbox for destinataire in message.to} == {dpo.courriel}
    message = mail.outbox[0]
    assert message.subject == "Trait d’union : empreintes du journal"
    lus = ancres.lire(message.body)
    assert {(t.chaine, t.numero, t.empreinte) for t in lus} == set(
        Tete.objects.values_list("chaine", "numero", "empreinte")
    )
    corps = "\n".join(ligne for ligne in message.body.splitlines() if " n°\u00a0" not in ligne)
    assert not any(mot in corps for mot in (dpo.nom, dpo.prenom, "Camille", "Aubert"))
    envoi = Ancre.objects.get(genre="courriel")
    assert envoi.envoye_a == distribution.acteur("dpo").principale.institution_code


def test_un_compte_ferme_ne_recoit_plus_les_empreintes(
    distribution: Distribution, travailler: Callable[[], int]
) -> None:
    dpo = distribution.utilisateur("dpo")
    taches.envoyer_les_tetes({})
    type(dpo).objects.filter(pk=dpo.pk).update(is_active=False)
    while travailler():
        pass
    assert mail.outbox == []
    assert not Ancre.objects.filter(genre="courriel").exists()


def test_la_racine_se_recalcule_des_tetes(db: None) -> None:
    for nombre in (1, 2, 3, 5, 8):
        en_base = [Temoin(f"C{rang}", rang + 1, f"{rang:064x}", "") for rang in range(nombre)]
        from django.db import connection

        with connexion_superutilisateur() as superutilisateur, superutilisateur.cursor() as curseur:
            import hashlib

            feuilles = [
                hashlib.sha256(f"feuille\n{t.chaine}\n{t.numero}\n{t.empreinte}".encode()).hexdigest() for t in en_base
            ]
            curseur.execute("SELECT journal_racine(%s)", [feuilles])
            assert curseur.fetchone() == (ancres.racine(en_base),)
        assert connection.is_usable()
    assert ancres.racine([]) == "0" * 64


@pytest.mark.django_db(transaction=True)
def test_un_releve_modifie_se_voit_a_sa_racine() -> None:
    remplir(3)
    ancres.ancrer()
    call_command("verifier_journal", stdout=StringIO())
    en_superutilisateur(
        "UPDATE journal_ancre SET numero = 2, empreinte = (SELECT empreinte FROM journal_entree WHERE numero = 2)"
    )
    erreurs = StringIO()
    with pytest.raises(CommandError):
        call_command("verifier_journal", stderr=erreurs)
    assert "Chaîne ancres" in erreurs.getvalue()


def test_un_journal_vide_n_a_rien_a_relever(db: None) -> None:
    sortie = StringIO()
    call_command("ancrer_journal", stdout=sortie)
    assert "rien à relever" in sortie.getvalue()
    remplir(2)
    sortie = StringIO()
    call_command("ancrer_journal", stdout=sortie)
    assert ancres.lire(sortie.getvalue())[0].numero == 2


def test_des_ancres_en_json_ou_illisibles(db: None, tmp_path: Path) -> None:
    remplir(2)
    tete = Tete.objects.get()
    fichier = tmp_path / "ancres.json"
    fichier.write_text(json.dumps([{"chaine": tete.chaine, "numero": 2, "empreinte": tete.empreinte}]))
    sortie = StringIO()
    call_command("verifier_journal", ancres=[str(fichier)], stdout=sortie)
    assert "1 empreintes tenues" in sortie.getvalue()
    for texte in ("rien", "[]", '{"a": 1}', "[1]"):
        fichier.write_text(texte)
        with pytest.raises(CommandError, match="aucune empreinte"):
            call_command("verifier_journal", ancres=[str(fichier)])
    with pytest.raises(CommandError):
        call_command("verifier_journal", ancres=[str(tmp_path / "absent.txt")])


def test_une_chaine_entiere_disparue_se_voit_a_son_ancre(db: None) -> None:
    assert verifier([Temoin("CHV", 4, "a" * 64, "2026-11-22T06:00:00Z")]) == [
        Rupture("CHV", 1, "fin de chaîne tronquée")
    ]


def test_la_tete_est_horodatee_par_l_autorite_configuree(
    db: None, travailler: Callable[[], int], tmp_path: Path
) -> None:
    autorite = Autorite(tmp_path)
    remplir(3)
    with (
        autorite.ouverte() as adresse,
        override_settings(HORODATAGE_URL=adresse, HORODATAGE_AUTORITE=str(autorite.certificats)),
    ):
        taches.relever({})
        assert travailler() == 1
    jeton = Ancre.objects.get(genre="horodatage")
    assert jeton.racine == Ancre.objects.get(genre="tete").racine
    verifier_jeton(jeton.racine, bytes(jeton.jeton or b""), autorite.certificats)
    call_command("verifier_journal", autorite=str(autorite.certificats), stdout=StringIO())


def test_un_jeton_d_une_autre_tete_ou_d_une_autre_autorite_est_refuse(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    notre, autre = Autorite(tmp_path / "a"), Autorite(tmp_path / "b")
    with notre.ouverte() as adresse:
        jeton = horodater("ab" * 32, adresse=adresse, autorite=notre.certificats)
        with pytest.raises(HorodatageRefuse):
            horodater("ab" * 32, adresse=adresse, autorite=autre.certificats)
    for racine, octets, certificats in (
        ("cd" * 32, jeton, notre.certificats),
        ("ab" * 32, jeton, autre.certificats),
        ("ab" * 32, jeton[:-1], notre.certificats),
        ("ab" * 32, b"", notre.certificats),
    ):
        with pytest.raises(HorodatageRefuse):
            verifier_jeton(racine, octets, certificats)
    with pytest.raises(HorodatageRefuse, match="ne répond pas"):
        horodater("ab" * 32, adresse=adresse, autorite=notre.certificats)
    with pytest.raises(HorodatageRefuse, match="https"):
        horodater("ab" * 32, adresse="file:///etc/passwd", autorite=notre.certificats)


def test_une_autorite_muette_laisse_l_ancre_et_sera_redemandee(db: None, travailler: Callable[[], int]) -> None:
    remplir(1)
    with override_settings(HORODATAGE_URL="http://127.0.0.1:9/", HORODATAGE_AUTORITE="/absent.pem"):
        taches.relever({})
        with pytest.raises(HorodatageRefuse):
            travailler()
    assert Ancre.objects.filter(genre="tete").exists()
    assert Envoi.objects.filter(sujet="journal.horodater", fait_le=None).exists()


def test_une_ligne_se_lit_comme_elle_est_enregistree(db: None) -> None:
    from django.db import transaction

    noter("essai", acteur=None, cle=uuid.UUID(int=5))
    entree = Entree.objects.get()
    with transaction.atomic():
        (ligne,) = lignes(PLATEFORME, jusqu_a=1)
    assert ligne == Ligne(
        1,
        entree.le.astimezone(timezone.get_fixed_timezone(0)).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        entree.contenu,
        None,
        "essai",
        "",
        str(uuid.UUID(int=5)),
        "fait",
        "0" * 64,
        entree.empreinte,
    )
