-- The review inbox reads its first page out of this: criticals first, then abnormal, then the oldest result.
CREATE INDEX ON service_order (tenant_id, status, least(critical_count, 1) DESC, least(abnormal_count, 1) DESC, (COALESCE(completed_at, ordered_at)), id);
