import { join } from "node:path";
import { besideTruth } from "./beside-truth.ts";
import { drawMarket } from "./market/draw-market.ts";
import { sum } from "./market/draws.ts";
import type { MarketKind } from "./market/kinds.ts";
import { knowMarket } from "./market/known-market.ts";
import { type Plan, Product } from "./product.ts";
import type { Result } from "./result.ts";
import { timed } from "./timed.ts";
import { leaveWorkFolder, makeWorkFolder, removeWorkFolder } from "./work-folder.ts";
import { writeMarketFiles } from "./write-files.ts";

export interface MarketOrder {
  readonly kind: MarketKind;
  readonly seed: number;
  readonly size: number;
  readonly models: readonly string[];
  readonly hasPlansByModel: boolean;
  /** Leaves files and data where they are, and says where. */
  readonly keep: boolean;
}

interface Listener {
  onResult(result: Result): void;
  onMissingModel(model: string): void;
  onKept(folder: string): void;
}

/** Draws one market, runs the product on its files, and hands over what each model made of it. */
export async function proveMarket(order: MarketOrder, listener: Listener): Promise<void> {
  const folder = makeWorkFolder();
  if (order.keep) leaveWorkFolder(folder);
  try {
    const market = drawMarket(order.kind, order.seed, { size: order.size });
    const known = knowMarket(market, order.size);
    const files = writeMarketFiles(market, folder);
    const product = new Product(join(folder, "data"));
    const imported = await timed(() => product.import(files));
    const plans = preparePlans(order, product, sum(market.truth.today));
    for (const model of order.models) {
      const { value: attribution, seconds } = await timed(() => product.attribute(model));
      if (attribution === null) {
        listener.onMissingModel(model);
        continue;
      }
      const plan = await plans(attribution.model);
      const taken = { import: imported.seconds, attribute: seconds, optimise: plan?.seconds ?? null };
      listener.onResult({ ...besideTruth(known, attribution, plan?.value ?? null), seconds: taken });
    }
  } finally {
    if (order.keep) listener.onKept(folder);
    else removeWorkFolder(folder);
  }
}

/** The plan by a model. A product that chooses the model itself is asked once, and has none by the others. */
function preparePlans({ hasPlansByModel }: MarketOrder, product: Product, budget: number) {
  let own: Awaited<ReturnType<typeof timed<Plan>>> | null = null;
  return async (model: string) => {
    if (hasPlansByModel) return timed(() => product.optimise(budget, model));
    own ??= await timed(() => product.optimise(budget, null));
    return own.value.model === model ? own : null;
  };
}
