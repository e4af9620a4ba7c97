-- One row a journey. It ends at a conversion, or unconverted at its last touch. Rebuilt whole, a partition at a time.
CREATE TABLE IF NOT EXISTS journeys
(
    workspace_id LowCardinality(String),
    lookback_days UInt16,
    ended_at DateTime64(3, 'UTC'),
    converted UInt8,
    visitor_id String,
    conversions UInt32,
    revenue Decimal(38, 9),
    touched_at Array(DateTime64(3, 'UTC')),
    channels Array(LowCardinality(String)),
    campaigns Array(LowCardinality(String))
)
ENGINE = MergeTree
PARTITION BY (workspace_id, lookback_days)
ORDER BY (converted, ended_at, visitor_id);

CREATE TABLE IF NOT EXISTS journey_builds
(
    workspace_id LowCardinality(String),
    lookback_days UInt16,
    watermark String,
    built_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(built_at)
ORDER BY (workspace_id, lookback_days);
