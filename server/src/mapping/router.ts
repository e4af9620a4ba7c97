import { router } from "../trpc.ts";

export const mappingRouter = router({});
