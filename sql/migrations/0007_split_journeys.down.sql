ALTER TABLE attribution_cells DROP COLUMN IF EXISTS margin;
ALTER TABLE attribution_credit DROP COLUMN IF EXISTS creative, DROP COLUMN IF EXISTS attribute_value, DROP COLUMN IF EXISTS margin;
DROP TABLE IF EXISTS journey_builds;
CREATE TABLE IF NOT EXISTS journey_builds
(
    workspace_id LowCardinality(String),
    lookback_days UInt16,
    watermark String,
    built_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(built_at)
ORDER BY (workspace_id, lookback_days);
DROP TABLE IF EXISTS journeys;
CREATE TABLE IF NOT EXISTS journeys
(
    workspace_id LowCardinality(String),
    lookback_days UInt16,
    ended_at DateTime64(3, 'UTC'),
    converted UInt8,
    visitor_id UInt64,
    conversions UInt32,
    revenue Decimal(38, 9),
    touched_at Array(DateTime64(3, 'UTC')),
    channels Array(LowCardinality(String)),
    campaigns Array(LowCardinality(String))
)
ENGINE = MergeTree
PARTITION BY (workspace_id, lookback_days)
ORDER BY (converted, ended_at, visitor_id);
