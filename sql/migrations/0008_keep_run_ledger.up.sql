-- Every run has one row from its beginning to its end. The process that computes it writes a higher revision for each change.
CREATE TABLE IF NOT EXISTS runs
(
    workspace_id LowCardinality(String),
    run_id String,
    revision UInt32,
    parameters_key String,
    parameters String,
    watermark String,
    code_version LowCardinality(String),
    owner String,
    state LowCardinality(String),
    step String,
    share Float64,
    reason String,
    fit String,
    credit_print String,
    started_at DateTime64(3, 'UTC'),
    finished_at Nullable(DateTime64(3, 'UTC'))
)
ENGINE = ReplacingMergeTree(revision)
ORDER BY (workspace_id, run_id);

-- What others say of a run while somebody else may be writing its row: a pin, the wish to stop it. An empty value takes it back.
CREATE TABLE IF NOT EXISTS run_notes
(
    workspace_id LowCardinality(String),
    run_id String,
    name LowCardinality(String),
    value String,
    set_by String,
    updated_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(updated_at)
ORDER BY (workspace_id, run_id, name);

-- What a run stands on, as JSON: enough to fit it again, and the bookings and spend that its report shows.
CREATE TABLE IF NOT EXISTS run_statistics
(
    workspace_id LowCardinality(String),
    run_id String,
    name LowCardinality(String),
    value String CODEC(ZSTD(9))
)
ENGINE = MergeTree
ORDER BY (workspace_id, run_id, name);

-- What the journeys gave before a fitted model was laid over it: from these and its statistics the same credit comes out again.
CREATE TABLE IF NOT EXISTS run_seeds AS attribution_credit;

-- Runs of the version before were recorded when they had ended. The table is made again in case a move was stopped after it went.
CREATE TABLE IF NOT EXISTS attribution_runs
(
    workspace_id LowCardinality(String),
    run_id String,
    parameters_key String,
    parameters String,
    watermark String,
    code_version LowCardinality(String),
    fit String,
    created_at DateTime64(3, 'UTC')
)
ENGINE = MergeTree
ORDER BY (workspace_id, parameters_key, created_at);
INSERT INTO runs (workspace_id, run_id, revision, parameters_key, parameters, watermark, code_version, state, share, fit, started_at, finished_at)
SELECT workspace_id, run_id, 1, parameters_key, parameters, watermark, code_version, 'done', 1, fit, created_at, created_at FROM attribution_runs;
DROP TABLE IF EXISTS attribution_runs SYNC;
