-- What a message is about, the one provider that may have it, and what some providers need beside the text.
alter table notification_content
    add column type text,
    add column channel text,
    add column provider text,
    add column extras jsonb;

-- Where nothing is sent any more.
create table suppression (
    channel text not null,
    address text not null,
    reason  text not null,
    source  text not null,
    since   timestamptz not null,
    primary key (channel, address)
);

-- Where people are reached, but for their one email address, which is in recipient.
create table contact_point (
    user_id text not null,
    channel text not null,
    address text not null,
    since   timestamptz not null,
    primary key (user_id, channel, address)
);
create index contact_point_address on contact_point (address);

-- Under which id a provider knows what we gave it: so what it says later can be told whose it is.
create table provider_message (
    provider            text collate "C" not null,
    provider_message_id text collate "C" not null,
    notification_id     uuid not null,
    attempt             integer not null,
    sent_at             timestamptz not null,
    primary key (provider, provider_message_id)
);
create index provider_message_sent on provider_message using brin (sent_at);

-- What a provider says of a message that we don't know yet: our own commit may be under way.
create table unmatched_report (
    report_id           bigint generated always as identity primary key,
    provider            text collate "C" not null,
    provider_message_id text collate "C" not null,
    report              jsonb not null,
    received_at         timestamptz not null
) with (autovacuum_vacuum_scale_factor = 0.02);

-- What operators have chosen for a provider; what is null is as configured.
create table provider_choice (
    provider   text primary key,
    priority   integer,
    weight     integer,
    mode       text,
    changed_at timestamptz not null
);

-- How much of its limits each provider has used up, by all nodes together.
create table provider_usage (
    provider       text primary key,
    second         timestamptz not null,
    used_in_second integer not null,
    day            date not null,
    used_in_day    bigint not null
) with (fillfactor = 50, autovacuum_vacuum_threshold = 1000);

-- Which notifications come before another one, which goes out only if they have not arrived by then.
create table fallback (
    earlier         uuid not null,
    notification_id uuid not null,
    until           text not null check (until in ('sent', 'delivered', 'read')),
    primary key (earlier, notification_id)
);
create index fallback_of on fallback (notification_id);
