"""SEC-17: what a password must be, and nothing more."""

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import User
from accounts.mots_de_passe import courants, valider
from tests.accounts.identite import connecter
from tests.distribution import Distribution
from tests.rapport import consigner

REFUSES = [
    *(
        "court",
        "onze carac.",
        "a" * 129,
        "é" * 129,
        "motdepasse12",
        "Motdepasse2025!",
        "M0tDePasse2026",
        "motdepassemotdepasse",
    ),
    *(
        "azertyuiop123",
        "azertyuiopqsdfghjklm",
        "AZERTYUIOPQS",
        "123456789012",
        "0987654321098",
        "aaaaaaaaaaaaaa",
        "abababababab",
    ),
    *(
        "valenciennes2025",
        "Valenciennes!!!!",
        "V@l3nc13nn3s59",
        "hopitalvalenciennes",
        "traitdunion2026",
        "Trait d’union 2026",
    ),
    *(
        "urgencesvalenciennes",
        "gendarmerienationale",
        "PoliceNationale59",
        "maisondarret2026",
        "chvalenciennes59300",
        "jetaimemaman2020",
    ),
    *(
        "soleil-soleil-soleil",
        "Marseille13013!",
        "olympiquedemarseille",
        "bienvenuechezleschtis",
        "password123456",
        "qwertyuiop1234",
    ),
    *("iloveyou12345", "correctcheval12", "demonstration-2025", "hunter2 hunter2", "abcdefghijkl", "zyxwvutsrqpo"),
    *("Aubert voyage loin", "camille aime la mer", "soignante tranquille", "x\0quatre chevaux bruns"),
]
ACCEPTES = [
    *(
        "quatre chevaux bruns galopent",
        "le vent tourne au moulin",
        "QUATRECHEVAUXGALOPENT",
        "Tj8#kQz!w2Lp",
        "m7v4x9q2t5z1",
    ),
    *(
        "ma tante mange des figues",
        "😀 lune carotte fenouil dix",
        "è" * 3 + "mélancolie ouverte",
        "почему бы и нет тогда",
        "  espaces autour gardés  ",
    ),
    *(
        "naïveté coûte peu à l’âne",
        "x7" + "kz9qwm4rty" * 12,
        "une phrase longue " * 7,
        "nous étions six au bord du lac",
        "三十六計走為上策也未必可行吧",
    ),
]


@pytest.fixture
def soignante(distribution: Distribution) -> User:
    return distribution.utilisateur("soignante")


def refuse(mot_de_passe: str, utilisateur: User) -> bool:
    try:
        valider(mot_de_passe, utilisateur)
    except ValidationError:
        return True
    return False


def test_ni_trop_ni_trop_peu_de_refus(soignante: User) -> None:
    acceptes_a_tort = [mot for mot in REFUSES if not refuse(mot, soignante)]
    refuses_a_tort = [mot for mot in ACCEPTES if refuse(mot, soignante)]
    assert (acceptes_a_tort, refuses_a_tort) == ([], [])
    consigner("sec-17", cas=len(REFUSES) + len(ACCEPTES), decisions_fausses=0)


def test_la_liste_locale_compte_plus_de_dix_mille_mots_dont_les_notres() -> None:
    total = len(CommonPasswordValidator().passwords | courants())
    assert total >= 10_000
    assert {"valenciennes", "traitdunion", "motdepasse", "azertyuiop", "gendarmerie"} <= courants()
    consigner("sec-17-liste", mots=total, francais=len(courants()))


def test_aucun_mot_courant_assez_long_ne_passe(soignante: User) -> None:
    longs = [mot for mot in CommonPasswordValidator().passwords | courants() if len(mot) >= 12]
    assert len(longs) > 100
    assert [mot for mot in longs if not refuse(mot, soignante)] == []


def test_chaque_refus_dit_quoi_faire(soignante: User) -> None:
    for mot, attendu in (
        ("court", "12 à 128"),
        ("x\0quatre chevaux bruns", "Retapez-le"),
        ("motdepasse2025", "Choisissez une phrase"),
        ("Aubert voyage loin", "sans rapport avec vous"),
    ):
        with pytest.raises(ValidationError, match=attendu):
            valider(mot, soignante)


def test_cent_vingt_huit_caracteres_comptent_jusqu_au_dernier(soignante: User, settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    for base in ("x7kz9qwm" * 16, "é" * 64):
        garde = make_password(base)
        assert garde.startswith("argon2$argon2id$")
        assert check_password(base, garde)
        assert not check_password(base[:-1], garde)
        assert not check_password(base[:-1] + "!", garde)


def test_la_production_garde_les_mots_de_passe_par_argon2() -> None:
    from config.settings import base

    assert base.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_changer_de_mot_de_passe_montre_l_aide_et_les_refus(soignante: User) -> None:
    client = connecter(soignante)
    page = client.get("/compte/mot-de-passe/").content.decode()
    assert "Une phrase de quatre ou cinq mots" in page
    assert "onpaste" not in page
    refusee = client.post(
        "/compte/mot-de-passe/", {"mot_de_passe": "Valenciennes2025", "confirmation": "Valenciennes2025"}
    )
    assert "Choisissez une phrase à vous" in refusee.content.decode()
    long = "une phrase longue " * 7
    assert client.post("/compte/mot-de-passe/", {"mot_de_passe": long, "confirmation": long}).status_code == 302
    soignante.refresh_from_db()
    assert soignante.check_password(long)
    entrant = Client()
    assert entrant.post("/connexion/", {"username": soignante.courriel, "password": long.strip()}).status_code == 200
    assert entrant.post("/connexion/", {"username": soignante.courriel, "password": long}).status_code == 302
