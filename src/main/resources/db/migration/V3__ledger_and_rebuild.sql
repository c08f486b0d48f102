-- How far each processor has come: it has handled what the index and all before it hold, but for the gaps, which had not
-- been committed when it came by. While it replays, the views may show more than this.
create view processor_position as
select processor_name, segment, replaying, (position ->> 'index')::bigint as index,
       array(select jsonb_array_elements_text(position -> 'gaps')::bigint) as gaps
from (select processor_name, segment, token_type like '%.ReplayToken' as replaying,
             case when token_type like '%.ReplayToken' then decoded -> 'currentToken' else decoded end as position
      from (select processor_name, segment, token_type, convert_from(token, 'UTF8')::jsonb as decoded
            from token_entry
            where token is not null and token_type not like '%.ConfigToken') as stored) as known
where position ->> 'index' is not null;

-- The hour in which a notification was accepted, in hours since 1970: its id, a UUIDv7, begins with its millisecond.
create function acceptance_hour(id text) returns bigint
    language sql immutable strict parallel safe
    return ('x' || substr(id, 1, 8) || substr(id, 10, 4))::bit(48)::bigint / 3600000;

-- What is known of the rebuild of the views that runs, or ran last.
create table views_rebuild (
    only_one          boolean primary key default true check (only_one),
    node              text not null,
    phase             text not null,
    events_read       bigint not null,
    events_left       bigint not null,
    events_per_second bigint not null,
    started_at        timestamptz not null,
    seen_at           timestamptz not null,
    missing           bigint,
    superfluous       bigint,
    different         bigint,
    examples          text[],
    problem           text
);
