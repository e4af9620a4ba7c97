export { goBack } from "./go-back.ts";
