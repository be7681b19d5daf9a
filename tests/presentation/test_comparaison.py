from presentation.comparaison import AJOUTE, EGAL, SUPPRIME, Bloc, Segment, comparer, jetons, segmenter
from presentation.typographie import typographier


def bloc(identifiant: str, *lignes: str) -> Bloc:
    return Bloc(identifiant, identifiant.capitalize(), list(lignes))


def test_les_mots_francais_gardent_apostrophe_et_ponctuation() -> None:
    mots = [mot for mot, _ in jetons(typographier("L'accord : « elle déclare… » est-il écrit ?"))]
    attendus = ["L’", "accord", "\u00a0:", "«\u00a0", "elle", "déclare", "…", "\u00a0»", "est-il", "écrit", "\u00a0?"]
    assert mots == attendus


def test_une_elision_ne_compte_que_pour_le_mot_change() -> None:
    avant, apres = "Prévenez l’hôpital sans délai.", "Prévenez l’accueil sans délai."
    assert list(segmenter(avant, apres)) == [
        Segment(EGAL, "Prévenez l’"),
        Segment(SUPPRIME, "hôpital "),
        Segment(AJOUTE, "accueil "),
        Segment(EGAL, "sans délai."),
    ]


def test_les_deux_textes_se_retrouvent_en_entier_dans_la_comparaison() -> None:
    avant = "Il répond dans un délai de douze heures.\nDans les autres cas, en cinq jours."
    apres = "Il répond dans un délai de six heures, au plus tard deux heures avant la fin.\nSinon, en cinq jours."
    segments = list(segmenter(avant, apres))
    assert "".join(s.texte for s in segments if s.genre != AJOUTE) == avant
    assert "".join(s.texte for s in segments if s.genre != SUPPRIME) == apres


def test_un_petit_mot_isole_entre_deux_changements_les_suit() -> None:
    segments = list(segmenter("rouge et noir demain", "bleu et vert demain"))
    assert [segment.texte for segment in segments] == ["rouge et noir ", "bleu et vert ", "demain"]


def test_un_passage_inchange_n_est_pas_un_changement() -> None:
    passages = comparer([bloc("essentiel", "Un.", "Deux.")], [bloc("essentiel", "Un.", "Deux.")])
    assert [passage.genre for passage in passages] == ["inchange"]
    assert not passages[0].change


def test_un_passage_insere_ne_decale_pas_les_suivants() -> None:
    avant = [bloc("etapes-1", "Recevoir"), bloc("etapes-2", "Soigner")]
    apres = [bloc("etapes-1", "Recevoir"), bloc("etapes-3", "Nommer"), bloc("etapes-2", "Soigner")]
    assert [(p.id, p.genre) for p in comparer(avant, apres)] == [
        ("etapes-1", "inchange"),
        ("etapes-3", AJOUTE),
        ("etapes-2", "inchange"),
    ]


def test_un_passage_supprime_reste_a_sa_place_et_les_changements_sont_numerotes() -> None:
    avant = [bloc("etapes-1", "Recevoir"), bloc("etapes-2", "Soigner"), bloc("delais", "24 heures")]
    apres = [bloc("etapes-1", "Recevoir"), bloc("delais", "48 heures")]
    assert [(p.id, p.genre, p.rang) for p in comparer(avant, apres)] == [
        ("etapes-1", "inchange", 0),
        ("etapes-2", SUPPRIME, 1),
        ("delais", "modifie", 2),
    ]
