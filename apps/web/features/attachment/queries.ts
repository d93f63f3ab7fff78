"use client";
import type { AttachmentList } from "@infirmary/shared/attachment";
import { keepPreviousData, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.ts";

/** Every query and change of the capability, as options for React Query. */
export const useAttachmentList = (input: Partial<AttachmentList> & { patientId: string }) =>
  useTRPC().attachment.list.queryOptions(input, { placeholderData: keepPreviousData });
export const useUpload = () => useTRPC().attachment.upload.mutationOptions();
export const useRemoveAttachment = () => useTRPC().attachment.remove.mutationOptions();
export const useRestoreAttachment = () => useTRPC().attachment.restore.mutationOptions();

/** Fetches the bytes of a file, when they are asked for; they are not kept. */
export function useContent() {
  const queries = useQueryClient();
  const { attachment } = useTRPC();
  return (id: string) => queries.fetchQuery(attachment.content.queryOptions({ id }, { gcTime: 0, staleTime: 0 }));
}

/** Has the lists fetch again. */
export function useStale() {
  const queries = useQueryClient();
  const { attachment, timeline } = useTRPC();
  return () => {
    void queries.invalidateQueries({ queryKey: attachment.list.pathKey() });
    void queries.invalidateQueries({ queryKey: timeline.pathKey() });
  };
}
