"""The body diagram: zones that can be told apart, injuries numbered alike on the page, in the letter and in the PDF."""

import itertools

import pytest
from django.urls import reverse

from signalements import corps
from signalements.models import Signalement
from tests.coffre_ouvert import lire as lire_fichier
from tests.imprime import texte
from tests.signalements.situation import brouillon, transmis

LESIONS = [
    {"zone": "FACE_BRAS_G", "nature": "ECCHYMOSE", "dimensions": "3 × 2 cm", "couleur": "violacée"},
    {"zone": "DOS_LOMBES", "nature": "PLAIE", "dimensions": "", "couleur": ""},
    {"zone": "FACE_BRAS_G", "nature": "TRACE", "dimensions": "", "couleur": "en forme de main"},
]
FAITS = {
    "date_constat": "2026-11-22T01:25",
    "faits_observes": "Ecchymoses du bras.",
    "date_faits": "la veille",
    "lien_auteur": "CONCUBIN",
    "lesions-INITIAL_FORMS": "0",
}
FIGURES = [(vue, p) for vue in (corps.FACE, corps.DOS) for p in (corps.ADULTE, corps.ENFANT)]


def lignes(*lesions):
    donnees = {"lesions-TOTAL_FORMS": str(len(lesions))}
    for rang, lesion in enumerate(lesions):
        donnees |= {f"lesions-{rang}-{nom}": valeur for nom, valeur in lesion.items()}
    return donnees


@pytest.mark.parametrize(("vue", "proportions"), FIGURES)
def test_les_zones_ne_se_recouvrent_pas_et_tiennent_dans_la_figure(vue, proportions):
    zones = corps.zones(vue, proportions)
    assert all(z.x >= 0 and z.x + z.largeur <= corps.LARGEUR for z in zones)
    assert all(z.y >= 0 and z.y + z.hauteur <= corps.HAUTEUR for z in zones)
    for a, b in itertools.combinations(zones, 2):
        cote_a_cote = a.x + a.largeur <= b.x or b.x + b.largeur <= a.x
        l_une_sur_l_autre = a.y + a.hauteur <= b.y or b.y + b.hauteur <= a.y
        assert cote_a_cote or l_une_sur_l_autre, (a.code, b.code)


def test_chaque_zone_nommee_est_dessinee_une_fois():
    for proportions in (corps.ADULTE, corps.ENFANT):
        dessinees = [zone.code for vue in (corps.FACE, corps.DOS) for zone in corps.zones(vue, proportions)]
        assert sorted(dessinees) == sorted(corps.LIBELLES)


def test_la_droite_est_celle_de_la_personne():
    """Facing us, her right hand is on our left; from the back, on our right."""
    gauche_de_l_image = {
        vue: next(z for z in corps.zones(vue, corps.ADULTE) if z.code == f"{vue.upper()}_MAIN_D").x < corps.AXE
        for vue in (corps.FACE, corps.DOS)
    }
    assert gauche_de_l_image == {corps.FACE: True, corps.DOS: False}
    assert corps.LIBELLES["FACE_CUISSE_G"] == "Cuisse gauche"
    assert corps.LIBELLES["DOS_JAMBE_D"] == "Mollet droit"


def test_une_figure_d_enfant_a_la_tete_plus_grande():
    def tete(age):
        return next(z for z in corps.dessiner([], age)[1].zones if z.code == "DOS_CRANE").hauteur

    assert tete(12) > tete(13) == tete(None)


def test_une_zone_porte_les_numeros_de_ses_lesions():
    face, dos = corps.dessiner(LESIONS, 39)
    marques = {zone.code: zone.marque for vue in (face, dos) for zone in vue.zones if zone.marque}
    assert marques == {"FACE_BRAS_G": "1, 3", "DOS_LOMBES": "2"}


def test_les_lesions_saisies_entrent_dans_la_lettre(soignante, distribution):
    dossier, client = brouillon(soignante), distribution.client("soignante")
    adresse = reverse("signalements:faits", args=[dossier.cle])
    assert client.post(adresse, {**FAITS, **lignes(*LESIONS)}).status_code == 302
    assert Signalement.objects.get(pk=dossier.pk).lesions == LESIONS
    assert "est-marquee" in client.get(adresse).content.decode()


def test_une_lesion_sans_place_est_refusee_sans_rien_perdre(soignante, distribution):
    dossier, client = brouillon(soignante), distribution.client("soignante")
    adresse = reverse("signalements:faits", args=[dossier.cle])
    page = client.post(adresse, {**FAITS, **lignes({"couleur": "jaunâtre"})}).content.decode()
    assert "Indiquez la partie du corps, ou videz cette ligne." in page
    assert 'value="jaunâtre"' in page
    assert Signalement.objects.get(pk=dossier.pk).lesions == []


def test_une_page_envoyee_sans_lignes_ne_les_efface_pas(soignante, distribution):
    dossier, client = brouillon(soignante), distribution.client("soignante")
    lettre = Signalement.objects.get(pk=dossier.pk)
    lettre.lesions = LESIONS
    lettre.save()
    sans = {nom: valeur for nom, valeur in FAITS.items() if not nom.startswith("lesions")}
    assert client.post(reverse("signalements:faits", args=[dossier.cle]), sans).status_code == 302
    assert Signalement.objects.get(pk=dossier.pk).lesions == LESIONS


def test_ajouter_une_lesion_garde_la_page_et_ouvre_une_ligne_a_la_zone_voulue(soignante, distribution):
    dossier, client = brouillon(soignante), distribution.client("soignante")
    adresse = reverse("signalements:faits", args=[dossier.cle])
    suite = client.post(adresse, {**FAITS, **lignes(LESIONS[0]), "geste": "ligne:DOS_CRANE"})
    page = client.get(suite["Location"]).content.decode()
    assert 'value="3 × 2 cm"' in page
    assert 'data-zone="DOS_CRANE" class="est-marquee"' in page
    assert client.get(f"{adresse}?zone=INCONNUE").status_code == 200


def test_le_document_porte_le_schema_en_vecteurs_et_la_liste(soignante):
    dossier = transmis(soignante, lesions=LESIONS)
    octets = lire_fichier(dossier.pieces.exclude(document=None).get().fichier)
    pdf = texte(octets)
    assert "1. Bras gauche, ecchymose, 3 × 2 cm, violacée" in pdf
    assert "2. Bas du dos, plaie" in pdf
    assert "Schéma des lésions" in pdf
    assert "1, 3" in pdf
    assert b"/Subtype /Image" not in octets.replace(b"/Subtype/Image", b"/Subtype /Image")


def test_sans_lesion_le_document_n_a_pas_de_schema(soignante):
    dossier = transmis(soignante)
    assert "Schéma des lésions" not in texte(lire_fichier(dossier.pieces.exclude(document=None).get().fichier))
