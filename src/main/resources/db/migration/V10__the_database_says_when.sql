-- Copied rows can't have a value that is computed for each, but a default.
alter table source_message alter column received_at set default now();
alter table recipient alter column updated_at set default now();
