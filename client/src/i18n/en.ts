import { attribution } from "./en-attribution.ts";
import { audit } from "./en-audit.ts";
import { campaigns } from "./en-campaigns.ts";
import { core } from "./en-core.ts";
import { curves, missingCurve } from "./en-curves.ts";
import { data } from "./en-data.ts";
import { entry } from "./en-entry.ts";
import { experiments } from "./en-experiments.ts";
import { guide } from "./en-guide.ts";
import { health } from "./en-health.ts";
import { journeys } from "./en-journeys.ts";
import { limit, note } from "./en-limits.ts";
import { mapping } from "./en-mapping.ts";
import { origin } from "./en-origin.ts";
import { pacing } from "./en-pacing.ts";
import { palette } from "./en-palette.ts";
import { performance } from "./en-performance.ts";
import { planner } from "./en-planner.ts";
import { portfolio } from "./en-portfolio.ts";
import { privacy } from "./en-privacy.ts";
import { proposals } from "./en-proposals.ts";
import { provenance } from "./en-provenance.ts";
import { quality } from "./en-quality.ts";
import { rebalancing } from "./en-rebalancing.ts";
import { reports } from "./en-reports.ts";
import { review } from "./en-review.ts";
import { scenarios } from "./en-scenarios.ts";
import { settings } from "./en-settings.ts";
import { studies } from "./en-studies.ts";
import { today } from "./en-today.ts";
import { weekly } from "./en-weekly.ts";

/**
 * Every word of the page, in English, for types and tests: what a browser fetches is in sections.ts. The French dictionary must have
 * the same keys: a missing one is a type error.
 */
export const en = {
  ...core,
  today,
  performance,
  origin,
  pacing,
  portfolio,
  palette,
  mapping,
  guide,
  quality,
  rebalancing,
  review,
  weekly,
  reports,
  entry,
  settings,
  attribution,
  curves,
  planner,
  provenance,
  studies,
  scenarios,
  proposals,
  audit,
  campaigns,
  privacy,
  data,
  health,
  journeys,
  experiments,
  limit,
  note,
  missingCurve,
} as const;

type Spelled<T> = { readonly [K in keyof T]: T[K] extends string ? string : Spelled<T[K]> };

/** The shape that every language must fill. */
export type Dictionary = Spelled<typeof en>;
