DROP TABLE report_schedules;
DROP TABLE ledger_entries;
DROP TABLE closed_periods;
DROP TABLE finance_settings;
DROP TABLE deliveries;
DROP TABLE webhooks;
DROP TABLE campaign_settings;
DROP TABLE activations;
DROP TABLE proposal_comments;
DROP TABLE rebalancing_runs;
DROP TABLE rebalancing_settings;
UPDATE proposals SET state = 'withdrawn' WHERE state IN ('expired', 'superseded');
ALTER TABLE proposals
  DROP CONSTRAINT proposals_state_check,
  ADD CONSTRAINT proposals_state_check CHECK (state IN ('proposed', 'approved', 'rejected', 'withdrawn'));
ALTER TABLE proposals DROP COLUMN origin, DROP COLUMN origin_id, DROP COLUMN expires_at, DROP COLUMN decided_split;
