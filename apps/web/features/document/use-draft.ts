"use client";
import type { ClinicalDocument, DocumentDraft } from "@infirmary/shared/document";
import { useCallback, useEffect, useRef, useState } from "react";
import { type ApiError, apiError } from "#lib/trpc/api-error.ts";
import { leavingContext, useTRPCClient } from "#lib/trpc/client.ts";
import * as drafts from "./draft-state.ts";
import { useKeepSaved } from "./queries.ts";

/** A saving follows the last key by this much, and a failed one is tried again after that. */
const pauseMs = 1_500;
const retryMs = 5_000;

/**
 * The text of a draft as it is typed, saved on the server a moment after every pause, when a field is left, the window is hidden, closed or
 * the panel goes. One saving is on its way at a time. A locked or ended session holds it until the person is back; a failed one is tried
 * again; one that meets another window's saving stops and says so.
 */
export function useDraft(document: ClinicalDocument, draft: DocumentDraft) {
  const client = useTRPCClient();
  const keep = useKeepSaved();
  const [state, setState] = useState(() => drafts.openDraft(draft));
  const [isSaving, setIsSaving] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  // What the handlers below read: the latest, not that of the render they were made in.
  const latest = useRef(state);
  const sending = useRef<Promise<void> | null>(null);
  const { id, patientId } = document;

  const change = useCallback((next: drafts.DraftState) => {
    latest.current = next;
    setState(next);
  }, []);

  const send = useCallback(
    async (isLeaving: boolean) => {
      const { version: draftVersion, conflict } = latest.current;
      const sections = drafts.unsaved(latest.current);
      if (conflict || Object.keys(sections).length === 0) return;
      setIsSaving(true);
      try {
        const context = isLeaving ? leavingContext : {};
        const saved = await client.document.saveDraft.mutate({ id, patientId, draftVersion, sections }, { context });
        if (saved.draft) change(drafts.keepSaved(latest.current, saved.draft));
        keep(saved);
        setError(null);
      } catch (thrown) {
        const failure = apiError(thrown);
        const theirs = (failure.current as ClinicalDocument | undefined)?.draft;
        if (failure.code === "stale-version" && theirs) change(drafts.clash(latest.current, theirs));
        setError(failure.code === "stale-version" && theirs ? null : failure);
      } finally {
        setIsSaving(false);
      }
    },
    [client, keep, change, id, patientId],
  );

  /** Saves what is unsaved; answers when it is, or when it could not be. */
  const flush = useCallback(
    async (isLeaving = false) => {
      while (sending.current) await sending.current;
      sending.current = send(isLeaving).finally(() => {
        sending.current = null;
      });
      await sending.current;
    },
    [send],
  );

  const isSaved = drafts.isSaved(state);
  const isOff = state.conflict !== null || (error !== null && !isPassing(error));
  // A new key starts the pause anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the texts are what restarts it
  useEffect(() => {
    if (isSaved || isOff || isSaving) return;
    const timer = setTimeout(() => void flush(), error ? retryMs : pauseMs);
    return () => clearTimeout(timer);
  }, [state.texts, isSaved, isOff, isSaving, error, flush]);

  useEffect(() => {
    const onHide = () => {
      if (globalThis.document.visibilityState === "hidden") void flush(true);
    };
    const onLeave = () => void flush(true);
    globalThis.document.addEventListener("visibilitychange", onHide);
    window.addEventListener("pagehide", onLeave);
    return () => {
      globalThis.document.removeEventListener("visibilitychange", onHide);
      window.removeEventListener("pagehide", onLeave);
      void flush(true);
    };
  }, [flush]);

  // Closing a window whose text could not be saved asks first.
  useEffect(() => {
    if (isSaved || (!error && !state.conflict)) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isSaved, error, state.conflict]);

  useEffect(() => {
    const next = drafts.meet(latest.current, draft);
    if (next !== latest.current) change(next);
  }, [draft, change]);

  return {
    state,
    isSaved,
    isSaving,
    error,
    flush,
    /** The number of the latest saving, as the handlers know it. */
    versionNow: () => latest.current.version,
    isSavedNow: () => drafts.isSaved(latest.current),
    type: (key: string, text: string) => change(drafts.type(latest.current, key, text)),
    resolve: (choice: "mine" | "theirs" | "both") => change(drafts.resolve(latest.current, choice)),
  };
}

const isPassing = ({ code }: ApiError) =>
  code === "unreachable" || code === "unavailable" || code === "internal-error" || code === "request-in-progress";
