import { ChangeDataSetting, DataSettings } from "../contract/index.ts";
import { acting, allowed, router } from "../trpc.ts";
import { changeDataSetting, readDataSettings } from "./data-settings.ts";

export const settingsRouter = router({
  read: allowed("data:read", "data")
    .output(DataSettings)
    .query(({ ctx }) => readDataSettings(ctx.workspace)),
  change: acting("settings:change", "settings.change", "workspace")
    .input(ChangeDataSetting)
    .output(DataSettings)
    .mutation(({ ctx, input }) => changeDataSetting(ctx.workspace, input)),
});
