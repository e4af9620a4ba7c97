/** What `touchline import` understands. */
export const IMPORT_KINDS = [
  "touchpoints",
  "conversions",
  "spend",
  "identities",
  "adjustments",
  "context",
  "experiments",
  "rates",
] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/**
 * How a text becomes a value:
 * `key` must not be empty, `text` may be; `visitor` and `person` name somebody and are stored as keyed hashes, a `person` must not be
 * empty; `instant` a moment, `day` a date; `amount` an exact decimal of any sign, `cost` one that is not negative; `number` a binary
 * one; `count` a whole number; `currency` three capital letters; `interaction` one of the five words; `consent` what the event says
 * of it.
 */
export type Parsing =
  | "key"
  | "text"
  | "visitor"
  | "person"
  | "instant"
  | "day"
  | "amount"
  | "cost"
  | "number"
  | "count"
  | "currency"
  | "interaction"
  | "consent";

export interface LayoutColumn {
  readonly name: string;
  readonly parsing: Parsing;
  /** A required column must be in the file or mapped. An optional one is empty where it is absent. */
  readonly required: boolean;
}

export const INTERACTIONS = ["impression", "click", "visit", "open", "call"] as const;

const column = (name: string, parsing: Parsing): LayoutColumn => ({ name, parsing, required: true });
const optional = (name: string, parsing: Parsing): LayoutColumn => ({ name, parsing, required: false });

/** The columns of each kind, as documented for the files that are imported. Ids that a source lacks are derived from the row. */
export const LAYOUTS: Readonly<Record<ImportKind, readonly LayoutColumn[]>> = {
  touchpoints: [
    optional("event_id", "text"),
    column("occurred_at", "instant"),
    column("visitor_id", "visitor"),
    column("channel", "key"),
    column("campaign", "text"),
    column("interaction", "interaction"),
    optional("creative", "text"),
    optional("device", "text"),
    optional("country", "text"),
    optional("region", "text"),
    optional("consent", "consent"),
    optional("source", "text"),
    optional("medium", "text"),
  ],
  conversions: [
    optional("conversion_id", "text"),
    column("occurred_at", "instant"),
    column("visitor_id", "visitor"),
    column("conversion_type", "key"),
    column("revenue", "cost"),
    column("currency", "currency"),
    optional("margin", "amount"),
    optional("order_id", "text"),
    optional("predicted_value", "amount"),
    optional("product_group", "text"),
    optional("customer_type", "text"),
    optional("region", "text"),
    optional("consent", "consent"),
    optional("source", "text"),
  ],
  spend: [
    column("date", "day"),
    column("channel", "key"),
    column("campaign", "text"),
    column("cost", "cost"),
    column("currency", "currency"),
    optional("source", "text"),
    optional("region", "text"),
    optional("spend_id", "text"),
    optional("impressions", "count"),
    optional("clicks", "count"),
    optional("platform_conversions", "amount"),
    optional("platform_value", "amount"),
  ],
  identities: [
    column("visitor_id", "person"),
    column("person_id", "person"),
    optional("linked_at", "instant"),
    optional("consent", "consent"),
    optional("source", "text"),
  ],
  adjustments: [
    column("adjustment_id", "key"),
    column("adjusts_conversion_id", "key"),
    column("amount", "amount"),
    optional("currency", "currency"),
    column("occurred_at", "instant"),
    optional("source", "text"),
  ],
  context: [
    column("date", "day"),
    column("name", "key"),
    column("value", "number"),
    optional("region", "text"),
    optional("source", "text"),
  ],
  experiments: [
    column("experiment_id", "key"),
    column("channel", "key"),
    column("method", "text"),
    column("start_date", "day"),
    column("end_date", "day"),
    column("spend", "cost"),
    column("incremental_conversions", "number"),
    column("standard_error", "number"),
    optional("conversion_type", "text"),
    optional("spend_control", "cost"),
    optional("spend_test", "cost"),
    optional("estimand", "text"),
  ],
  rates: [column("date", "day"), column("currency", "currency"), column("rate", "cost"), optional("base", "currency")],
};

/** The column that says which event a row is; the others are known by what they are about. */
export const ID_COLUMN: Readonly<Record<ImportKind, string | null>> = {
  touchpoints: "event_id",
  conversions: "conversion_id",
  spend: null,
  identities: null,
  adjustments: "adjustment_id",
  context: null,
  experiments: null,
  rates: null,
};

/** The kinds whose rows are amounts in a currency that is converted into the workspace's. */
export function hasMoney(kind: ImportKind): boolean {
  return kind === "conversions" || kind === "adjustments" || kind === "spend";
}

/** The engine's type of a parsed column in the staging table. */
export function stagedType({ parsing, required }: LayoutColumn): string {
  switch (parsing) {
    case "instant":
      return "DateTime64(3, 'UTC')";
    case "day":
      return "Date";
    case "amount":
    case "cost":
      return required ? "Decimal(38, 9)" : "Nullable(Decimal(38, 9))";
    case "count":
      return required ? "UInt64" : "Nullable(UInt64)";
    case "number":
      return "Float64";
    case "visitor":
    case "person":
      return "UInt64";
    default:
      return "String";
  }
}
