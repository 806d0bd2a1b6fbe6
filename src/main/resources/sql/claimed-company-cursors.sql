select c.instance_id, i.revision, c.resource, c.claim, c.created_at, c.start_at, c.read_until, c.due_at, c.failures,
       c.changed_at, c.captured_until, c.query_until, c.clock_ahead
from poll_cursor c
join instance i on i.id = c.instance_id
where c.claim = :?claim
  and c.instance_id in (select l.instance_id from company_lease l where l.claim = :?claim)
order by c.instance_id, c.resource
