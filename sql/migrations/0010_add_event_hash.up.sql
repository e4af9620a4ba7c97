-- Every batch asks whether its ids are known: 8 bytes an event are read for that, not the id. Older parts get it when they are merged.
-- Until then it is worked out from their ids. It is as random as can be, so packing it would be in vain.
ALTER TABLE touchpoints ADD COLUMN IF NOT EXISTS event_hash UInt64 MATERIALIZED sipHash64(event_id) CODEC(NONE);
