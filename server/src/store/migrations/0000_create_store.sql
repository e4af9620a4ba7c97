-- Accounts, plans and the audit. Written for PostgreSQL 15 and later.
CREATE TABLE users (
  id text PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL UNIQUE,
  email_verified boolean NOT NULL DEFAULT false,
  image text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  two_factor_enabled boolean DEFAULT false
);
--> statement-breakpoint
CREATE TABLE sessions (
  id text PRIMARY KEY,
  expires_at timestamptz NOT NULL,
  token text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  ip_address text,
  user_agent text,
  factors text NOT NULL DEFAULT 'password' CHECK (factors IN ('password', 'password-and-code', 'single-sign-on')),
  user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE
);
--> statement-breakpoint
CREATE INDEX sessions_of_user ON sessions (user_id);
--> statement-breakpoint
CREATE TABLE credentials (
  id text PRIMARY KEY,
  account_id text NOT NULL,
  provider_id text NOT NULL,
  user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX credentials_of_user ON credentials (user_id);
--> statement-breakpoint
CREATE TABLE verifications (
  id text PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX verifications_by_identifier ON verifications (identifier);
--> statement-breakpoint
CREATE TABLE second_factors (
  id text PRIMARY KEY,
  secret text NOT NULL,
  backup_codes text NOT NULL,
  user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  verified boolean DEFAULT true,
  failed_verification_count integer DEFAULT 0,
  locked_until timestamptz
);
--> statement-breakpoint
CREATE INDEX second_factors_of_user ON second_factors (user_id);
--> statement-breakpoint
CREATE TABLE workspaces (
  id text PRIMARY KEY,
  created_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE TABLE memberships (
  workspace_id text NOT NULL REFERENCES workspaces (id),
  user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('viewer', 'media-buyer', 'finance', 'admin', 'owner')),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, user_id)
);
--> statement-breakpoint
CREATE INDEX memberships_of_user ON memberships (user_id);
--> statement-breakpoint
CREATE TABLE one_time_links (
  id text PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('welcome', 'invitation', 'reset')),
  token_hash text NOT NULL UNIQUE,
  workspace_id text NOT NULL DEFAULT '',
  email text,
  role text,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  ended_at timestamptz
);
--> statement-breakpoint
CREATE INDEX one_time_links_of_workspace ON one_time_links (workspace_id);
--> statement-breakpoint
CREATE TABLE used_codes (
  print text PRIMARY KEY,
  expires_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE sign_in_failures (
  bucket text PRIMARY KEY,
  failures integer NOT NULL,
  expires_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE service_keys (
  workspace_id text NOT NULL,
  id text PRIMARY KEY,
  name text NOT NULL,
  hint text NOT NULL,
  key_hash text NOT NULL UNIQUE,
  scopes text[] NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by text NOT NULL,
  last_used_at timestamptz,
  revoked_at timestamptz
);
--> statement-breakpoint
CREATE INDEX service_keys_of_workspace ON service_keys (workspace_id);
--> statement-breakpoint
CREATE TABLE policies (
  workspace_id text PRIMARY KEY,
  policies jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE TABLE scenarios (
  workspace_id text NOT NULL,
  id text NOT NULL,
  name text NOT NULL,
  name_key text NOT NULL,
  input jsonb NOT NULL,
  plan jsonb NOT NULL,
  run text NOT NULL,
  saved_by text NOT NULL,
  saved_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
--> statement-breakpoint
CREATE UNIQUE INDEX scenarios_by_name ON scenarios (workspace_id, name_key);
--> statement-breakpoint
CREATE TABLE proposals (
  workspace_id text NOT NULL,
  id text PRIMARY KEY,
  name text NOT NULL,
  note text NOT NULL,
  state text NOT NULL CHECK (state IN ('proposed', 'approved', 'rejected', 'withdrawn')),
  input jsonb NOT NULL,
  plan jsonb NOT NULL,
  moved_per_week double precision NOT NULL,
  second_person_above double precision,
  proposed_by text NOT NULL,
  proposer_name text NOT NULL,
  proposed_at timestamptz NOT NULL,
  decided_by text,
  decider_name text,
  decided_at timestamptz,
  remark text,
  CHECK ((state = 'proposed') = (decided_at IS NULL))
);
--> statement-breakpoint
CREATE INDEX proposals_of_workspace ON proposals (workspace_id, proposed_at);
--> statement-breakpoint
CREATE TABLE privacy_requests (
  workspace_id text NOT NULL,
  id text PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('access', 'erasure', 'withdrawal')),
  print text NOT NULL,
  done_by text NOT NULL,
  done_at timestamptz NOT NULL,
  is_complete boolean NOT NULL,
  identifiers integer NOT NULL,
  rows jsonb NOT NULL,
  rows_left bigint
);
--> statement-breakpoint
CREATE INDEX privacy_requests_of_workspace ON privacy_requests (workspace_id, done_at);
--> statement-breakpoint
CREATE TABLE audit_entries (
  workspace_id text NOT NULL,
  seq integer NOT NULL,
  body text NOT NULL,
  action text NOT NULL,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  at timestamptz NOT NULL,
  previous_hash text NOT NULL,
  hash text NOT NULL,
  PRIMARY KEY (workspace_id, seq)
);
--> statement-breakpoint
CREATE TABLE audit_heads (
  workspace_id text PRIMARY KEY,
  seq integer NOT NULL,
  hash text NOT NULL
);
--> statement-breakpoint
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit can be added to and nothing else';
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE ON audit_entries
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
--> statement-breakpoint
CREATE TRIGGER audit_entries_are_not_emptied BEFORE TRUNCATE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
--> statement-breakpoint
CREATE TABLE store_marks (
  name text PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now()
);
