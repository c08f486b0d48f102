-- A status in an index makes every change of it write to all indexes. This one stays null for those that go the usual way.
alter table notification_view
    add column to_do text generated always as (
        case when status in ('scheduled', 'retrying', 'held', 'failed') then status end) stored;
drop index notification_view_to_do;
create index notification_view_to_do on notification_view (to_do, notification_id desc) where to_do is not null;
-- Room on each page for what becomes of its rows.
alter table notification_view set (fillfactor = 50);
