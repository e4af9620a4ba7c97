ALTER TABLE proposals
  ADD COLUMN origin text NOT NULL DEFAULT 'person',
  ADD COLUMN origin_id text,
  ADD COLUMN expires_at timestamptz,
  ADD COLUMN decided_split jsonb,
  DROP CONSTRAINT proposals_state_check,
  ADD CONSTRAINT proposals_state_check CHECK (state IN ('proposed', 'approved', 'rejected', 'withdrawn', 'expired', 'superseded'));
--> statement-breakpoint
CREATE UNIQUE INDEX proposals_by_run ON proposals (workspace_id, origin_id) WHERE origin = 'rebalancing';
--> statement-breakpoint
CREATE UNIQUE INDEX proposals_waiting_way_back ON proposals (workspace_id, origin_id) WHERE origin = 'way-back' AND state = 'proposed';
--> statement-breakpoint
CREATE TABLE rebalancing_settings (
  workspace_id text PRIMARY KEY,
  settings jsonb NOT NULL,
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE rebalancing_runs (
  workspace_id text NOT NULL,
  id text PRIMARY KEY,
  period text NOT NULL,
  is_dry boolean NOT NULL,
  trigger text NOT NULL,
  started_by text NOT NULL,
  starter_name text NOT NULL,
  started_at timestamptz NOT NULL,
  ended_at timestamptz,
  state text NOT NULL,
  outcome text NOT NULL,
  holder text,
  held_until timestamptz,
  attempts integer NOT NULL,
  cancelled_by text,
  watermark text,
  settings jsonb NOT NULL,
  steps jsonb NOT NULL,
  checks jsonb NOT NULL,
  attribution_run text,
  input jsonb,
  plan jsonb,
  proposal_id text
);
--> statement-breakpoint
CREATE UNIQUE INDEX rebalancing_runs_by_period ON rebalancing_runs (workspace_id, period);
--> statement-breakpoint
CREATE INDEX rebalancing_runs_of_workspace ON rebalancing_runs (workspace_id, started_at);
--> statement-breakpoint
CREATE TABLE proposal_comments (
  workspace_id text NOT NULL,
  id text PRIMARY KEY,
  proposal_id text NOT NULL,
  text text NOT NULL,
  writer_id text NOT NULL,
  writer_name text NOT NULL,
  written_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX proposal_comments_of_proposal ON proposal_comments (workspace_id, proposal_id);
--> statement-breakpoint
CREATE TABLE activations (
  workspace_id text NOT NULL,
  proposal_id text NOT NULL,
  channel text NOT NULL,
  state text NOT NULL,
  from_daily text NOT NULL,
  to_daily text NOT NULL,
  campaigns jsonb NOT NULL,
  approved_at timestamptz NOT NULL,
  sent_at timestamptz,
  sent_by text,
  sent_through text,
  confirmed_at timestamptz,
  seen_daily text,
  PRIMARY KEY (workspace_id, proposal_id, channel)
);
--> statement-breakpoint
CREATE TABLE campaign_settings (
  workspace_id text NOT NULL,
  channel text NOT NULL,
  campaign text NOT NULL,
  settings jsonb NOT NULL,
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, channel, campaign)
);
--> statement-breakpoint
CREATE TABLE webhooks (
  workspace_id text NOT NULL,
  id text PRIMARY KEY,
  name text NOT NULL,
  url text NOT NULL,
  format text NOT NULL,
  events text[] NOT NULL,
  sealed_secret text NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  disabled_at timestamptz
);
--> statement-breakpoint
CREATE INDEX webhooks_of_workspace ON webhooks (workspace_id);
--> statement-breakpoint
CREATE TABLE deliveries (
  workspace_id text NOT NULL,
  id text PRIMARY KEY,
  kind text NOT NULL,
  target text NOT NULL,
  event text NOT NULL,
  body text NOT NULL,
  state text NOT NULL,
  attempts integer NOT NULL,
  next_at timestamptz NOT NULL,
  held_until timestamptz,
  last_error text,
  created_at timestamptz NOT NULL,
  done_at timestamptz
);
--> statement-breakpoint
CREATE INDEX deliveries_of_workspace ON deliveries (workspace_id, created_at);
--> statement-breakpoint
CREATE INDEX deliveries_waiting ON deliveries (state, next_at);
--> statement-breakpoint
CREATE TABLE finance_settings (
  workspace_id text PRIMARY KEY,
  settings jsonb NOT NULL,
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE closed_periods (
  workspace_id text NOT NULL,
  month text NOT NULL,
  version integer NOT NULL,
  closed_by text NOT NULL,
  closer_name text NOT NULL,
  closed_at timestamptz NOT NULL,
  reopened_by text,
  reopener_name text,
  reopened_at timestamptz,
  reopen_reason text,
  watermark text NOT NULL,
  run text NOT NULL,
  report text NOT NULL,
  print text NOT NULL,
  PRIMARY KEY (workspace_id, month, version)
);
--> statement-breakpoint
CREATE TABLE ledger_entries (
  workspace_id text NOT NULL,
  id text PRIMARY KEY,
  kind text NOT NULL,
  month text NOT NULL,
  channel text NOT NULL,
  amount text NOT NULL,
  supplier text NOT NULL,
  reference text NOT NULL,
  note text NOT NULL,
  written_by text NOT NULL,
  written_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX ledger_entries_of_workspace ON ledger_entries (workspace_id, month);
--> statement-breakpoint
CREATE TABLE report_schedules (
  workspace_id text NOT NULL,
  id text PRIMARY KEY,
  schedule jsonb NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  last_period text
);
--> statement-breakpoint
CREATE INDEX report_schedules_of_workspace ON report_schedules (workspace_id);
