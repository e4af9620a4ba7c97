import type { Language } from "./language.ts";
import type { Dictionaries } from "./typeset-french.ts";

type Fetch = () => Promise<Dictionaries>;

const EN = {
  core: async () => (await import("./en-core.ts")).core,
  attribution: () => import("./en-attribution.ts"),
  audit: () => import("./en-audit.ts"),
  campaigns: () => import("./en-campaigns.ts"),
  curves: () => import("./en-curves.ts"),
  data: () => import("./en-data.ts"),
  entry: () => import("./en-entry.ts"),
  experiments: () => import("./en-experiments.ts"),
  guide: () => import("./en-guide.ts"),
  health: () => import("./en-health.ts"),
  journeys: () => import("./en-journeys.ts"),
  limits: () => import("./en-limits.ts"),
  mapping: () => import("./en-mapping.ts"),
  origin: () => import("./en-origin.ts"),
  pacing: () => import("./en-pacing.ts"),
  palette: () => import("./en-palette.ts"),
  performance: () => import("./en-performance.ts"),
  planner: () => import("./en-planner.ts"),
  portfolio: () => import("./en-portfolio.ts"),
  privacy: () => import("./en-privacy.ts"),
  proposals: () => import("./en-proposals.ts"),
  provenance: () => import("./en-provenance.ts"),
  quality: () => import("./en-quality.ts"),
  rebalancing: () => import("./en-rebalancing.ts"),
  weekly: () => import("./en-weekly.ts"),
  reports: () => import("./en-reports.ts"),
  review: () => import("./en-review.ts"),
  scenarios: () => import("./en-scenarios.ts"),
  settings: () => import("./en-settings.ts"),
  studies: () => import("./en-studies.ts"),
  today: () => import("./en-today.ts"),
} satisfies Readonly<Record<string, Fetch>>;

/** Words that are fetched together: what every page may say, and what only some do. A file each, in each language. */
export type Section = keyof typeof EN;

const FR: Readonly<Record<Section, Fetch>> = {
  core: async () => (await import("./fr-core.ts")).core,
  attribution: () => import("./fr-attribution.ts"),
  audit: () => import("./fr-audit.ts"),
  campaigns: () => import("./fr-campaigns.ts"),
  curves: () => import("./fr-curves.ts"),
  data: () => import("./fr-data.ts"),
  entry: () => import("./fr-entry.ts"),
  experiments: () => import("./fr-experiments.ts"),
  guide: () => import("./fr-guide.ts"),
  health: () => import("./fr-health.ts"),
  journeys: () => import("./fr-journeys.ts"),
  limits: () => import("./fr-limits.ts"),
  mapping: () => import("./fr-mapping.ts"),
  origin: () => import("./fr-origin.ts"),
  pacing: () => import("./fr-pacing.ts"),
  palette: () => import("./fr-palette.ts"),
  performance: () => import("./fr-performance.ts"),
  planner: () => import("./fr-planner.ts"),
  portfolio: () => import("./fr-portfolio.ts"),
  privacy: () => import("./fr-privacy.ts"),
  proposals: () => import("./fr-proposals.ts"),
  provenance: () => import("./fr-provenance.ts"),
  quality: () => import("./fr-quality.ts"),
  rebalancing: () => import("./fr-rebalancing.ts"),
  weekly: () => import("./fr-weekly.ts"),
  reports: () => import("./fr-reports.ts"),
  review: () => import("./fr-review.ts"),
  scenarios: () => import("./fr-scenarios.ts"),
  settings: () => import("./fr-settings.ts"),
  studies: () => import("./fr-studies.ts"),
  today: () => import("./fr-today.ts"),
};

export const SECTIONS: Readonly<Record<Language, Readonly<Record<Section, Fetch>>>> = { en: EN, fr: FR };

/** Files with more than the words under their own name. */
const HOLDERS: Readonly<Record<string, Section>> = { missingCurve: "curves", limit: "limits", note: "limits" };

/** Where the text of a key is; null for those of the core and for keys that nothing has. */
export function sectionOf(key: string): Section | null {
  const [first = ""] = key.split(".", 1);
  const name = HOLDERS[first] ?? first;
  return name !== "core" && Object.hasOwn(EN, name) ? (name as Section) : null;
}
