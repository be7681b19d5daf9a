import base64
import secrets
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import ImproperlyConfigured

from documents import cles
from documents.chiffrement import chiffrer, dechiffrer, index_aveugle
from tests.rapport import consigner


def anneau(*noms: str) -> str:
    return "\n".join(f"{nom}:{base64.b64encode(secrets.token_bytes(32)).decode()}" for nom in noms)


def test_ce_qui_est_scelle_se_rouvre_au_meme_endroit_seulement() -> None:
    scelle = chiffrer(b"secret", "a.b")
    assert dechiffrer(scelle, "a.b") == b"secret"
    with pytest.raises(InvalidTag):
        dechiffrer(scelle, "a.c")


def test_un_octet_change_partout_se_voit() -> None:
    for rang in range(len(chiffrer(b"secret", "a.b"))):
        scelle = bytearray(chiffrer(b"secret", "a.b"))
        scelle[rang] ^= 1
        with pytest.raises((InvalidTag, ValueError)):
            dechiffrer(bytes(scelle), "a.b")


def test_une_valeur_dit_quelle_cle_l_ouvre(settings: object) -> None:
    settings.CLE_MAITRESSE = anneau("k1")
    sous_k1 = chiffrer(b"secret", "a.b")
    settings.CLE_MAITRESSE = f"{anneau('k2')}\n{settings.CLE_MAITRESSE}"
    sous_k2 = chiffrer(b"secret", "a.b")
    assert dechiffrer(sous_k1, "a.b") == dechiffrer(sous_k2, "a.b") == b"secret"
    settings.CLE_MAITRESSE = settings.CLE_MAITRESSE.splitlines()[0]
    assert dechiffrer(sous_k2, "a.b") == b"secret"
    with pytest.raises(cles.CleInconnue, match="k1"):
        dechiffrer(sous_k1, "a.b")


def test_le_fichier_des_cles_se_relit_quand_il_change_et_ne_se_lit_pas_par_tous(
    settings: object, tmp_path: Path
) -> None:
    fichier = tmp_path / "cles"
    fichier.write_text(anneau("k1"))
    fichier.chmod(0o440)
    settings.CLE_MAITRESSE_FICHIER = str(fichier)
    kid, emballee = cles.emballer(b"x" * 32, "essai")
    nouveau = tmp_path / "nouveau"
    nouveau.write_text(anneau("k2") + "\n" + fichier.read_text())
    nouveau.chmod(0o440)
    nouveau.replace(fichier)
    assert (kid, cles.trousseau().courante) == ("k1", "k2")
    assert cles.deballer(kid, emballee, "essai") == b"x" * 32
    fichier.chmod(0o444)
    with pytest.raises(ImproperlyConfigured, match="lisible par tous"):
        cles.trousseau()


@pytest.mark.parametrize("texte", ["", "k1:court", "k1:" + "A" * 44 + "==", "k1", "é:" + "A" * 43 + "="])
def test_un_mauvais_trousseau_est_refuse_par_une_phrase(settings: object, texte: str) -> None:
    settings.CLE_MAITRESSE = texte
    with pytest.raises(ImproperlyConfigured, match=r"\.$"):
        cles.trousseau()


def test_deux_cles_du_meme_nom_sont_refusees(settings: object) -> None:
    settings.CLE_MAITRESSE = anneau("k1", "k1")
    with pytest.raises(ImproperlyConfigured, match="double"):
        cles.trousseau()


def test_cent_mille_nonces_sont_tous_differents() -> None:
    nonces = {chiffrer(b"", "a.b")[4:16] for _ in range(100_000)}
    consigner("sec-52-nonces", nonces=100_000, collisions=100_000 - len(nonces))
    assert len(nonces) == 100_000


@pytest.mark.parametrize("autre", ["LEFEVRE", "lefèvre", "Le Fèvre", "Le-Fevre", "Lefe\u0301vre"])
def test_l_index_ignore_la_casse_les_accents_et_les_traits(autre: str) -> None:
    assert index_aveugle("Lefèvre") == index_aveugle(autre)


def test_l_index_distingue_et_tait_le_vide() -> None:
    assert index_aveugle("Lefèvre") != index_aveugle("Lefebvre")
    assert index_aveugle(" - ") == index_aveugle("") == ""
    assert index_aveugle("Cœur") == index_aveugle("coeur")
