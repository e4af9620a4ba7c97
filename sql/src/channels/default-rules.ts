import type { ChannelCondition, ChannelRule, ChannelRules } from "./channel-rules.ts";
import type { SiteList } from "./site-lists.ts";

const PAID: ChannelCondition = { part: "medium", matches: "^(.*cp.*|ppc|retargeting|paid.*)$" };
const SHOP_CAMPAIGN: ChannelCondition = { part: "campaign", matches: "^(.*(([^a-df-z]|^)shop|shopping).*)$" };

/** Parameters that ad platforms put on the links of their ads. */
const SEARCH_CLICKS = ["gclid", "wbraid", "gbraid", "msclkid", "yclid"];
const SOCIAL_CLICKS = ["ttclid", "li_fat_id", "twclid", "epik", "sccid", "rdt_cid"];
const DISPLAY_CLICKS = ["dclid"];
const AFFILIATE_CLICKS = ["awc", "irclickid", "cjevent"];
/** On every link out of a Meta product, paid or not: only a paid medium makes it an ad. */
const META_CLICKS = ["fbclid", "igshid", "igsh"];

const part = {
  source: (...is: string[]): ChannelCondition => ({ part: "source", is }),
  medium: (...is: string[]): ChannelCondition => ({ part: "medium", is }),
  clicks: (is: readonly string[]): ChannelCondition => ({ part: "click_id", is }),
  empty: (name: ChannelCondition["part"]): ChannelCondition => ({ part: name, empty: true }),
  sourceOf: (list: SiteList): ChannelCondition => ({ part: "source", list }),
};
const rule = (channel: string, ...all: ChannelCondition[]): ChannelRule => ({ channel, all });

/** Nothing was tagged: only the referrer speaks. */
const UNTAGGED = [part.empty("source"), part.empty("medium")];
const cameFrom = (channel: string, list: SiteList): ChannelRule =>
  rule(channel, ...UNTAGGED, { part: "referrer", list });

/**
 * The default channel group of Google Analytics 4 for tagged traffic, in its order (help page 9756891, with the AI Assistant channel of
 * May 2026), and around it what that product decides before its rules run: an ad platform's click id stands for a paid click unless
 * the medium says otherwise, and an untagged referrer for its kind of site. The site lists are ours, so rare sites can differ. Searches
 * for the own brand stay in the search channels: what counts as the own brand is a rule that only its owner can write.
 */
export const DEFAULT_CHANNEL_RULES: ChannelRules = [
  rule("Direct", part.source("(direct)"), part.medium("(not set)", "(none)"), part.empty("click_id")),
  rule("Direct", ...UNTAGGED, part.empty("campaign"), part.empty("click_id"), part.empty("referrer")),
  rule("Cross-network", { part: "campaign", matches: "cross-network" }),

  rule("Paid Shopping", PAID, part.sourceOf("shopping-sites")),
  rule("Paid Shopping", PAID, SHOP_CAMPAIGN),
  rule("Paid Shopping", part.clicks(SEARCH_CLICKS), part.empty("medium"), SHOP_CAMPAIGN),
  rule("Paid Search", PAID, part.sourceOf("search-engines")),
  rule("Paid Social", PAID, part.sourceOf("social-sites")),
  rule("Paid Video", PAID, part.sourceOf("video-sites")),
  rule("Display", part.medium("display", "banner", "expandable", "interstitial", "cpm")),
  ...[PAID, part.empty("medium")].flatMap((medium) => [
    rule("Paid Search", part.clicks(SEARCH_CLICKS), medium),
    rule("Paid Social", part.clicks(SOCIAL_CLICKS), medium),
    rule("Display", part.clicks(DISPLAY_CLICKS), medium),
    rule("Affiliates", part.clicks(AFFILIATE_CLICKS), medium),
  ]),
  rule("Paid Social", part.clicks(META_CLICKS), PAID),
  rule("Paid Other", PAID),

  rule("AI Assistant", part.medium("ai-assistant")),
  rule("AI Assistant", part.sourceOf("ai-assistants")),
  rule("Organic Shopping", part.sourceOf("shopping-sites")),
  rule("Organic Shopping", SHOP_CAMPAIGN),
  rule("Organic Social", part.sourceOf("social-sites")),
  rule(
    "Organic Social",
    part.medium("social", "social-network", "social-media", "sm", "social network", "social media"),
  ),
  rule("Organic Video", part.sourceOf("video-sites")),
  rule("Organic Video", { part: "medium", matches: "video" }),
  rule("Organic Search", part.sourceOf("search-engines")),
  rule("Organic Search", part.medium("organic")),
  rule("Referral", part.medium("referral", "app", "link")),
  rule("Email", part.source("email", "e-mail", "e_mail", "e mail")),
  rule("Email", part.medium("email", "e-mail", "e_mail", "e mail")),
  rule("Affiliates", part.medium("affiliate", "affiliates")),
  rule("Audio", part.medium("audio")),
  rule("SMS", part.source("sms")),
  rule("SMS", part.medium("sms")),
  rule("Mobile Push Notifications", { part: "medium", matches: "push$|mobile|notification" }),
  rule("Mobile Push Notifications", part.source("firebase")),

  rule("Organic Social", ...UNTAGGED, part.clicks(META_CLICKS)),
  cameFrom("AI Assistant", "ai-assistants"),
  cameFrom("Organic Shopping", "shopping-sites"),
  cameFrom("Organic Social", "social-sites"),
  cameFrom("Organic Video", "video-sites"),
  cameFrom("Organic Search", "search-engines"),
  rule("Referral", ...UNTAGGED, { part: "referrer", empty: false }),
];
