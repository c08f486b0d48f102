-- Runs once, when the primary's volume is empty. What is in the database is Flyway's.
\set ON_ERROR_STOP on
\set tidings_password `cat /run/secrets/tidings_password`
\set replication_password `cat /run/secrets/replication_password`

CREATE ROLE tidings LOGIN PASSWORD :'tidings_password';
CREATE ROLE replicator LOGIN REPLICATION PASSWORD :'replication_password';
-- Lets Tidings see how far behind the standby is.
GRANT pg_monitor TO tidings;
CREATE DATABASE tidings OWNER tidings;
REVOKE CONNECT ON DATABASE tidings FROM PUBLIC;
SELECT pg_create_physical_replication_slot('standby');
