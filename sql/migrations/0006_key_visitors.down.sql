-- Hashes cannot be turned into ids again: what was stored since is lost.
DROP TABLE IF EXISTS touchpoints;
DROP TABLE IF EXISTS conversions;
DROP TABLE IF EXISTS adjustments;
DROP TABLE IF EXISTS identities;
DROP TABLE IF EXISTS persons;
DROP TABLE IF EXISTS person_builds;
DROP TABLE IF EXISTS context;
DROP TABLE IF EXISTS experiments;
DROP TABLE IF EXISTS rates;
DROP TABLE IF EXISTS rejected_rows;
DROP TABLE IF EXISTS workspace_settings;
DROP TABLE IF EXISTS api_keys;
DROP TABLE IF EXISTS forgotten;
ALTER TABLE spend DROP COLUMN IF EXISTS original_cost, DROP COLUMN IF EXISTS original_currency, DROP COLUMN IF EXISTS is_withdrawn;
ALTER TABLE imports DROP COLUMN IF EXISTS source, DROP COLUMN IF EXISTS transport, DROP COLUMN IF EXISTS changes;
