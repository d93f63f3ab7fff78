import { describe, expect, it } from "vitest";
import { gridOf, type PatientValue } from "./grid-of.ts";

const value = (changes: Partial<PatientValue>): PatientValue => ({
  id: "v",
  code: "2823-3",
  codingSystem: "LN",
  name: "Potassium",
  subId: null,
  panelCode: "24320-4",
  panelName: "BMP",
  valueType: "NM",
  value: "4.1",
  unit: "mmol/L",
  referenceRange: "3.5-5.1",
  abnormalFlag: "N",
  status: "F",
  observedAt: "2026-11-20T08:00:00.000Z",
  notes: [],
  messageId: "m",
  filedAt: "2026-11-20T09:00:00.000Z",
  version: 1,
  supersedesId: null,
  orderId: "o",
  orderNumber: "L1",
  ...changes,
});

describe("gridOf", () => {
  it("puts the newest time left and one code in one row", () => {
    const { columns, panels } = gridOf(
      [value({ value: "4.0" }), value({ value: "5.4", observedAt: "2026-11-21T08:00:00.000Z" })],
      false,
    );
    expect(columns.map(({ key }) => key)).toEqual(["2026-11-21T08:00", "2026-11-20T08:00"]);
    expect(panels).toHaveLength(1);
    expect(panels[0]?.values[0]?.cells.get("2026-11-21T08:00")?.[0]?.value).toBe("5.4");
  });
  it("never puts values of different units in one row", () => {
    const { panels } = gridOf([value({}), value({ unit: "mg/dL", value: "16" })], false);
    expect(panels[0]?.values.map(({ unit }) => unit)).toEqual(["mmol/L", "mg/dL"]);
  });
  it("takes the range of the newest value that has one", () => {
    const { panels } = gridOf(
      [
        value({ referenceRange: "3.4-5.0" }),
        value({ referenceRange: "3.5-5.1", observedAt: "2026-11-21T08:00:00.000Z" }),
        value({ referenceRange: null, observedAt: "2026-11-22T08:00:00.000Z" }),
      ],
      false,
    );
    expect(panels[0]?.values[0]?.referenceRange).toBe("3.5-5.1");
  });
  it("keeps only rows with an abnormal value, and only the times they have", () => {
    const { columns, panels } = gridOf(
      [
        value({ abnormalFlag: "HH", observedAt: "2026-11-21T08:00:00.000Z" }),
        value({ code: "2951-2", name: "Sodium", observedAt: "2026-11-19T08:00:00.000Z" }),
        value({ code: "1", name: "Withdrawn", abnormalFlag: "H", status: "W" }),
      ],
      true,
    );
    expect(panels.flatMap(({ values }) => values.map(({ name }) => name))).toEqual(["Potassium"]);
    expect(columns).toHaveLength(1);
  });
  it("goes by the filing where no time of observation was sent", () => {
    expect(gridOf([value({ observedAt: null })], false).columns[0]?.key).toBe("2026-11-20T09:00");
  });
});
