import { Policies } from "../../contract/index.ts";
import { allowed, router } from "../../trpc.ts";
import { isStronglySignedIn } from "../sessions.ts";
import { changePolicies, policiesOf } from "./policies.ts";

export const policiesRouter = router({
  read: allowed("policies:read")
    .output(Policies)
    .query(({ ctx }) => policiesOf(ctx.store)),
  change: allowed("policies:change")
    .input(Policies)
    .output(Policies)
    .mutation(({ ctx, input }) => changePolicies({ ...ctx, isStrong: isStronglySignedIn(ctx.who) }, input)),
});
