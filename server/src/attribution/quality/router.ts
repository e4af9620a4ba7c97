import {
  ChannelsQuality,
  Disagreement,
  DisagreementInput,
  ForecastQuality,
  HeldOutQuality,
  QualityInput,
} from "../../contract/index.ts";
import { allowed, router } from "../../trpc.ts";
import { judgeChannels } from "./channels.ts";
import { findDisagreement } from "./disagreement.ts";
import { judgeForecast } from "./forecast.ts";
import { judgeHeldOut } from "./held-out.ts";

export const qualityRouter = router({
  heldOut: allowed("results:read", "results")
    .input(QualityInput)
    .output(HeldOutQuality)
    .query(({ ctx, input }) => judgeHeldOut(ctx.workspace, input.range)),
  forecast: allowed("results:read", "results")
    .input(QualityInput)
    .output(ForecastQuality)
    .query(({ ctx, input }) => judgeForecast(ctx.workspace, input.range)),
  channels: allowed("results:read", "results")
    .input(QualityInput)
    .output(ChannelsQuality)
    .query(({ ctx, input }) => judgeChannels(ctx.workspace, input.range)),
  disagreement: allowed("results:read", "results")
    .input(DisagreementInput)
    .output(Disagreement)
    .query(({ ctx, input }) => findDisagreement(ctx.workspace, input)),
});
