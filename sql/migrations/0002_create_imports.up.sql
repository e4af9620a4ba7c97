-- What every import received and where each row went: received = stored + duplicates + replaced + rejected + filtered.
CREATE TABLE IF NOT EXISTS imports
(
    workspace_id LowCardinality(String),
    import_id UInt32,
    kind LowCardinality(String),
    state LowCardinality(String),
    file String,
    fingerprint String,
    received UInt64,
    stored UInt64,
    duplicates UInt64,
    replaced UInt64,
    rejected UInt64,
    filtered UInt64,
    started_at DateTime64(3, 'UTC'),
    updated_at DateTime64(3, 'UTC'),
    owner String
)
ENGINE = ReplacingMergeTree(updated_at)
ORDER BY (workspace_id, import_id);

-- Keyed by the file's content, so that the same bad line of the same file stands here once.
CREATE TABLE IF NOT EXISTS rejected_rows
(
    workspace_id LowCardinality(String),
    kind LowCardinality(String),
    fingerprint String,
    line UInt64,
    file String,
    step LowCardinality(String),
    reason String,
    raw String,
    import_id UInt32,
    rejected_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(rejected_at)
ORDER BY (workspace_id, kind, fingerprint, line);
