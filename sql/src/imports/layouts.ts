/** What `touchline import` understands. */
export type ImportKind = "touchpoints" | "conversions" | "spend";
export const IMPORT_KINDS: readonly ImportKind[] = ["touchpoints", "conversions", "spend"];

/**
 * How a text becomes a value:
 * `key` must not be empty, `text` may be; `instant` a moment, `day` a date; `amount` an exact decimal of any sign, `cost` one
 * that is not negative; `count` a whole number; `currency` three capital letters; `interaction` one of the five words.
 */
export type Parsing = "key" | "text" | "instant" | "day" | "amount" | "cost" | "count" | "currency" | "interaction";

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
    column("visitor_id", "key"),
    column("channel", "key"),
    column("campaign", "text"),
    column("interaction", "interaction"),
    optional("creative", "text"),
    optional("device", "text"),
    optional("country", "text"),
    optional("region", "text"),
    optional("consent", "text"),
    optional("source", "text"),
    optional("medium", "text"),
  ],
  conversions: [
    optional("conversion_id", "text"),
    column("occurred_at", "instant"),
    column("visitor_id", "text"),
    column("conversion_type", "key"),
    column("revenue", "cost"),
    column("currency", "currency"),
    optional("margin", "amount"),
    optional("order_id", "text"),
    optional("predicted_value", "amount"),
    optional("product_group", "text"),
    optional("customer_type", "text"),
    optional("region", "text"),
  ],
  spend: [
    column("date", "day"),
    column("channel", "key"),
    column("campaign", "text"),
    column("cost", "cost"),
    column("currency", "currency"),
    optional("source", "text"),
    optional("spend_id", "text"),
    optional("impressions", "count"),
    optional("clicks", "count"),
    optional("platform_conversions", "amount"),
    optional("platform_value", "amount"),
  ],
};

/** The column that says which event a row is; spend has none: its rows add up by day, channel, campaign and source. */
export const ID_COLUMN: Readonly<Record<ImportKind, string | null>> = {
  touchpoints: "event_id",
  conversions: "conversion_id",
  spend: null,
};

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
    default:
      return "String";
  }
}
