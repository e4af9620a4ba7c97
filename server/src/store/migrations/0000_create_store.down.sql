-- The way back: everything of this store goes, the audit with it.
DROP TABLE store_marks, audit_heads, audit_entries, privacy_requests, proposals, scenarios, policies, service_keys,
  sign_in_failures, used_codes, one_time_links, memberships, workspaces, second_factors, verifications, credentials, sessions, users;
DROP FUNCTION refuse_audit_change;
