-- How far the removal of what is older than events.retention has come. One row; who moves next_at on takes the next step.
create table if not exists retention (
    id          integer                  not null primary key,
    next_at     timestamp with time zone not null,
    round_at    timestamp with time zone not null, -- when this round began; an event older than that minus retention may go
    instance_id bigint                   not null, -- where in event_of_instance the round is: up to here all was looked at
    recorded_at timestamp with time zone not null,
    event_id    bigint                   not null,
    removed     bigint                   not null, -- in this round
    kept        bigint                   not null  -- old enough, but still needed
);
insert into retention (id, next_at, round_at, instance_id, recorded_at, event_id, removed, kept)
values (1, '1970-01-01 00:00:00+00', '1970-01-01 00:00:00+00', -1, '1970-01-01 00:00:00+00', -1, 0, 0);
