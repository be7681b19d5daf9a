"""Where the scan, its outbox subjects and the acts of two persons are declared to the rest of the product."""

from dossiers.conservation import balayage, execution, fichiers, verbes
from notifications import battement, boite_envoi


def inscrire() -> None:
    """Called in AppConfig.ready()."""
    boite_envoi.traiter_par(balayage.BALAYER)(balayage.balayer)
    boite_envoi.traiter_par(balayage.EXAMINER)(balayage.examiner_un)
    boite_envoi.traiter_par(fichiers.SUJET)(fichiers.effacer_octets)
    boite_envoi.traiter_par(verbes.EXECUTER)(execution.executer)
    battement.a_chaque_tour(balayage.demander_le_balayage)
    verbes.declarer()
