import { IMPORT_KINDS, LAYOUTS } from "@touchline/sql";

const WIDTH = 118;
const INDENT = " ".repeat(16);

/** The columns of a kind, wrapped under its name. */
function columnsOf(kind: (typeof IMPORT_KINDS)[number]): string {
  const names = LAYOUTS[kind].map(({ name, required }) => (required ? `${name}*` : name));
  const lines = [`  ${kind.padEnd(INDENT.length - 2)}`];
  for (const [index, name] of names.entries()) {
    const text = index === names.length - 1 ? name : `${name},`;
    if (`${lines.at(-1)} ${text}`.length > WIDTH) lines.push(INDENT);
    lines.push(`${lines.pop()}${text} `);
  }
  return lines.map((line) => line.trimEnd()).join("\n");
}

/** What stands below the options of `touchline import --help`. */
export const IMPORT_HELP = `
KIND and its columns (a file may have more; * is required):
${IMPORT_KINDS.map(columnsOf).join("\n")}

interaction is impression, click, visit, open or call. An adjustment may also be a row of a file of conversions.

Examples, an export of a tool and a table with impressions and conversions mixed:
  touchline import campaigns.csv --source google-ads
  touchline import touchpoints events.csv --map "visitor_id=customer_id,occurred_at=time,campaign=''" --replace interaction:conversion=click
  touchline import conversions events.csv --where conversion=1 --map "visitor_id=customer_id,occurred_at=time,revenue=conversion_value,conversion_type='purchase',currency='EUR'"`;
