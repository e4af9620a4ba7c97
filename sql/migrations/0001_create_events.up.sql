CREATE TABLE IF NOT EXISTS workspaces
(
    workspace_id String,
    currency LowCardinality(String),
    time_zone LowCardinality(String),
    simulated Bool,
    updated_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(updated_at)
ORDER BY workspace_id;

-- Sorted by visitor, so that journeys are built by reading in order; event_id last, so that ties in time have one order.
CREATE TABLE IF NOT EXISTS touchpoints
(
    workspace_id LowCardinality(String),
    visitor_id String,
    occurred_at DateTime64(3, 'UTC'),
    event_id String,
    channel LowCardinality(String),
    campaign LowCardinality(String),
    interaction LowCardinality(String),
    creative LowCardinality(String),
    device LowCardinality(String),
    country LowCardinality(String),
    region LowCardinality(String),
    consent String,
    source LowCardinality(String),
    medium LowCardinality(String),
    extra Map(LowCardinality(String), String),
    import_id UInt32
)
ENGINE = MergeTree
PARTITION BY toYear(occurred_at)
ORDER BY (workspace_id, visitor_id, occurred_at, event_id);

CREATE TABLE IF NOT EXISTS conversions
(
    workspace_id LowCardinality(String),
    occurred_at DateTime64(3, 'UTC'),
    visitor_id String,
    conversion_id String,
    conversion_type LowCardinality(String),
    revenue Decimal(38, 9),
    currency LowCardinality(String),
    margin Nullable(Decimal(38, 9)),
    order_id String,
    predicted_value Nullable(Decimal(38, 9)),
    product_group LowCardinality(String),
    customer_type LowCardinality(String),
    region LowCardinality(String),
    extra Map(LowCardinality(String), String),
    import_id UInt32
)
ENGINE = MergeTree
PARTITION BY toYear(occurred_at)
ORDER BY (workspace_id, occurred_at, conversion_id);

-- One row a source, day, channel and campaign: a later import replaces it whole, in one insert. Read it FINAL.
CREATE TABLE IF NOT EXISTS spend
(
    workspace_id LowCardinality(String),
    spend_date Date,
    channel LowCardinality(String),
    campaign LowCardinality(String),
    source LowCardinality(String),
    cost Decimal(38, 9),
    currency LowCardinality(String),
    impressions Nullable(UInt64),
    clicks Nullable(UInt64),
    platform_conversions Nullable(Decimal(38, 9)),
    platform_value Nullable(Decimal(38, 9)),
    import_id UInt32
)
ENGINE = ReplacingMergeTree(import_id)
ORDER BY (workspace_id, spend_date, channel, campaign, source);
