"use client";
import type { FacilityDetail, Location } from "@infirmary/shared/facility";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { apiError } from "#lib/trpc/api-error.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { say } from "#ui/toast-store.ts";
import { useFacilityKey, useUpdateFacility, useUpdateLocation } from "./queries.ts";

/** Asks before a facility, or what is inside one, goes out of use or back. */
export function SetInUse({ record, onClose }: { record: FacilityDetail | Location; onClose: () => void }) {
  const queries = useQueryClient();
  const queryKey = useFacilityKey();
  const { id, version, name, isActive } = record;
  const onSuccess = () => {
    say(isActive ? `${name} is not in use any more.` : `${name} is in use again.`);
    onClose();
  };
  // A refusal may be because the record is not as shown any more.
  const onSettled = () => queries.invalidateQueries({ queryKey });
  const facility = useMutation({ ...useUpdateFacility(), onSuccess, onSettled });
  const location = useMutation({ ...useUpdateLocation(), onSuccess, onSettled });
  const isFacility = "locations" in record;
  const { mutate, isPending, error } = isFacility ? facility : location;
  return (
    <ConfirmDialog
      isOpen
      title={isActive ? `Take ${name} out of use?` : `Use ${name} again?`}
      confirmLabel={isActive ? "Take out of use" : "Use again"}
      isBusy={isPending}
      error={error && apiError(error)}
      onConfirm={() => mutate({ id, version, isActive: !isActive })}
      onClose={onClose}
    >
      <p>{isFacility ? facilityWords(isActive, record.people) : locationWords(isActive)}</p>
    </ConfirmDialog>
  );
}

const facilityWords = (isActive: boolean, people: number) =>
  isActive
    ? `Nobody can work there any more: of ${people} ${people === 1 ? "person" : "people"}, who has no other facility cannot sign in. What was recorded there stays, and so do the roles for when it is used again.`
    : "Everybody who had a role there has it again.";

const locationWords = (isActive: boolean) =>
  isActive
    ? "It is not offered any more. What was recorded or is booked there stays, so look whether anything has to be moved."
    : "It is offered again.";
