"""`manage.py extrait_personne`: run once to ask, have a second person approve, run again to receive the extract."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from convention import quatre_yeux
from convention.acteur import Acteur, acteur_de
from dossiers.conservation import extrait, verbes
from dossiers.conservation.verbes import Acte, ConservationRefusee
from dossiers.models import DecisionConservation
from journal.carnet import noter
from notifications.portee import portee_systeme


class Command(BaseCommand):
    help = "Extrait les données d’une personne, sans les tiers ni l’auteur. Deux personnes décident."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--nom", required=True)
        parser.add_argument("--prenoms", required=True)
        parser.add_argument("--naissance", required=True, type=date.fromisoformat, help="AAAA-MM-JJ")
        parser.add_argument("--dpo", required=True, help="courriel de la personne de la protection des données")
        parser.add_argument("--motif", required=True, help="référence de la demande d’accès, sans nom")

    def handle(self, *args: Any, **options: Any) -> None:
        utilisateur = User.objects.filter(courriel__iexact=options["dpo"], is_active=True).first()
        acteur = acteur_de(utilisateur) if utilisateur else None
        if acteur is None or not acteur.a(Role.DPO):
            raise CommandError("Donnez le courriel d’une personne de la protection des données.")
        qui = (options["nom"], options["prenoms"], options["naissance"])
        with transaction.atomic(), portee_systeme("Une demande d’accès cherche une personne dans tous les dossiers."):
            if not self._approuvee(extrait.empreinte_de(*qui), options["motif"], acteur):
                self.stderr.write("Demande enregistrée. Relancez après l’accord d’une seconde personne.")
                return
            resultat = extrait.extraire(*qui)
            noter("extraire", acteur=acteur, objet="personne", details={"dossiers": len(resultat["dossiers"])})
        self.stdout.write(json.dumps(resultat, ensure_ascii=False, indent=2))

    def _approuvee(self, personne: str, motif: str, acteur: Acteur) -> bool:
        """Use an approval of this very search; otherwise ask for one."""
        nom = verbes.nom_d_acte(Acte.EXTRAIRE)
        for decision in DecisionConservation.objects.filter(acte=Acte.EXTRAIRE, contenu={"personne": personne}):
            if quatre_yeux.approuvee(nom, decision.cle, verbes.contenu_de(decision.cle)):
                return True
            if quatre_yeux.en_attente().filter(acte=nom, objet=decision.cle).exists():
                return False
        try:
            verbes.demander(acte=Acte.EXTRAIRE, motif=motif, acteur=acteur, contenu={"personne": personne})
        except ConservationRefusee as refus:
            raise CommandError(str(refus)) from refus
        return False
