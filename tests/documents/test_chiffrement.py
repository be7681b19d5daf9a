import pytest
from cryptography.exceptions import InvalidTag

from documents.chiffrement import chiffrer, dechiffrer, index_aveugle


def test_ce_qui_est_scelle_se_rouvre_au_meme_endroit_seulement() -> None:
    scelle = chiffrer(b"secret", "a.b")
    assert dechiffrer(scelle, "a.b") == b"secret"
    with pytest.raises(InvalidTag):
        dechiffrer(scelle, "a.c")


@pytest.mark.parametrize("rang", [0, 1, 12, 13, -1])
def test_un_octet_change_partout_se_voit(rang: int) -> None:
    scelle = bytearray(chiffrer(b"secret", "a.b"))
    scelle[rang] ^= 1
    with pytest.raises((InvalidTag, ValueError)):
        dechiffrer(bytes(scelle), "a.b")


@pytest.mark.parametrize("autre", ["LEFEVRE", "lefèvre", "Le Fèvre", "Le-Fevre", "Lefe\u0301vre"])
def test_l_index_ignore_la_casse_les_accents_et_les_traits(autre: str) -> None:
    assert index_aveugle("Lefèvre") == index_aveugle(autre)


def test_l_index_distingue_et_tait_le_vide() -> None:
    assert index_aveugle("Lefèvre") != index_aveugle("Lefebvre")
    assert index_aveugle(" - ") == index_aveugle("") == ""
    assert index_aveugle("Cœur") == index_aveugle("coeur")
