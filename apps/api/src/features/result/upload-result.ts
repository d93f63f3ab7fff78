import { cutils, hl7 } from "@infirmary/native";
import type { OrderStatus } from "@infirmary/shared/order";
import type { Observation } from "@infirmary/shared/result";
import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import { GroupQueue } from "../../core/group-queue.ts";
import { newId } from "../../core/id.ts";
import type { Platform } from "../../core/platform.ts";
import { inWork } from "../../core/unit-of-work.ts";
import { refuseFaulty } from "./check-message.ts";
import { type Filed, fileGroup, type Submission } from "./file-group.ts";
import { interpretMessage } from "./interpret-message.ts";
import { toObservation } from "./observation.ts";

export type Upload = {
  orderId: string;
  bytes: Uint8Array;
  index?: number | undefined;
  fileName?: string | null | undefined;
};
export type Uploaded = { messageId: string; alreadyFiled: boolean; orderStatus: OrderStatus; results: Observation[] };

/**
 * Files the results of one message with an order: all or nothing. The patient and the order numbers must fit, nothing in PID may
 * contradict, a repeat of the same message changes nothing and gets the same answer. Uploads that come together share a commit; each is
 * answered after it.
 */
export async function uploadResult(ctx: ActorContext, upload: Upload): Promise<Uploaded> {
  const bytes = messageOf(upload);
  const interpreted = interpretMessage(bytes, null);
  refuseFaulty(interpreted);
  const submission: Submission = {
    scope: ctx.scope,
    bytes,
    content: interpreted.content,
    contentHash: cutils.sha256(bytes),
    orderId: upload.orderId,
    fileName: upload.fileName ?? null,
    partner: null,
  };
  // A key's answer is kept in the transaction of its effect, so a request that has one goes alone.
  if (ctx.request.idempotencyKey)
    return ctx.work(async (work) => {
      const [settled] = await fileGroup(work, [submission]);
      if (!settled || "error" in settled) throw settled?.error;
      return toUploaded(settled.answer);
    });
  return toUploaded(await queueOf(ctx.platform).add(ctx.scope.tenantId, submission));
}

const toUploaded = ({ messageId, alreadyFiled, orderStatus, results }: Filed): Uploaded => ({
  messageId,
  alreadyFiled,
  orderStatus,
  results: results.map(toObservation),
});

const queues = new WeakMap<Platform, GroupQueue<Submission, Filed>>();

function queueOf(platform: Platform): GroupQueue<Submission, Filed> {
  const known = queues.get(platform);
  if (known) return known;
  const queue = new GroupQueue<Submission, Filed>({
    keyOf: ({ orderId }) => orderId ?? "",
    run: (tenantId, submissions) => {
      const [first] = submissions;
      const scope = { tenantId, actor: null, requestId: newId(), ip: null };
      return inWork(platform, submissions.length === 1 && first ? first.scope : scope, (work) =>
        fileGroup(work, submissions),
      );
    },
  });
  queues.set(platform, queue);
  return queue;
}

/** The bytes of the one message meant: the whole, or the n-th (from 0) of a file of several. */
export function messageOf({ bytes, index }: Pick<Upload, "bytes" | "index">): Uint8Array {
  const parts = hl7.split(bytes);
  if (index === undefined) {
    if (parts.length > 1)
      throw new AppError("message-invalid", {
        errors: [
          { path: "MSH", message: `These are ${parts.length} messages; send them one at a time.`, severity: "error" },
        ],
      });
    return bytes;
  }
  const part = parts[index];
  if (!part)
    throw new AppError("validation-failed", { errors: [{ path: "index", message: "The file has no such message." }] });
  return parts.length === 1 ? bytes : bytes.subarray(part.offset, part.offset + part.length);
}
