import { router } from "../trpc.ts";

export const portfolioRouter = router({});
