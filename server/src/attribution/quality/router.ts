import {
  ChannelsQuality,
  Disagreement,
  DisagreementInput,
  ForecastQuality,
  HeldOutQuality,
  QualityInput,
} from "../../contract/index.ts";
import { procedure, router } from "../../trpc.ts";
import { judgeChannels } from "./channels.ts";
import { findDisagreement } from "./disagreement.ts";
import { judgeForecast } from "./forecast.ts";
import { judgeHeldOut } from "./held-out.ts";

export const qualityRouter = router({
  heldOut: procedure
    .input(QualityInput)
    .output(HeldOutQuality)
    .query(({ ctx, input }) => judgeHeldOut(ctx.workspace, input.range)),
  forecast: procedure
    .input(QualityInput)
    .output(ForecastQuality)
    .query(({ ctx, input }) => judgeForecast(ctx.workspace, input.range)),
  channels: procedure
    .input(QualityInput)
    .output(ChannelsQuality)
    .query(({ ctx, input }) => judgeChannels(ctx.workspace, input.range)),
  disagreement: procedure
    .input(DisagreementInput)
    .output(Disagreement)
    .query(({ ctx, input }) => findDisagreement(ctx.workspace, input)),
});
