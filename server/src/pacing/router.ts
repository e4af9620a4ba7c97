import { router } from "../trpc.ts";

export const pacingRouter = router({});
