import { commonPaths } from "@touchline/sql";
import type { z } from "zod";
import type { JourneyPaths, JourneyPathsInput } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";
import { figuresOf, parseStep, ratio, selectJourneys } from "./selection.ts";
import { fetchJourneySummary } from "./summary.ts";

/** One page of the most common paths; rows and `others` add up to `total`. */
export async function fetchJourneyPaths(
  workspace: Workspace,
  input: z.output<typeof JourneyPathsInput>,
): Promise<JourneyPaths> {
  const { by, collapse, maxSteps, orderBy, page, pageSize } = input;
  const filter = await selectJourneys(workspace, input);
  const asked = { collapse, maxSteps, orderBy, byCampaign: by === "campaign" };
  const [rows, { total }] = await Promise.all([
    workspace.warehouse.ask(commonPaths, { ...filter, ...asked, limit: pageSize, offset: page * pageSize }),
    fetchJourneySummary(workspace, { ...input, convertedOnly: input.convertedOnly || by === "campaign" }),
  ]);
  const share = (conversions: number) => ratio(conversions, total.conversions);
  const rest = rows.find(({ isRest }) => isRest);
  return {
    ...{ total, page, pageSize },
    paths: rows.reduce((sum, { paths }) => sum + paths, 0),
    rows: rows
      .filter(({ isRest }) => !isRest)
      .map(({ path, isCut, ...row }) => ({
        ...{ path: path.map(parseStep), isCut },
        ...figuresOf(row),
        share: share(row.conversions),
      })),
    others: rest === undefined ? null : { paths: rest.paths, ...figuresOf(rest), share: share(rest.conversions) },
  };
}
