import { GuideState } from "../contract/index.ts";
import { allowed, router } from "../trpc.ts";
import { fetchGuideState } from "./state.ts";

export const guideRouter = router({
  state: allowed("results:read")
    .output(GuideState)
    .query(({ ctx }) => fetchGuideState(ctx)),
});
