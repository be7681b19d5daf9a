-- Roles, extensions and grants of a new cluster, for psql as its superuser.
-- Used by lanceur/postgres.py and mounted as it is by docker-compose.yml.
\set QUIET on
\getenv mdp_proprietaire MOT_DE_PASSE_PROPRIETAIRE
\getenv mdp_app_web MOT_DE_PASSE_APP_WEB
\getenv mdp_audit MOT_DE_PASSE_AUDIT
\getenv mdp_sauvegarde MOT_DE_PASSE_SAUVEGARDE

CREATE ROLE proprietaire LOGIN CREATEDB PASSWORD :'mdp_proprietaire';
CREATE ROLE app_web LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'mdp_app_web';
-- Reads the journal and nothing else: its grants are in journal/migrations.
CREATE ROLE audit LOGIN PASSWORD :'mdp_audit';
-- Copies everything (pg_dump), row-level security or not, and changes nothing.
CREATE ROLE sauvegarde LOGIN BYPASSRLS PASSWORD :'mdp_sauvegarde';
GRANT pg_read_all_data TO sauvegarde;
ALTER ROLE audit SET default_transaction_read_only = on;
ALTER ROLE sauvegarde SET default_transaction_read_only = on;

-- In template1, so that every database, those of the tests included, is born with them.
\connect template1
CREATE EXTENSION unaccent;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION btree_gist;
CREATE EXTENSION citext;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO proprietaire;
GRANT USAGE ON SCHEMA public TO app_web, audit;
ALTER DEFAULT PRIVILEGES FOR ROLE proprietaire IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO app_web;
ALTER DEFAULT PRIVILEGES FOR ROLE proprietaire IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO app_web;

CREATE DATABASE traitdunion OWNER proprietaire;
