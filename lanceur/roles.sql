-- Roles, extensions and grants of a new cluster, for psql as its superuser.
-- Used by lanceur/postgres.py and mounted as it is by docker-compose.yml.
\set QUIET on
\getenv mdp_proprietaire MOT_DE_PASSE_PROPRIETAIRE
\getenv mdp_app_web MOT_DE_PASSE_APP_WEB

CREATE ROLE proprietaire LOGIN CREATEDB PASSWORD :'mdp_proprietaire';
CREATE ROLE app_web LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'mdp_app_web';

-- In template1, so that every database, those of the tests included, is born with them.
\connect template1
CREATE EXTENSION unaccent;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION btree_gist;
CREATE EXTENSION citext;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO proprietaire;
GRANT USAGE ON SCHEMA public TO app_web;
ALTER DEFAULT PRIVILEGES FOR ROLE proprietaire IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO app_web;
ALTER DEFAULT PRIVILEGES FOR ROLE proprietaire IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO app_web;

CREATE DATABASE traitdunion OWNER proprietaire;
