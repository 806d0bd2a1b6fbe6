-- Who told a change of an instance that is polled and listens to webhooks too. Written with the event, and kept when that goes.
create table if not exists reconciliation (
    event_id    bigint                   not null primary key,
    instance_id bigint                   not null,
    resource    varchar                  not null,
    recorded_at timestamp with time zone not null, -- when the first of both told it
    by_poll     boolean                  not null,
    by_webhook  boolean                  not null
);
create index if not exists reconciliation_of_instance on reconciliation (instance_id, recorded_at);
-- What polls alone told of lately, of all instances; also the way to what is old.
create index if not exists reconciliation_by_webhook on reconciliation (by_webhook, recorded_at, instance_id);

-- What a poll said was changed and the log does not hold, in that or a later state. Always empty, unless there is a defect.
create table if not exists lost_change (
    instance_id bigint                   not null,
    resource    varchar                  not null,
    object_id   varchar                  not null,
    version     varchar                  not null,
    event_type  varchar                  not null,
    found_at    timestamp with time zone not null,
    constraint lost_change_key primary key (instance_id, resource, object_id, version, event_type)
);
