import { expect, it } from "vitest";
import { placeOf } from "./place-of.ts";

it.each([
  [{ kind: "result-critical", orderId: "o", patientId: "p" } as const, "/orders/o"],
  [{ kind: "result-filed", orderId: null, patientId: "p" } as const, "/patients/p"],
  [{ kind: "account-pending", orderId: null, patientId: null } as const, "/people"],
  [{ kind: "order-placed", orderId: null, patientId: null } as const, "/"],
])("leads from %o to the screen where it is dealt with", (notification, place) => {
  expect(placeOf(notification)).toBe(place);
});
