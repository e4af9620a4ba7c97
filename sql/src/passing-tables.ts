/**
 * Tables that live as long as one piece of work: what an import stages, what a build of journeys makes. In a folder, which one
 * process opens alone, one that is found at opening was left by a process that was killed.
 */
export const STAGING_PREFIX = "staging_";
export const JOURNEY_BUILD_PREFIX = "journeys_build_";
