-- When an address was to get something of a type that it may get only so often.
create table recipient_limit (
    channel     text not null,
    address     text not null,
    type        text not null,
    accepted_at timestamptz[] not null,
    primary key (channel, address, type)
);
