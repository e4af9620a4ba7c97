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
INSERT INTO attribution_runs (workspace_id, run_id, parameters_key, parameters, watermark, code_version, fit, created_at)
SELECT workspace_id, run_id, parameters_key, parameters, watermark, code_version, fit, started_at FROM runs FINAL WHERE state = 'done';
DROP TABLE IF EXISTS runs;
DROP TABLE IF EXISTS run_notes;
DROP TABLE IF EXISTS run_statistics;
DROP TABLE IF EXISTS run_seeds;
