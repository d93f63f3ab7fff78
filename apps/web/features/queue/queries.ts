"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.ts";

/** How often a waiting-room screen looks again. */
const boardMs = 4_000;

/** Every query and change of the capability, as options for React Query. */
export const useQueue = () => useTRPC().queue.list.queryOptions();
export const usePoints = () => useTRPC().queue.points.queryOptions();
export const useDisplays = () => useTRPC().queue.displays.queryOptions();
export const useBoard = (token: string) =>
  useTRPC().queue.board.queryOptions(
    { token },
    { refetchInterval: boardMs, refetchIntervalInBackground: true, enabled: token !== "" },
  );

export const useCallNext = () => useTRPC().queue.next.mutationOptions();
export const useStepInQueue = () => useTRPC().queue.step.mutationOptions();
export const useUndoInQueue = () => useTRPC().queue.undo.mutationOptions();
export const useAddPoint = () => useTRPC().queue.addPoint.mutationOptions();
export const useSavePoint = () => useTRPC().queue.savePoint.mutationOptions();
export const useAddDisplay = () => useTRPC().queue.addDisplay.mutationOptions();
export const useTakeDown = () => useTRPC().queue.takeDown.mutationOptions();

/** Has the queue, its points and displays fetch again. */
export function useFreshQueue() {
  const queries = useQueryClient();
  const { queue } = useTRPC();
  return () => queries.invalidateQueries({ queryKey: queue.pathKey() });
}
