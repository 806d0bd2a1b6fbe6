-- Moved on, in the same transaction, by whoever keeps something for a lane that is another node's: its owner hands nothing newer
-- over before it has looked.
create table if not exists lane_mark (
    instance_id bigint not null primary key,
    mark        bigint not null
);
