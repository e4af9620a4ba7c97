/**
 * Where a shop sends its customer to pay, and from where the customer comes back. That return is no arrival, or every order would be
 * credited to the bank.
 */
const PAYMENT_SITES = [
  ...["paypal.com", "stripe.com", "klarna.com", "getalma.eu", "payplug.com", "mollie.com", "adyen.com", "checkout.com"],
  ...[
    "paybox.com",
    "e-transactions.fr",
    "systempay.fr",
    "payzen.eu",
    "lyra.com",
    "monext.fr",
    "payline.com",
    "oney.fr",
  ],
  ...[
    "floabank.fr",
    "cofidis.fr",
    "scalapay.com",
    "hipay.com",
    "worldline.com",
    "worldline-solutions.com",
    "monetico-services.com",
  ],
  ...[
    "sogenactif.com",
    "mercanet.bnpparibas.net",
    "pay.google.com",
    "pay.amazon.com",
    "applepay.cdn-apple.com",
    "sumup.com",
  ],
  ...["3dsecure.io", "arcot.com", "cardinalcommerce.com", "wlp-acs.com", "france.fr-acs.com"],
];

const isUnder = (host: string, site: string): boolean => host === site || host.endsWith(`.${site}`);

/** The host of an address without `www.`; empty where it has none. */
export function hostOf(address: string): string {
  const host = /^[a-z][a-z0-9+.-]*:\/\/([^/?#:]+)/i.exec(address)?.[1] ?? "";
  return host.toLowerCase().replace(/^www\./, "");
}

/** True when a page was reached from within: from the same site, another name of it, or the place where it is paid for. */
export function isOwnReferrer(referrer: string, pageHost: string): boolean {
  const from = hostOf(referrer);
  if (from === "") return false;
  const page = pageHost.toLowerCase().replace(/^www\./, "");
  return isUnder(from, page) || isUnder(page, from) || PAYMENT_SITES.some((site) => isUnder(from, site));
}
