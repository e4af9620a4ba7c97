import type { RequestHandler } from "express";
import helmet from "helmet";

const NONE = ["'none'"];
const SELF = ["'self'"];
const TWO_YEARS_SECONDS = 63_072_000;

/** What pages may never ask a browser for. */
const FEATURES = [
  ...["accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "geolocation"],
  ...["gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "serial"],
  ...["publickey-credentials-get", "screen-wake-lock", "usb", "xr-spatial-tracking"],
];

/**
 * What browsers are told with every answer: nothing is loaded from elsewhere, no script and no style stands in a page itself, and no
 * other page may frame, open or read this one.
 * @param isSecure true where people reach the server over https: only then may a browser be told to insist on it
 */
export function securityHeaders(isSecure: boolean): RequestHandler[] {
  const directives = {
    ...{ defaultSrc: SELF, scriptSrc: SELF, scriptSrcAttr: NONE, styleSrc: SELF, styleSrcAttr: NONE },
    ...{ imgSrc: ["'self'", "data:"], fontSrc: SELF, connectSrc: SELF, manifestSrc: SELF },
    // The writer of spreadsheets packs large ones in a worker that it makes of its own text. Whoever could make another one of foreign
    // text would have to run a script of theirs first, which script-src refuses; a worker of this kind is under the same policy.
    workerSrc: ["'self'", "blob:"],
    ...{ objectSrc: NONE, frameSrc: NONE, baseUri: NONE, formAction: SELF, frameAncestors: NONE },
  };
  return [
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives },
      strictTransportSecurity: isSecure ? { maxAge: TWO_YEARS_SECONDS, includeSubDomains: true } : false,
      crossOriginOpenerPolicy: { policy: "same-origin" },
      crossOriginResourcePolicy: { policy: "same-origin" },
      referrerPolicy: { policy: "no-referrer" },
      xFrameOptions: { action: "deny" },
    }),
    (_request, response, next) => {
      response.set("Permissions-Policy", FEATURES.map((feature) => `${feature}=()`).join(", "));
      next();
    },
  ];
}
