-- Ids grow, so that each goes to the end of an index, and of those with the same first column. Descending, each came before all
-- others: pages were split in the middle and stayed half empty. Read backwards, these have the latest first as well. All
-- three are made before the first is dropped, which shuts readers out until the end.
create index notification_view_of_user_next on notification_view (user_id, notification_id) where user_id is not null;
create index notification_view_of_service_next on notification_view (service_id, notification_id);
create index notification_view_to_do_next on notification_view (to_do, notification_id) where to_do is not null;
drop index notification_view_of_user;
drop index notification_view_of_service;
drop index notification_view_to_do;
alter index notification_view_of_user_next rename to notification_view_of_user;
alter index notification_view_of_service_next rename to notification_view_of_service;
alter index notification_view_to_do_next rename to notification_view_to_do;
