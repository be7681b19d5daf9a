"""A seal opens in its row, a file in its case, and nowhere else (SEC-52, ADR 18)."""

import io
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.keywrap import aes_key_wrap
from django.core.management import call_command
from django.db import connection, models

from documents import cles, coffre, rotation
from documents.chiffrement import ChampChiffre, DateChiffree, JsonChiffre, chiffrer
from documents.liaison import SceauAncien, Scelle, attaches
from documents.models import CleFichier, Fichier
from dossiers.classes import Classe
from dossiers.models import Message, Personne, Piece
from dossiers.pieces import joindre
from tests.distribution import Distribution
from tests.dossiers.essai import commencer
from tests.rapport import consigner

CHAMPS = list(rotation.champs())
CLAIRS: dict[type, Any] = {ChampChiffre: "secret", JsonChiffre: {"dit": "secret"}, DateChiffree: date(1990, 2, 3)}


def _autre(champ: models.Field, rang: int) -> Any:
    if isinstance(champ, models.UUIDField):
        return uuid.UUID(int=rang)
    return datetime(2026, 1, rang, tzinfo=UTC) if isinstance(champ, models.DateTimeField) else rang


def _lignes(modele: type[models.Model]) -> Iterator[models.Model]:
    """Rows that differ by one of the things that their seals are bound to, then by all of them."""
    champs = {champ.attname: champ for champ in modele._meta.concrete_fields}
    base = {nom: _autre(champs[nom], 1) for nom in attaches(modele)}
    yield modele(**base)
    for nom in base:
        yield modele(**{**base, nom: _autre(champs[nom], 2)})
    yield modele(**{nom: _autre(champs[nom], 3) for nom in base})


def _sceller(champ: ChampChiffre, ligne: models.Model, valeur: Any) -> Scelle:
    setattr(ligne, champ.attname, valeur)
    return champ.pre_save(ligne, add=True)


def _s_ouvre(champ: ChampChiffre, ligne: models.Model, scelle: Scelle) -> bool:
    setattr(ligne, champ.attname, scelle)
    try:
        getattr(ligne, champ.attname)
    except (InvalidTag, ValueError):
        return False
    return True


def test_aucune_valeur_scellee_ne_s_ouvre_dans_une_autre_ligne() -> None:
    """Every sealed column of every table, histories included; exchanged with every other column of its own row too."""
    essais = passes = perdues = 0
    for modele, champ in CHAMPS:
        scelles = [(ligne, _sceller(champ, ligne, CLAIRS[type(champ)])) for ligne in _lignes(modele)]
        perdues += sum(not _s_ouvre(champ, ligne, scelle) for ligne, scelle in scelles)
        for (_, scelle), (ligne, _) in permutations(scelles, 2):
            essais, passes = essais + 1, passes + _s_ouvre(champ, ligne, scelle)
        ligne, scelle = scelles[0]
        for autre in [c for m, c in CHAMPS if m is modele and c is not champ]:
            essais, passes = essais + 1, passes + _s_ouvre(autre, ligne, scelle)
    tables = len({modele for modele, _ in CHAMPS})
    consigner("sec-52-lignes", tables=tables, colonnes=len(CHAMPS), echanges=essais, acceptes=passes, perdues=perdues)
    assert (passes, perdues) == (0, 0)
    assert tables >= 20
    assert essais >= 500


def test_aucun_bit_change_ne_passe_dans_aucune_colonne() -> None:
    changes = passes = 0
    for modele, champ in CHAMPS:
        ligne = next(_lignes(modele))
        octets = _sceller(champ, ligne, CLAIRS[type(champ)]).octets
        for rang in range(len(octets)):
            faux = bytearray(octets)
            faux[rang] ^= 1 << rang % 8
            changes, passes = changes + 1, passes + _s_ouvre(champ, ligne, Scelle(bytes(faux)))
    consigner("sec-52-bits", colonnes=len(CHAMPS), octets_changes=changes, non_vus=passes)
    assert passes == 0


def test_une_valeur_scellee_ne_se_montre_ni_ne_s_ecrit_sans_sa_ligne() -> None:
    champ = Personne._meta.get_field("nom")
    with pytest.raises(TypeError, match="avec sa ligne"):
        champ.get_db_prep_save("Lefèvre", connection)
    with pytest.raises(TypeError, match="depuis l’objet"):
        str(Scelle(b"x"))
    with pytest.raises(ValueError, match="une fois connus"):
        _sceller(champ, Personne(), "Lefèvre")
    assert champ.get_db_prep_save("", connection) == b""


@pytest.fixture
def personnes(distribution: Distribution, type_essai: object) -> list[Personne]:
    dossiers = [commencer(distribution.acteur("soignante")) for _ in range(2)]
    return [Personne.objects.create(dossier=d, nom=nom) for d, nom in zip(dossiers, ("Un", "Deux"), strict=True)]


def _sql(ordre: str, *valeurs: Any) -> None:
    with connection.cursor() as curseur:
        curseur.execute(ordre, valeurs)


def test_deux_noms_echanges_en_sql_ne_s_ouvrent_plus(personnes: list[Personne]) -> None:
    un, deux = personnes
    _sql("UPDATE dossiers_personne AS p SET nom = q.nom FROM dossiers_personne AS q WHERE p.id <> q.id")
    for personne in personnes:
        with pytest.raises(InvalidTag):
            _ = Personne.objects.get(pk=personne.pk).nom
    _sql("UPDATE dossiers_personne AS p SET nom = q.nom FROM dossiers_personne AS q WHERE p.id <> q.id")
    assert Personne.objects.get(pk=un.pk).nom == "Un"
    _sql("UPDATE dossiers_personne SET dossier_id = %s WHERE id = %s", deux.dossier_id, un.pk)
    with pytest.raises(InvalidTag):
        _ = Personne.objects.get(pk=un.pk).nom


def test_une_ligne_d_histoire_ne_prend_pas_la_valeur_d_une_autre(personnes: list[Personne]) -> None:
    un, _ = personnes
    un.nom = "Corrigé"
    un.save()
    assert [ligne.nom for ligne in un.history.order_by("history_id")] == ["Un", "Corrigé"]
    _sql(
        "UPDATE dossiers_historicalpersonne AS h SET nom = i.nom FROM dossiers_historicalpersonne AS i "
        "WHERE h.id = i.id AND h.history_id <> i.history_id AND h.id = %s",
        un.pk,
    )
    for ligne in un.history.all():
        with pytest.raises(InvalidTag):
            _ = ligne.nom


def test_un_ancien_sceau_ne_s_ouvre_que_le_temps_de_sa_mise_a_niveau(personnes: list[Personne], settings: Any) -> None:
    un, fichier = personnes[0], coffre.deposer(b"x", extension="pdf", type_mime="application/pdf", attache=uuid.uuid4())
    ancienne = chiffrer(b"Ancien", "dossiers.personne.nom")
    _sql("UPDATE dossiers_personne SET nom = %s WHERE id = %s", ancienne, un.pk)
    _desemballer(fichier)
    for lecture in (lambda: Personne.objects.get(pk=un.pk).nom, lambda: coffre.lire(fichier, fichier.attache)):
        with pytest.raises(SceauAncien, match="tourner_cles"):
            lecture()
    with pytest.raises(SceauAncien):
        call_command("tourner_cles")
    settings.ANCIENS_SCEAUX = True
    assert Personne.objects.get(pk=un.pk).nom == "Ancien"
    call_command("tourner_cles", stdout=io.StringIO())
    settings.ANCIENS_SCEAUX = False
    assert Personne.objects.get(pk=un.pk).nom == "Ancien"
    assert coffre.lire(fichier, fichier.attache) == b"x"
    _sql("UPDATE dossiers_personne SET nom = %s WHERE id = %s", ancienne, un.pk)
    with pytest.raises(SceauAncien):
        _ = Personne.objects.get(pk=un.pk).nom


def _desemballer(fichier: Fichier) -> None:
    """Its key as it was wrapped before ADR 18."""
    ligne = CleFichier.objects.get(fichier=fichier)
    claire = cles.deballer(ligne.kid, bytes(ligne.emballee), coffre.lien(fichier, fichier.attache))
    CleFichier.objects.filter(fichier=fichier).update(
        emballee=aes_key_wrap(cles.trousseau().maitresse(ligne.kid), claire)
    )


def test_une_piece_ne_s_ouvre_que_dans_son_dossier(distribution: Distribution, type_essai: object) -> None:
    """Six cases of two pieces: the file, the key, what the file says it is bound to, each exchanged, then all at once."""
    acteur = distribution.acteur("soignante")
    pieces = []
    for rang in range(12):
        dossier = pieces[-1].dossier if rang % 2 else commencer(acteur)
        fichier = coffre.deposer(b"%d" % rang, extension="pdf", type_mime="application/pdf")
        pieces.append(joindre(dossier=dossier, intitule="P", classe=Classe.MEDICAL, fichier=fichier, acteur=acteur))
    for rang, piece in enumerate(pieces):
        assert coffre.lire(piece.fichier, piece.dossier.cle) == b"%d" % rang
        with pytest.raises(InvalidTag):
            coffre.lire(piece.fichier)
    essais = acceptes = 0
    for une, autre in permutations(pieces, 2):
        if une.dossier_id == autre.dossier_id:
            continue
        for echange in (_fichier, _cle, _attache):
            essais, acceptes = essais + 1, acceptes + _passe(une, autre, echange)
    consigner("sec-52-dossiers", dossiers=6, echanges=essais, acceptes=acceptes)
    assert acceptes == 0
    assert essais >= 350
    with pytest.raises(InvalidTag):
        coffre.rattacher(pieces[0].fichier, pieces[2].dossier.cle)


def _fichier(une: Piece, autre: Piece) -> Fichier:
    return autre.fichier


def _cle(une: Piece, autre: Piece) -> Fichier:
    emballee = CleFichier.objects.get(fichier=autre.fichier).emballee
    CleFichier.objects.filter(fichier=une.fichier).update(emballee=emballee)
    return une.fichier


def _attache(une: Piece, autre: Piece) -> Fichier:
    """The other case's file, said to belong to this one."""
    Fichier.objects.filter(pk=autre.fichier_id).update(attache=une.dossier.cle)
    return Fichier.objects.get(pk=autre.fichier_id)


def _passe(une: Piece, autre: Piece, echange: Any) -> bool:
    cle = CleFichier.objects.get(fichier=une.fichier).emballee
    try:
        coffre.lire(echange(une, autre), une.dossier.cle)
        return True
    except InvalidTag:
        return False
    finally:
        CleFichier.objects.filter(fichier=une.fichier).update(emballee=cle)
        Fichier.objects.filter(pk=autre.fichier_id).update(attache=autre.dossier.cle)


def test_toute_colonne_scellee_tient_a_une_cle_qui_ne_change_pas() -> None:
    assert attaches(Personne) == ("cle", "dossier_id")
    assert attaches(Message) == ("cle", "dossier_id")
    assert attaches(Personne.history.model) == ("id", "dossier_id", "history_date")
    assert all(attaches(modele) for modele, _ in CHAMPS)
