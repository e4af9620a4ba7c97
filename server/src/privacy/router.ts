import {
  ErasurePreview,
  PersonExportAnswer,
  PersonIdentifier,
  PrivacyOverview,
  PrivacyRequest,
  PrivacyRequests,
} from "../contract/index.ts";
import { allowed, router } from "../trpc.ts";
import { planErasure } from "./erase-person.ts";
import { fetchPrivacyOverview } from "./overview.ts";
import { eraseOnRequest, exportOnRequest, listRequests, withdrawOnRequest } from "./requests.ts";

export const privacyRouter = router({
  overview: allowed("privacy:read", "data")
    .output(PrivacyOverview)
    .query(({ ctx }) => fetchPrivacyOverview(ctx.workspace)),
  requests: allowed("privacy:read")
    .output(PrivacyRequests)
    .query(({ ctx }) => listRequests(ctx.store)),
  // Not a query: it would carry the identifier in its address, which proxies write down.
  previewErasure: allowed("privacy:act")
    .input(PersonIdentifier)
    .output(ErasurePreview)
    .mutation(({ ctx, input }) => planErasure(ctx.workspace, input.identifier)),
  erase: allowed("privacy:act")
    .input(PersonIdentifier)
    .output(PrivacyRequest)
    .mutation(
      async ({ ctx, input }) => (await eraseOnRequest(ctx, input.identifier, { dataFolder: ctx.dataFolder })).request,
    ),
  exportPerson: allowed("privacy:act")
    .input(PersonIdentifier)
    .output(PersonExportAnswer)
    .mutation(async ({ ctx, input }) => {
      const { report, request } = await exportOnRequest(ctx, input.identifier);
      return { fileName: `person-${request.print}.json`, json: JSON.stringify(report, null, 2), request };
    }),
  withdraw: allowed("privacy:act")
    .input(PersonIdentifier)
    .output(PrivacyRequest)
    .mutation(async ({ ctx, input }) => (await withdrawOnRequest(ctx, input.identifier)).request),
});
