select c.resource, c.created_at, c.changed_at, c.start_at, c.read_until, c.query_until, c.query_because,
       c.gap_from, c.gap_until, c.gap_because, c.gap_compared_at,
       c.gap_deletions, g.found as gap_found, g.last_error as gap_error, c.last_poll_at, c.due_at, c.last_error, c.failures, c.calls, c.paused_at
from poll_cursor c
join instance i on i.id = c.instance_id
left join gap_comparison g on g.instance_id = c.instance_id and g.resource = c.resource
where c.instance_id = :?instanceId
  and i.polls
order by c.resource
