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
      and (not :?captured or not exists (select 1 from company_lease l where l.instance_id = c.instance_id))
      and (select count(distinct o.claim) from poll_cursor o where o.instance_id = c.instance_id and o.leased_until > :?now) < :?most
      and not exists (select 1 from poll_cursor o where o.instance_id = c.instance_id and o.leased_until > :?now and o.leased_by <> :?node)
    order by c.resource, c.due_at
    limit :?free)
