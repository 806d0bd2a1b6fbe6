update poll_cursor
set claim = :?claim, leased_by = :?node, leased_until = :?until
where due_at <= :?now
  and leased_until <= :?now
  and paused_at is null
  and position(',' || resource || ',' in :?captured) > 0
  and instance_id in (select l.instance_id from company_lease l where l.claim = :?claim)
