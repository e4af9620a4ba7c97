import { MODEL_NAMES, type ModelName, ReportLevel } from "@touchline/server/contract";

/** Models that can stand beside the incremental one, which every report has. */
export const REPORT_MODELS = MODEL_NAMES.filter((model) => model !== "incremental");

/** What reports attribute by where nobody chose: a rule that anybody can work out again. */
export const USUAL_MODEL: ModelName = "linear";

/** The page's part of the address: what the rows are, and what "attributed" means. */
export interface ReportsSearch {
  level?: ReportLevel;
  by?: ModelName;
}

export function parseReportsSearch(search: Record<string, unknown>): ReportsSearch {
  const level = ReportLevel.safeParse(search.level);
  const by = REPORT_MODELS.find((each) => each === search.by);
  return {
    ...(level.success && level.data !== "channel" ? { level: level.data } : {}),
    ...(by === undefined || by === USUAL_MODEL ? {} : { by }),
  };
}
