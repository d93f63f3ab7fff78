import { foldName } from "@infirmary/shared/core";
import type { UnmatchedCandidate } from "@infirmary/shared/unmatched";
import type { Content } from "../result/index.ts";
import type { LikelyOrder } from "./desk-store.ts";

/** What each agreement is worth. A record number outweighs everything a namesake can share. */
const worth = {
  "order number": 40,
  "record number": 40,
  "birth date": 20,
  "family name": 15,
  "given name": 10,
  sex: 3,
  test: 12,
};
const candidatesMax = 8;
/** Below this only one weak thing agrees: showing it would be a guess. */
const scoreMin = 30;

/** Orders by how much of what the message says agrees with them, the best first. `mrns`: its record numbers that can be ours. */
export function rankCandidates(
  content: Content,
  mrns: readonly string[],
  orders: readonly LikelyOrder[],
): UnmatchedCandidate[] {
  const birthDate = content.birthDate.slice(0, 8);
  const families = new Set(content.familyNames.map(foldName));
  const given = foldName(content.displayName.split(", ")[1] ?? "");
  const codes = new Set([...content.panelCodes, ...content.observations.map(({ code }) => code)]);
  const sex = { M: "male", F: "female" }[content.sex.toUpperCase()];
  return orders
    .map((order) => {
      const agrees = [
        content.orderNumbers.includes(order.orderNumber) && "order number",
        mrns.includes(order.mrn) && "record number",
        birthDate.length === 8 && order.dateOfBirth.replaceAll("-", "") === birthDate && "birth date",
        families.has(foldName(order.lastName)) && "family name",
        given !== "" && foldName(order.firstName) === given && "given name",
        sex === order.gender && "sex",
        codes.has(order.testCode) && "test",
      ].filter((what): what is keyof typeof worth => what !== false);
      const open = order.status === "ORDERED" || order.status === "IN_PROGRESS" ? 0 : -5;
      const score = Math.min(
        100,
        Math.max(
          0,
          agrees.reduce((sum, what) => sum + worth[what], open),
        ),
      );
      return { order, agrees, score };
    })
    .filter(({ score }) => score >= scoreMin)
    .sort((a, b) => b.score - a.score || b.order.orderedAt.getTime() - a.order.orderedAt.getTime())
    .slice(0, candidatesMax)
    .map(({ order, agrees, score }) => ({
      orderId: order.orderId,
      orderNumber: order.orderNumber,
      testName: order.testName,
      status: order.status,
      orderedAt: order.orderedAt.toISOString(),
      patient: {
        id: order.patientId,
        mrn: order.mrn,
        firstName: order.firstName,
        lastName: order.lastName,
        dateOfBirth: order.dateOfBirth,
        gender: order.gender,
      },
      score,
      agrees: [...agrees],
    }));
}
