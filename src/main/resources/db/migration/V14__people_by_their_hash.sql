-- People's ids come in no order: each new row goes somewhere else in their index, and after each checkpoint whole pages of it go to
-- the write-ahead log. By the hash of the id it has half as many. It is made before the other is dropped, which shuts readers out
-- until the end. Without statistics of the hash, the first questions might be answered without it.
set local lock_timeout = '5s';
create index notification_view_of_user_next on notification_view (hashtext(user_id), notification_id) where user_id is not null;
analyze notification_view;
drop index notification_view_of_user;
alter index notification_view_of_user_next rename to notification_view_of_user;
