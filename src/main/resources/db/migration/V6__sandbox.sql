-- What the sandbox took instead of sending it, and what it has still to say of it.
create table sandbox_message (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    channel text not null,
    recipient text not null,
    subject text not null,
    text text not null,
    html text,
    data jsonb not null,
    notification_id uuid not null,
    attempt integer not null,
    report text,
    report_due timestamptz
);

create index sandbox_message_report on sandbox_message (report_due) where report_due is not null;
