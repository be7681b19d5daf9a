import pytest

from fiches.chargement.verification import lire_dossier
from fiches.contenu import CHAMPS, ContenuInvalide, blocs, empreinte, lire, typographier
from fiches.prose import rendre
from tests.distribution import DONNEES


def brut() -> dict:
    fiche = lire_dossier(DONNEES).fiches[0].donnees
    return {champ: fiche[champ] for champ in CHAMPS}


def test_les_etapes_recoivent_un_identifiant_qui_ne_change_plus() -> None:
    contenu = lire(brut())
    assert [etape.id for etape in contenu.etapes][:2] == ["etapes-1", "etapes-2"]
    nouveau = contenu.en_json()
    nouveau["etapes"] = [{"titre": "A", "qui": "B", "quand": "C", "texte": "D"}, *nouveau["etapes"][1:]]
    assert [etape.id for etape in lire(nouveau).etapes][:2] == ["etapes-9", "etapes-2"]


def test_deux_ecritures_des_memes_mots_ont_la_meme_empreinte() -> None:
    contenu = brut()
    autre = {**contenu, "urgence": contenu["urgence"].replace("\u00a0", " ").replace("’", "'")}
    assert empreinte("Titre", lire(contenu)) == empreinte("Titre", lire(autre))
    assert empreinte("Titre", lire(contenu)) != empreinte("Autre titre", lire(contenu))


def test_la_typographie_est_francaise() -> None:
    assert typographier("  L'accord :  « oui » ?  ") == "L’accord\u00a0: «\u00a0oui\u00a0»\u00a0?"


def test_un_contenu_sans_etape_est_refuse_avec_sa_raison() -> None:
    with pytest.raises(ContenuInvalide, match="au moins 1"):
        lire({**brut(), "etapes": []})


def test_chaque_passage_a_un_identifiant_unique() -> None:
    identifiants = [bloc.id for bloc in blocs("Titre", lire(brut()))]
    assert len(identifiants) == len(set(identifiants))


def test_la_prose_ne_laisse_passer_aucune_balise_et_renvoie_aux_fiches() -> None:
    assert "<script" not in rendre("<script>alert(1)</script> **gras**")
    assert '<a href="/fiches/2/">fiche 2</a>' in rendre("Suivez la fiche 2.")
    assert "javascript" not in rendre("[x](javascript:alert(1))").replace("(javascript:alert(1))", "")
