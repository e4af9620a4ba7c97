-- Visitors are keyed hashes from here on. What older versions stored is set aside, and carried over into the new tables when the
-- warehouse is opened (carry-over.ts), because the key is not SQL's to know.
RENAME TABLE IF EXISTS touchpoints TO touchpoints_before_0005;
RENAME TABLE IF EXISTS conversions TO conversions_before_0005;
RENAME TABLE IF EXISTS rejected_rows TO rejected_rows_before_0005;
