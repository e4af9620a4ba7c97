import { FindInput, Found } from "../contract/index.ts";
import { allowed, router } from "../trpc.ts";
import { findByName } from "./find.ts";

export const searchRouter = router({
  find: allowed("results:read")
    .input(FindInput)
    .output(Found)
    .query(({ ctx, input }) => findByName(ctx, input.text)),
});
