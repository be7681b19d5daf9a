"""Sealed cases: nothing of them is deleted but by an approved destruction, and a sent identity does not change."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from dossiers.sceau import DEFAIRE, FONCTIONS, REFERENCE, figer, sceller


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0005_conservation"), ("documents", "0003_securite")]
    operations = [
        migrations.RunSQL(FONCTIONS + REFERENCE, DEFAIRE),
        sceller("dossiers_dossier", "dossiers_historicaldossier", par="id"),
        sceller(
            "dossiers_personne",
            "dossiers_historicalpersonne",
            "dossiers_piece",
            "dossiers_historicalpiece",
            "dossiers_message",
            "dossiers_evenement",
            "dossiers_brisdeglace",
            "dossiers_conservation",
            "dossiers_miseenattente",
        ),
        figer("dossiers_personne", envoyees=True),
        pgtrigger.migrations.AddTrigger(
            model_name="personne",
            trigger=pgtrigger.compiler.Trigger(
                name="identite_figee",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF EXISTS (SELECT FROM dossiers_dossier WHERE id = OLD.dossier_id AND reference IS NOT NULL) THEN RAISE EXCEPTION 'dossier scelle : une identite transmise ne change plus'; END IF; RETURN NEW;",
                    hash="0c61b5f0c6ac72269935e62d858589601c07bafa",
                    operation="UPDATE",
                    pgid="pgtrigger_identite_figee_c8dc1",
                    table="dossiers_personne",
                    when="BEFORE",
                ),
            ),
        ),
    ]
