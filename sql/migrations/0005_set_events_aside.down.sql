RENAME TABLE IF EXISTS touchpoints_before_0005 TO touchpoints;
RENAME TABLE IF EXISTS conversions_before_0005 TO conversions;
RENAME TABLE IF EXISTS rejected_rows_before_0005 TO rejected_rows;
