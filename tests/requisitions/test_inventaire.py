"""The inventory of a seizure: its lines, its seals, its reservations, who signed; what the page never loses."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Brouillon
from requisitions import workflow as w
from requisitions.models import Inventaire, PieceSaisie, Requisition, Scelle, Volet
from requisitions.saisie.inventaire import LignePiece, LigneReserve, LigneScelle, Releve, lire_la_liste, numeros
from tests.requisitions.inventaires import SIGNE
from transitions.workflow import TransitionRefusee

OPERATION = {
    "operation": "saisie_cr", "identite_verifiee": True, "ins": "qualifiee", "homonyme_ecarte": True, "debut": "2026-11-27T08:30+00:00",
    "lieu": "Bureau des archives", "fin": "2026-11-27T10:00+00:00",
    "ordre_presence": "present", "ordre_appele_le": "2026-11-26T08:30+00:00",
}  # fmt: skip


@pytest.fixture
def saisie(validee, juriste):
    dossier = validee("SAISIE", cadre="CR", cr_reference="JI 4/26", cr_juge="Mme Dubar", cr_date=timezone.localdate(),
                      cr_jusqu_au=timezone.localdate())  # fmt: skip
    dossier = w.affecter(dossier=dossier, acteur=juriste, consigne="Préparer la copie.")
    return w.remplir_volet(dossier=dossier, acteur=juriste, reponses=OPERATION)


@pytest.fixture
def noter(saisie, juriste):
    """Write lines: `noter(pieces=(…,))`."""

    def faire(**lignes):
        return w.noter_inventaire(dossier=saisie, acteur=juriste, releve=Releve(**lignes))

    return faire


def adresse(dossier):
    return reverse("requisitions:inventaire", args=[dossier.cle])


def constats(dossier):
    lettre = Requisition.objects.select_related("ligne_decision").get(pk=dossier.pk)
    return {constat.numero: constat.message for constat in w.constats_de_sortie(dossier, lettre)}


def envoi(prefixe, *lignes):
    """The fields of a set of lines as a browser sends them."""
    champs = {f"{prefixe}-TOTAL_FORMS": str(len(lignes)), f"{prefixe}-INITIAL_FORMS": "0"}
    for rang, ligne in enumerate(lignes):
        champs |= {f"{prefixe}-{rang}-{nom}": valeur for nom, valeur in ligne.items()}
    return champs


def page(**lignes):
    vides = dict.fromkeys(("scelles", "pieces", "reserves", "signatures"), ())
    champs = {}
    for prefixe, dites in (vides | lignes).items():
        champs |= envoi(prefixe, *dites)
    return champs


def tapees(reponse, prefixe):
    """What the lines of a set show, without the empty ones."""
    valeurs = [
        {nom: champ.value() for nom in form.fields if (champ := form[nom]).value()}
        for form in reponse.context["form"].lignes[prefixe].forms
    ]
    return [valeur for valeur in valeurs if set(valeur) - {"support", "genre"}]


PIECE = {"nature": "Compte rendu opératoire", "date": "3 novembre 2026", "auteur": "Dr Vasseur", "pages": "2",
         "support": "original", "scelle": "SC-1", "motif": ""}  # fmt: skip


def test_la_page_ecrit_les_pieces_leurs_scelles_les_reserves_et_les_signataires(saisie, distribution):
    client = distribution.client("juriste")
    assert client.get(adresse(saisie)).status_code == 200
    scelles = ({"numero": "SC-1", "genre": "ferme"}, {"numero": "SC-2", "genre": "ouvert", "motif": "Trop grand"})
    ecartee = {"nature": "Courriels", "support": "copie", "motif": "messagerie", "scelle": "SC-1"}
    reponse = client.post(
        adresse(saisie),
        page(
            scelles=scelles,
            pieces=(PIECE, ecartee, {"nature": "", "support": "copie"}),
            reserves=({"auteur": "ordre", "texte": "Une pièce d’un tiers.", "au_pv": "on"},),
            signatures=({"qualite": "autorite", "nom": "Cne Duval"},),
        )
        | {"copie_conservee": "on", "version": str(saisie.version)},
    )
    assert reponse.status_code == 302, reponse.context["form"].errors
    premiere, seconde = saisie.pieces_saisies.all()
    assert (premiere.rang, premiere.nature, premiere.pages, premiere.scelle.numero) == (
        1, "Compte rendu opératoire", 2, "SC-1",
    )  # fmt: skip
    assert (seconde.sort, seconde.motif, seconde.scelle) == ("exclue", "messagerie", None)
    assert saisie.reserves.get().au_pv
    assert saisie.signatures.get().nom == "Cne Duval"
    assert Inventaire.objects.get(dossier=saisie).copie_conservee
    lue = client.get(adresse(saisie)).content.decode()
    for mot in ("Compte rendu opératoire", "Dr Vasseur", "Écartée\u00a0: messagerie", 'value="SC-2"'):
        assert mot in lue, mot


@pytest.mark.parametrize("geste", ["ligne:pieces", "ligne:scelles", "retirer:signatures:0", "corriger:inconnue"])
def test_un_bouton_de_la_page_ne_perd_rien_de_ce_qui_est_tape(saisie, distribution, geste):
    client = distribution.client("juriste")
    dits = page(scelles=({"numero": "SC-1", "genre": "provisoire", "motif": "À trier"},), pieces=(PIECE,),
                reserves=({"auteur": "medecin", "texte": "Non."},), signatures=({"qualite": "ordre", "nom": "Dr T"},))  # fmt: skip
    reponse = client.post(adresse(saisie), dits | {"geste": geste, "collees": "Radio, 2 pages", "impossible": "Nuit"})
    assert reponse.status_code == 200
    assert tapees(reponse, "pieces") == [{nom: valeur for nom, valeur in PIECE.items() if valeur}]
    assert tapees(reponse, "scelles")[0]["motif"] == "À trier"
    assert tapees(reponse, "reserves")[0]["texte"] == "Non."
    assert len(tapees(reponse, "signatures")) == (0 if geste.startswith("retirer") else 1)
    html = reponse.content.decode()
    assert "Radio, 2 pages" in html
    assert 'value="Nuit"' in html
    assert "à corriger" not in html, "une ligne de plus n’est pas une faute"
    assert not saisie.pieces_saisies.exists()


def test_une_faute_se_dit_a_cote_de_sa_ligne_et_rien_n_est_ecrit(saisie, distribution):
    client = distribution.client("juriste")
    dits = page(scelles=({"numero": "SC-1", "genre": "ferme"},), pieces=(PIECE | {"scelle": "SC-9"},),
                signatures=({"qualite": "ordre", "nom": ""},))  # fmt: skip
    premiere = client.post(adresse(saisie), dits)
    assert "Signature 1\u00a0: Nommez le signataire." in premiere.content.decode()
    reponse = client.post(
        adresse(saisie), dits | {"signatures-0-nom": "Dr Témoin", "collees": "Radio\nLettre; scellé SC-7"}
    )
    (faute,) = reponse.context["form"].lignes["pieces"].forms[0].errors["scelle"]
    assert "n’est pas dans la liste" in faute
    assert "Ligne 2\u00a0: Ce scellé n’est pas dans la liste." in reponse.context["form"].errors["collees"]
    assert not saisie.pieces_saisies.exists()


def test_deux_scelles_ne_portent_pas_le_meme_numero(saisie, distribution, noter):
    scelle = {"numero": "SC-1", "genre": "ferme"}
    reponse = distribution.client("juriste").post(adresse(saisie), page(scelles=(scelle, scelle)))
    assert "déjà celui d’un autre scellé" in reponse.content.decode()
    noter(scelles=(LigneScelle("SC-1"),))
    with pytest.raises(TransitionRefusee, match="déjà pris"):
        noter(scelles=(LigneScelle("SC-1"),))


def test_une_liste_collee_devient_des_lignes(noter, saisie):
    lues = lire_la_liste(
        "1. Compte rendu, 21 novembre, 2 pages, copie\n\n- Radiographie ; 03/11/2026 ; Dr Vasseur ; 4 p. ; original ; "
        "scellé n° SC-2\nCourrier, remis en main propre, 2019\n12 photographies"
    )
    assert lues == [
        {"nature": "Compte rendu", "date": "21 novembre", "pages": "2", "support": "copie"},
        {"nature": "Radiographie", "date": "03/11/2026", "auteur": "Dr Vasseur", "pages": "4", "support": "original",
         "scelle": "SC-2"},
        {"nature": "Courrier, remis en main propre", "date": "2019", "support": "copie"},
        {"nature": "12 photographies", "support": "copie"},
    ]  # fmt: skip


def test_une_ligne_rayee_garde_son_numero_et_revient_comme_elle_etait(noter, saisie, juriste, distribution):
    noter(scelles=(LigneScelle("SC-1"),), pieces=(LignePiece("Dossier"), LignePiece("Radio"), LignePiece("Lettre")))
    radio = saisie.pieces_saisies.get(rang=2)
    client = distribution.client("juriste")
    suite = client.post(adresse(saisie), page(pieces=(PIECE,)) | {"geste": f"rayer:{radio.cle}"})
    assert tapees(suite, "pieces")[0]["nature"] == "Compte rendu opératoire", "ce qui était tapé reste"
    assert "Lignes rayées" in suite.content.decode()
    noter(pieces=(LignePiece("Ordonnance"),))
    assert [piece.rang for piece in saisie.pieces_saisies.vivantes()] == [1, 3, 4]
    w.rayer_piece(dossier=saisie, acteur=juriste, cle=radio.cle, retablir=True)
    assert [piece.nature for piece in saisie.pieces_saisies.vivantes()] == ["Dossier", "Radio", "Lettre", "Ordonnance"]
    assert radio.history.count() == 3


def test_corriger_une_piece_ne_change_qu_elle(noter, saisie, distribution):
    noter(scelles=(LigneScelle("SC-1"),), pieces=(LignePiece("Dossier", pages=40), LignePiece("Radio")))
    client, dossier = distribution.client("juriste"), saisie.pieces_saisies.get(rang=1)
    ouverte = client.post(adresse(saisie), page() | {"geste": f"corriger:{dossier.cle}"})
    (ligne,) = tapees(ouverte, "pieces")
    assert (ligne["nature"], ligne["pages"], ligne["scelle"]) == ("Dossier", 40, "SC-1")
    scelle = saisie.scelles.get()
    client.post(
        adresse(saisie),
        page(
            scelles=({"cle": scelle.cle, "numero": "SC-1 bis", "genre": "ferme"},),
            pieces=(
                {"cle": dossier.cle, "nature": "Dossier", "pages": "41", "support": "copie", "scelle": "SC-1 bis"},
            ),
        ),
    )
    assert [(piece.rang, piece.pages) for piece in saisie.pieces_saisies.all()] == [(1, 41), (2, None)]
    assert {piece.scelle.numero for piece in saisie.pieces_saisies.all()} == {"SC-1 bis"}, "le scellé garde ses pièces"


def test_un_scelle_plein_ne_se_raye_pas(noter, saisie):
    noter(scelles=(LigneScelle("SC-1"),), pieces=(LignePiece("Dossier"),))
    with pytest.raises(TransitionRefusee, match="contient la pièce n°\u00a01"):
        noter(rayees=frozenset({saisie.scelles.get().cle}))


def test_une_page_ancienne_n_ecrase_pas_ce_qu_un_autre_a_ecrit(noter, saisie, distribution):
    avant = saisie.version
    noter(scelles=(LigneScelle("SC-1"),), pieces=(LignePiece("Dossier"),))
    reponse = distribution.client("garde").post(
        adresse(saisie), page(pieces=({"nature": "Radio", "support": "copie"},)) | {"version": str(avant)}
    )
    assert "a changé pendant que vous écriviez" in reponse.content.decode()
    assert tapees(reponse, "pieces")[0]["nature"] == "Radio"
    assert [piece.nature for piece in saisie.pieces_saisies.all()] == ["Dossier"]


def test_r17_un_seul_original_exige_la_copie(noter, saisie):
    deux = (LignePiece("Dossier"), LignePiece("Radio", support="original"))
    noter(scelles=(LigneScelle("SC-1"),), pieces=deux, signatures=SIGNE)
    assert "pièce n°\u00a02" in constats(saisie)["R-17"]
    noter(copie_conservee=True)
    assert "R-17" not in constats(saisie)


def test_r18_un_scelle_ouvert_se_justifie(noter, saisie):
    noter(scelles=(LigneScelle("SC-1", "ouvert"),))
    assert "SC-1" in constats(saisie)["R-18"]
    noter(scelles=(LigneScelle("SC-1", "ouvert", "Objet trop grand", saisie.scelles.get().cle),))
    assert "R-18" not in constats(saisie)


def test_t07_chaque_piece_retenue_est_dans_un_scelle(noter, saisie):
    noter(scelles=(LigneScelle("SC-1"), LigneScelle("SC-2")),
          pieces=(LignePiece("Dossier", scelle="SC-1"), LignePiece("Radio"), LignePiece("Notes", sort="exclue", motif="notes")))  # fmt: skip
    assert "Pièce n°\u00a02\u00a0: dites dans quel scellé." in constats(saisie)["T-07"]


def test_un_inventaire_impossible_laisse_un_scelle_provisoire_et_dit_pourquoi(noter, saisie):
    assert "Listez les pièces" in constats(saisie)["T-07"]
    noter(scelles=(LigneScelle("SC-1", "provisoire"),), signatures=SIGNE)
    assert "T-07" in constats(saisie), "le motif manque"
    noter(impossible="Sept cartons, de nuit.")
    assert "T-07" not in constats(saisie)


def test_t08_un_proces_verbal_dit_qui_l_a_signe(noter, saisie):
    noter(scelles=(LigneScelle("SC-1", "provisoire"),))
    assert "qui a signé" in constats(saisie)["T-08"]
    noter(signatures=SIGNE)
    assert "T-08" not in constats(saisie)


def test_r15_l_absence_de_l_ordre_appelle_une_reserve(noter, saisie, juriste):
    w.remplir_volet(dossier=saisie, acteur=juriste, reponses={"ordre_presence": "absent", "ordre_motif": "Injoignable"})
    assert "R-15" in constats(saisie)
    noter(reserves=(LigneReserve("direction", "L’Ordre est absent."),))
    assert "R-15" not in constats(saisie)


def test_la_base_refuse_une_piece_ecartee_sans_motif(saisie):
    with pytest.raises(IntegrityError), transaction.atomic():
        PieceSaisie.objects.create(dossier=saisie, rang=1, nature="Dossier", support="copie", sort="exclue")
    scelle = Scelle.objects.create(dossier=saisie, numero="SC-1")
    with pytest.raises(IntegrityError), transaction.atomic():
        PieceSaisie.objects.create(
            dossier=saisie, rang=1, nature="Dossier", support="copie", sort="exclue", motif="tiers", scelle=scelle
        )


def test_l_inventaire_est_ferme_a_qui_ne_fait_pas_la_saisie(saisie, distribution, soignante, affectee):
    assert distribution.client("opj").get(adresse(saisie)).status_code == 403
    assert distribution.client("medecin").get(adresse(saisie)).status_code == 404
    assert distribution.client("juriste").get(adresse(affectee("RH"))).status_code == 403
    with pytest.raises(TransitionRefusee):
        w.noter_inventaire(dossier=saisie, acteur=soignante, releve=Releve())


def test_des_numeros_qui_se_suivent_se_disent_par_leurs_bouts():
    assert numeros([7]) == "n°\u00a07"
    assert numeros([5, 1, 2, 8, 6, 7]) == "n°\u00a01, 2, 5 à 8"


def test_ce_qui_se_tape_est_garde_pour_son_auteur_seul_et_repris(saisie, distribution):
    client, garder = distribution.client("juriste"), reverse("requisitions:garder_inventaire", args=[saisie.cle])
    dits = page(pieces=(PIECE,)) | {"version": str(saisie.version), "impossible": "Nuit", "rayees": ""}
    assert "enregistre_a" in client.post(garder, dits).json()
    assert not saisie.pieces_saisies.exists()
    reprise = client.get(adresse(saisie))
    assert tapees(reprise, "pieces")[0]["nature"] == "Compte rendu opératoire"
    assert "Votre saisie est reprise" in reprise.content.decode()
    assert not tapees(distribution.client("garde").get(adresse(saisie)), "pieces")
    accueil = client.get("/accueil/").content.decode()
    brouillon = Brouillon.objects.get(proprietaire=distribution.utilisateur("juriste"))
    assert str(brouillon.cle) in accueil
    assert client.get(reverse("requisitions:depot", args=[brouillon.cle])).url == adresse(saisie)
    assert distribution.client("opj").post(garder, dits).status_code == 403


def test_une_fois_enregistre_le_brouillon_part_et_une_garde_en_retard_n_en_refait_pas(saisie, distribution):
    client, garder = distribution.client("juriste"), reverse("requisitions:garder_inventaire", args=[saisie.cle])
    dits = page(scelles=({"numero": "SC-1", "genre": "ferme"},), pieces=(PIECE,)) | {"version": str(saisie.version)}
    client.post(garder, dits)
    assert client.post(adresse(saisie), dits).status_code == 302
    assert not Brouillon.objects.exists()
    assert client.post(garder, dits).status_code == 204
    assert not Brouillon.objects.exists()
    assert saisie.pieces_saisies.count() == 1


def test_on_revient_a_ce_qui_est_enregistre(saisie, distribution):
    client = distribution.client("juriste")
    client.post(adresse(saisie), page(pieces=(PIECE,)) | {"geste": "ligne:scelles"})
    assert tapees(client.get(adresse(saisie)), "pieces")
    client.post(adresse(saisie), page() | {"geste": "oublier"})
    assert not tapees(client.get(adresse(saisie)), "pieces")


def test_l_inventaire_ecrit_en_texte_avant_devient_des_lignes(saisie):
    """Two years later, the seizure of before is read like the others."""
    anciens = import_module("requisitions.migrations.0035_inventaires_anciens")
    donnees = {
        "inventaire": "Compte rendu, 3 pages\n\nRadiographie, original", "support": "original", "copie_conservee": True,
        "scelle_numero": "2026-41 A", "scelle_type": "ouvert", "scelle_motif": "Objet vivant",
        "reserves": "L’Ordre : une pièce d’un tiers.", "signataires": "Cap. Duval, Dr Vasseur",
    }  # fmt: skip
    volet = Volet.objects.get(dossier=saisie)
    volet.donnees |= donnees
    volet.save()
    for _ in range(2):
        anciens.reprendre(apps, None)
    pieces = saisie.pieces_saisies.all()
    assert [(p.rang, p.nature, p.support, p.scelle.numero) for p in pieces] == [
        (1, "Compte rendu, 3 pages", "original", "2026-41 A"), (2, "Radiographie, original", "original", "2026-41 A"),
    ]  # fmt: skip
    assert Inventaire.objects.get(dossier=saisie).copie_conservee
    assert [(r.texte, r.au_pv) for r in saisie.reserves.all()] == [("L’Ordre : une pièce d’un tiers.", True)]
    assert saisie.signatures.get().nom == "Cap. Duval, Dr Vasseur"


def test_retirer_une_ligne_apres_une_ligne_vide_retire_la_bonne(saisie, distribution):
    lignes = envoi("pieces", {}, {"nature": "À retirer"}, {"nature": "À garder"})
    recue = distribution.client("juriste").post(adresse(saisie), {**page(), **lignes, "geste": "retirer:pieces:1"})
    assert [ligne["nature"] for ligne in tapees(recue, "pieces")] == ["À garder"]


def test_un_export_numerique_dit_son_empreinte_ses_logiciels_et_qui_en_repond(saisie, distribution, noter):
    client, export = distribution.client("juriste"), {"nature": "Dossier informatisé", "support": "numerique"}
    refus = client.post(adresse(saisie), page(pieces=(export | {"empreinte": "abc"},)))
    (ligne,) = refus.context["form"].lignes["pieces"].forms
    assert set(ligne.errors) == {"empreinte", "logiciels", "responsable"}
    assert "Dossier informatisé" in refus.content.decode()
    complet = export | {"empreinte": "AB" * 32, "logiciels": "Sillage", "responsable": "M. Lenoir"}
    assert client.post(adresse(saisie), page(pieces=(complet,))).status_code == 302
    piece = saisie.pieces_saisies.get()
    assert (piece.empreinte, piece.logiciels, piece.responsable) == ("ab" * 32, "Sillage", "M. Lenoir")
    assert not piece.a_restituer, "l’hôpital a encore ses logiciels"
    with pytest.raises(TransitionRefusee, match="empreinte"):
        noter(pieces=(LignePiece("Export", support="numerique"),))
    with transaction.atomic(), pytest.raises(IntegrityError):
        PieceSaisie.objects.create(dossier=saisie, rang=9, nature="Export", support="numerique")
