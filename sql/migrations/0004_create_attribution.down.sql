DROP TABLE IF EXISTS attribution_credit;
DROP TABLE IF EXISTS attribution_cells;
DROP TABLE IF EXISTS attribution_runs;
