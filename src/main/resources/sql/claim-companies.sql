update company_lease
set claim = :?claim, leased_by = :?node, leased_until = :?until
where leased_until <= :?now
  and instance_id in (
    select c.instance_id
    from poll_cursor c
    join company_lease l on l.instance_id = c.instance_id
    where c.resource = :?resource
      and c.due_at <= :?now
      and c.leased_until <= :?now
      and c.paused_at is null
      and l.leased_until <= :?now
      and exists (select 1 from instance i
                  where i.id = c.instance_id and i.polls and i.enabled and i.deleted_at is null)
    order by c.resource, c.due_at
    limit :?free)
