-- The process that owns the lane: its node's name alone does not tell it from another one of that name.
alter table lane add column if not exists claim bigint;
