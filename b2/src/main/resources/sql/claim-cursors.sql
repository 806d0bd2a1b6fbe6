update poll_cursor
set claim = :?claim, leased_by = :?node, leased_until = :?until
where resource = :?resource
  and due_at <= :?now
  and leased_until <= :?now
  and (instance_id, resource) in (
    select c.instance_id, c.resource
    from poll_cursor c
    where c.resource = :?resource
      and c.due_at <= :?now
      and c.leased_until <= :?now
      and c.paused_at is null
      and exists (select 1 from instance i
                  where i.id = c.instance_id and i.polls and i.enabled and i.deleted_at is null)
      and (select count(*) from poll_cursor o where o.instance_id = c.instance_id and o.leased_until > :?now) < :?most
    order by c.resource, c.due_at
    limit :?free)
