"use client";
import type { ClinicalDocument, DocumentList } from "@infirmary/shared/document";
import { keepPreviousData, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.ts";

/** Every query and change of the capability, as options for React Query. */
export const useDocumentList = (input: Partial<DocumentList>) =>
  useTRPC().document.list.queryOptions(input, { placeholderData: keepPreviousData });
/** Asked anew whenever it is opened: another window may have written on. */
export const useDocument = (id: string) => useTRPC().document.get.queryOptions({ id }, { staleTime: 0 });
export const useDocumentVersions = (id: string) => useTRPC().document.versions.queryOptions({ id });

export const useCreateDocument = () => useTRPC().document.create.mutationOptions();
export const useSignDocument = () => useTRPC().document.sign.mutationOptions();
export const useAmendDocument = () => useTRPC().document.amend.mutationOptions();
export const useDiscardDraft = () => useTRPC().document.discardDraft.mutationOptions();
export const useRestoreDraft = () => useTRPC().document.restoreDraft.mutationOptions();

/** Fetches a version as a file, when it is asked for. */
export function usePdf() {
  const queries = useQueryClient();
  const { document } = useTRPC();
  return (id: string, number: number) => queries.fetchQuery(document.pdf.queryOptions({ id, number }, { gcTime: 0 }));
}

/** Puts a changed document where the screens look for it, and has what hangs on it fetch again. */
export function useSettle() {
  const queries = useQueryClient();
  const { document, timeline, encounter } = useTRPC();
  return (changed: ClinicalDocument) => {
    queries.setQueryData(document.get.queryKey({ id: changed.id }), changed);
    void queries.invalidateQueries({ queryKey: document.list.pathKey() });
    void queries.invalidateQueries({ queryKey: document.versions.queryKey({ id: changed.id }) });
    void queries.invalidateQueries({ queryKey: timeline.pathKey() });
    void queries.invalidateQueries({ queryKey: encounter.blockers.pathKey() });
    return changed;
  };
}

/** Keeps what was saved, without anything being fetched: a saving every few seconds must not stir the screen. */
export function useKeepSaved() {
  const queries = useQueryClient();
  const { document } = useTRPC();
  return (saved: ClinicalDocument) => queries.setQueryData(document.get.queryKey({ id: saved.id }), saved);
}
