-- One row for each time a notification was sent.
create table if not exists attempt (
    delivery_id bigint                   not null,
    started_at  timestamp with time zone not null,
    duration_ms integer                  not null,
    status_code integer,                          -- null: there was no answer
    error       varchar,                          -- null: it was taken
    answer      bytea,                            -- the first 16 KB
    constraint attempt_key primary key (delivery_id, started_at)
);
-- The log as an instance's owner reads it, the newest first.
create index if not exists event_of_instance on event (instance_id, recorded_at, id);
