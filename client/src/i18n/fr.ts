import type { Dictionary } from "./en.ts";
import { attribution } from "./fr-attribution.ts";
import { audit } from "./fr-audit.ts";
import { campaigns } from "./fr-campaigns.ts";
import { core } from "./fr-core.ts";
import { curves, missingCurve } from "./fr-curves.ts";
import { data } from "./fr-data.ts";
import { entry } from "./fr-entry.ts";
import { experiments } from "./fr-experiments.ts";
import { guide } from "./fr-guide.ts";
import { health } from "./fr-health.ts";
import { journeys } from "./fr-journeys.ts";
import { limit, note } from "./fr-limits.ts";
import { mapping } from "./fr-mapping.ts";
import { origin } from "./fr-origin.ts";
import { pacing } from "./fr-pacing.ts";
import { palette } from "./fr-palette.ts";
import { performance } from "./fr-performance.ts";
import { planner } from "./fr-planner.ts";
import { portfolio } from "./fr-portfolio.ts";
import { privacy } from "./fr-privacy.ts";
import { proposals } from "./fr-proposals.ts";
import { provenance } from "./fr-provenance.ts";
import { quality } from "./fr-quality.ts";
import { rebalancing } from "./fr-rebalancing.ts";
import { reports } from "./fr-reports.ts";
import { review } from "./fr-review.ts";
import { scenarios } from "./fr-scenarios.ts";
import { settings } from "./fr-settings.ts";
import { studies } from "./fr-studies.ts";
import { today } from "./fr-today.ts";
import { weekly } from "./fr-weekly.ts";

export const fr: Dictionary = {
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
};
