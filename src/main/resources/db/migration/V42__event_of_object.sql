-- The latest of an object, however many it has had; also what was read of its SyncTokens lately.
create index if not exists event_of_object on event (instance_id, resource, object_id, recorded_at, id, sync_token);
