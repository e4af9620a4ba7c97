import { OneView, RenameView, SavedView, SavedViewList, SaveView, ShareView, UpdateView } from "../contract/index.ts";
import { allowed, router } from "../trpc.ts";
import { listViews, removeView, renameView, saveView, shareView, showView, updateView } from "./service.ts";

export const viewsRouter = router({
  list: allowed("results:read")
    .output(SavedViewList)
    .query(async ({ ctx }) => ({ views: await listViews(ctx) })),
  show: allowed("results:read")
    .input(OneView)
    .output(SavedView)
    .query(({ ctx, input }) => showView(ctx, input.id)),
  save: allowed("views:change")
    .input(SaveView)
    .output(SavedView)
    .mutation(({ ctx, input }) => saveView(ctx, input)),
  rename: allowed("views:change")
    .input(RenameView)
    .output(SavedView)
    .mutation(({ ctx, input }) => renameView(ctx, input)),
  update: allowed("views:change")
    .input(UpdateView)
    .output(SavedView)
    .mutation(({ ctx, input }) => updateView(ctx, input)),
  share: allowed("views:share")
    .input(ShareView)
    .output(SavedView)
    .mutation(({ ctx, input }) => shareView(ctx, input)),
  remove: allowed("views:change")
    .input(OneView)
    .output(SavedView)
    .mutation(({ ctx, input }) => removeView(ctx, input.id)),
});
