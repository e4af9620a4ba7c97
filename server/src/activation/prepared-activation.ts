import type { ActivationCampaign } from "../contract/index.ts";

/** A plan split over campaigns: what the approval writes. Amounts of a day, as decimals. */
export interface PreparedActivation {
  readonly channels: readonly {
    readonly channel: string;
    readonly fromDaily: string;
    readonly toDaily: string;
    readonly campaigns: readonly ActivationCampaign[];
  }[];
}
