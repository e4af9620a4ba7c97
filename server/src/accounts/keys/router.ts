import { ById, CreatedKey, CreateKey, Done, ServiceKeys } from "../../contract/index.ts";
import { allowed, router } from "../../trpc.ts";
import { createKey, listKeys, revokeKey } from "./service-keys.ts";

export const keysRouter = router({
  list: allowed("keys:read")
    .output(ServiceKeys)
    .query(({ ctx }) => listKeys(ctx.store)),
  create: allowed("keys:change")
    .input(CreateKey)
    .output(CreatedKey)
    .mutation(({ ctx, input }) => createKey(ctx, input)),
  revoke: allowed("keys:change")
    .input(ById)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await revokeKey(ctx, input.id);
      return {};
    }),
});
