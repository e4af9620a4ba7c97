import { inject } from "vitest";
import { setWarehousePlace } from "../support/warehouse-place.ts";

setWarehousePlace(inject("warehouse"));
