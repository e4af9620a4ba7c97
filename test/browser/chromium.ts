import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium as playwright } from "playwright-core";

export interface OpenBrowser {
  readonly browser: Browser;
  close(): Promise<void>;
}

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-sync",
  "--font-render-hinting=none",
];

/**
 * Starts the Chromium that comes inside an npm package: the same one everywhere, and nothing to install. It is unpacked into a
 * folder of its own, because the package would take up any `chromium` that it finds in the temporary folder, whatever its version.
 * The libraries that a bare system may lack come with it; they are used only where the browser does not start without.
 * @param more arguments for the browser beyond the usual ones
 */
export async function openChromium(...more: readonly string[]): Promise<OpenBrowser> {
  const folder = mkdtempSync(join(tmpdir(), "touchline-chromium-"));
  const own = { ...process.env };
  // The package unpacks to TMPDIR, its libraries only where it takes the system for Amazon's, and then it changes the environment.
  Object.assign(process.env, { TMPDIR: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" });
  const { default: chromium } = await import("@sparticuz/chromium");
  const executablePath = await chromium.executablePath();
  const { LD_LIBRARY_PATH, FONTCONFIG_PATH } = process.env;
  for (const name of Object.keys(process.env)) if (!(name in own)) delete process.env[name];
  Object.assign(process.env, own);
  const launch = (extra: NodeJS.ProcessEnv) =>
    playwright.launch({
      executablePath,
      args: [...ARGUMENTS, ...more],
      env: definedOnly({ ...own, TMPDIR: folder, ...extra }),
    });
  const browser = await launch({}).catch(() => launch({ LD_LIBRARY_PATH, FONTCONFIG_PATH }));
  return {
    browser,
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
