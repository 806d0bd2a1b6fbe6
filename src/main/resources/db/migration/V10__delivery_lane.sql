-- Who sends what an instance is owed: one node at a time, so that it can keep the states of each object in their order.
create table if not exists lane (
    instance_id  bigint                   not null primary key,
    owner        varchar                  not null,
    leased_until timestamp with time zone not null
);
-- So a single notification needs no claim of its own.
alter table delivery drop column if exists claim;
alter table delivery drop column if exists claimed_by;
-- due: not tried yet; retry: tried, and again at next_attempt_at; again: an operator asks for it, whatever else is held;
-- repeat: the same of what was delivered; queued: the last try failed. What is due is sent in the order in which it was
-- created, so its next_attempt_at is created_at.
alter table delivery drop constraint if exists delivery_status_known;
update delivery set status = 'retry' where status = 'due' and attempts > 0;
update delivery set next_attempt_at = created_at where status = 'due';
alter table delivery add constraint delivery_status_known check (status in ('due', 'retry', 'again', 'repeat', 'queued'));

-- The subscription of an instance ends when a notification's last try fails, or its receiver says that it is gone.
alter table instance add column if not exists held_at timestamp with time zone;
alter table instance add column if not exists held_because varchar;
