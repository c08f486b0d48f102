-- People's ids come in no order: each new row goes somewhere else in their index, and after each checkpoint whole pages of it go to
-- the write-ahead log. By the hash of the id it has half as many. It is made before the other is dropped, which shuts readers out
-- until the end. Without statistics of the hash, the first questions might be answered without it. Nodes from before find no
-- index for a person any more, and are slow to list one's notifications until they are replaced.
set local lock_timeout = '5s';
-- What a rebuild of the views has left would have an index of the same name; one that goes on fails, and is begun again.
drop table if exists notification_view_next;
create index notification_view_of_user_next on notification_view (hashtext(user_id), notification_id) where user_id is not null;
analyze notification_view;
drop index notification_view_of_user;
alter index notification_view_of_user_next rename to notification_view_of_user;
