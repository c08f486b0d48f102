-- Ids grow, so that each goes to the end of an index, and of those with the same first column. Descending, each came before all
-- others: pages were split in the middle and stayed half empty. Read backwards, these have the latest first as well.
drop index notification_view_of_user;
create index notification_view_of_user on notification_view (user_id, notification_id) where user_id is not null;
drop index notification_view_of_service;
create index notification_view_of_service on notification_view (service_id, notification_id);
drop index notification_view_to_do;
create index notification_view_to_do on notification_view (to_do, notification_id) where to_do is not null;
