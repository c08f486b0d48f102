-- A page is marked as visible to all, and frozen, once. Soon after it was filled that is a short note in the write-ahead
-- log; after the next checkpoint it is the whole page. So these are vacuumed early and never for the second time.
alter table domain_event_entry set (
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 10000, autovacuum_freeze_min_age = 0);
alter table notification_content set (
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 10000, autovacuum_freeze_min_age = 0);
alter table source_message set (
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 10000, autovacuum_freeze_min_age = 0);
alter table recipient set (
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 10000, autovacuum_freeze_min_age = 0);
alter table recent_message set (
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 10000, autovacuum_freeze_min_age = 0);
alter table notification_view set (
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 10000, autovacuum_freeze_min_age = 0);
