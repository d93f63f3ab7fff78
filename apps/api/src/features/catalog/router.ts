import { labTest } from "@infirmary/shared/catalog";
import { z } from "zod";
import { permitted, router } from "../../core/trpc.ts";
import { definitionProcedures } from "./definition-router.ts";
import { searchLabTests } from "./store.ts";

export const catalogRouter = router({
  ...definitionProcedures,
  search: permitted("catalog.read", {
    method: "GET",
    path: "/lab-tests/",
    tag: "Catalogue",
    summary: "Tests and panels that can be ordered",
    example: {
      request: { q: "potassium" },
      response: {
        items: [
          {
            code: "2823-3",
            name: "Potassium [Moles/volume] in Serum or Plasma",
            shortName: "Potassium",
            category: "Chemistry",
            specimen: "Serum or plasma",
            unit: "mmol/L",
            isPanel: false,
          },
        ],
      },
    },
  })
    .input(
      z.strictObject({ q: z.string().max(60).default(""), limit: z.coerce.number().int().min(1).max(200).default(20) }),
    )
    .output(z.object({ items: z.array(labTest) }))
    .query(({ ctx, input }) =>
      ctx.work(async ({ connection, scope }) => ({
        items: await searchLabTests(connection, {
          tenantId: scope.tenantId,
          words: input.q.trim().split(/\s+/).filter(Boolean),
          limit: input.limit,
        }),
      })),
    ),
});
