"""Vérifie un export du journal de Trait d’union. Aucun logiciel de Trait d’union n’est nécessaire : Python 3 suffit.

    python3 verificateur.py journal.jsonl --ancre EMPREINTE [--ancre NUMERO:EMPREINTE …]

Chaque ligne de l’export porte l’empreinte SHA-256 de son texte et de la ligne d’avant. Donnez les empreintes que vous
avez reçues par courriel pour la période : sans elles, une fin de journal retirée ou un journal réécrit en entier ne
se voit pas. Codes de sortie : 0 intègre, 1 faux, 2 impossible à lire.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable


def verifier(lignes: Iterable[str], ancres: list[str]) -> int:
    """Renvoie le nombre d’événements lus ; lève ValueError en nommant le premier qui est faux."""
    precedente, attendu, chaine = "", 0, ""
    vues: dict[int, str] = {}
    for rang, texte in enumerate(lignes, 1):
        try:
            ligne = json.loads(texte)
            champs = [ligne[nom] for nom in ("chaine", "numero", "le", "precedente", "contenu", "empreinte")]
        except (ValueError, KeyError, TypeError):
            raise ValueError(f"ligne {rang} : illisible") from None
        nom, numero, le, lien, contenu, empreinte = champs
        if chaine and (nom != chaine or numero != attendu or lien != precedente):
            raise ValueError(f"événement n° {numero} : ne suit pas le précédent (n° {attendu} attendu)")
        if hashlib.sha256(f"{nom}\n{numero}\n{le}\n{lien}\n{contenu}".encode()).hexdigest() != empreinte:
            raise ValueError(f"événement n° {numero} : contenu modifié")
        chaine, precedente, attendu, vues[numero] = nom, empreinte, numero + 1, empreinte
    for ancre in ancres:
        numero, _, empreinte = ancre.strip().lower().rpartition(":")
        if not (vues.get(int(numero)) == empreinte if numero else empreinte in vues.values()):
            raise ValueError(f"l’empreinte {empreinte[:16]}… ne s’y trouve pas : événements retirés ou journal réécrit")
    return len(vues)


def principal() -> int:
    lecteur = argparse.ArgumentParser(description="Vérifie un export du journal de Trait d’union.")
    lecteur.add_argument("fichier", help="l’export, une ligne JSON par événement")
    lecteur.add_argument("--ancre", action="append", default=[], help="empreinte reçue, ou numéro:empreinte")
    choix = lecteur.parse_args()
    try:
        with open(choix.fichier, encoding="utf-8", newline="\n") as fichier:
            nombre = verifier(fichier, choix.ancre)
    except (OSError, UnicodeDecodeError) as erreur:
        sys.stderr.write(f"Fichier illisible : {erreur}\n")
        return 2
    except ValueError as erreur:
        sys.stderr.write(f"FAUX : {erreur}.\n")
        return 1
    sys.stdout.write(f"Intègre : {nombre} événements, {len(choix.ancre)} empreinte(s) retrouvée(s).\n")
    if not choix.ancre:
        sys.stdout.write("Attention : sans empreinte reçue, une réécriture complète ne se voit pas. Ajoutez --ancre.\n")
    return 0


if __name__ == "__main__":
    sys.exit(principal())
