import { router } from "../trpc.ts";

export const viewsRouter = router({});
