import { TodayBrief } from "../contract/index.ts";
import { allowed, router } from "../trpc.ts";
import { fetchBrief } from "./brief.ts";

export const todayRouter = router({
  brief: allowed("results:read")
    .output(TodayBrief)
    .query(({ ctx }) => fetchBrief(ctx)),
});
