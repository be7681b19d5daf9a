"""Entry point: `make bench`, or `python -m bench [10000 100000 …]`. Exit 1 when a bar is missed."""

import os
import sys

from bench.banc import lancer

TAILLES = (10_000, 100_000)
# Participations, exclusions, envelopes; one to spare.
BUDGET = 4


def main(arguments: list[str]) -> int:
    return lancer("bench", arguments, mesurer)


def mesurer(tailles: list[int]) -> int:
    from bench import ecarts, journal
    from bench.monde import profils, remplir

    # First: its cases are real ones, which the others empty.
    bavard = ecarts.mesurer()
    gens = profils()
    depassements = []
    for taille in tailles or TAILLES:
        comptes = remplir(taille)
        parts = ", ".join(f"{nom} {nombre}" for nom, nombre in comptes.items())
        print(f"\n{taille} dossiers ; participations : {parts}")
        print(f"{'lecteur':<15}{'boîte':>10}{'req.':>6}{'vue nue':>10}{'× nue':>8}{'guardian':>11}{'÷ boîte':>10}")
        depassements += [profil.nom for profil in gens if not _mesurer(profil)]
    lent = journal.mesurer()
    print(f"\nCharge : {os.getloadavg()[0]:.1f}. Temps de processeur, médianes en millisecondes, pour information.")
    if depassements:
        print(f"Budget dépassé ({BUDGET} requêtes) : {', '.join(depassements)}", file=sys.stderr)
    return 1 if depassements or lent or bavard else 0


def _mesurer(profil: object) -> bool:
    """Print one line; whether the inbox keeps to its budget."""
    from guardian.shortcuts import get_objects_for_group, get_objects_for_user

    from bench.mesure import comparer
    from bench.monde import Profil
    from dossiers.boite import TAILLE, boite
    from dossiers.models import Dossier

    assert isinstance(profil, Profil)
    permission = "dossiers.voir_dossier"

    def stock() -> list[Dossier]:
        if len(profil.acteur.groupes) > 1:
            visibles = get_objects_for_user(profil.utilisateur, permission, Dossier)
        else:
            visibles = get_objects_for_group(profil.groupe, permission, Dossier)
        return list(visibles.filter(phase="en_cours").order_by("echeance_le", "pk")[:TAILLE])

    resultats = comparer(
        {
            "boite": lambda: boite(profil.acteur).lignes,
            "nue": lambda: list(Dossier.objects.order_by("pk")[:TAILLE]),
            "guardian": stock,
        }
    )
    ours, nue, guardian = (resultats[nom] for nom in ("boite", "nue", "guardian"))
    assert ours.lignes == guardian.lignes, "la boîte et guardian ne montrent pas autant de dossiers"
    print(
        f"{profil.nom:<15}{ours.millisecondes:>10.1f}{ours.requetes:>6}{nue.millisecondes:>10.1f}"
        f"{ours.millisecondes / nue.millisecondes:>8.1f}{guardian.millisecondes:>11.1f}"
        f"{guardian.millisecondes / ours.millisecondes:>10.1f}"
    )
    return ours.requetes <= BUDGET


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
