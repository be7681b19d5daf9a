"""The acts of this floor that need two persons, and how the approvals page names them."""

import uuid

from accounts.models import User
from convention import acces_perdus, comptes, habilitations, quatre_yeux, succession
from convention.models import Habilitation
from convention.quatre_yeux import Acte


def enregistrer_actes() -> None:
    quatre_yeux.enregistrer(
        Acte(
            nom=habilitations.OUVRIR,
            libelle="Ouvrir un droit",
            contenu=habilitations.contenu_du_droit,
            decrire=_droit,
            peut_demander=habilitations.peut_demander,
            peut_approuver=habilitations.peut_etre_second,
            seconds=habilitations.seconds,
            executer=lambda demande, acteur: habilitations.accorder(demande=demande, acteur=acteur),
        )
    )
    quatre_yeux.enregistrer(
        Acte(
            nom=comptes.REACTIVER,
            libelle="Rouvrir un compte suspendu",
            contenu=comptes.contenu_du_compte,
            decrire=lambda cle: str(User.objects.get(cle=cle)),
            peut_demander=habilitations.peut_demander,
            peut_approuver=habilitations.peut_etre_second,
            seconds=habilitations.seconds,
            executer=lambda demande, acteur: comptes.reactiver(demande=demande, acteur=acteur),
        )
    )
    quatre_yeux.enregistrer(
        Acte(
            nom=acces_perdus.RENDRE,
            libelle="Remettre à zéro un accès perdu",
            contenu=acces_perdus.contenu,
            decrire=lambda cle: str(User.objects.get(cle=cle)),
            peut_demander=acces_perdus.peut_demander,
            peut_approuver=habilitations.peut_etre_second,
            seconds=habilitations.seconds,
            executer=lambda demande, acteur: acces_perdus.rendre(demande=demande, acteur=acteur),
        )
    )
    succession.declarer()


def _droit(cle: uuid.UUID) -> str:
    ligne = Habilitation.objects.select_related("service").get(cle=cle)
    qui = " ".join(mot for mot in (ligne.civilite, ligne.prenom, ligne.nom) if mot)
    role = str(ligne.get_role_display()).partition(" : ")[0]
    precisions = [ligne.get_qualite_display(), ligne.get_profession_display(), ligne.matricule, ligne.courriel]
    return " · ".join([qui, f"service {ligne.service.nom}", f"rôle {role}", *(mot for mot in precisions if mot)])
