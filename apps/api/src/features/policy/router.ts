import { signInPolicy, signInPolicyUpdate } from "@infirmary/shared/policy";
import { permitted, router } from "../../core/trpc.ts";
import { getPolicy, updatePolicy } from "./policy.ts";

export const policyRouter = router({
  get: permitted("policy.manage")
    .output(signInPolicy)
    .query(({ ctx }) => ctx.work(getPolicy)),
  update: permitted("policy.manage", undefined, { stepUp: true })
    .input(signInPolicyUpdate)
    .output(signInPolicy)
    .mutation(({ ctx, input }) => ctx.work((work) => updatePolicy(work, input))),
});
