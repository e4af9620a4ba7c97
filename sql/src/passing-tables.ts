/**
 * Tables that live as long as one piece of work: what an import stages, what a build of persons, journeys or credit makes. In a folder,
 * which one process opens alone, one that is found at opening was left by a process that was killed.
 */
export const STAGING_PREFIX = "staging_";
export const PERSON_BUILD_PREFIX = "persons_build_";
export const JOURNEY_BUILD_PREFIX = "journeys_build_";
export const CREDIT_BUILD_PREFIX = "credit_build_";
/** What a backup holds while it is written. */
export const SNAPSHOT_PREFIX = "backup_";

export const PASSING_PREFIXES: readonly string[] = [
  STAGING_PREFIX,
  PERSON_BUILD_PREFIX,
  JOURNEY_BUILD_PREFIX,
  CREDIT_BUILD_PREFIX,
  SNAPSHOT_PREFIX,
];
