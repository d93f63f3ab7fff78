import type { LocationKind } from "@infirmary/shared/facility";

export const kindNames: Record<LocationKind, { one: string; many: string }> = {
  DEPARTMENT: { one: "department", many: "Departments" },
  WARD: { one: "ward", many: "Wards" },
  ROOM: { one: "room", many: "Rooms" },
};
