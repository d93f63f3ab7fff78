import { hl7Validation } from "@infirmary/shared/hl7";
import { z } from "zod";
import { permitted, router } from "../../core/trpc.ts";
import { messageBytes } from "./message-bytes.ts";
import { validateMessage } from "./validate-message.ts";

const example = {
  hl7Message:
    "MSH|^~\\&|LAB|STANNES|INFIRMARY|STANNES|20261102093000||ORU^R01^ORU_R01|MSG00042|P|2.5.1\rPID|1||1000427^^^STANNES^MR||Doe^Jane||19800101|F",
};

export const hl7Router = router({
  validate: permitted("hl7.validate", {
    method: "POST",
    path: "/hl7/validate/",
    tag: "HL7",
    summary: "Check an HL7 v2 message; nothing is stored",
    body: "hl7",
    example: {
      request: example,
      response: {
        valid: false,
        type: "ORU^R01",
        version: "2.5.1",
        controlId: "MSG00042",
        issues: [
          {
            severity: "error",
            path: "OBR",
            code: "segment-missing",
            message: "The message holds no OBR: there is nothing the results could belong to.",
          },
        ],
      },
    },
  })
    .input(z.strictObject({ contentBase64: messageBytes }))
    .output(hl7Validation)
    .mutation(({ input }) => validateMessage(input.contentBase64)),
});
