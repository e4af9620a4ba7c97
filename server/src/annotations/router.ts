import { router } from "../trpc.ts";

export const annotationsRouter = router({});
