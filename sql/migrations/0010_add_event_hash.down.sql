ALTER TABLE touchpoints DROP COLUMN IF EXISTS event_hash;
