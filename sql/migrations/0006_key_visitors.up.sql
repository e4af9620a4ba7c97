-- Sorted by visitor, so that journeys are built by reading in order; event_id last, so that ties in time have one order.
-- visitor_id 0: no identifier, the touch counts in totals only. Rows go when their retention ends (expires_on).
CREATE TABLE IF NOT EXISTS touchpoints
(
    workspace_id LowCardinality(String),
    visitor_id UInt64,
    occurred_at DateTime64(3, 'UTC'),
    event_id String,
    channel LowCardinality(String),
    campaign LowCardinality(String),
    interaction LowCardinality(String),
    creative LowCardinality(String),
    device LowCardinality(String),
    country LowCardinality(String),
    region LowCardinality(String),
    consent LowCardinality(String),
    source LowCardinality(String),
    medium LowCardinality(String),
    extra Map(LowCardinality(String), String),
    import_id UInt32,
    expires_on Date
)
ENGINE = MergeTree
PARTITION BY toYear(occurred_at)
ORDER BY (workspace_id, visitor_id, occurred_at, event_id)
TTL expires_on DELETE
SETTINGS old_parts_lifetime = 30;

-- revenue, margin and predicted_value are in the workspace's currency; original_* is what the source said. is_booked: the row belongs to
-- the book of record of its conversion type.
CREATE TABLE IF NOT EXISTS conversions
(
    workspace_id LowCardinality(String),
    occurred_at DateTime64(3, 'UTC'),
    visitor_id UInt64,
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
    consent LowCardinality(String),
    source LowCardinality(String),
    original_revenue Decimal(38, 9),
    original_currency LowCardinality(String),
    is_booked UInt8 DEFAULT 1,
    extra Map(LowCardinality(String), String),
    import_id UInt32,
    expires_on Date
)
ENGINE = MergeTree
PARTITION BY toYear(occurred_at)
ORDER BY (workspace_id, occurred_at, conversion_id)
TTL expires_on DELETE
SETTINGS old_parts_lifetime = 30;

-- Refunds, cancellations and corrections: each changes the revenue of one conversion, by a signed amount.
CREATE TABLE IF NOT EXISTS adjustments
(
    workspace_id LowCardinality(String),
    adjusts_conversion_id String,
    adjustment_id String,
    occurred_at DateTime64(3, 'UTC'),
    amount Decimal(38, 9),
    currency LowCardinality(String),
    original_amount Decimal(38, 9),
    original_currency LowCardinality(String),
    source LowCardinality(String),
    extra Map(LowCardinality(String), String),
    import_id UInt32,
    expires_on Date
)
ENGINE = MergeTree
ORDER BY (workspace_id, adjusts_conversion_id, adjustment_id)
TTL expires_on DELETE
SETTINGS old_parts_lifetime = 30;

-- Who is who: visitor and person are hashes of one namespace.
CREATE TABLE IF NOT EXISTS identities
(
    workspace_id LowCardinality(String),
    visitor_id UInt64,
    person_id UInt64,
    linked_at DateTime64(3, 'UTC'),
    source LowCardinality(String),
    import_id UInt32,
    expires_on Date
)
ENGINE = MergeTree
ORDER BY (workspace_id, visitor_id, person_id, linked_at)
TTL expires_on DELETE
SETTINGS old_parts_lifetime = 30;

-- The person that a visitor (or another id of the person) stands for, worked out from all links. Replaced whole, a workspace at a time.
CREATE TABLE IF NOT EXISTS persons
(
    workspace_id LowCardinality(String),
    visitor_id UInt64,
    person_id UInt64
)
ENGINE = MergeTree
PARTITION BY workspace_id
ORDER BY (workspace_id, visitor_id);

CREATE TABLE IF NOT EXISTS person_builds
(
    workspace_id LowCardinality(String),
    watermark String,
    visitors UInt64,
    persons UInt64,
    shared_visitors UInt64,
    refused_links UInt64,
    built_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(built_at)
ORDER BY workspace_id;

-- Promotions, prices, stock, holidays, weather: one value a day, name and region; the last import that named it counts.
CREATE TABLE IF NOT EXISTS context
(
    workspace_id LowCardinality(String),
    context_date Date,
    name LowCardinality(String),
    region LowCardinality(String),
    source LowCardinality(String),
    value Float64,
    import_id UInt32
)
ENGINE = ReplacingMergeTree(import_id)
ORDER BY (workspace_id, context_date, name, region, source);

CREATE TABLE IF NOT EXISTS experiments
(
    workspace_id LowCardinality(String),
    experiment_id String,
    channel LowCardinality(String),
    method LowCardinality(String),
    start_date Date,
    end_date Date,
    spend Decimal(38, 9),
    incremental_conversions Float64,
    standard_error Float64,
    conversion_type LowCardinality(String),
    spend_control Nullable(Decimal(38, 9)),
    spend_test Nullable(Decimal(38, 9)),
    estimand LowCardinality(String),
    import_id UInt32
)
ENGINE = ReplacingMergeTree(import_id)
ORDER BY (workspace_id, experiment_id);

-- Units of currency for one unit of base, as the European Central Bank writes them: 1 EUR = 1.0823 USD.
CREATE TABLE IF NOT EXISTS rates
(
    workspace_id LowCardinality(String),
    rate_date Date,
    base LowCardinality(String),
    currency LowCardinality(String),
    rate Decimal(38, 9),
    import_id UInt32
)
ENGINE = ReplacingMergeTree(import_id)
ORDER BY (workspace_id, base, currency, rate_date);

-- A row that its source no longer says stays as a withdrawn one with a cost of 0.
ALTER TABLE spend
    ADD COLUMN IF NOT EXISTS region LowCardinality(String) AFTER source,
    ADD COLUMN IF NOT EXISTS original_cost Decimal(38, 9) DEFAULT cost,
    ADD COLUMN IF NOT EXISTS original_currency LowCardinality(String) DEFAULT currency,
    ADD COLUMN IF NOT EXISTS is_withdrawn UInt8,
    MODIFY ORDER BY (workspace_id, spend_date, channel, campaign, source, region);

ALTER TABLE imports
    ADD COLUMN IF NOT EXISTS source LowCardinality(String),
    ADD COLUMN IF NOT EXISTS transport LowCardinality(String) DEFAULT 'file',
    ADD COLUMN IF NOT EXISTS changes String;

-- Keyed by the file's content, so that the same bad line of the same file stands here once. The identifiers are kept hashed beside the
-- raw text, so that a person can be found in it. fields: the texts by contract column, and reading: how they are to be understood, so
-- that a row can be tried again.
CREATE TABLE IF NOT EXISTS rejected_rows
(
    workspace_id LowCardinality(String),
    kind LowCardinality(String),
    fingerprint String,
    line UInt64,
    file String,
    source LowCardinality(String),
    step LowCardinality(String),
    reason String,
    raw String,
    fields String,
    reading LowCardinality(String),
    visitor_id UInt64,
    person_id UInt64,
    state LowCardinality(String) DEFAULT 'open',
    import_id UInt32,
    rejected_at DateTime64(3, 'UTC'),
    updated_at DateTime64(3, 'UTC'),
    expires_on Date
)
ENGINE = ReplacingMergeTree(updated_at)
ORDER BY (workspace_id, kind, fingerprint, line)
TTL expires_on DELETE
SETTINGS old_parts_lifetime = 30;

CREATE TABLE IF NOT EXISTS workspace_settings
(
    workspace_id LowCardinality(String),
    name LowCardinality(String),
    value String,
    updated_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(updated_at)
ORDER BY (workspace_id, name);

-- The key itself is shown once and never stored: this is its SHA-256.
CREATE TABLE IF NOT EXISTS api_keys
(
    workspace_id LowCardinality(String),
    key_hash String,
    name String,
    hint String,
    created_at DateTime64(3, 'UTC'),
    revoked Bool,
    updated_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(updated_at)
ORDER BY key_hash;

-- Identifiers that asked to be forgotten (erased) or whose consent was withdrawn: what comes late under them stays out.
CREATE TABLE IF NOT EXISTS forgotten
(
    workspace_id LowCardinality(String),
    visitor_id UInt64,
    reason LowCardinality(String),
    state LowCardinality(String),
    forgotten_at DateTime64(3, 'UTC'),
    updated_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(updated_at)
ORDER BY (workspace_id, visitor_id, reason);

-- Journeys follow the person; they are made anew from the events.
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
TRUNCATE TABLE journey_builds;
