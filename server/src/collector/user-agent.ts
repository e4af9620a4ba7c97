/** What a browser says of itself is looked at here and never kept. */

const AUTOMATED =
  /(?<!cu)bot(?:\b|[/_-])|crawl|spider|slurp|headless|phantomjs|selenium|playwright|puppeteer|lighthouse|pagespeed|pingdom|uptime|monitor|preview|facebookexternalhit|facebookcatalog|whatsapp\/|embedly|scrap|curl\/|wget\/|python|java\/|okhttp|axios|node-fetch|undici|go-http|libwww|httpclient|http_request|feedfetcher|validator/i;

/** Programs that fetch pages without anybody who looks at them; no browser is silent about itself. Cubot makes telephones. */
export function isAutomated(userAgent: string): boolean {
  return userAgent.trim() === "" || AUTOMATED.test(userAgent);
}

export type Device = "mobile" | "tablet" | "desktop";

/** Android phones say Mobile and its tablets do not. iPads call themselves Macs nowadays and count as desktops. */
export function deviceOf(userAgent: string): Device {
  if (/ipad|tablet|kindle|silk|playbook/i.test(userAgent)) return "tablet";
  if (/mobi|iphone|ipod/i.test(userAgent)) return "mobile";
  return /android/i.test(userAgent) ? "tablet" : "desktop";
}
