import { z } from "zod";
import { runTouchline } from "../support/process.ts";
import type { MarketFiles } from "./write-files.ts";

export const Attribution = z.object({
  model: z.string(),
  channels: z.array(
    z.object({
      channel: z.string(),
      conversions: z.number(),
      interval: z.object({ level: z.number(), low: z.number(), high: z.number() }).nullable(),
      flags: z.array(z.string()),
    }),
  ),
});
export type Attribution = z.infer<typeof Attribution>;

export const Plan = z.object({
  status: z.string(),
  model: z.string(),
  allocation: z.array(z.object({ channel: z.string(), recommended: z.coerce.number() })),
});
export type Plan = z.infer<typeof Plan>;

/** The whole product as somebody else meets it: its commands, each in a process of its own, on a folder of data. */
export class Product {
  private readonly data: string;

  constructor(dataFolder: string) {
    this.data = dataFolder;
  }

  async import({ touchpoints, conversions, spend, experiments }: MarketFiles): Promise<void> {
    await this.run("import", "touchpoints", touchpoints);
    await this.run("import", "conversions", conversions);
    await this.run("import", "spend", spend);
    if (experiments !== null) await this.run("import", "experiments", experiments);
  }

  /** @returns null when the product has no such model */
  async attribute(model: string): Promise<Attribution | null> {
    const argv = ["attribute", "--model", model, "--json", "--data", this.data];
    const { exitCode, stdout, stderr } = await runTouchline(argv);
    if (exitCode === 2 && stderr.includes("is not known")) return null;
    if (exitCode !== 0) throw new Error(`touchline ${argv.join(" ")} ended with ${exitCode}: ${stderr.trim()}`);
    return Attribution.parse(JSON.parse(stdout));
  }

  /** @param model null where the product chooses the model of its plans itself */
  async optimise(budgetADay: number, model: string | null): Promise<Plan> {
    const chosen = model === null ? [] : ["--model", model];
    return Plan.parse(
      JSON.parse(await this.run("optimise", "--budget", budgetADay.toFixed(2), "--period", "day", "--json", ...chosen)),
    );
  }

  private async run(...argv: string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await runTouchline([...argv, "--data", this.data]);
    if (exitCode !== 0) throw new Error(`touchline ${argv.join(" ")} ended with ${exitCode}: ${stderr.trim()}`);
    return stdout;
  }
}

/** Whether plans can be asked for by model. */
export async function plansByModel(): Promise<boolean> {
  const { stdout } = await runTouchline(["optimise", "--help"]);
  return stdout.includes("--model");
}
