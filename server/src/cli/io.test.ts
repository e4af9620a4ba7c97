import { expect, test } from "vitest";
import { drawTable } from "./io.ts";

test("a name from a file cannot break a table or command the terminal that shows it", () => {
  const rows = [
    ["Se\u001b[31march\r\n\u0007", "12"],
    ["Vid\u009beo\t", "3"],
  ];
  expect(drawTable(["Channel", "Spend"], rows).split("\n")).toEqual([
    "Channel     Spend",
    "----------  -----",
    "Se[31march     12",
    "Video           3",
    "",
  ]);
});
