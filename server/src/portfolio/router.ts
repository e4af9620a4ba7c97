import { Portfolio, PortfolioInput } from "../contract/index.ts";
import { forSelf, router } from "../trpc.ts";
import { fetchPortfolio } from "./portfolio.ts";

export const portfolioRouter = router({
  overview: forSelf
    .input(PortfolioInput)
    .output(Portfolio)
    .query(({ ctx, input }) => fetchPortfolio(ctx, input)),
});
