CREATE TABLE saved_views (
  workspace_id text NOT NULL,
  id text PRIMARY KEY,
  name text NOT NULL,
  page text NOT NULL,
  search text NOT NULL,
  is_shared boolean NOT NULL,
  owner_id text NOT NULL,
  owner_name text NOT NULL,
  saved_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX saved_views_of_workspace ON saved_views (workspace_id, owner_id);
--> statement-breakpoint
CREATE TABLE annotations (
  workspace_id text NOT NULL,
  id text PRIMARY KEY,
  from_day text NOT NULL,
  to_day text NOT NULL,
  text text NOT NULL,
  writer_id text NOT NULL,
  writer_name text NOT NULL,
  written_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX annotations_of_workspace ON annotations (workspace_id, from_day);
--> statement-breakpoint
CREATE TABLE monthly_budgets (
  workspace_id text NOT NULL,
  month text NOT NULL,
  channel text NOT NULL,
  amount text NOT NULL,
  set_by text NOT NULL,
  set_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, month, channel)
);
