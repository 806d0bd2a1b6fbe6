-- The log. A row is a change, written once, never updated.
create table if not exists event (
    id          bigint                   not null primary key,
    delivery_id bigint                   not null, -- the first id of the run that is sent in one notification
    instance_id bigint                   not null,
    resource    varchar                  not null,
    object_id   varchar                  not null, -- the bare Id
    version     varchar                  not null, -- SyncToken, or the update time where no SyncToken is told
    sync_token  varchar,
    event_type  varchar                  not null,
    changed_at  timestamp with time zone not null,
    polled_at   timestamp with time zone,          -- null: told by a webhook
    recorded_at timestamp with time zone not null,
    record      bytea                    not null, -- JSON, the bytes as they came
    constraint event_once unique (instance_id, resource, object_id, version, event_type),
    constraint event_type_known check (event_type in ('CREATED', 'UPDATED', 'DELETED', 'UNKNOWN'))
);
create sequence if not exists event_id increment by 1000;
