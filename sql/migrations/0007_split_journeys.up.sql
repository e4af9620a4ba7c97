-- Journeys are built by set: a lookback window, a window for views and the types of conversions that end a journey. The arrays have an
-- element a touch and are empty for unconverted journeys, channels excepted; empty arrays of LowCardinality cost as much to write as full
-- ones (2 s of 4 million rows, each), so that the new ones are plain. margin is the sum of the margins that are known.
DROP TABLE IF EXISTS journeys;
CREATE TABLE IF NOT EXISTS journeys
(
    workspace_id LowCardinality(String),
    journey_set LowCardinality(String),
    ended_at DateTime64(3, 'UTC'),
    converted UInt8,
    visitor_id UInt64,
    conversions UInt32,
    revenue Decimal(38, 9),
    margin Decimal(38, 9),
    conversion_type LowCardinality(String),
    customer_type LowCardinality(String),
    product_group LowCardinality(String),
    conversion_region LowCardinality(String),
    touched_at Array(DateTime64(3, 'UTC')),
    channels Array(LowCardinality(String)),
    campaigns Array(LowCardinality(String)),
    creatives Array(String),
    interactions Array(String),
    devices Array(String),
    countries Array(String),
    regions Array(String),
    sources Array(String),
    mediums Array(String)
)
ENGINE = MergeTree
PARTITION BY (workspace_id, journey_set)
ORDER BY (converted, ended_at, visitor_id);

DROP TABLE IF EXISTS journey_builds;
CREATE TABLE IF NOT EXISTS journey_builds
(
    workspace_id LowCardinality(String),
    journey_set LowCardinality(String),
    watermark String,
    is_dropped UInt8,
    used_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(used_at)
ORDER BY (workspace_id, journey_set);

-- attribute_value: of the one attribute that a run was asked for, a device for example.
ALTER TABLE attribution_credit
    ADD COLUMN IF NOT EXISTS creative LowCardinality(String) AFTER campaign,
    ADD COLUMN IF NOT EXISTS attribute_value LowCardinality(String) AFTER creative,
    ADD COLUMN IF NOT EXISTS margin Decimal(38, 12);

ALTER TABLE attribution_cells
    ADD COLUMN IF NOT EXISTS margin Float64;
