"""Encrypted fields: unreadable in the database, tied to their place, readable in their history; pieces downloaded."""

from datetime import date

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection

from documents.chiffrement import index_aveugle
from documents.coffre import deposer
from dossiers.classes import Classe
from dossiers.models import Personne
from dossiers.pieces import joindre
from journal.models import Entree
from tests.distribution import Distribution
from tests.dossiers.essai import commencer, transmettre


@pytest.fixture
def personne(distribution: Distribution, type_essai: object) -> Personne:
    dossier = commencer(distribution.acteur("soignante"))
    return Personne.objects.create(
        dossier=dossier, nom="Lefèvre-Œuvray", prenoms="Anne", naissance=date(1990, 2, 3), age=36, sexe="F"
    )


def test_une_identite_se_relit_mais_pas_dans_la_base(personne: Personne) -> None:
    lue = Personne.objects.get(pk=personne.pk)
    assert (lue.nom, lue.prenoms, lue.naissance) == ("Lefèvre-Œuvray", "Anne", date(1990, 2, 3))
    with connection.cursor() as curseur:
        curseur.execute("SELECT nom, prenoms, naissance FROM dossiers_personne")
        brut = b"".join(bytes(valeur) for valeur in curseur.fetchone())
    assert not any(mot in brut for mot in (b"Lef", b"Anne", b"1990"))


def test_un_champ_chiffre_ne_se_filtre_pas(personne: Personne) -> None:
    for filtre in ({"nom": "Lefèvre"}, {"nom__icontains": "L"}, {"naissance__gte": date(1990, 1, 1)}):
        with pytest.raises(TypeError, match="ne se filtre pas"):
            list(Personne.objects.filter(**filtre))


def test_l_index_trouve_le_meme_nom_ecrit_autrement(personne: Personne) -> None:
    assert Personne.objects.filter(index_nom=index_aveugle("LEFEVRE OEUVRAY")).exists()
    assert not Personne.objects.filter(index_nom=index_aveugle("Lefèvre")).exists()
    assert "lef" not in personne.index_nom


def test_un_texte_chiffre_deplace_ne_s_ouvre_pas(personne: Personne) -> None:
    with connection.cursor() as curseur:
        curseur.execute("UPDATE dossiers_personne SET prenoms = nom")
    with pytest.raises(InvalidTag):
        _ = Personne.objects.get(pk=personne.pk).prenoms


def test_un_octet_change_se_voit(personne: Personne) -> None:
    with connection.cursor() as curseur:
        curseur.execute("UPDATE dossiers_personne SET nom = set_byte(nom, 20, (get_byte(nom, 20) + 1) %% 256)", [])
    with pytest.raises(InvalidTag):
        _ = Personne.objects.get(pk=personne.pk).nom


def test_deux_fois_la_meme_valeur_ne_se_ressemblent_pas(personne: Personne) -> None:
    Personne.objects.create(dossier=personne.dossier, nom=personne.nom)
    with connection.cursor() as curseur:
        curseur.execute("SELECT count(DISTINCT nom) FROM dossiers_personne")
        assert curseur.fetchone() == (2,)


def test_l_historique_d_une_identite_se_relit(personne: Personne) -> None:
    personne.nom = "Lefèvre"
    personne.save()
    assert [ligne.nom for ligne in personne.history.order_by("history_id")] == ["Lefèvre-Œuvray", "Lefèvre"]


def test_une_identite_masquee_ne_dit_que_des_initiales(personne: Personne) -> None:
    assert personne.masquee == "Mme A. L., 36 ans"
    assert str(personne) == personne.masquee


def test_une_piece_ne_se_telecharge_que_par_son_destinataire(distribution: Distribution, type_essai: object) -> None:
    soignante = distribution.acteur("soignante")
    parquet, police = distribution.service("PARQUET-PERM"), distribution.service("POLICE-CSP")
    dossier = transmettre(commencer(soignante), soignante, parquet, police)
    fichier = deposer(b"%PDF-1.7 contenu", extension="pdf", type_mime="application/pdf")
    piece = joindre(
        dossier=dossier,
        intitule="Certificat",
        classe=Classe.MEDICAL,
        fichier=fichier,
        acteur=soignante,
        remise_a=[parquet],
    )
    chemin = f"/pieces/{piece.cle}/"
    assert distribution.client("parquet").get(chemin)["Location"].startswith("/confirmer/"), "sous pli : on se confirme"
    for nom in ("soignante", "parquet"):
        reponse = distribution.client_eleve(nom).get(chemin)
        assert reponse.content == b"%PDF-1.7 contenu"
        assert reponse["Content-Disposition"].startswith("attachment;")
        assert "Certificat" not in reponse["Content-Disposition"]
        assert Entree.objects.filter(action="telecharger", acteur=distribution.acteur(nom).cle).exists()
    for nom in ("opj", "etranger", "infirmiere", "dpo"):
        assert distribution.client(nom).get(chemin).status_code == 404, nom


@pytest.mark.parametrize("etat", ["en_attente", "refuse", "efface"])
def test_un_fichier_qui_n_est_pas_pret_n_est_jamais_servi(
    distribution: Distribution, type_essai: object, etat: str
) -> None:
    soignante = distribution.acteur("soignante")
    fichier = deposer(b"x", extension="pdf", type_mime="application/pdf")
    piece = joindre(
        dossier=commencer(soignante), intitule="P", classe=Classe.ADMINISTRATIF, fichier=fichier, acteur=soignante
    )
    fichier.etat_fichier = etat
    fichier.save()
    assert distribution.client("soignante").get(f"/pieces/{piece.cle}/").status_code == 404
