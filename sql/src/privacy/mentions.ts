/** A shorter identifier may stand inside other words and numbers by chance. */
const SHORTEST_UNMISTAKABLE = 8;

export interface MentionParams extends Record<string, unknown> {
  /** The ways in which a text may have written the identifier: as it is, inside JSON, with the doubled quotes of CSV. */
  readonly spellings: readonly string[];
  /** Empty where any place counts. */
  readonly fieldPattern: string;
  readonly partPattern: string;
}

/** An identifier that is long enough is recognised anywhere; a short one has to stand as a field, or as a part, of its own. */
export function mentionParams(identifier: string): MentionParams {
  const text = identifier.trim();
  const json = JSON.stringify(text).slice(1, -1);
  const spellings = [...new Set([text, json, json.replaceAll("/", "\\/"), text.replaceAll('"', '""')])];
  const any = `(${spellings.map((each) => each.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&")).join("|")})`;
  const isShort = [...text].length < SHORTEST_UNMISTAKABLE;
  return {
    spellings,
    fieldPattern: isShort ? `(^|["',:;=|\\t \\[{&])${any}($|["',;|\\t \\]}&\\r\\n])` : "",
    partPattern: isShort ? `(^|[^0-9A-Za-z])${any}($|[^0-9A-Za-z])` : "",
  };
}

function contains(text: string, pattern: string): string {
  return `(multiSearchAny(${text}, {spellings:Array(String)}) AND (${pattern} = '' OR match(${text}, ${pattern})))`;
}

/** SQL for whether a line of a file mentions the identifier of `mentionParams`. */
export function mentionsAsField(text: string): string {
  return contains(text, "{fieldPattern:String}");
}

/** SQL for whether an id is made with the identifier, as `order-ann-1` is. */
export function mentionsAsPart(text: string): string {
  return contains(text, "{partPattern:String}");
}
