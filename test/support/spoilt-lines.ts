import fc from "fast-check";

type Row = Readonly<Record<string, string>>;

/** Names that mean something to somebody: to the statements that read a row, to the languages that carry it. */
export const HOSTILE_NAMES = [
  ...[
    "reason",
    "line",
    "extra",
    "text of channel",
    "file: x",
    "file: ",
    "fields",
    "raw",
    "step",
    "is_readable",
    "all_extra",
  ],
  ...[
    "is_selected",
    "is_settled",
    "_row_number",
    "_path",
    "_file",
    "workspace_id",
    "import_id",
    "expires_on",
    "item",
    "1",
  ],
  ...[
    "__proto__",
    "constructor",
    "toString",
    "",
    " ",
    "`",
    "``",
    "\\",
    "'",
    "''",
    '"',
    "a`; DROP TABLE touchpoints --",
  ],
  ...["') OR 1=1 --", "{workspaceId:String}", "%s", "*", "a.b", "a b", "Ünïcödé", "\u0000", "\uD800", "😀", "\n", "\t"],
];

const hostileName = fc.oneof(fc.constantFrom(...HOSTILE_NAMES), fc.string({ unit: "binary", maxLength: 12 }));

/** Values as JSON text, because much of what is wrong cannot be said by a value. */
const wrongValue: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }).map((text) => JSON.stringify(text)),
  fc.constantFrom(
    ...[
      "null",
      "true",
      "false",
      "0",
      "-0",
      "-1",
      "1e308",
      "1e400",
      "-1e400",
      "1e-400",
      "0.1",
      "NaN",
      "Infinity",
      "-Infinity",
    ],
    ...[
      "9007199254740993",
      "18446744073709551616",
      "123456789012345678901234567890",
      "1".repeat(400),
      "0x10",
      "1_000",
      "01",
      "+1",
    ],
    ...["{}", "[]", "[[]]", '{"a":1}', '["a"]', '{"a":{"b":[1,2,{"c":null}]}}', "[".repeat(200) + "]".repeat(200)],
    ...['"\\ud800"', '"\\udfff\\ud800"', '"\\u0000"', '"\\x"', '"', '"\\', "undefined", "'single'", ""],
    ...[
      '"NaN"',
      '"Infinity"',
      '"-0"',
      '"1e5"',
      '"1,5"',
      '"1.5.5"',
      '" 12 "',
      '"١٢"',
      '"1e999"',
      '"--1"',
      '"0x1F"',
      '"12€"',
    ],
    ...[
      '"2026-02-30T10:00:00Z"',
      '"0000-00-00"',
      '"9999-12-31"',
      '"1969-12-31"',
      '"2026-03-01T25:00:00Z"',
      '"31/12/2026"',
    ],
    ...[
      '"2026-W10"',
      '"1772359200"',
      '"1772359200000"',
      "1772359200",
      '"99999999999999999999"',
      '"2026-03-01T10:00:00+99:00"',
    ],
    ...[
      '"yesterday"',
      '"2026-03-01T10:00:00.123456789Z"',
      '"20260301"',
      '"2026-3-1"',
      '"12:00"',
      '"2026-03-01\\u0000"',
    ],
    `"${"x".repeat(30_000)}"`,
    `"${"é".repeat(5_000)}"`,
  ),
  fc.double().map(String),
  fc.date({ noInvalidDate: true }).map((date) => JSON.stringify(date)),
  fc.json({ maxDepth: 4 }),
);

/** A good row with something in it that is not. */
function spoiltRow(good: Row): fc.Arbitrary<string> {
  const names = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...Object.keys(good)) },
    { weight: 1, arbitrary: hostileName },
  );
  return fc.array(fc.tuple(names, wrongValue), { minLength: 1, maxLength: 3 }).map((changes) => {
    const entries = Object.entries(good).map(([name, value]) => [JSON.stringify(name), JSON.stringify(value)]);
    // A name may come twice: that is one more thing that senders do.
    for (const [name, value] of changes) entries.push([JSON.stringify(name), value]);
    return `{${entries.map(([name, value]) => `${name}:${value}`).join(",")}}`;
  });
}

/** One line of a body, made of a row that is good: bytes without a line feed, that are not blank. */
export function spoiltLine(good: Row): fc.Arbitrary<Buffer> {
  const row = spoiltRow(good);
  const bytes = (text: string) => Buffer.from(text, "utf8");
  return fc
    .oneof(
      { weight: 6, arbitrary: row.map(bytes) },
      { weight: 1, arbitrary: fc.tuple(row, fc.nat(400)).map(([text, at]) => bytes(text.slice(0, 1 + at))) },
      {
        weight: 1,
        arbitrary: fc.tuple(row, fc.nat(200)).map(([text, at]) => bytes(text.slice(0, at) + text.slice(at + 1))),
      },
      { weight: 1, arbitrary: wrongValue.map(bytes) },
      { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 60 }).map((array) => Buffer.from(array)) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          Buffer.from([0xff, 0xfe, 0x7b, 0x7d]),
          Buffer.from('{"event_id":"\xff"}', "latin1"),
          Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes("{}")]),
          ...[
            "{}",
            "{}{}",
            "[]",
            "[{}]",
            "null",
            "{},",
            "]",
            "}",
            "// {}",
            '{"a":1,}',
            "{'a':1}",
            '{"a":1} trailing',
          ].map(bytes),
          ...['{"event_id":"x"}\r', "[1,[2,[3]]]", `{"a":${"[".repeat(3_000)}${"]".repeat(3_000)}}`, "-", "\u2028"].map(
            bytes,
          ),
          bytes(`{"event_id":"${"y".repeat(70_000)}"}`),
        ),
      },
    )
    .map((line) => Buffer.from(line.filter((byte) => byte !== 10)))
    .map((line) => (line.every((byte) => byte === 32 || (byte >= 9 && byte <= 13)) ? bytes("x") : line));
}
