-- Limits under a name, with the plan that they gave when they were saved. Each writing has a higher revision; a removed one stays as a
-- row without content, so that a process that still holds an older revision cannot bring it back.
CREATE TABLE IF NOT EXISTS scenarios
(
    workspace_id LowCardinality(String),
    scenario_id String,
    revision UInt32,
    name String,
    input String,
    plan String CODEC(ZSTD(9)),
    run_id String,
    saved_by String,
    saved_at DateTime64(3, 'UTC'),
    is_removed UInt8
)
ENGINE = ReplacingMergeTree(revision)
ORDER BY (workspace_id, scenario_id);
