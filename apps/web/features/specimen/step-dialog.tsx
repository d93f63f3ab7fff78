"use client";
import { type RejectReason, rejectReasons, type SpecimenDetail } from "@infirmary/shared/specimen";
import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { Dialog } from "#ui/dialog.tsx";
import { FormError } from "#ui/form-error.tsx";
import { useAliquot, useDiscard, useReject, useStore } from "./queries.ts";
import classes from "./specimen.module.css";
import { useTube } from "./use-tube.ts";

type Step = "reject" | "store" | "discard" | "aliquot";
const words: Record<Step, { title: string; confirm: string; done: string }> = {
  reject: { title: "Reject", confirm: "Reject tube", done: "Rejected" },
  store: { title: "Store", confirm: "Store tube", done: "Stored" },
  discard: { title: "Discard", confirm: "Discard tube", done: "Discarded" },
  aliquot: { title: "Divide", confirm: "Make an aliquot", done: "Divided" },
};

/** Asks what a step needs to know: why a tube is rejected, where it is put. */
export function StepDialog({ step, tube, onClose }: { step: Step; tube: SpecimenDetail; onClose: () => void }) {
  const form = useApiForm<{ reason: string | null; note: string; place: string }>({
    initialValues: { reason: null, note: "", place: "" },
    validate: {
      reason: (value) => (step === "reject" && !value ? "Choose a reason." : null),
      place: (value) => (step === "store" && value.trim() === "" ? "Say where." : null),
    },
  });
  const [reject, store, discard, aliquot] = [
    useMutation(useReject()),
    useMutation(useStore()),
    useMutation(useDiscard()),
    useMutation(useAliquot()),
  ];
  const { settle } = useTube();
  const { title, confirm, done } = words[step];
  const save = async ({ reason, note, place }: { reason: string | null; note: string; place: string }) => {
    const of = { id: tube.id, version: tube.version };
    const where = place.trim();
    const moved =
      step === "reject"
        ? await reject.mutateAsync({ ...of, reason: reason as RejectReason, note })
        : step === "store"
          ? await store.mutateAsync({ ...of, place: where })
          : step === "discard"
            ? await discard.mutateAsync({ ...of, note })
            : await aliquot.mutateAsync({ ...of, ...(where ? { place: where } : {}) });
    settle(moved, done);
    onClose();
  };
  return (
    <Dialog title={`${title} tube ${tube.barcode}`} onClose={onClose}>
      <form noValidate className={classes.form} onSubmit={form.save(save)}>
        {step === "reject" && (
          <Select
            label="Reason"
            description="Who ordered sees it, and can have it collected again."
            data={Object.entries(rejectReasons).map(([value, label]) => ({ value, label }))}
            data-autofocus
            {...form.getInputProps("reason")}
          />
        )}
        {(step === "store" || step === "aliquot") && (
          <TextInput
            label="Place"
            description="As Fridge 2, B4."
            maxLength={40}
            data-autofocus
            {...form.getInputProps("place")}
          />
        )}
        {(step === "reject" || step === "discard") && (
          <Textarea label="Note" maxLength={300} autosize minRows={2} {...form.getInputProps("note")} />
        )}
        <FormError error={form.apiError} rest={form.otherFaults} />
        <div className={classes.actions}>
          <Button type="submit" loading={form.isBusy}>
            {confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
