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

-- The credit that a fitted model gives to a channel on a day; SQL shares it between that day's touches.
CREATE TABLE IF NOT EXISTS attribution_cells
(
    workspace_id LowCardinality(String),
    run_id String,
    date Date,
    channel LowCardinality(String),
    conversions Float64,
    revenue Float64
)
ENGINE = MergeTree
ORDER BY (workspace_id, run_id, date, channel);

CREATE TABLE IF NOT EXISTS attribution_credit
(
    workspace_id LowCardinality(String),
    run_id String,
    date Date,
    channel LowCardinality(String),
    campaign LowCardinality(String),
    conversions Decimal(38, 12),
    revenue Decimal(38, 12)
)
ENGINE = MergeTree
ORDER BY (workspace_id, run_id, date, channel, campaign);
