select c.resource, c.start_at, c.read_until, c.last_poll_at, c.due_at, c.last_error, c.failures, c.calls, c.paused_at
from poll_cursor c
join instance i on i.id = c.instance_id
where c.instance_id = :?instanceId
  and i.polls
order by c.resource
