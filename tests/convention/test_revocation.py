"""A right taken back is gone at the next request, task, mail and link (SEC-11)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from accounts.invitations import inviter
from accounts.jetons import INVITATION
from accounts.models import User
from accounts.roles import Role
from convention import comptes, departs, habilitations
from convention.models import DemandeDouble, Institution
from convention.quatre_yeux import acte_de, approuver
from dossiers.boite import boite
from dossiers.models import Brouillon, Dossier, Exclusion
from notifications.models import Avis
from tests.convention.gens import MOTIF, acteur, administrateur, client, donnees
from tests.distribution import Distribution
from tests.rapport import consigner
from tests.signalements.situation import transmis


class Lectrice:
    """The duty prosecutor's colleague, with an open session on a case she may read until now."""

    def __init__(self, distribution: Distribution) -> None:
        self.distribution = distribution
        self.admin, self.second = administrateur(distribution, "PARQUET", 1), administrateur(distribution, "PARQUET", 2)
        self.compte = distribution.utilisateur("parquet")
        self.dossier = transmis(distribution.acteur("soignante"))
        self.navigateur: Client = client(self.compte)
        assert self.navigateur.get(f"/parquet/{self.dossier.cle}/").status_code == 200
        self.piece = self.dossier.pieces.exclude(document=None).get()
        assert self.navigateur.get(f"/pieces/{self.piece.cle}/").status_code == 200
        self.brouillon = Brouillon.objects.create(genre="requisition", proprietaire=self.compte)


def suspendre(s: Lectrice) -> None:
    comptes.suspendre(utilisateur=s.compte, motif="securite", acteur=acteur(s.admin))


def depart(s: Lectrice) -> None:
    releve = comptes.administrateurs(s.distribution.service("PARQUET-PERM").institution_id)[0]
    habilitation(s, releve, Role.PARQUET, "SUBSTITUT")
    departs.partir(partant=s.compte, successeurs={}, acteur=acteur(s.admin))


def terminer(s: Lectrice) -> None:
    s.distribution.service("PARQUET-GREFFE")
    from convention.rattachements import rattacher

    rattacher(utilisateur=s.compte, service=s.distribution.service("PARQUET-GREFFE"), role=Role.PARQUET, acteur=None)
    ancien = s.compte.rattachements.get(service__code="PARQUET-PERM")
    habilitations.terminer_droit(rattachement=ancien, acteur=acteur(s.admin))


def changer_de_service(s: Lectrice) -> None:
    ancien = s.compte.rattachements.get()
    habilitation(s, s.compte, Role.PARQUET, "SUBSTITUT", service="PARQUET-GREFFE", remplace=ancien)


def ecarter(s: Lectrice) -> None:
    Exclusion.objects.create(dossier=s.dossier, utilisateur=s.compte, pose_par=s.distribution.utilisateur("soignante"))


def habilitation(
    s: Lectrice, beneficiaire: User, role: Role, qualite: str, *, service: str = "PARQUET-PERM", **autres: Any
) -> None:
    demandeur, second = (s.second, s.admin) if beneficiaire == s.admin else (s.admin, s.second)
    seconde: User = second if beneficiaire != second else s.distribution.utilisateur("dpo")
    ligne = habilitations.proposer(
        acteur=acteur(demandeur),
        institution=Institution.objects.get(code="PARQUET"),
        donnees=donnees(s.distribution, service, role, qualite=qualite, matricule="HAB-1"),
        motif=MOTIF,
        utilisateur=beneficiaire,
        **autres,
    )
    demande = DemandeDouble.objects.get(objet=ligne.cle)
    approuver(demande=demande, contenu=acte_de(demande.acte).contenu(ligne.cle), acteur=acteur(seconde))


TRANSITIONS: tuple[Callable[[Lectrice], None], ...] = (suspendre, depart, terminer, changer_de_service, ecarter)
COMPTE_FERME = {suspendre, depart}


def la_page(s: Lectrice, travailler: Callable[[], int]) -> bool:
    return s.navigateur.get(f"/parquet/{s.dossier.cle}/").status_code == 200


def la_liste(s: Lectrice, travailler: Callable[[], int]) -> bool:
    reponse = s.navigateur.get("/parquet/")
    return reponse.status_code == 200 and s.dossier.reference in reponse.content.decode()


def la_boite(s: Lectrice, travailler: Callable[[], int]) -> bool:
    return any(ligne.dossier.pk == s.dossier.pk for ligne in boite(acteur(s.compte)).lignes)


def la_porte(s: Lectrice, travailler: Callable[[], int]) -> bool:
    return Dossier.objects.visibles_par(acteur(s.compte)).filter(pk=s.dossier.pk).exists()


def l_acte(s: Lectrice, travailler: Callable[[], int]) -> bool:
    return s.navigateur.post(f"/dossiers/{s.dossier.cle}/attribuer/").status_code == 302 and la_porte(s, travailler)


def le_fichier_deja_lie(s: Lectrice, travailler: Callable[[], int]) -> bool:
    return s.navigateur.get(f"/pieces/{s.piece.cle}/").status_code == 200


def l_avis_et_le_courriel(s: Lectrice, travailler: Callable[[], int]) -> bool:
    """A notice queued before the revocation leaves after it."""
    travailler()
    recus = Avis.objects.filter(destinataire=s.compte, texte__contains=s.dossier.reference).exists()
    return recus or any(s.compte.courriel in message.to for message in mail.outbox)


def le_brouillon(s: Lectrice, travailler: Callable[[], int]) -> bool:
    reponse = s.navigateur.post(f"/brouillons/{s.brouillon.cle}/", {"page": "p", "x": "1"})
    return reponse.status_code == 200


CANAUX = (la_page, la_liste, la_boite, la_porte, l_acte, le_fichier_deja_lie, l_avis_et_le_courriel)


def test_un_droit_retire_ne_laisse_rien_derriere_lui(distribution: Distribution, travailler: Callable[[], int]) -> None:
    perimes, essais = [], 0
    for retirer in TRANSITIONS:
        point = transaction.savepoint()
        s = Lectrice(distribution)
        mail.outbox.clear()
        retirer(s)
        canaux = [*CANAUX, le_brouillon] if retirer in COMPTE_FERME else CANAUX
        for canal in canaux:
            essais += 1
            if canal(s, travailler):
                perimes.append((retirer.__name__, canal.__name__))
        transaction.savepoint_rollback(point)
        distribution._utilisateurs.clear()
    consigner("sec-11", acces_perimes=len(perimes), canaux=len(CANAUX) + 1, essais=essais, transitions=len(TRANSITIONS))
    assert perimes == []
    assert essais >= 35


def test_les_canaux_sont_bien_ouverts_avant(distribution: Distribution, travailler: Callable[[], int]) -> None:
    """Otherwise the test above would prove nothing."""
    s = Lectrice(distribution)
    mail.outbox.clear()
    fermes = [canal.__name__ for canal in (*CANAUX, le_brouillon) if not canal(s, travailler)]
    assert fermes == []


def test_un_lien_d_invitation_meurt_avec_la_suspension_et_ne_revit_pas(distribution: Distribution) -> None:
    admin = administrateur(distribution, "POLICE", 1)
    invitee = distribution.utilisateur("opj")
    invitee.set_unusable_password()
    invitee.save()
    inviter(utilisateur=invitee)
    jeton = INVITATION.make_token(invitee)
    comptes.suspendre(utilisateur=invitee, motif="securite", acteur=acteur(admin))
    invitee.refresh_from_db()
    assert not INVITATION.check_token(invitee, jeton)
    comptes.activer(compte=invitee, acteur=acteur(admin))
    invitee.refresh_from_db()
    assert not INVITATION.check_token(invitee, jeton)


def test_une_session_ouverte_ne_revit_pas_avec_le_compte(distribution: Distribution) -> None:
    admin = administrateur(distribution, "PARQUET", 1)
    parquet = distribution.utilisateur("parquet")
    navigateur = client(parquet)
    assert navigateur.get("/parquet/").status_code == 200
    comptes.suspendre(utilisateur=parquet, motif="securite", acteur=acteur(admin))
    assert navigateur.get("/parquet/").status_code == 302
    comptes.activer(compte=parquet, acteur=acteur(admin))
    assert navigateur.get("/parquet/").status_code == 302


@pytest.mark.parametrize("nom", ["admin_chv", "dpo", "referente"])
def test_les_comptes_ne_donnent_jamais_un_dossier(distribution: Distribution, nom: str) -> None:
    transmis(distribution.acteur("soignante"))
    assert not Dossier.objects.visibles_par(distribution.acteur(nom)).exists()
