import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from convention.models import Contact, Convention, Institution, Mandat, Partie, Service, Signataire, VersionConvention
from fiches.chargement import DonneesInvalides, charger
from fiches.models import Fiche, ReferenceLegale, Thematique, VersionFiche
from tests.distribution import DONNEES

pytestmark = pytest.mark.django_db
MODELES = (
    Institution,
    Service,
    Contact,
    Convention,
    Signataire,
    Partie,
    Mandat,
    VersionConvention,
    ReferenceLegale,
    Fiche,
    VersionFiche,
)


@pytest.fixture
def copie(tmp_path: Path) -> Path:
    dossier = tmp_path / "donnees"
    shutil.copytree(DONNEES, dossier)
    return dossier


def remplacer(chemin: Path, avant: str, apres: str) -> int:
    """Replace once; returns the line of the change."""
    texte = chemin.read_text(encoding="utf-8")
    assert avant in texte
    chemin.write_text(texte.replace(avant, apres, 1), encoding="utf-8")
    return texte[: texte.index(avant)].count("\n") + 1


def lignes_d_historique() -> dict[str, int]:
    return {modele.__name__: modele.history.count() for modele in MODELES}


def test_les_neuf_signataires_ont_leur_titre_exact_et_leur_rang() -> None:
    charger(DONNEES)
    assert [(str(ligne), ligne.institution.code) for ligne in Signataire.objects.order_by("ordre")] == [
        ("M. Stéphane COSTAGLIOLI, Sous-préfet de Valenciennes", "SPREF"),
        ("Mme Christelle DUMONT, Procureure de la République du Parquet de Valenciennes", "PARQUET"),
        ("M. Nicolas SALVI, Directeur général du Centre Hospitalier de Valenciennes", "CHV"),
        ("Dr Jean-Philippe PLATEL, Président du Conseil départemental de l’Ordre des médecins du Nord", "CDOM"),
        ("M. Guillaume TISON, Commissaire divisionnaire de Valenciennes", "POLICE"),
        ("M. Damien MACKOWIAK, Commandant de la compagnie de gendarmerie de Valenciennes", "GENDARMERIE"),
        ("M. Franck LACROIX, Directeur régional des Douanes de Lille", "DOUANES"),
        ("Mme Virginie MELON, Cheffe de l’établissement pénitentiaire pour mineurs de Quiévrechain", "EPM"),
        ("M. Fabien FLAMENT, Directeur de la Maison d’Arrêt de Valenciennes", "MA"),
    ]


def test_chaque_theme_du_communique_a_une_fiche_en_vigueur() -> None:
    charger(DONNEES)
    assert VersionFiche.objects.filter(etat="EN_VIGUEUR", numero="1.0").count() == 18
    assert not Thematique.objects.filter(communique=True, fiches=None).exists()
    assert all(service.groupe.name == service.code for service in Service.objects.select_related("groupe"))


def test_relancer_ne_change_rien_et_n_ajoute_aucune_ligne_d_historique() -> None:
    call_command("charger_convention", dossier=str(DONNEES), stdout=StringIO())
    avant = lignes_d_historique()
    sortie = StringIO()
    call_command("charger_convention", dossier=str(DONNEES), stdout=sortie)
    assert "rien à changer" in sortie.getvalue()
    assert lignes_d_historique() == avant


def test_un_numero_corrige_dans_le_fichier_est_repris(copie: Path) -> None:
    charger(copie)
    remplacer(copie / "services.yaml", 'telephone: "03 53 01 40 10"', 'telephone: "03 53 01 40 99"')
    bilan = charger(copie)
    assert (bilan.crees, bilan.modifies) == (0, 1)
    assert Contact.objects.get(service__code="PARQUET-PERM", libelle="Accueil").telephone == "03 53 01 40 99"


def test_un_numero_corrige_dans_l_application_n_est_jamais_ecrase(copie: Path) -> None:
    charger(copie)
    contact = Contact.objects.get(service__code="PARQUET-PERM", libelle="Accueil")
    contact.telephone = "03 53 01 40 98"
    contact.save()
    remplacer(copie / "services.yaml", 'telephone: "03 53 01 40 10"', 'telephone: "03 53 01 40 99"')
    bilan = charger(copie)
    contact.refresh_from_db()
    assert contact.telephone == "03 53 01 40 98"
    assert bilan.rien
    assert "laissé tel quel" in bilan.conserves[0]


def test_un_texte_de_fiche_change_dans_le_fichier_ne_remplace_pas_le_texte_signe(copie: Path) -> None:
    charger(copie)
    avant = VersionFiche.objects.get(fiche__numero=1).empreinte
    remplacer(copie / "fiches/01-violences-couple.yaml", "Recevez la personne seule", "Recevez la personne à part")
    bilan = charger(copie)
    assert VersionFiche.objects.get(fiche__numero=1).empreinte == avant
    assert bilan.rien
    assert "fiche 1" in bilan.conserves[0]


FICHE_1 = "fiches/01-violences-couple.yaml"
FAUTES: list[tuple[str, str, str, str]] = [
    (FICHE_1, "CP-226-14-3", "CP-226-14-9", "CP-226-14-9\u00a0» n’existe pas"),
    (FICHE_1, "CHV-GARDE", "CHV-GARDIEN", "CHV-GARDIEN\u00a0» n’existe pas"),
    (FICHE_1, "public: [SOIGNANT", "public: [SOIGNEUR", "SOIGNEUR\u00a0» n’est pas une valeur"),
    ("fiches/03-enfant-en-danger.yaml", "numero: 3", "numero: 1", "est déjà pris par"),
    ("fiches/03-enfant-en-danger.yaml", "numero: 3", "numero: trois", "doit être un nombre entier"),
    ("fiches/03-enfant-en-danger.yaml", "urgence:", "urgance:", "n’est pas connu ici"),
    ("fiches/03-enfant-en-danger.yaml", "verifie_le: 2026-11-02", "verifie_le: 2026-13-02", "ne peut pas être lu"),
    ("services.yaml", "code: CHV-PED", "code: CHV-URG", "est déjà écrit ligne"),
    ("services.yaml", "remplacant: CHV-GARDE", "remplacant: PERSONNE", "PERSONNE\u00a0» n’existe pas"),
    ("convention-2025.yaml", "signee_le: 2025-05-26", "signee_le: mai 2025", "doit être une date"),
    ("convention-2025.yaml", "ordre: 9,", "ordre: 12,", "doivent se suivre"),
    ("references.yaml", "references:", "references: [", "l’écriture YAML est incorrecte"),
]


@pytest.mark.parametrize(("fichier", "avant", "apres", "phrase"), FAUTES)
def test_un_fichier_malforme_dit_la_ligne_et_ne_charge_rien(
    copie: Path, fichier: str, avant: str, apres: str, phrase: str
) -> None:
    ligne = remplacer(copie / fichier, avant, apres)
    with pytest.raises(DonneesInvalides) as faute:
        charger(copie)
    erreur = next(erreur for erreur in faute.value.erreurs if phrase in erreur)
    if phrase not in {"doivent se suivre", "l’écriture YAML est incorrecte"}:
        assert erreur.startswith(f"donnees/{fichier}, ligne {ligne}\u00a0:")
    assert f"donnees/{fichier}, ligne " in erreur
    assert not Institution.objects.exists()


def test_un_champ_ecrit_deux_fois_est_refuse(copie: Path) -> None:
    fiche = copie / "fiches/01-violences-couple.yaml"
    fiche.write_text(fiche.read_text(encoding="utf-8") + "numero: 2\n", encoding="utf-8")
    with pytest.raises(DonneesInvalides, match="est écrit deux fois"):
        charger(copie)


def test_la_commande_dit_que_rien_n_a_ete_charge(copie: Path) -> None:
    remplacer(copie / FICHE_1, "CP-226-14-3", "CP-0")
    with pytest.raises(CommandError, match="Rien n’a été chargé"):
        call_command("charger_convention", dossier=str(copie), stdout=StringIO())


def test_les_icones_des_fiches_existent() -> None:
    charger(DONNEES)
    dessins = (DONNEES.parent / "static/img/icons.svg").read_text(encoding="utf-8")
    noms: list[Any] = list(VersionFiche.objects.values_list("contenu__icone", flat=True))
    assert [nom for nom in noms if f'id="i-{nom}"' not in dessins] == []


def test_un_article_sans_titre_ou_en_double_est_nomme_avec_sa_ligne(copie: Path) -> None:
    fichier = copie / "convention-2025.yaml"
    ligne = remplacer(fichier, "    titre: Durée\n", "    titre: ''\n")
    with pytest.raises(DonneesInvalides) as refus:
        charger(copie)
    [erreur] = refus.value.erreurs
    assert f"ligne {ligne}" in erreur
    assert "est vide" in erreur
    remplacer(fichier, "    titre: ''\n", "    titre: Durée\n")
    remplacer(fichier, "  - id: duree\n", "  - id: differends\n")
    with pytest.raises(DonneesInvalides, match="differends.*est déjà écrit ligne"):
        charger(copie)
    assert not Convention.objects.exists()


def test_les_articles_changes_dans_le_fichier_ne_remplacent_pas_le_texte_signe(copie: Path) -> None:
    charger(copie)
    remplacer(copie / "convention-2025.yaml", "pour trois ans", "pour cinq ans")
    bilan = charger(copie)
    assert bilan.rien
    assert any("Proposez un avenant" in phrase for phrase in bilan.conserves)
    assert "trois ans" in str(VersionConvention.objects.get(convention__code="chv-2025").contenu)
