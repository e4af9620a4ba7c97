export { campaignCells } from "./campaign-cells.ts";
export { describeFiles } from "./choose.ts";
export { writeActivationFile } from "./write-file.ts";
