import { bookedTypes, channelSpend, customerCounts } from "@touchline/sql";
import type { ResultChoices } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";

/** What figures can be narrowed to: worked out once for the data as they are. */
export async function fetchChoices(workspace: Workspace): Promise<ResultChoices> {
  return workspace.remember(`choices ${await workspace.watermark()}`, () => gatherChoices(workspace));
}

async function gatherChoices({ warehouse }: Workspace): Promise<ResultChoices> {
  const [types, channels, counts] = await Promise.all([
    warehouse.ask(bookedTypes, {}),
    warehouse.ask(channelSpend, {}),
    warehouse.askOne(customerCounts, {}),
  ]);
  const isTold = counts.newOnes > 0 && counts.returning > 0;
  return {
    conversionTypes: types.map(({ conversionType, conversions }) => ({ name: conversionType, conversions })),
    customers: isTold ? { new: counts.newOnes, returning: counts.returning } : null,
    channels: channels.map(({ channel, spend }) => ({ name: channel, spend })),
  };
}
