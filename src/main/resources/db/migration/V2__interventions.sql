-- From when on a waiting row is of no use any more: it is not claimed then, and soon taken out.
alter table delivery_queue add column expires_at timestamptz;
create index delivery_queue_expiry on delivery_queue (expires_at)
    where expires_at is not null and claimed_until is null and not held;

-- What the message said, so that another one under the same id can be told; and what its service was answered.
alter table source_message add column fingerprint uuid, add column answer text not null default 'queued';

-- What was accepted for whom a moment ago, so that a copy of it can be told.
create table recent_message (
    fingerprint     uuid primary key,
    notification_id uuid not null,
    until           timestamptz not null
) with (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05);
create index recent_message_until on recent_message using brin (until);

alter table notification_view
    add column doubtful integer not null default 0,
    add column expires_at timestamptz;

-- What people look for among all: where something has to be done, and each service's own.
create index notification_view_to_do on notification_view (status, notification_id desc)
    where status in ('scheduled', 'retrying', 'held', 'failed');
create index notification_view_doubtful on notification_view (notification_id desc) where doubtful > 0;
create index notification_view_of_service on notification_view (service_id, notification_id desc);
