DROP TABLE IF EXISTS journey_builds;
DROP TABLE IF EXISTS journeys;
