import type { Appointment } from "@infirmary/shared/appointment";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type Aim, aimBeside, aimBy } from "./move-aim.ts";

const aim: Aim = { appointment: {} as Appointment, columnId: "b", at: { from: 540, to: 560 } };

it("moves in steps of five minutes and never out of the hours shown, whatever the pointer does", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -900, max: 900 }), { maxLength: 8 }), (moves) => {
      const { at } = moves.reduce((before, minutes) => aimBy(before, minutes, { from: 480, to: 1020 }), aim);
      expect(at.to - at.from).toBe(20);
      expect(at.from % 5).toBe(0);
      expect(at.from).toBeGreaterThanOrEqual(480);
      expect(at.to).toBeLessThanOrEqual(1020);
    }),
  );
});

it("goes to the column beside and stays where there is none", () => {
  const columns = ["a", "b", "c"];
  expect([aimBeside(aim, columns, 1).columnId, aimBeside(aim, columns, -1).columnId]).toEqual(["c", "a"]);
  expect(aimBeside({ ...aim, columnId: "c" }, columns, 1).columnId).toBe("c");
});
